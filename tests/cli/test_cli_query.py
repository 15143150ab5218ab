"""`sopgen query`: what can be asked is answered, everything else is refused, and nobody is named."""

import csv
import io
import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from night_project import NightProject, chat

from sopgen.cli.main import run
from sopgen.runs.codes import CODES
from sopgen.runs.question import VIEWS


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Return the output folder of a project with a run of a night."""
    project = NightProject(tmp_path_factory.mktemp("query") / "toko")
    chats = [
        chat(0, customer="Budi Santoso"),
        chat(1, customer="Sari", more=1),
        chat(3, customer="Budi Santoso"),
    ]
    project.put("a.jsonl", chats)
    assert run(["nightly", "--config", str(project.folder / "sopgen.toml")]) == 0
    return project.folder / "output"


@pytest.fixture
def ask(folder, capsys):
    """Return a function that asks, and returns status, output and errors."""

    def asked(*arguments):
        capsys.readouterr()
        status = run(["query", "--out", str(folder), *arguments])
        told = capsys.readouterr()
        return status, told.out, told.err

    return asked


def test_a_question_is_answered_as_table_csv_and_json(ask):
    """The three forms hold the same rows."""
    question = (
        "SELECT clause, count(*) AS n FROM latest_verdicts WHERE verdict = 'fail' GROUP BY ALL ORDER BY ALL"
    )
    told = json.loads(ask(question, "--json")[1])
    assert (told["columns"], told["rows"]) == (["clause", "n"], [["greet", 2], ["no-hanging", 1]])
    rows = list(csv.reader(io.StringIO(ask(question, "--format", "csv")[1])))
    assert rows == [["clause", "n"], ["greet", "2"], ["no-hanging", "1"]]
    table = ask(question)[1].split()
    assert table == ["clause", "n", "greet", "2", "no-hanging", "1"]


def test_a_table_too_wide_to_be_read_is_printed_line_by_line(ask):
    """Each value stands whole beside its name, the rows parted by a rule; CSV and JSON are as before."""
    question = "SELECT * FROM findings ORDER BY conversation, clause"
    found = json.loads(ask(question, "--json")[1])
    lines = ask(question)[1].splitlines()
    assert len(lines) == len(found["rows"]) * (len(found["columns"]) + 1)
    assert [line for line in lines if line.startswith("---")] == [
        f"--- row {number} ".ljust(60, "-") for number in (1, 2, 3)
    ]
    assert [line.partition(":")[0] for line in lines[1 : len(found["columns"]) + 1]] == found["columns"]
    assert {"conversation: K-0", "clause: greet", "code: OPN101", "suggestion:"} <= set(lines)
    assert max(map(len, lines)) > 160
    assert ask(question, "--format", "csv")[1].startswith(",".join(found["columns"]) + "\n")


def test_a_wide_answer_without_rows_says_so(ask):
    """Nothing on standard output, and why not beside it."""
    assert ask("SELECT * FROM findings WHERE false")[1:] == ("", "no rows\n")


def test_a_table_loses_nothing_of_a_long_word(ask):
    """A text without blanks goes on in the next line; it is not cut."""
    out = ask("SELECT repeat('x', 300) AS long, 'kata' AS word")[1]
    assert (out.count("x"), "long" in out, "…" in out) == (300, True, False)


def test_views_lists_every_view_with_its_columns(ask):
    """What is listed can be asked, column by column."""
    told = json.loads(ask("--views", "--json")[1])
    assert set(told) == set(VIEWS)
    for view, columns in told.items():
        listed = ", ".join(f'"{name}"' for name in columns)
        assert ask(f"FROM {view} SELECT {listed}")[0] == 0
    assert "conversation_id  VARCHAR" in ask("--views")[1]


def test_customers_are_pseudonyms_unless_a_reason_is_recorded(ask, folder):
    """The same person has one pseudonym in every view; unmasking is written down."""
    question = "SELECT customer, count(*) FROM conversations GROUP BY ALL ORDER BY 2 DESC"
    status, out, _ = ask(question, "--json")
    assert status == 0
    assert "Budi" not in out
    assert json.loads(out)["rows"][0][0].startswith("Pelanggan ")
    everything = "".join(ask(f"FROM {view}")[1] for view in VIEWS)
    assert "Budi" not in everything
    assert "Santoso" not in everything
    status, out, _ = ask(question, "--unmask", "--reason", "ticket 4711")
    assert "Budi Santoso" in out
    assert "ticket 4711" in (folder / "private/unmasked.jsonl").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("question", "code"),
    [
        ("SELEC 1", "QRY101"),
        ("SELECT clauze FROM verdicts", "QRY101"),
        ("SELECT 1; SELECT 2", "QRY102"),
        ("DELETE FROM runs", "QRY102"),
        ("COPY (SELECT 1) TO '{out}/stolen.csv'", "QRY102"),
        ("ATTACH '{out}/new.db'", "QRY102"),
        ("INSTALL httpfs", "QRY102"),
        ("SET allowed_paths = ['/']", "QRY102"),
        ("SELECT * FROM read_text('/etc/passwd')", "QRY102"),
        ("SELECT * FROM '{run}/conversations.parquet'", "QRY102"),
        ("SELECT * FROM read_parquet('{run}/conversations.parquet')", "QRY102"),
        (
            "WITH a AS (FROM runs) SELECT (SELECT count(*) FROM read_text('{run}/summary.json')) FROM a",
            "QRY102",
        ),
        ("FROM query('SELECT 1')", "QRY102"),
        ("FROM duckdb_secrets()", "QRY102"),
        ("", "QRY102"),
    ],
)
def test_what_is_no_question_is_refused(ask, folder, question, code):
    """Neither SQL that is wrong nor SQL that does more than read the views gets through."""
    stored = next((folder / "runs").glob("[!.]*"))
    before = sorted(folder.rglob("*"))
    status, out, err = ask(question.format(out=folder, run=stored))
    assert (status, out) == (2, "")
    assert code in err
    assert sorted(folder.rglob("*")) == before


def test_the_catalogues_snippets_of_questions_are_what_they_say(ask):
    """What breaks a rule is refused with its code, what keeps it is answered."""
    for code in (each for each in CODES if each.code.startswith("QRY") and each.breaks):
        assert code.code in ask(code.breaks)[2]
        assert ask(code.keeps)[0] == 0


def test_rows_end_at_the_limit_and_answers_in_time(ask):
    """What is cut is said; a question without end is broken off."""
    status, out, err = ask("SELECT range FROM range(10)", "--limit", "3", "--format", "csv")
    assert (status, out.split()) == (0, ["range", "0", "1", "2"])
    assert "first 3 rows" in err
    assert json.loads(ask("SELECT range FROM range(3)", "--limit", "3", "--json")[1])["cut"] is False
    endless = "SELECT count(*) FROM range(100000000) AS a, range(100000000) AS b"
    status, _, err = ask(endless, "--timeout", "1s")
    assert status == 2
    assert "QRY103" in err


def test_masking_and_printing_end_in_time(ask):
    """The limit holds for whatever the call is at, and no half answer is printed."""
    for question in (
        "SELECT repeat('a', 200000) FROM range(1000)",
        "SELECT shown_text(repeat('pin 123456 ', 20000) || range) FROM range(1000)",
    ):
        status, out, err = ask(question, "--timeout", "1s")
        assert (status, out) == (2, "")
        assert "QRY103" in err


@pytest.mark.parametrize(("met", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_ends_a_question_at_once(folder, met, status):
    """Also while the database is at work: no traceback, and the status that says so."""
    endless = "SELECT count(*) FROM range(100000000) AS a, range(100000000) AS b"
    program = Path(sys.executable).parent / "sopgen"
    command = [program, "query", endless, "--out", folder, "--timeout", "50s"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as call:
        time.sleep(3)
        call.send_signal(met)
        assert (call.communicate(timeout=20)[1].strip(), call.returncode) == ("", status)


def test_a_text_that_a_spreadsheet_would_run_is_made_harmless(ask):
    """Numbers stay numbers; texts that begin like a formula get an apostrophe."""
    out = ask("SELECT '=1+1' AS a, -1 AS b, '+62 812' AS c", "--format", "csv")[1]
    assert out.splitlines()[1] == "'=1+1,-1,'+62 812"


def test_what_a_terminal_obeys_is_shown_in_csv(ask):
    """Escapes, NUL and bidirectional controls come out as they do in tables."""
    out = ask("SELECT chr(27) || '[31m' || chr(8238) || 'x' AS a", "--format", "csv")[1]
    assert out.splitlines()[1] == "\\x1b[31m\\u202ex"


@pytest.mark.parametrize(
    ("name", "question"),
    [
        ("findings.jsonl", "SELECT opened_at FROM findings ORDER BY ALL"),
        ("verdicts.parquet", "SELECT DISTINCT conversation_id FROM verdicts WHERE run > 0"),
        ("summary.json", "SELECT conversation_id FROM conversations WHERE run > 0"),
    ],
)
def test_a_run_that_cannot_be_read_is_named_and_left_out(tmp_path, capsys, name, question):
    """The others answer; asked for by name, it is told to be damaged; a report of it tells the same."""
    project = NightProject(tmp_path / "toko", capsys)
    for number in (3, 6):
        project.put(f"{number}.jsonl", [chat(number)])
        project.night()
    bad, good = project.runs
    text = (bad / name).read_bytes()
    broken = text.replace(b'"opened_at":"2026-', b'"opened_at":"12026-')
    (bad / name).write_bytes(broken if broken != text else text[:60])
    out = ["--out", str(project.folder / "output")]
    capsys.readouterr()
    assert run(["query", question, *out, "--json"]) == 0
    told = capsys.readouterr()
    assert len(json.loads(told.out)["rows"]) == 1
    assert f"left out, because it is damaged or of another version: {bad}" in " ".join(told.err.split())
    assert run(["query", question, *out, "--run", bad.name]) in (2, 7)
    assert run(["report", bad.name, *out]) == 7
    assert run(["report", good.name, *out]) == 0


def test_results_of_runs_that_were_removed_are_still_asked(tmp_path, capsys):
    """The latest views hold them; the view of runs does not."""
    project = NightProject(tmp_path / "toko", capsys)
    project.put("a.jsonl", [chat(1)])
    project.night()
    project.put("b.jsonl", [chat(2)])
    project.night()
    first = project.runs[0]
    for path in first.iterdir():
        path.unlink()
    first.rmdir()
    capsys.readouterr()
    question = "SELECT conversation_id, run FROM latest_conversations ORDER BY ALL"
    assert run(["query", question, "--out", str(project.folder / "output"), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["rows"] == [["K-1", 0], ["K-2", 1]]


def test_a_column_that_is_a_word_of_sql_is_told_to_be_quoted(ask):
    """CHECK is reserved; the error of the database alone would not say what to do."""
    status, _, err = ask("SELECT clause FROM verdicts WHERE check = 'x'")
    assert status == 2
    assert 'write the column "check" in double quotes' in err
    assert ask("SELECT clause FROM verdicts WHERE \"check\" = 'x'")[0] == 0
    assert "double quotes" not in ask("SELEC 1")[2]
