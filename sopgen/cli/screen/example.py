"""Which examples hold: those that fail, one by one; the rest counted."""

from collections.abc import Sequence

from rich.text import Text

from sopgen.base.diagnostic import Diagnostic, Level
from sopgen.cli.screen.console import BAD, GOOD, QUIET, coloured, show_table
from sopgen.cli.screen.plain import one_line
from sopgen.cli.screen.trouble import show_diagnostics
from sopgen.compliance.examples import ExampleResult

_KINDS = {"act": "acts", "rule": "checks", "clause": "clauses"}
_COLUMNS = ("examples of", "subjects#", "tried#", "hold#", "fail#", "known gaps#")
_TITLE_LENGTH = 80


def show_examples(results: Sequence[ExampleResult]) -> None:
    """Print each example that fails and each known gap that has closed, then a table of counts."""
    show_diagnostics([_failed(each) for each in results if not each.ok])
    show_diagnostics([_closed(each) for each in results if each.closed])
    groups = {name: [each for each in results if each.kind == kind] for kind, name in _KINDS.items()}
    show_table(_COLUMNS, (_row(name, group) for name, group in groups.items()))


def _row(name: str, group: Sequence[ExampleResult]) -> tuple[str | Text, ...]:
    failed = sum(not each.ok for each in group)
    return (
        name,
        str(len({each.subject for each in group})),
        str(len(group)),
        coloured(str(sum(each.ok and not each.todo for each in group)), GOOD),
        coloured(str(failed), BAD if failed else QUIET),
        coloured(str(sum(each.todo for each in group)), QUIET),
    )


def _failed(result: ExampleResult) -> Diagnostic:
    message = f"{_named(result)} should be {result.expected}, but is {result.actual}"
    hint = f"mend the {_KINDS[result.kind].removesuffix('s')}, or mark it todo-{result.expected}"
    return Diagnostic(code="EXM101", level=Level.ERROR, span=result.span, message=message, hint=hint)


def _closed(result: ExampleResult) -> Diagnostic:
    message = f"{_named(result)} was a known gap and is {result.actual} now"
    hint = "take 'todo-' away, so that it stays so"
    return Diagnostic(code="EXM102", level=Level.NOTE, span=result.span, message=message, hint=hint)


def _named(result: ExampleResult) -> str:
    title = one_line(result.title)
    short = title if len(title) <= _TITLE_LENGTH else f"{title[: _TITLE_LENGTH - 1]}…"
    return f"{result.subject}: '{short}'"
