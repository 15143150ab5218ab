"""`sopgen report --for … --format …`: figures as files, for whoever reads, in places that are told."""

import csv
import json
from pathlib import Path

import openpyxl
import pytest

CHATS = ("check", "chats.jsonl", "--run-id", "first")


@pytest.fixture
def reported(call):
    """Return the call, after a check."""
    call(*CHATS)
    return call


def test_each_format_is_written_beside_the_run(reported):
    """One workbook, one document, one file a table; nothing but what is told."""
    formats = ("xlsx", "csv", "json", "junit", "parquet", "text")
    asked = [part for each in formats for part in ("--format", each)]
    before = {path.name for path in Path("output/runs/first").iterdir()}
    told = json.loads(reported("report", "first", "--for", "lead", *asked, "--json").out)
    names = {Path(each).name for each in told["files"]}
    assert {"report-lead.xlsx", "report-lead.json", "report.xml", "report.txt"} < names
    assert {"report-lead-agents.csv", "report-lead-coaching.parquet"} < names
    assert {path.name for path in Path("output/runs/first").iterdir()} == before | names


def test_all_readers_share_a_workbook(reported, tmp_path):
    """`--for all --to DIR`: the sheets of each reader under its name, titles in the language asked for."""
    options = ("--for", "all", "--format", "xlsx", "--to", str(tmp_path / "reports"), "--language", "en")
    assert reported("report", "first", *options).status == 0
    titles = openpyxl.load_workbook(tmp_path / "reports/report.xlsx").sheetnames
    assert {"QA Clauses", "LEAD Coaching", "OWNER Service"} < set(titles)


def test_a_false_alarm_no_longer_counts_against_an_agent(reported, tmp_path):
    """What somebody decided reaches the scorecards: one departure less."""

    def failed() -> int:
        options = ("--for", "lead", "--format", "csv", "--to", str(tmp_path / "reports"))
        assert reported("report", "first", *options).status == 0
        with (tmp_path / "reports/report-lead-teams.csv").open(encoding="utf-8-sig", newline="") as file:
            return sum(int(row["failed"]) for row in csv.DictReader(file))

    before = failed()
    line = Path("output/runs/first/findings.jsonl").read_text(encoding="utf-8").splitlines()[0]
    said = ("--as", "false alarm", "--reason", "kutipan", "--by", "QA")
    assert reported("disposition", "first", json.loads(line)["fingerprint"], *said).status == 0
    assert failed() == before - 1


def test_no_name_of_a_customer_is_in_any_figure(reported, tmp_path):
    """Whatever customers wrote under has become a pseudonym in every format."""
    records = map(json.loads, Path("chats.jsonl").read_text(encoding="utf-8").splitlines())
    names = {
        each["author"]
        for record in records
        for each in record["messages"]
        if each["role"] == "customer" and each.get("author")
    }
    formats = [part for each in ("csv", "json", "text", "junit") for part in ("--format", each)]
    assert (
        reported("report", "first", "--for", "all", *formats, "--to", str(tmp_path / "reports")).status == 0
    )
    for path in (tmp_path / "reports").rglob("*.*"):
        text = path.read_text(encoding="utf-8", errors="replace") if path.is_file() else ""
        assert not [(name, text[text.index(name) - 60 :][:150]) for name in names if name in text]


def test_a_report_looks_back_to_the_run_before(reported, monkeypatch):
    """The first run has nothing to compare with; the second is compared with it, and nothing moved."""
    first = reported("report", "first", "--format", "text", "--format", "html")
    assert first.status == 0
    told = Path("output/runs/first/report.txt").read_text(encoding="utf-8")
    assert "Belum ada pemeriksaan sebelumnya untuk dibandingkan." in told
    assert 'id="changes"' not in Path("output/runs/first/report.html").read_text(encoding="utf-8")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "4102444800")  # 2100-01-01
    assert reported("check", "chats.jsonl", "--run-id", "second").status == 0
    assert reported("report", "second", "--format", "text", "--format", "html").status == 0
    told = Path("output/runs/second/report.txt").read_text(encoding="utf-8")
    assert "Sejak pemeriksaan sebelumnya: tidak ada perubahan yang pasti." in told
    page = Path("output/runs/second/report.html").read_text(encoding="utf-8")
    assert "second dibandingkan dengan first." in page
