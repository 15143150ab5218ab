"""What people decided holds over runs; what is wrong in their files is told with its place."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_checker import SmallChecker, conversations

from sopgen.base.diagnostic import Diagnostic
from sopgen.base.span import Span
from sopgen.compliance.model import Verdict, changed
from sopgen.quality.codes import CODES
from sopgen.quality.disposition import (
    DISPOSITIONS,
    Decision,
    Disposition,
    disposition_files,
    read_dispositions,
    written,
)
from sopgen.quality.health import health_of
from sopgen.quality.known import BASELINE, Known, Standing, news_of, read_baseline, read_known, write_baseline
from sopgen.runs.finding import Finding, findings_of
from sopgen.runs.fingerprint import FINGERPRINT, fingerprint_of
from sopgen.runs.store import open_run
from sopgen.sop.model import Severity

TODAY = date(2026, 11, 22)
FILES = [code for code in CODES if code.code.startswith("DSP") and code.breaks and code.code < "DSP108"]


def findings() -> list[Finding]:
    talks = conversations()
    return [each for talk in talks for each in findings_of(talk, SmallChecker().judge(talk))]


def decision(finding: str, said: Decision = Decision.CONFIRMED, **more: object) -> Disposition:
    told = {"until": None, "reason": "seen", "by": "Rina", "on": TODAY, "clause": "s/c", "check": "c"}
    told |= {"instead": None, "span": Span(file="x")} | more
    return Disposition(finding=finding, decision=said, **told)  # type: ignore[arg-type]


def told_by(project: Path) -> list[Diagnostic]:
    flaws: list[Diagnostic] = []
    read_known(project, TODAY, flaws.append)
    return flaws


@pytest.mark.parametrize("code", FILES, ids=lambda code: code.code)
def test_the_catalogues_snippets_show_their_code(tmp_path: Path, code: object) -> None:
    """What breaks a code is told with its file and a line; what keeps it is free of any flaw."""
    name = BASELINE if code.code == "DSP106" else DISPOSITIONS  # type: ignore[attr-defined]
    (tmp_path / name).write_text(code.breaks, encoding="utf-8")  # type: ignore[attr-defined]
    flaws = told_by(tmp_path)
    assert code.code in {each.code for each in flaws}  # type: ignore[attr-defined]
    assert all(each.span.file == str(tmp_path / name) and each.span.line and each.hint for each in flaws)
    (tmp_path / name).write_text(code.keeps, encoding="utf-8")  # type: ignore[attr-defined]
    assert told_by(tmp_path) == []


def test_a_fingerprint_survives_a_new_export_and_a_new_version() -> None:
    """Other message ids, other places, other blanks and another release of the SOP change nothing."""
    for finding in findings():
        judgement = finding.judgement
        moved = tuple(
            replace(
                each,
                message=f"new-{each.message}",
                start=each.start + 5,
                end=each.end + 5,
                text=f" {each.text} ",
            )
            for each in judgement.evidence
        )
        again = replace(
            finding, judgement=changed(judgement, evidence=moved, version="9.9", source="other.csv")
        )
        assert fingerprint_of(again) == fingerprint_of(finding)
        assert FINGERPRINT.fullmatch(fingerprint_of(finding))


def test_every_finding_has_its_own_fingerprint() -> None:
    """Another conversation, clause, check or word is another finding."""
    first = findings()[0]
    judgement = first.judgement
    words = tuple(replace(each, text=each.text + " lagi") for each in judgement.evidence)
    others = [
        replace(first, judgement=changed(judgement, **change))
        for change in (
            {"conversation": "x"},
            {"clause": "x"},
            {"check": "x"},
            {"sop": "x"},
            {"evidence": words},
        )
    ]
    told = [fingerprint_of(each) for each in (*findings(), *others)]
    assert len(set(told)) == len(told)


def test_a_stored_finding_has_the_fingerprint_of_the_judged_one(folder: Path) -> None:
    """Reading a run back finds the same, and `findings.jsonl` names it."""
    text = (folder / "findings.jsonl").read_text(encoding="utf-8")
    for finding in open_run(folder).findings():
        assert f'"fingerprint":"{fingerprint_of(finding)}"' in text


texts = st.text(min_size=1, max_size=60).map(str.strip).filter(bool)


@given(
    texts,
    texts,
    st.sampled_from(Decision),
    st.sampled_from([None, Verdict.PASS, Verdict.NA]),
    st.dates(date(1000, 1, 1)),
)
def test_what_is_written_is_read_back(
    reason: str, by: str, said: Decision, instead: Verdict | None, day: date
) -> None:
    """Whatever people call the reason, quotation marks, colons and emoji included."""
    entry = decision(
        "7f3a9c0d2b41",
        said,
        reason=reason,
        by=by,
        instead=instead,
        until=day if said is Decision.ACCEPTED else None,
    )
    path = Path(__file__).parent / "cases"
    flaws: list[Diagnostic] = []
    (again,) = read_text(written([entry]), flaws)
    assert flaws == [], path
    assert replace(again, span=entry.span) == entry


def read_text(text: str, flaws: list[Diagnostic]) -> tuple[Disposition, ...]:
    import tempfile  # noqa: PLC0415 - hypothesis and tmp_path do not go together

    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / DISPOSITIONS).write_bytes(text.encode("utf-8", "replace"))
        return read_dispositions(disposition_files(Path(folder)), flaws.append)


def test_findings_stand_as_people_decided() -> None:
    """A decision goes before the baseline; an acceptance holds through its last day, and then is news."""
    known = Known(
        baseline=frozenset({"a" * 12, "b" * 12}),
        dispositions={
            each.finding: each
            for each in (
                decision("b" * 12, Decision.FALSE_ALARM),
                decision("c" * 12, Decision.ACCEPTED, until=TODAY),
                decision("d" * 12, Decision.ACCEPTED, until=TODAY - timedelta(days=1)),
                decision("e" * 12),
            )
        },
        on=TODAY,
    )
    told = {sign: known.standing(sign * 12) for sign in "abcdef"}
    assert told == {
        "a": Standing.KNOWN,
        "b": Standing.FALSE_ALARM,
        "c": Standing.ACCEPTED,
        "d": Standing.EXPIRED,
        "e": Standing.CONFIRMED,
        "f": Standing.NEW,
    }
    assert [sign for sign in told if told[sign].is_news] == ["d", "f"]


def test_only_news_count_by_severity() -> None:
    """What is known leaves the count by severity, and stays in the one by standing."""
    all_of_them = findings()
    critical = next(each for each in all_of_them if each.judgement.severity is Severity.CRITICAL)
    known = Known(baseline=frozenset({fingerprint_of(critical)}), dispositions={}, on=TODAY)
    nothing = Known(baseline=frozenset(), dispositions={}, on=TODAY)
    before, after = news_of(all_of_them, nothing), news_of(all_of_them, known)
    assert before.at_least(Severity.CRITICAL) - after.at_least(Severity.CRITICAL) == 1
    assert after.standings[Standing.KNOWN] == 1
    assert sum(after.standings.values()) == len(all_of_them) == before.count
    assert not nothing.in_force
    assert known.in_force


def test_a_baseline_is_read_back_and_people_may_edit_it(tmp_path: Path) -> None:
    """Sorted, one finding a line, remarks and empty lines allowed."""
    lines = {"b" * 12: "s/c  check  C1", "a" * 12: "s/d  check\nC2"}
    path = write_baseline(tmp_path, lines)
    assert read_baseline(tmp_path, pytest.fail) == {"a" * 12: "s/d check C2", "b" * 12: "s/c check C1"}
    path.write_text(
        path.read_text(encoding="utf-8") + "\n# seen in March\n" + "c" * 12 + "\n", encoding="utf-8"
    )
    assert set(read_baseline(tmp_path, pytest.fail)) == {"a" * 12, "b" * 12, "c" * 12}


def test_decisions_may_stand_in_several_files(tmp_path: Path) -> None:
    """The main file first, then those of the folder in order of their names."""
    (tmp_path / "dispositions").mkdir()
    (tmp_path / "dispositions" / "2026-12.yaml").write_text(written([decision("b" * 12)]), encoding="utf-8")
    (tmp_path / DISPOSITIONS).write_text(written([decision("a" * 12)]), encoding="utf-8")
    found = read_dispositions(disposition_files(tmp_path), pytest.fail)
    assert [each.finding for each in found] == ["a" * 12, "b" * 12]


def test_health_is_the_precision_of_the_decided() -> None:
    """Accepted departures are departures; the check is the decision's own, or that of the run's finding."""
    decided = [
        decision("a" * 12, check="calm-tone"),
        decision("b" * 12, Decision.FALSE_ALARM, check=""),
        decision("c" * 12, Decision.ACCEPTED, until=TODAY, check="calm-tone"),
        decision("d" * 12, Decision.FALSE_ALARM, check="empathy"),
        decision("e" * 12, check=""),
    ]
    calm, empathy = sorted(health_of(decided, {"b" * 12: "calm-tone"}), key=lambda each: each.check)
    assert (calm.confirmed, calm.accepted, calm.false_alarms) == (1, 1, 1)
    assert calm.precision.value == pytest.approx(2 / 3)
    assert calm.precision.low == pytest.approx(0.2077, abs=1e-4)  # Wilson's bounds of 2 of 3
    assert calm.precision.high == pytest.approx(0.9385, abs=1e-4)
    assert (empathy.precision.value, empathy.precision.of) == (0.0, 1)
