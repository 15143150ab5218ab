"""How well the checker agrees with people: a table by check, the pooled figures, the disagreements."""

from collections.abc import Callable, Iterable

from rich.text import Text

from sopgen.cli.screen.console import BAD, QUIET, results, say, show_table
from sopgen.cli.screen.plain import one_line
from sopgen.compliance.model import Verdict
from sopgen.quality.interval import Estimate
from sopgen.quality.score import CheckScore, Evaluation, Mistake, MistakeKind, PooledScore

_COLUMNS = ("check", "scored#", "fails#", "precision#", "recall#", "F1#", "kappa#", "evidence#", "undecided#")
_SHOWN_NAMES = 12
_WITH_INTERVALS = 134
"""Columns that the table takes with intervals."""


def show_evaluation(evaluation: Evaluation) -> None:
    """Print the scores by check, then all checks together, the critical ones apart."""
    show_table(_COLUMNS, map(_row, evaluation.checks))
    say("")
    _show_pooled("all checks", evaluation.overall)
    if evaluation.critical.checks:
        _show_pooled("critical checks", evaluation.critical)
    alarms = evaluation.false_alarms
    say(f"{_wide(alarms)} of the {alarms.of} conversations without any labelled fail got a false one")
    say(f"{evaluation.conversations} conversations; in brackets 95 % intervals; * of fewer than 30 cases")
    _show_names("labelled, but no clause binds it", evaluation.gold_not_bound)
    _show_names("bound, but not labelled", evaluation.bound_not_gold)


def _row(score: CheckScore) -> tuple[str | Text, ...]:
    return (
        score.check,
        str(score.scored),
        str(score.labels[Verdict.FAIL]),
        *map(_fitting(), (score.precision, score.recall, score.f1, score.kappa)),
        _narrow(score.evidence),
        _narrow(score.undecided),
    )


def _show_pooled(name: str, pooled: PooledScore) -> None:
    say(
        f"{name}: precision {_wide(pooled.precision)}, recall {_wide(pooled.recall)},"
        f" F1 {_wide(pooled.micro_f1)} pooled, {_wide(pooled.macro_f1)} mean"
    )
    say(
        f"  {pooled.true_fails} fails found, {pooled.missed_fails} missed, {pooled.false_fails} false",
        style=QUIET,
    )


def _wide(estimate: Estimate) -> str:
    """Return the figure with its interval and a mark where it was taken of few: "0.94 [0.81-0.98]*"."""
    if estimate.value is None:
        return "-"
    bounds = "" if estimate.low is None else f" [{estimate.low:.2f}-{estimate.high:.2f}]"
    return f"{estimate.value:.2f}{bounds}{'*' if estimate.small else ''}"


def _fitting() -> Callable[[Estimate], str]:
    """Return how a table says a figure: with its interval where the surface is wide enough."""
    return _wide if results().width >= _WITH_INTERVALS else _narrow


def _narrow(estimate: Estimate) -> str:
    return "-" if estimate.value is None else f"{estimate.value:.2f}"


def _show_names(what: str, names: tuple[str, ...]) -> None:
    if names:
        more = f" and {len(names) - _SHOWN_NAMES} more" if len(names) > _SHOWN_NAMES else ""
        say(f"{what}: {', '.join(names[:_SHOWN_NAMES])}{more}", style=QUIET)


def show_mistakes(mistakes: Iterable[Mistake]) -> None:
    """Print every disagreement: where, what people said, what the checker said and why."""
    for mistake in mistakes:
        where = f"{one_line(mistake.source)}, {mistake.position}: {one_line(mistake.conversation)}"
        if mistake.kind is MistakeKind.VERDICT:
            what = f"{mistake.check} should be {mistake.expected}, but is {mistake.got}"
        else:
            expected, got = (
                ", ".join(ids) or "nothing" for ids in (mistake.expected_evidence, mistake.evidence)
            )
            what = f"{mistake.check} points at {one_line(got)}, should at {one_line(expected)}"
        say("")
        say(f"{where}: {what}", style=BAD)
        say(f"  clause {mistake.clause}: {one_line(mistake.reason)}", style=QUIET)
