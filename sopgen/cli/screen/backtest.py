"""What another version would change: a table by clause, and conversations that change sides."""

from collections.abc import Iterable

from rich.text import Text

from sopgen.cli.screen.console import BAD, GOOD, QUIET, coloured, say, show_table
from sopgen.cli.screen.plain import counted, one_line
from sopgen.cli.screen.run import left_out_in_words
from sopgen.quality.backtest import Backtest, ClauseShift, Kind
from sopgen.quality.backtest_form import example_record, word_of
from sopgen.quality.interval import Estimate
from sopgen.quality.veil import Veil

_COLUMNS = ("clause", "id", "fails before#", "fails after#", "newly failing#", "newly passing#", "change#")
_WORDS = 90
_REASON = 160


def how_far(conversations: int) -> str:
    """Return how far a backtest is, in words."""
    return counted(conversations, "conversation")


def show_backtest(test: Backtest, veil: Veil) -> None:
    """Print the sums, the clauses of which something changes, and examples of it."""
    say(
        f"{test.sop}: {test.old} against {test.new}, {counted(test.conversations, 'conversation')}"
        + (f", {test.set_aside:,} set aside" if test.set_aside else "")
    )
    if test.erased:
        say(left_out_in_words(test.erased))
    changed = [each for each in test.clauses if each.changed]
    if not test.both + test.old_only + test.new_only:
        say("Neither version governs any of them: name their channel (--channel), or widen applies_to")
        return
    if changed:
        say("")
        show_table(_COLUMNS, map(_row, changed))
        say("fails of what was decided; change with its 95 % interval, where both versions decide; * of few")
    _show_sums(test, unchanged=len(test.clauses) - len(changed))
    for clause in changed:
        _show_clause(clause, veil)


def _show_sums(test: Backtest, *, unchanged: int) -> None:
    say("")
    say(
        f"Conversations with a finding: {test.old_findings:,} by {test.old},"
        f" {test.new_findings:,} by {test.new}"
        f" ({_change(test.change)}); {test.joined:,} newly, {test.left:,} no longer"
    )
    if test.old_only or test.new_only:
        say(f"Governed by {test.old} alone: {test.old_only:,}, by {test.new} alone: {test.new_only:,}")
    if unchanged:
        say(f"Nothing changes in {counted(unchanged, 'clause')}", style=QUIET)


def _row(clause: ClauseShift) -> tuple[str | Text, ...]:
    return (
        clause.number,
        one_line(clause.clause),
        _rate(clause.old_rate, is_there=clause.is_old),
        _rate(clause.new_rate, is_there=clause.is_new),
        coloured(f"{clause.newly_failing:,}", BAD if clause.newly_failing else QUIET),
        coloured(f"{clause.newly_passing:,}", GOOD if clause.newly_passing else QUIET),
        _change(clause.change),
    )


def _rate(estimate: Estimate, *, is_there: bool) -> str:
    if not is_there:
        return "not there"
    if estimate.value is None:
        return "-"
    return f"{estimate.value:.1%} of {estimate.of:,}"


def _change(estimate: Estimate) -> str:
    """Return a difference of shares in points: "+2.1 [+0.4 to +3.9]"."""
    if estimate.value is None or estimate.low is None or estimate.high is None:
        return "-"
    value, low, high = (f"{100 * each:+.1f}" for each in (estimate.value, estimate.low, estimate.high))
    return f"{value} [{low} to {high}]{'*' if estimate.small else ''}"


def _show_clause(clause: ClauseShift, veil: Veil) -> None:
    say("")
    say(f"{clause.number} {one_line(clause.clause)}: {one_line(clause.text)[:_REASON]}", style="bold")
    say(f"  {', '.join(_shifts(clause))}", style=QUIET)
    if clause.decided:
        counts = ", ".join(f"{count:,} {decision}" for decision, count in sorted(clause.decided.items()))
        say(f"  people decided about findings that go: {counts}")
    for example in clause.examples:
        told = example_record(example, veil)
        style = BAD if example.kind is Kind.NEWLY_FAILING else GOOD
        say(f"  {example.kind}: {one_line(told['conversation'])}", style=style)
        say(f"    {one_line(told['reason'])[:_REASON]}")
        for words in told["words"][:2]:
            say(f"    “{one_line(words)[:_WORDS]}”")
        other = one_line(told["other_reason"])[:_REASON]
        say(f"    the other version: {told['other']}{'; ' if other else ''}{other}", style=QUIET)


def _shifts(clause: ClauseShift) -> Iterable[str]:
    order = sorted(clause.shifts.items(), key=lambda each: -each[1])
    for (old, new), count in order:
        if old is not new:
            yield f"{count:,} {word_of(old)} → {word_of(new)}"
