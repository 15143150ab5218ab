"""`--engine ray` from the command line: a cluster of its own, begun for the run and gone with it."""

import json
import os
from pathlib import Path

from night_project import CONFIG, NightProject, chat


def test_a_cluster_begun_for_the_run_gives_the_same_bytes_and_leaves_nothing(call, project):
    """SOPs, checks and options travel to the cluster; files and totals are those of one process."""
    alone = call("check", "chats.jsonl", "--draft", "--run-id", "alone", "--json")
    shared = call(
        "check", "chats.jsonl", "--draft", "--engine", "ray", "--workers", "2", "--run-id", "ray", "--json"
    )
    assert shared.status == alone.status == 0
    assert "Ray" not in shared.err
    runs = project / "output/runs"
    for name in ("verdicts.parquet", "conversations.parquet", "findings.jsonl", "set_aside.jsonl"):
        assert (runs / "ray" / name).read_bytes() == (runs / "alone" / name).read_bytes()
    assert processes_of_ray() == []


def test_a_night_on_a_cluster_gives_the_same_bytes(tmp_path, capsys):
    """Asked for by the call, or by `[nightly]`; whatever it judges by is what one process judges by."""
    alone, shared, said = (NightProject(tmp_path / name, capsys) for name in ("alone", "shared", "said"))
    for project in (alone, shared, said):
        project.put("a.jsonl", map(chat, range(12)))
    said.configure(CONFIG.replace("[nightly]", '[nightly]\nengine = "ray"\nworkers = 2'))
    shared.configure(CONFIG.replace("[nightly]", "[nightly]\nworkers = 2"))
    alone.night()
    shared.night("--engine", "ray")
    said.night()
    for project in (shared, said):
        for name in ("verdicts.parquet", "conversations.parquet", "findings.jsonl", "transcripts.parquet"):
            assert (project.runs[0] / name).read_bytes() == (alone.runs[0] / name).read_bytes()
    assert processes_of_ray() == []


def test_the_call_goes_before_the_configuration(tmp_path, capsys, monkeypatch):
    """`--engine local` needs no cluster, whatever `[nightly]` says; without it the night ends at once."""
    monkeypatch.setenv("RAY_ADDRESS", "127.0.0.1:9")
    project = NightProject(tmp_path / "toko", capsys)
    project.configure(CONFIG.replace("[nightly]", '[nightly]\nengine = "ray"'))
    project.put("a.jsonl", map(chat, range(3)))
    project.night(status=8)
    assert "RUN102" in project.err
    assert project.night("--engine", "local")["summary"]["totals"]["checked"] == 3


def test_a_night_tells_programs_how_far_it_is(tmp_path, capsys):
    """JSON Lines on standard error with the keys of `check`; all bytes of the spool were read in the end."""
    project = NightProject(tmp_path / "toko", capsys)
    project.put("a.jsonl", map(chat, range(5)))
    project.night("--progress", "json")
    events = [json.loads(line) for line in project.err.splitlines() if line.startswith('{"event":"progress"')]
    assert events
    assert events[-1]["read"] == 5
    assert events[-1]["bytes_read"] == events[-1]["bytes_total"] > 0
    project.put("b.jsonl", map(chat, range(5, 9)))
    project.night("--progress", "none")
    assert "progress" not in project.err


def test_a_cluster_that_is_not_there_ends_the_call(call, monkeypatch):
    """RAY_ADDRESS names the cluster; where nobody answers, the error says so at once."""
    monkeypatch.setenv("RAY_ADDRESS", "127.0.0.1:9")
    ran = call("check", "chats.jsonl", "--engine", "ray")
    assert ran.status == 8
    assert "RUN102" in ran.err
    assert "--engine local" in ran.err


def processes_of_ray():
    """Return the processes of a cluster that this process began and that still run."""
    children = Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children").read_text().split()
    lines = [
        Path(f"/proc/{each}/cmdline").read_bytes() for each in children if Path(f"/proc/{each}").exists()
    ]
    return [line for line in lines if b"ray" in line]
