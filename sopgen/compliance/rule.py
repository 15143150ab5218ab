"""A check as data: when it applies, what it expects, what it says (`rules/<name>.yaml`)."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar, Literal

from sopgen.base.diagnostic import Diagnostic, Level, Report
from sopgen.base.notation import NotedLine, read_notation
from sopgen.base.shape import Document, read_yaml_file, shape
from sopgen.base.span import Span
from sopgen.compliance.model import ErrorClass, Titles
from sopgen.compliance.parameter import Misfit, Parameter, ParameterSource, read_parameter
from sopgen.language.phrase_book import PhraseBook
from sopgen.sop.model import Severity

_STRICT: dict[str, str] = {"extra": "forbid"}

ExpectedVerdict = Literal["pass", "fail", "na", "todo-pass", "todo-fail", "todo-na"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleExample:
    """A chat in notation and the verdict it must get; a `todo-` verdict is a known gap.

    `given` is what a clause would set: `{phrases: "mohon ditunggu", where: opening}`.
    """

    __pydantic_config__: ClassVar[dict[str, str]] = _STRICT
    expect: ExpectedVerdict
    title: str
    chat: str
    given: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sayings:
    """What a verdict's reason says; `{words}`, `{gap}`, `{limit}` and the rule's parameters are filled in."""

    __pydantic_config__: ClassVar[dict[str, str]] = _STRICT
    fail: Titles
    na: Titles
    hold: Titles | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """The words that made a demand due, a selection, and what a violation says of them, `{words}`."""

    __pydantic_config__: ClassVar[dict[str, str]] = _STRICT
    of: Any
    say: Titles


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleSource:
    """What a rule file holds, as written.

    `code` is stable and never reused. `when` and `expect` are constraints; where `when` does not hold, the
    verdict is `na`. `parameters` are what a clause may set (`parameter`). `weight` counts in scorecards.
    `due`: what a violation also shows and says, where the words of a message made the demand due.
    `clocked`: decided by the order and the clock alone, so that its confidence is 1.
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
    parameters: dict[str, str | ParameterSource] = field(default_factory=dict)
    clocked: bool = False
    due: Due | None = None
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A rule together with the document it was read from and its parameters by name."""

    source: RuleSource
    document: Document = field(compare=False)
    parameters: Mapping[str, Parameter]

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


def read_rule(path: Path, book: PhraseBook, report: Report) -> Rule | None:
    """Return the rule of a file, or None after reporting RUL101 (shape) or RUL103 (what it must hold)."""
    document = read_yaml_file(path, report)
    if document is None:
        return None
    source = shape(document, RuleSource, report, code="RUL101")
    if source is None:
        return None
    declared = {name: read_parameter(name, each, book) for name, each in source.parameters.items()}
    flaws = [
        *_name_flaws(source, document, path),
        *_parameter_flaws(declared, document),
        *_weight_flaws(source, document),
    ]
    for flaw in flaws:
        report(flaw)
    if flaws:
        return None
    sound = {name: each for name, each in declared.items() if isinstance(each, Parameter)}
    return Rule(source=source, document=document, parameters=sound)


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


def _parameter_flaws(declared: Mapping[str, Parameter | Misfit], document: Document) -> list[Diagnostic]:
    return [
        _flaw(document.place(("parameters", name)), each.message, each.hint)
        for name, each in declared.items()
        if isinstance(each, Misfit)
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
