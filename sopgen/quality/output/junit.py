"""Clauses as a JUnit report, for systems that show tests: a suite for each SOP, a case for each clause.

A clause with a departure that nobody knows yet has failed: what the baseline and people's decisions know
fails nothing, as in `sopgen check --fail-on`, and is told. One that was never activated or decided is
skipped. The form is that of Jenkins' xunit plugin, which others read as well.
"""

import re
from collections.abc import Iterable, Iterator
from html import escape
from itertools import groupby
from pathlib import Path

from sopgen.quality.figure.clause import ClauseFigure
from sopgen.quality.figure.scope import Scope
from sopgen.runs.trouble import storing

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write_junit(clauses: Iterable[ClauseFigure], scope: Scope, path: Path) -> None:
    """Write the report. StorageError: STO101, STO102."""
    with storing(path):
        path.write_text("\n".join(_lines(tuple(clauses), scope)) + "\n", encoding="utf-8")


def _lines(clauses: tuple[ClauseFigure, ...], scope: Scope) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield f"<testsuites {_sums(clauses)}>"
    for sop, group in groupby(clauses, key=lambda each: each.facts.key.sop):
        listed = tuple(group)
        stamp = scope.newest.started_at.isoformat(timespec="seconds")
        yield f'  <testsuite name="{_safe(sop)}" timestamp="{stamp}" {_sums(listed)}>'
        for each in listed:
            yield from _case(each)
        yield "  </testsuite>"
    yield "</testsuites>"


def _sums(clauses: tuple[ClauseFigure, ...]) -> str:
    failed = sum(_news(each) > 0 for each in clauses)
    skipped = sum(each.counts.decided == 0 for each in clauses)
    return f'tests="{len(clauses)}" failures="{failed}" errors="0" skipped="{skipped}"'


def _case(figure: ClauseFigure) -> Iterator[str]:
    facts, counts = figure.facts, figure.counts
    name = _safe(f"{facts.number} {facts.key.clause} [{facts.key.check}]".strip())
    opening = f'    <testcase classname="{_safe(facts.key.sop)}" name="{name}"'
    if not counts.decided:
        why = f"not activated in {counts.na} conversations, undecided in {counts.undecided}"
        yield f'{opening}><skipped message="{why}"/></testcase>'
        return
    known = counts.failed - _news(figure)
    if not counts.failed:
        yield f"{opening}/>"
        return
    if not _news(figure):
        yield f"{opening}><system-out>{known} findings, all of them known</system-out></testcase>"
        return
    apart = f", {known} of them known" if known else ""
    message = _safe(f"broken in {counts.failed} of {counts.decided} conversations{apart}: {facts.text}")
    kind = f"{facts.severity}-{facts.error_class}"
    yield f'{opening}><failure type="{kind}" message="{message}">{_safe(_share(figure))}</failure></testcase>'


def _news(figure: ClauseFigure) -> int:
    """Return how many findings nobody knows yet."""
    return figure.counts.failed if figure.news is None else figure.news


def _share(figure: ClauseFigure) -> str:
    passing = figure.passing
    assert passing.value is not None
    assert passing.low is not None
    assert passing.high is not None
    return f"{passing.value:.1%} kept, 95 % interval {passing.low:.1%} to {passing.high:.1%}"


def _safe(text: str) -> str:
    """Return the text as XML may hold it, in an attribute too."""
    return escape(_NOT_XML.sub("�", text))
