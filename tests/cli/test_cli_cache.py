"""What processes keep for one another changes no byte of any result, and can be switched off."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from sopgen.base.cache.store import NO_CACHE
from sopgen.cli.cache import own_cache

FILES = ("verdicts.parquet", "conversations.parquet", "findings.jsonl", "transcripts.parquet")
CHECK = [sys.executable, "-c", "from sopgen.cli.main import main; main()", "check", "chats.jsonl", "--draft"]


def started(name: str, cache: str) -> subprocess.Popen[str]:
    """Return a check in a process of its own, as a shell would start it."""
    environment = {**os.environ, "SOPGEN_CACHE": cache}
    pipe = subprocess.PIPE
    return subprocess.Popen([*CHECK, "--run-id", name], env=environment, stdout=pipe, stderr=pipe, text=True)


def left_by(run: subprocess.Popen[str], project: Path, name: str) -> list[bytes]:
    """Return what the check left in its folder."""
    assert (run.communicate()[1], run.returncode) == ("", 0)
    return [(project / "output" / "runs" / name / each).read_bytes() for each in FILES]


def test_results_are_the_same_bytes_whatever_is_kept(project, tmp_path):
    """Without a cache, with an empty one, with a full one, with a damaged one, and two processes at once."""
    cache = tmp_path / "cache"
    off = left_by(started("off", "off"), project, "off")
    assert not cache.exists()
    both = [started(name, str(cache)) for name in ("cold-1", "cold-2")]
    assert [left_by(run, project, f"cold-{number}") for number, run in enumerate(both, 1)] == [off, off]
    kept = sorted(cache.iterdir())
    assert {path.name.partition("-")[0] for path in kept} >= {"pack", "sop"}
    assert left_by(started("warm", str(cache)), project, "warm") == off
    for path in kept:
        path.write_bytes(path.read_bytes()[:-1] + b"!")
    assert left_by(started("damaged", str(cache)), project, "damaged") == off
    assert sorted(cache.iterdir()) == kept
    assert not [path for path in kept if path.read_bytes().endswith(b"!")]


def test_a_place_that_cannot_be_written_changes_nothing(call, monkeypatch, project):
    """No word is said of it: only time hangs on it."""
    monkeypatch.setenv("SOPGEN_CACHE", str(project / "chats.jsonl" / "cache"))
    ran = call("check", "chats.jsonl", "--draft")
    assert (ran.status, ran.err) == (0, "")


@pytest.mark.parametrize("said", ["off", "OFF", "no", "0"])
def test_it_can_be_switched_off(monkeypatch, said):
    """SOPGEN_CACHE=off keeps nothing and looks nowhere."""
    monkeypatch.setenv("SOPGEN_CACHE", said)
    assert own_cache() == NO_CACHE


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have other places")
def test_it_lies_where_the_users_programs_keep_such_things(monkeypatch, tmp_path):
    """In XDG_CACHE_HOME where that is a whole path, else in ~/.cache; SOPGEN_CACHE names any other."""
    monkeypatch.setenv("SOPGEN_CACHE", "")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CACHE_HOME", "relative")
    assert own_cache().folder == tmp_path / ".cache" / "sopgen"
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "xdg"))
    assert own_cache().folder == tmp_path / "xdg" / "sopgen"
    monkeypatch.setenv("SOPGEN_CACHE", str(tmp_path / "named"))
    assert own_cache().folder == tmp_path / "named"


def test_no_password_of_the_configuration_is_kept(call, monkeypatch, project, tmp_path):
    """What a check needs of sopgen.toml is kept; what notices and inboxes need is not."""
    monkeypatch.setenv("SOPGEN_CACHE", str(tmp_path / "cache"))
    (project / "sopgen.toml").write_text(
        '[import]\nagents = ["Rina Ayu"]\n[nightly]\nsettle = "2m"\n'
        '[nightly.notify]\ntargets = ["mailto://someone:hunter2@example.com"]\n',
        encoding="utf-8",
    )
    for _ in range(2):
        assert call("check", "chats.jsonl", "--draft").status == 0
    kept = {path.name.partition("-")[0]: path.read_bytes() for path in (tmp_path / "cache").iterdir()}
    assert b"Rina Ayu" in kept["settings"]
    assert not [name for name, data in kept.items() if b"hunter2" in data]


def test_flaws_of_the_configuration_are_told_each_time(call, monkeypatch, project, tmp_path):
    """A file with an error in any section is looked over by every call."""
    monkeypatch.setenv("SOPGEN_CACHE", str(tmp_path / "cache"))
    text = '[import]\nagents = ["Rina"]\n[nightly]\nsettel = "2m"\n'
    (project / "sopgen.toml").write_text(text, encoding="utf-8")
    for _ in range(2):
        ran = call("check", "chats.jsonl", "--draft")
        assert ran.status == 2
        assert "CFG101" in ran.err
