"""A check as data: when it applies, what it expects, what it says (`rules/<name>.yaml`)."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any, ClassVar, Literal

from sopgen.base.diagnostic import Diagnostic, Level, Report
from sopgen.base.duration import parse_duration
from sopgen.base.notation import NotedLine, read_notation
from sopgen.base.shape import Document, read_yaml_file, shape
from sopgen.base.span import Span
from sopgen.compliance.model import ErrorClass, Titles
from sopgen.sop.model import Severity

_STRICT: dict[str, str] = {"extra": "forbid"}

ExpectedVerdict = Literal["pass", "fail", "na", "todo-pass", "todo-fail", "todo-na"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleExample:
    """A chat in notation and the verdict it must get; a `todo-` verdict is a known gap."""

    __pydantic_config__: ClassVar[dict[str, str]] = _STRICT
    expect: ExpectedVerdict
    title: str
    chat: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sayings:
    """What a verdict's reason says; `{words}`, `{gap}` and `{limit}` are filled in."""

    __pydantic_config__: ClassVar[dict[str, str]] = _STRICT
    fail: Titles
    na: Titles
    hold: Titles | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleSource:
    """What a rule file holds, as written.

    `code` is stable and never reused. `when` and `expect` are constraints; where `when` does not hold, the
    verdict is `na`. `parameters` are durations that a clause may set, with their defaults. `weight` counts in
    scorecards. `clocked`: decided by the order and the clock alone, so that its confidence is 1.
    """

    __pydantic_config__: ClassVar[dict[str, str]] = _STRICT
    code: str
    name: str
    title: Titles
    severity: Severity
    error_class: ErrorClass
    weight: float
    when: Any
    expect: Any
    say: Sayings
    remedy: Titles
    examples: tuple[RuleExample, ...]
    parameters: dict[str, str] = field(default_factory=dict)
    clocked: bool = False
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A rule together with the document it was read from and its default parameters."""

    source: RuleSource
    document: Document = field(compare=False)
    defaults: Mapping[str, timedelta]

    @property
    def name(self) -> str:
        """Return the readable name that clauses bind to."""
        return self.source.name

    @property
    def code(self) -> str:
        """Return the stable code."""
        return self.source.code

    @property
    def title(self) -> Titles:
        """Return the title in both languages."""
        return self.source.title

    @property
    def severity(self) -> Severity:
        """Return how much a departure weighs unless the clause says otherwise."""
        return self.source.severity

    def example_lines(self, number: int, report: Report) -> tuple[NotedLine, ...]:
        """Return the lines of example `number`; flaws of notation are reported at their true lines."""
        place = self.document.place(("examples", number, "chat"))
        first = Span(file=place.file, line=place.line + 1, column=place.column)
        return read_notation(self.source.examples[number].chat, first, report)


def read_rule(path: Path, report: Report) -> Rule | None:
    """Return the rule of a file, or None after reporting RUL101 (shape) or RUL103 (what it must hold)."""
    document = read_yaml_file(path, report)
    if document is None:
        return None
    source = shape(document, RuleSource, report, code="RUL101")
    if source is None:
        return None
    flaws = [
        *_name_flaws(source, document, path),
        *_parameter_flaws(source, document),
        *_weight_flaws(source, document),
    ]
    for flaw in flaws:
        report(flaw)
    if flaws:
        return None
    defaults = {name: parse_duration(text) or timedelta() for name, text in source.parameters.items()}
    return Rule(source=source, document=document, defaults=defaults)


def _name_flaws(source: RuleSource, document: Document, path: Path) -> list[Diagnostic]:
    flaws = []
    if source.name != path.stem:
        message = f"the rule '{source.name}' stands in '{path.name}'"
        flaws.append(_flaw(document.place(("name",)), message, "name both alike"))
    expected = {example.expect for example in source.examples}
    if not {"pass", "fail"} <= expected:
        message = f"the rule '{source.name}' lacks examples"
        flaws.append(
            _flaw(document.place(("examples",)), message, "give at least one that passes and one that fails")
        )
    return flaws


def _parameter_flaws(source: RuleSource, document: Document) -> list[Diagnostic]:
    return [
        _flaw(document.place(("parameters", name)), f"'{text}' is no duration", "write 2m, 1h30m or 24h")
        for name, text in source.parameters.items()
        if parse_duration(text) is None
    ]


def is_weight(value: float) -> bool:
    """Return whether scores can hold the number: 0 or more, and finite."""
    return 0 <= value < math.inf


def _weight_flaws(source: RuleSource, document: Document) -> list[Diagnostic]:
    if is_weight(source.weight):
        return []
    return [_flaw(document.place(("weight",)), f"'{source.weight}' is no weight", "write 0 or more")]


def _flaw(span: Span, message: str, hint: str) -> Diagnostic:
    return Diagnostic(code="RUL103", level=Level.ERROR, span=span, message=message, hint=hint)
