"""The README knows every command, and what it shows can be typed."""

import re
import shlex
from pathlib import Path

import click
import pytest

from sopgen.base import errors
from sopgen.cli.main import COMMANDS, Commands, run
from sopgen.cli.main import sopgen as group
from sopgen.conversation.importers import IMPORTERS

ROOT = Path(__file__).parents[2]
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")
CALLS = sorted(set(re.findall(r"^\$? ?(?:\.venv/bin/)?(sopgen [a-z][^\n#|>]*)", README, flags=re.MULTILINE)))
CONTEXT = click.Context(group)
NAMES = [entry.name for entry in COMMANDS]


def command_called(name):
    """Return the click command of that name."""
    assert isinstance(group, Commands)
    command = group.get_command(CONTEXT, name)
    assert command is not None
    return command


@pytest.mark.parametrize("name", NAMES)
def test_every_command_has_a_row_in_the_readme(name):
    """A row of the README's table begins with the command."""
    assert re.search(rf"^\| `sopgen {name}\b", README, flags=re.MULTILINE)


def test_the_readme_names_no_command_that_does_not_exist():
    """Every `sopgen …` in the README is a command of the table."""
    named = set(re.findall(r"`(?:\.venv/bin/)?sopgen ([a-z]+)", README))
    assert named <= set(NAMES)


@pytest.mark.parametrize("call", CALLS)
def test_every_call_in_the_readme_can_be_parsed(call):
    """The command exists and takes the options and arguments that the README gives it."""
    _, name, *arguments = shlex.split(call)
    command_called(name).make_context(name, arguments).close()


def test_readme_and_help_name_every_format():
    """Each importer has its item in the README and its name in the help of `--format`."""
    option = next(each for each in command_called("check").params if each.name == "format_")
    for importer in IMPORTERS:
        assert f"\n- `{importer.name}`: " in README
        assert isinstance(option, click.Option)
        assert importer.name in (option.help or "")


def test_the_readmes_sample_is_what_the_demo_prints(capsys, tmp_path, monkeypatch):
    """Every line of the README's sample is printed by the check that `make demo` runs today."""
    monkeypatch.chdir(ROOT)
    demo = next(line for line in MAKEFILE.splitlines() if "sopgen check" in line)
    chats, whatsapp = (
        re.search(rf"^{name} := (.+)$", MAKEFILE, re.MULTILINE) for name in ("CHATS", "WHATSAPP")
    )
    assert chats
    assert whatsapp
    call = shlex.split(demo.replace("$(CHATS)", chats[1]).replace("$(WHATSAPP)", whatsapp[1]))[1:]
    assert run([*call, "--out", str(tmp_path)]) == 0
    printed = [line.rstrip() for line in capsys.readouterr().out.splitlines()]
    sample = README.partition("```text\n")[2].partition("\n```")[0].replace("output/", f"{tmp_path}/")
    assert [line for line in sample.splitlines() if line != "…" and line not in printed] == []


def test_the_readmes_first_sop_is_what_init_writes(tmp_path, monkeypatch):
    """The lines that the README shows of a first SOP stand in it, in that order."""
    monkeypatch.chdir(tmp_path)
    (call,) = (each for each in CALLS if each.startswith("sopgen init "))
    assert run(shlex.split(call)[1:]) == 0
    written = iter((tmp_path / "sop_sources/cs-toko/sop.md").read_text(encoding="utf-8").splitlines())
    shown = README.partition("```markdown\n---\nid: cs-toko\n")[2].partition("\n```")[0].splitlines()
    assert len(shown) >= 10
    assert [line for line in shown if line != "…" and line not in written] == []


@pytest.mark.parametrize("name", NAMES)
def test_help_teaches(name):
    """Every command's help opens with its line in the table, shows examples, and documents every option."""
    command = command_called(name)
    told = command.help or ""
    entry = next(entry for entry in COMMANDS if entry.name == name)
    assert told.splitlines()[0].startswith(entry.summary.rstrip("."))
    assert f"sopgen {name}" in told.partition("Examples:\n")[2]
    options = [each for each in command.params if isinstance(each, click.Option)]
    assert all(each.help for each in options)


def test_the_readme_tells_every_exit_status():
    """The table of exit statuses holds the status of every error family."""
    families = [each for each in vars(errors).values() if isinstance(each, type)]
    statuses = {each.exit_status for each in families if issubclass(each, errors.SopgenError)}
    for status in sorted(statuses | {0, 1, 2, 70}):
        assert re.search(rf"^\| {status} \|", README, flags=re.MULTILINE), status
