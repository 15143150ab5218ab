"""The table of commands, and how errors become exit statuses."""

import subprocess
import sys
from pathlib import Path

import click
import pytest

from sopgen import __version__
from sopgen.cli import main
from sopgen.cli.main import COMMANDS, Entry


def test_help_lists_every_command_in_its_group(call):
    """`sopgen --help` shows each command with its summary."""
    ran = call("--help")
    assert ran.status == 0
    for entry in COMMANDS:
        assert f"  {entry.name} " in ran.out
        assert entry.summary in " ".join(ran.out.split())


def test_version_is_the_packages(call):
    """`sopgen --version` tells the version of the package."""
    assert call("--version").out.strip() == f"sopgen {__version__}"


def test_no_command_at_all_shows_the_help_and_is_misuse(call):
    """A bare `sopgen` teaches, and ends with 2."""
    ran = call()
    assert ran.status == 2
    assert "Start here" in ran.out + ran.err


def test_an_unknown_command_is_told_with_the_nearest(call):
    """A mistyped command names the one that was probably meant."""
    ran = call("chek")
    assert ran.status == 2
    assert "did you mean 'check'?" in ran.err
    assert ran.out == ""


def test_an_unknown_option_points_to_the_commands_help(call):
    """A mistyped option ends with 2 and says where help is."""
    ran = call("check", "chats.jsonl", "--sop", "elsewhere")
    assert ran.status == 2
    assert "--sop" in ran.err
    assert "sopgen check --help" in ran.err


@pytest.mark.parametrize("name", [entry.name for entry in COMMANDS])
def test_every_commands_help_opens(call, name):
    """`sopgen COMMAND --help` ends well and shows defaults and examples."""
    ran = call(name, "--help")
    assert ran.status == 0
    examples = ran.out.partition("Examples:\n")[2].partition("\n\n")[0]
    assert all(line.startswith(("  sopgen ", "  sudo ")) for line in examples.splitlines())
    assert f"  sopgen {name}" in examples
    assert '""' not in ran.out


def test_a_bug_ends_with_70_and_a_traceback(call, tmp_path, monkeypatch):
    """What is no SopgenError is shown whole, and said to be a bug."""
    (tmp_path / "broken_command.py").write_text(
        "import click\n\n\n@click.command()\ndef command():\n    raise RuntimeError('unexpected')\n"
    )
    monkeypatch.syspath_prepend(tmp_path)
    entry = Entry(name="broken", module="broken_command", summary="", group="")
    monkeypatch.setitem(main._BY_NAME, "broken", entry)
    ran = call("broken")
    assert ran.status == 70
    assert "RuntimeError: unexpected" in ran.err
    assert "bug in sopgen" in ran.err


def test_an_interrupt_ends_with_130(call, tmp_path, monkeypatch):
    """Control-C ends quietly with the status that shells expect."""
    (tmp_path / "endless_command.py").write_text(
        "import click\n\n\n@click.command()\ndef command():\n    raise KeyboardInterrupt\n"
    )
    monkeypatch.syspath_prepend(tmp_path)
    entry = Entry(name="endless", module="endless_command", summary="", group="")
    monkeypatch.setitem(main._BY_NAME, "endless", entry)
    ran = call("endless")
    assert ran.status == 130
    assert "Traceback" not in ran.err


@pytest.mark.parametrize(
    "call",
    [["explain"], ["doctor", "--json"], ["convert", str(Path(__file__).parent / "cases/chats.jsonl")]],
    ids=lambda call: call[0],
)
def test_a_reader_that_goes_away_is_no_error(call):
    """`sopgen … | head -0` ends without a word, whatever writes: a table, a document, lines."""
    program = "from sopgen.cli.main import main; main()"
    writer = subprocess.Popen(
        [sys.executable, "-c", program, *call], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert writer.stdout is not None
    assert writer.stderr is not None
    writer.stdout.close()
    told = writer.stderr.read().decode()
    writer.stderr.close()
    assert writer.wait() == 141
    assert "Traceback" not in told
    assert "Exception ignored" not in told


def test_the_entry_point_is_the_group():
    """What the tests call is what the installed program calls."""
    assert isinstance(main.sopgen, click.Group)
