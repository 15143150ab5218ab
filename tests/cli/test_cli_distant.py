"""Exports and results at URLs, in a real fsspec file system that lives in this process."""

import json

import fsspec
import pytest


@pytest.fixture
def bucket():
    """Return an empty file system of fsspec's own."""
    memory = fsspec.filesystem("memory")
    memory.store.clear()
    yield memory
    memory.store.clear()


def test_a_check_reads_and_writes_urls(call, project, bucket):
    """Exports are fetched, results taken there: the same as those of a file here, but for its name."""
    bucket.put_file(str(project / "chats.jsonl"), "/desk/chats.jsonl")
    here = call("check", "chats.jsonl", "--run-id", "one", "--json")
    there = call("check", "memory://desk/", "--out", "memory://output", "--run-id", "one", "--json")
    assert there.status == here.status == 0
    assert json.loads(there.out)["totals"] == json.loads(here.out)["totals"]
    names = {path.rpartition("/")[2] for path in bucket.find("/output/runs/one")}
    assert {"verdicts.parquet", "findings.jsonl", "summary.json", "report.html"} <= names
    findings = bucket.cat("/output/runs/one/findings.jsonl").decode()
    local = (project / "output/runs/one/findings.jsonl").read_text(encoding="utf-8")
    assert findings.replace("memory://desk!chats.jsonl", "chats.jsonl") == local


def test_the_place_of_the_results_is_told(call, bucket):
    """Whoever reads the terminal learns where the run stands."""
    ran = call("check", "chats.jsonl", "--out", "memory://output", "--run-id", "one")
    assert ran.out.rstrip().endswith("memory://output/runs/one/")
    assert bucket.exists("/output/runs/one/summary.json")
    again = call("check", "chats.jsonl", "--out", "memory://output", "--run-id", "one")
    assert (again.status, "CLI144" in again.err) == (2, True)


def test_a_place_that_cannot_be_written_is_an_error_with_a_remedy(call):
    """A URL of a kind that nobody knows ends with what to check, and no traceback."""
    ran = call("check", "chats.jsonl", "--out", "nowhere://output")
    assert ran.status == 7
    assert "STO105" in ran.err
    assert "Traceback" not in ran.err
