"""`sopgen baseline` and `sopgen disposition`: what is known no longer fails a check."""

import json
import re
import shlex
from pathlib import Path

import pytest

from sopgen.quality.codes import CODES

CHATS = ("check", "chats.jsonl", "--run-id", "first", "--fail-on", "minor")


@pytest.fixture
def checked(call):
    """Return the call, after a check that found something."""
    assert call(*CHATS).status == 1
    return call


def fingerprints():
    """Return the findings of the first run."""
    lines = Path("output/runs/first/findings.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line)["fingerprint"] for line in lines]


def test_a_baseline_makes_the_next_check_clean(checked):
    """The same findings again are known; the exit status counts none of them."""
    made = checked("baseline", "first")
    assert made.status == 0
    assert f"{len(fingerprints())} finding" in made.out
    assert set(re.findall(r"^[0-9a-f]{12}", Path("baseline.txt").read_text(encoding="utf-8"), re.M)) == set(
        fingerprints()
    )
    again = checked("check", "chats.jsonl", "--run-id", "second", "--fail-on", "minor")
    assert again.status == 0
    assert f"{len(fingerprints())} known" in again.out


def test_a_finding_taken_out_of_the_baseline_is_news(checked):
    """People edit the file: one line less, one finding more."""
    checked("baseline", "first")
    path = Path("baseline.txt")
    path.write_text("\n".join(path.read_text(encoding="utf-8").splitlines()[:-1]) + "\n", encoding="utf-8")
    again = checked("check", "chats.jsonl", "--run-id", "second", "--fail-on", "minor", "--json")
    assert again.status == 1
    news = json.loads(again.out)["news"]
    assert news["standings"]["new"] == 1
    assert sum(news["news_by_severity"].values()) == 1


def test_the_baseline_tells_what_is_gone(checked):
    """Findings that no longer occur are kept until somebody drops them."""
    Path("baseline.txt").write_text("0" * 12 + "\n", encoding="utf-8")
    assert "1 finding of the baseline did not occur in this run (kept" in checked("baseline", "first").out
    told = json.loads(checked("baseline", "first", "--replace", "--json").out)
    assert (told["gone"], told["dropped"], told["added"]) == (1, 1, 0)
    assert "0" * 12 not in Path("baseline.txt").read_text(encoding="utf-8")


def test_a_decision_is_written_down_and_holds(checked):
    """In the file that people edit, and in the next run's counts."""
    finding = fingerprints()[0]
    said = ("--as", "false alarm", "--reason", 'she said "quoted": us', "--by", "Rina", "--instead", "pass")
    assert checked("disposition", "first", finding, *said).status == 0
    assert "false alarm" in Path("dispositions.yaml").read_text(encoding="utf-8")
    told = json.loads(checked("disposition", "first", "--json").out)
    assert told["standings"]["false alarm"] == 1
    assert told["checks"][0]["false_alarms"] == 1
    assert told["checks"][0]["precision"]["value"] == 0
    shown = checked("disposition", "first")
    assert "1 false alarm" in shown.out
    assert "0.00 [0.00-0.79]*" in shown.out


def test_an_acceptance_that_expired_is_told_and_is_news(checked, monkeypatch):
    """On its last day it holds, on the next it does not, and the check says so."""
    for finding in fingerprints():
        said = ("--as", "accepted", "--until", "2026-12-31", "--reason", "new system in January")
        assert checked("disposition", "first", finding, *said).status == 0
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1798714800")  # 2026-12-31, 11:00 UTC
    assert checked("check", "chats.jsonl", "--run-id", "b", "--fail-on", "minor").status == 0
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1798801200")  # 2027-01-01, 11:00 UTC
    late = checked("check", "chats.jsonl", "--run-id", "c", "--fail-on", "minor")
    assert late.status == 1
    assert "warning DSP107" in late.err
    assert f"{len(fingerprints())} expired" in late.out


@pytest.mark.parametrize("code", [each for each in CODES if each.code in ("DSP108", "MSK102")], ids=str)
def test_a_call_breaks_as_its_code_says(checked, code):
    """What the catalogue shows is refused, or taken."""
    start = ("disposition", "first", fingerprints()[0]) if code.code == "DSP108" else ("report", "first")
    broken = checked(*start, *shlex.split(code.breaks))
    assert broken.status == 2
    assert code.code in broken.err
    assert checked(*start, *shlex.split(code.keeps)).status == 0


def test_a_decision_about_nothing_or_twice_is_refused(checked):
    """A mistyped finding is told with the nearest; a second decision names the first."""
    finding, said = fingerprints()[0], ("--as", "confirmed", "--reason", "seen")
    mistyped = checked("disposition", "first", finding[:-1] + "x", *said)
    assert (mistyped.status, "DSP109" in mistyped.err, finding in mistyped.err) == (2, True, True)
    assert checked("disposition", "first", finding, *said).status == 0
    twice = checked("disposition", "first", finding, *said)
    assert (twice.status, "DSP104" in twice.err, "dispositions.yaml:1" in twice.err) == (2, True, True)


def test_a_look_unmasked_is_recorded(checked):
    """Who, when, what and why, in a file of the owner's alone."""
    assert checked("report", "first", "--unmask", "--reason", "customer asked, ticket 4711").status == 0
    record = json.loads(Path("output/private/unmasked.jsonl").read_text(encoding="utf-8"))
    assert record["what"] == "report of run first"
    assert record["reason"] == "customer asked, ticket 4711"
    assert record["who"]
    assert record["at"]
    alone = checked("report", "first", "--unmask")
    assert (alone.status, "MSK102" in alone.err) == (2, True)


def test_decisions_come_back_as_gold(checked):
    """A confirmed finding is right, a false alarm is wrong, and both can be written as a gold file."""
    lines = Path("output/runs/first/findings.jsonl").read_text(encoding="utf-8").splitlines()
    by_check = {json.loads(line)["check"]: json.loads(line)["fingerprint"] for line in lines}
    (right, first), (wrong, second), *_ = sorted(by_check.items())
    assert checked("disposition", "first", first, "--as", "confirmed", "--reason", "seen").status == 0
    assert checked("disposition", "first", second, "--as", "false alarm", "--reason", "quoted").status == 0
    ran = checked("evaluate", "chats.jsonl", "--dispositions", "first", "--save-gold", "gold.jsonl", "--json")
    assert ran.status == 0, ran.err
    scores = {each["check"]: each for each in json.loads(ran.out)["checks"]}
    assert (scores[right]["true_fails"], scores[right]["false_fails"]) == (1, 0)
    assert (scores[wrong]["true_fails"], scores[wrong]["false_fails"]) == (0, 1)
    again = checked("evaluate", "gold.jsonl", "--json")
    assert json.loads(again.out)["checks"] == json.loads(ran.out)["checks"]


def html_of(run):
    """Return the report beside a run's results."""
    return Path(f"output/runs/{run}/report.html").read_text(encoding="utf-8")


def test_the_report_of_a_check_tells_what_is_known_and_what_was_before(checked):
    """Standings as in `sopgen report`, and the findings of the run before; the first run had none."""
    finding = fingerprints()[0]
    checked("baseline", "first")
    assert checked("disposition", "first", finding, "--as", "confirmed", "--reason", "seen").status == 0
    assert checked("check", "chats.jsonl", "--run-id", "second").status == 0
    own = html_of("second")
    assert 'data-standing="known"' in own
    assert 'data-standing="new"' not in own
    assert 'data-standing="new"' in html_of("first")
    assert "sebelumnya" in own
    assert "sebelumnya" not in html_of("first")
    assert checked("report", "second").status == 0
    assert html_of("second") == own


def test_a_damaged_or_foreign_run_does_not_stop_a_check(checked):
    """The report does without what cannot be read, and without runs by other SOPs."""
    Path("output/runs/first/verdicts.parquet").write_bytes(b"PAR1 but not really")
    ran = checked("check", "chats.jsonl", "--run-id", "second")
    assert ran.status == 0, ran.err
    assert "sebelumnya" not in html_of("second")
    summary = Path("output/runs/second/summary.json")
    told = summary.read_text(encoding="utf-8")
    assert '"cs-kecil"' in told
    summary.write_text(told.replace('"cs-kecil"', '"sop-lain"'), encoding="utf-8")
    assert checked("check", "chats.jsonl", "--run-id", "third").status == 0
    assert "sebelumnya" not in html_of("third")


def test_the_mistakes_of_an_evaluation_are_masked(call, project):
    """Customers by nobody's name, unless somebody says why; then it is recorded."""
    talk = json.loads(Path("chats.jsonl").read_text(encoding="utf-8").splitlines()[1])
    talk["messages"][1]["text"] = "Kak Zulkarnaen, kirim kode OTP nya kesini, hp 0812-9876-5432"
    talk |= {"id": "Zulkarnaen", "gold": {"verdicts": {"no-secret-request": "pass"}}}
    path = project / "Chat WhatsApp dengan Zulkarnaen.jsonl"
    path.write_text(json.dumps(talk) + "\n", encoding="utf-8")
    for more in (("--mistakes",), ("--json",)):
        ran = call("evaluate", str(path), *more)
        assert ran.status == 0, ran.err
        assert "no-secret-request" in ran.out
        assert "Zulkarnaen" not in ran.out + ran.err
        assert "0812" not in ran.out + ran.err
    why = ("--unmask", "--reason", "mend the cues, ticket 4711")
    assert "Zulkarnaen" in call("evaluate", str(path), "--mistakes", *why).out
    assert "4711" in Path("output/private/unmasked.jsonl").read_text(encoding="utf-8")


def test_who_speaks_names_staff_alone(call, project):
    """Customers by their initials, on the screen and for programs; with a reason by their names."""
    lines = [
        {
            "id": f"K-{number}",
            "channel": "livechat",
            "messages": [
                {"id": "1", "role": "customer", "author": name, "kind": "text", "text": "halo"},
                {"id": "2", "role": "agent", "author": "CS Toko", "kind": "text", "text": "Halo Kak"},
            ],
        }
        for number, name in enumerate(("Zulkarnaen Prawiro", "+62 812-9876-5432"))
    ]
    path = project / "who.jsonl"
    path.write_text("".join(json.dumps(each) + "\n" for each in lines), encoding="utf-8")
    for more in ((), ("--json",)):
        ran = call("check", "--who", str(path), *more)
        assert ran.status == 0, ran.err
        assert "CS Toko" in ran.out
        assert "Z••••••••• P••••••" in ran.out
        assert not re.search("Zulkarnaen|9876", ran.out + ran.err)
    why = ("--unmask", "--reason", "who is staff in the new export")
    assert "Zulkarnaen Prawiro" in call("check", "--who", str(path), *why).out
    assert "speakers in exports" in Path("output/private/unmasked.jsonl").read_text(encoding="utf-8")
    alone = call("check", str(path), *why)
    assert (alone.status, "MSK102" in alone.err) == (2, True)
