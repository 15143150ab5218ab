"""`--engine ray` from the command line: a cluster of its own, begun for the run and gone with it."""

import os
from pathlib import Path


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
