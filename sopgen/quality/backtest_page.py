"""A backtest as a page in the reports' style: what changes by clause, and the chats that change sides."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import sopgen
from sopgen.compliance.model import Verdict
from sopgen.quality.backtest import Backtest, ClauseShift, Example, Kind
from sopgen.quality.chart import rate_of
from sopgen.quality.excerpt import Bubble, bubbles_of
from sopgen.quality.hypertext import render
from sopgen.quality.interval import Estimate
from sopgen.quality.locale import full_moment, number, percent, signed
from sopgen.quality.page import Head, Rate
from sopgen.quality.report import write_page
from sopgen.quality.veil import Veil, names_of, secrets_of
from sopgen.quality.wording import Wording
from sopgen.sop.model import DRAFT, Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class SideView:
    """What one version says of a conversation: its verdict as a name (class) and in words, and why."""

    version: str
    name: str
    verdict: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExampleView:
    """A conversation that changes sides: what the old version says of it, then what the new one does."""

    title: str
    conversation: str
    agent: str
    sides: tuple[SideView, SideView]
    bubbles: tuple[Bubble, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """The way from one share of fails to another as a picture draws it, in per cent."""

    kind: str
    before: Rate
    after: Rate
    start: float
    width: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ShiftRow:
    """A clause of which something changes; `moved` is None where a version does not judge by it."""

    anchor: str
    number: str
    clause: str
    text: str
    severity: Severity
    check: str
    before: str
    after: str
    moved: Moved | None
    newly_failing: int
    newly_passing: int
    change: str
    shifts: tuple[str, ...]
    decided: str
    examples: tuple[ExampleView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BacktestPage:
    """Everything that the page shows; `unchanged` counts the clauses of which nothing changes."""

    language: str
    text_language: str
    reader: str
    head: Head
    sections: tuple[str, ...]
    notes: tuple[str, ...]
    rows: tuple[ShiftRow, ...]
    sums: tuple[str, ...]
    unchanged: int


def write_backtest(test: Backtest, veil: Veil, path: Path, *, started: datetime, pack_version: str) -> Path:
    """Return the page of a backtest, written to `path`. StorageError: STO101, STO102."""
    return write_page(path, render(page_of(test, veil, started=started, pack_version=pack_version)))


def page_of(test: Backtest, veil: Veil, *, started: datetime, pack_version: str) -> BacktestPage:
    """Return the page as values, masked and written out."""
    say = Wording(veil.language)
    changed = [each for each in test.clauses if each.changed]
    return BacktestPage(
        language=veil.language,
        text_language=test.language,
        reader="backtest",
        head=_head(test, say, started=started, pack_version=pack_version),
        sections=("shifts", "sides", "reading") if changed else ("reading",),
        notes=("reading_backtest", "reading_mask"),
        rows=tuple(_row(each, test, veil, say) for each in changed),
        sums=tuple(_sums(test, say)),
        unchanged=len(test.clauses) - len(changed),
    )


def _head(test: Backtest, say: Wording, *, started: datetime, pack_version: str) -> Head:
    fails = sum(each.newly_failing for each in test.clauses)
    passes = sum(each.newly_passing for each in test.clauses)
    return Head(
        name=f"{test.sop} {test.old} → {test.new}",
        period=f"{test.old} → {test.new}",
        headline=say.say("backtest_headline", fails=fails, passes=passes),
        lead=say.say(
            "backtest_lead",
            count=test.conversations,
            sop=test.sop,
            old=test.old_findings,
            new=test.new_findings,
            change=_points(test.change, say),
        ),
        sample="",
        runs=say.say("backtest_of", count=test.conversations),
        started=full_moment(started, say.language),
        sops=(f"{test.sop} ({test.old}, {test.new})",),
        pack_version=pack_version,
        sopgen_version=sopgen.__version__,
    )


def _sums(test: Backtest, say: Wording) -> Iterable[str]:
    yield say.say("backtest_joined", joined=test.joined, left=test.left)
    if test.old_only or test.new_only:
        yield say.say("backtest_only", old=test.old_only, new=test.new_only)
    if test.set_aside:
        yield say.say("backtest_aside", count=test.set_aside)
    if test.erased:
        yield say.say("backtest_erased", count=test.erased)


def _row(clause: ClauseShift, test: Backtest, veil: Veil, say: Wording) -> ShiftRow:
    return ShiftRow(
        anchor=f"c-{clause.clause}",
        number=clause.number,
        clause=clause.clause,
        text=clause.text,
        severity=clause.severity,
        check=clause.check,
        moved=_moved(clause, say),
        before=_share(clause.old_rate, say) if clause.is_old else say.say("backtest_absent"),
        after=_share(clause.new_rate, say) if clause.is_new else say.say("backtest_absent"),
        newly_failing=clause.newly_failing,
        newly_passing=clause.newly_passing,
        change=_points(clause.change, say),
        shifts=tuple(_shifts(clause, say)),
        decided=_decided(clause, say),
        examples=tuple(_example(each, test, veil, say) for each in clause.examples),
    )


def _shifts(clause: ClauseShift, say: Wording) -> Iterable[str]:
    for (old, new), count in sorted(clause.shifts.items(), key=lambda each: -each[1]):
        if old is not new:
            yield f"{number(count, say.language)} {_word(old, say)} → {_word(new, say)}"


def _decided(clause: ClauseShift, say: Wording) -> str:
    """Return how people have decided about findings that go, in a sentence; "" where they have not."""
    if not clause.decided:
        return ""
    told = ", ".join(
        say.say(f"standings_{each.name.lower()}", count=count)
        for each, count in sorted(clause.decided.items())
    )
    return say.say("backtest_decided", told=told)


def _word(verdict: Verdict | None, say: Wording) -> str:
    return say.say("backtest_none") if verdict is None else say.say(f"verdict_{verdict}")


def _example(example: Example, test: Backtest, veil: Veil, say: Wording) -> ExampleView:
    judgement, names = example.finding.judgement, names_of(example.finding)
    secrets = secrets_of(example.finding.context)
    is_failing = example.kind is Kind.NEWLY_FAILING
    said: tuple[tuple[Verdict | None, str], ...] = (
        (Verdict.FAIL, veil.text(judgement.reason, names, secrets)),
        (example.other, veil.text(example.other_reason, names, secrets)),
    )
    old, new = reversed(said) if is_failing else said
    return ExampleView(
        title=say.say("backtest_failing" if is_failing else "backtest_passing"),
        conversation=veil.identifier(judgement.conversation, channel=judgement.channel, names=names),
        agent=veil.agent(judgement.agent),
        sides=(_side(test.old, *old, say), _side(test.new, *new, say)),
        bubbles=bubbles_of(example.finding, veil, say),
    )


def _side(version: str, verdict: Verdict | None, reason: str, say: Wording) -> SideView:
    named = say.say("draft") if version == DRAFT else say.say("version", version=version)
    return SideView(
        version=named, name=str(verdict or Verdict.NA), verdict=_word(verdict, say), reason=reason
    )


def _moved(clause: ClauseShift, say: Wording) -> Moved | None:
    """Return the way from the old share of fails to the new one; None where one of them has none."""
    before, after = rate_of(clause.old_rate, say), rate_of(clause.new_rate, say)
    if before is None or after is None:
        return None
    return Moved(
        kind="worse" if after.at > before.at else "better",
        before=before,
        after=after,
        start=min(before.at, after.at),
        width=round(abs(after.at - before.at), 3),
    )


def _share(estimate: Estimate, say: Wording) -> str:
    if estimate.value is None:
        return "–"
    return say.say("backtest_share", share=percent(estimate.value, say.language), count=estimate.of)


def _points(estimate: Estimate, say: Wording) -> str:
    """Return a difference of shares in points, with its range: "+2,1 (+0,4 – +3,9)"."""
    if estimate.value is None or estimate.low is None or estimate.high is None:
        return "–"
    shares = (estimate.value, estimate.low, estimate.high)
    value, low, high = (signed(100 * each, say.language) for each in shares)
    return f"{value} ({low} … {high})"
