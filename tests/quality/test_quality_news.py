"""What people know already stands apart from what is new, in every output of QA."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from figure_month import VEIL, asked, runs
from lxml import etree

from sopgen.base.span import Span
from sopgen.quality.disposition import Decision, Disposition
from sopgen.quality.figure.figures import OwnerFigures, Reader, figures, owner_figures, qa_figures
from sopgen.quality.headline import tiles_of
from sopgen.quality.hypertext import render
from sopgen.quality.known import Known
from sopgen.quality.letter import report_letter
from sopgen.quality.locale import number
from sopgen.quality.output.sheets import sheets
from sopgen.quality.output.writing import Format, write_figures
from sopgen.quality.overview import overview_of
from sopgen.quality.report import Assignment, opened
from sopgen.quality.wording import Wording
from sopgen.runs.results import Results, open_results
from sopgen.runs.summary import RunSummary
from sopgen.sop.model import Severity

TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def results() -> Iterator[Results]:
    """Return the month, open for reading."""
    with open_results(runs()) as opened_results:
        yield opened_results


@pytest.fixture(scope="module")
def critical(results: Results) -> list[str]:
    """Return the fingerprints of all critical findings."""
    return [
        fingerprint
        for (fingerprint,) in results.rows("SELECT fingerprint FROM findings WHERE severity = 'critical'")
    ]


@pytest.fixture(scope="module")
def known(critical: list[str]) -> Known:
    """Return a baseline of all critical findings but one, of which somebody said that it is right."""
    return Known(baseline=frozenset(critical[1:]), dispositions={critical[0]: decided(critical[0])}, on=TODAY)


def decided(finding: str, *, check: str = "", decision: Decision = Decision.CONFIRMED) -> Disposition:
    """Return a decision as people write it."""
    return Disposition(
        finding=finding, decision=decision, until=None, reason="seen", by="Rina", on=TODAY, clause="",
        check=check, instead=None, span=Span(file="dispositions.yaml", line=1),
    )  # fmt: skip


def test_news_is_what_nobody_knows(results: Results, known: Known, critical: list[str]) -> None:
    """Counted by severity and by clause; the others are not fewer for it."""
    found = qa_figures(results, VEIL, known)
    ((fails,),) = asked("SELECT count(*) FROM V WHERE verdict = 'fail'")
    assert found.scope.findings == fails
    assert found.news is not None
    assert found.news.count == fails - len(critical)
    assert sum(each.news or 0 for each in found.clauses) == fails - len(critical)
    assert {each.news for each in found.clauses if each.facts.severity == "critical"} == {0}
    assert {each.news for each in qa_figures(results, VEIL).clauses} == {None}


def test_what_is_known_comes_last(results: Results, known: Known) -> None:
    """Without a baseline critical conversations come first; with it, those without news come last."""
    fresh, used = qa_figures(results, VEIL).broken, qa_figures(results, VEIL, known).broken
    assert fresh[0].critical > 0
    assert [each.news > 0 for each in used] == sorted((each.news > 0 for each in used), reverse=True)
    assert {each.key for each in fresh} == {each.key for each in used}


def test_pages_and_tables_tell_it(
    results: Results, known: Known, critical: list[str], tmp_path: Path
) -> None:
    """In the tiles, in a sentence, in a column, in the message; a clause without news fails no test."""
    with opened(Assignment(runs=tuple(runs()), veil=VEIL, known=known, limit=3)) as pages:
        html = render(pages.page(Reader.QA))
    assert "0 di antaranya baru" in html
    assert f"{len(critical) - 1} sudah dikenal, 1 dibenarkan" in html
    listed = next(
        each for each in sheets(results, Reader.QA, veil=VEIL, known=known) if each.key == "findings"
    )
    standing = [head.key for head in listed.heads].index("standing")
    severity = [head.key for head in listed.heads].index("severity")
    told = [row[standing] for row in listed.rows if row[severity] == "critical"]
    assert sorted(map(str, told)) == sorted(["confirmed", *["known"] * (len(critical) - 1)])
    assert "di antaranya baru" in report_letter(qa_figures(results, VEIL, known), Wording("id")).lines[1]
    (path,) = write_figures(results, [Reader.QA], [Format.JUNIT], tmp_path, veil=VEIL, known=known)
    root = etree.parse(path).getroot()
    assert not [each for each in root.iter("failure") if each.get("type").startswith("critical")]
    assert [each.text for each in root.iter("system-out")]


def test_a_decision_counts_for_its_check_without_naming_it(results: Results, critical: list[str]) -> None:
    """The finding says which check it is of; one that nobody can place is told, not dropped."""
    stray = "0" * 12
    known = Known(
        baseline=frozenset(),
        dispositions={
            critical[0]: decided(critical[0]),
            stray: decided(stray),
            "1" * 12: decided("1" * 12, check="calm-tone", decision=Decision.FALSE_ALARM),
        },
        on=TODAY,
    )
    ((check,),) = results.rows(
        """SELECT DISTINCT "check" FROM findings WHERE fingerprint = $finding""", finding=critical[0]
    )
    found = owner_figures(results, VEIL, known).trust
    assert {(each.check, each.confirmed, each.false_alarms) for each in found.checks} == {
        (check, 1, 0),
        ("calm-tone", 0, 1),
    }
    assert found.unnamed == 1
    with opened(Assignment(runs=tuple(runs()), veil=VEIL, known=known)) as pages:
        html = render(pages.page(Reader.OWNER))
    assert f"<code>{check}</code>" in html
    assert "1 keputusan tidak menyebut ceknya" in html
    assert isinstance(figures(results, Reader.OWNER, veil=VEIL), OwnerFigures)


def test_a_smaller_night_looks_no_better() -> None:
    """Tiles hold findings against conversations: three times the night before is the same rate before."""
    with open_results(runs()[-1:]) as night:
        overview = overview_of(night)
    tiles = [
        tiles_of(overview, Wording("id"), previous=larger(overview.newest, by))[0].difference for by in (1, 3)
    ]
    rate = number(100 * overview.severities[Severity.CRITICAL] / overview.totals.governed, "id")
    assert rate != "0"
    assert set(tiles) == {f"{rate} per 100 percakapan; sebelumnya {rate}"}
    nothing = tiles_of(overview, Wording("id"), previous=larger(overview.newest, 0))
    assert {each.difference for each in nothing} == {""}


def larger(run: RunSummary, by: int) -> RunSummary:
    """Return the run with so many times its conversations and findings."""
    return replace(
        run,
        totals=replace(run.totals, governed=by * run.totals.governed),
        findings_by_severity={each: by * count for each, count in run.findings_by_severity.items()},
    )


def test_a_single_run_is_compared_with_those_before_it(results: Results) -> None:
    """Its own counts stay its own; what they were is told of the runs before, in tables as on the page."""
    with open_results(runs()[-1:]) as alone:
        first = {each.facts.key: each for each in qa_figures(alone, VEIL).clauses}
        looked = qa_figures(alone, VEIL, history=results)
    whole = {each.facts.key: each for each in qa_figures(results, VEIL).clauses}
    assert looked.compared is not None
    assert [each.id for each in looked.compared] == [each.name for each in runs()[-2:]]
    assert any(each.since_last for each in looked.clauses)
    for each in looked.clauses:
        key = each.facts.key
        assert each.counts == first[key].counts
        assert first[key].since_last is None
        assert (each.since_last, each.same_weekday) == (whole[key].since_last, whole[key].same_weekday)
        assert each.trend == whole[key].days
