"""What `examples/` shows can be used as it stands: configurations are sound, calls exist, units verify."""

import json
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import click
import pytest
import yaml

from sopgen.cli.house import read_house
from sopgen.cli.main import sopgen as group
from sopgen.cli.screen.trouble import Gathered

ROOT = Path(__file__).parents[2]
NIGHTLY = ROOT / "examples" / "nightly"
INSTRUCTIONS = {"FROM", "RUN", "COPY", "USER", "WORKDIR", "ENTRYPOINT"}


def calls_in(text):
    """Return the calls of sopgen in a text, without what a shell does around them."""
    found = re.findall(r"(?:^|[\s=:])(?:\S*/)?sopgen (nightly[^\n|>&]*)", text)
    return [shlex.split(each.replace('"$SINCE"', "2026-07-01")) for each in found]


@pytest.mark.parametrize("name", ["crontab", "sopgen-nightly.service", "github-workflow.yml", "README.md"])
def test_calls_in_the_examples_can_be_parsed(name):
    """Every `sopgen nightly …` is a call that the command takes."""
    calls = calls_in((NIGHTLY / name).read_text(encoding="utf-8").replace("`", "\n"))
    assert calls
    for command, *arguments in calls:
        made = group.get_command(click.Context(group), command)
        assert made is not None
        made.make_context(command, arguments).close()


def test_the_configuration_is_sound(tmp_path):
    """Every setting of the example is one that sopgen knows."""
    shutil.copy(NIGHTLY / "sopgen.toml", tmp_path)
    house = read_house(tmp_path / "sopgen.toml", Gathered())
    assert [each.name for each in house.plan.inboxes] == ["whatsapp", "livechat", "helpdesk"]
    assert [each.is_remote for each in house.plan.inboxes] == [False, True, True]
    assert house.plan.inboxes[1].options.agents == ("CS *", "*@toko.example")


def test_the_crontab_has_five_fields_and_a_command():
    """Lines that are neither comments nor settings are a time and a call."""
    lines = (NIGHTLY / "crontab").read_text(encoding="utf-8").splitlines()
    jobs = [line for line in lines if line and not line.startswith("#") and "=" not in line.split()[0]]
    assert len(jobs) == 1
    assert all(re.fullmatch(r"[\d*/,-]+", field) for field in jobs[0].split()[:5])


def test_the_units_are_what_systemd_takes(tmp_path):
    """`systemd-analyze verify` has nothing to say of service and timer."""
    analyse = shutil.which("systemd-analyze")
    if analyse is None:
        pytest.skip("no systemd here")
    program = tmp_path / "sopgen"  # a place without spaces, which units would have to quote
    program.symlink_to(Path(sys.executable).parent / "sopgen")
    for name in ("sopgen-nightly.service", "sopgen-nightly.timer"):
        text = (NIGHTLY / name).read_text(encoding="utf-8")
        (tmp_path / name).write_text(text.replace("/opt/sopgen/bin/sopgen", str(program)), encoding="utf-8")
    units = [tmp_path / "sopgen-nightly.service", tmp_path / "sopgen-nightly.timer"]
    ran = subprocess.run([analyse, "verify", "--man=no", *units], capture_output=True, text=True, check=False)
    ours = [line for line in ran.stderr.splitlines() if "sopgen-nightly" in line]
    assert (ran.returncode, ours) == (0, [])


def test_the_workflow_is_one():
    """It runs by the clock, one at a time, and its steps call what is there."""
    told = yaml.safe_load((NIGHTLY / "github-workflow.yml").read_text(encoding="utf-8"))
    assert told[True]["schedule"][0]["cron"].split()[:2] == ["30", "19"]
    assert told["concurrency"]["cancel-in-progress"] is False
    steps = told["jobs"]["nightly"]["steps"]
    assert all("uses" in step or "run" in step for step in steps)
    assert json.dumps(told)


def test_the_containerfile_copies_what_there_is_and_runs_a_night():
    """Its instructions are known, its files and extras are there, and it ends in a call of `nightly`."""
    text = (NIGHTLY / "Containerfile").read_text(encoding="utf-8").replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    assert {line.split()[0] for line in lines} <= INSTRUCTIONS
    assert (ROOT / "constraints.txt").is_file()
    extras = re.search(r"\[([a-z,]+)\]", text)
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert extras
    assert all(f"\n{extra} = [" in project for extra in extras[1].split(","))
    entry = json.loads(lines[-1].partition(" ")[2])
    assert entry[:2] == ["sopgen", "nightly"]


def test_every_example_is_in_the_list():
    """The README of the folder names each file in it."""
    listed = (NIGHTLY / "README.md").read_text(encoding="utf-8")
    assert all(f"`{path.name}`" in listed for path in NIGHTLY.iterdir() if path.name != "README.md")
