"""Rules changed without being copied: `overrides.yaml` in a folder of checks.

    no-profanity:
      severity: major
      weight: 2
      remedy: {id: Tulis ulang dengan bahasa yang bersih., en: Write it again in clean language.}
    first-response-time:
      parameters: {limit: 90s}
      say: {fail: {id: "Terlambat: {gap}.", en: "Late: {gap}."}}

What a file does not name stays as the rule has it. Severity, weight, wording and the defaults of parameters
can be changed; what a rule looks for cannot: that is another rule, with a name and a file of its own.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, ClassVar

from sopgen.base.diagnostic import Diagnostic, Level, Report
from sopgen.base.shape import Document, read_yaml_file, shape
from sopgen.base.suggestion import did_you_mean
from sopgen.compliance.model import Titles
from sopgen.compliance.parameter import Misfit, read_value, with_default
from sopgen.compliance.place import OVERRIDES
from sopgen.compliance.rule import Rule, RuleSource, is_weight
from sopgen.language.phrase_book import PhraseBook
from sopgen.sop.model import Severity

FILE = OVERRIDES

_STRICT: dict[str, str] = {"extra": "forbid"}


@dataclass(frozen=True, slots=True, kw_only=True)
class SayingsChange:
    """The reasons that are worded anew."""

    __pydantic_config__: ClassVar[dict[str, str]] = _STRICT
    fail: Titles | None = None
    na: Titles | None = None
    hold: Titles | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleChange:
    """What is changed of one rule, as written; None and empty change nothing."""

    __pydantic_config__: ClassVar[dict[str, str]] = _STRICT
    severity: Severity | None = None
    weight: float | None = None
    title: Titles | None = None
    remedy: Titles | None = None
    say: SayingsChange = field(default_factory=SayingsChange)
    parameters: dict[str, str | tuple[str, ...]] = field(default_factory=dict)


def overridden(
    rules: Mapping[str, Rule], folders: Sequence[Path], book: PhraseBook, report: Report
) -> dict[str, Rule]:
    """Return the rules as the overrides of the folders change them, later folders last.

    Diagnostic: RUL105 for an override that cannot be applied; its rule stays as it was.
    """
    changed = dict(rules)
    for path in (folder / FILE for folder in folders):
        document = read_yaml_file(path, report) if path.exists() else None
        if document is None:
            continue
        changes = shape(document, dict[str, RuleChange], report, code="RUL105") or {}
        for name, change in changes.items():
            flaws = tuple(_flaws(name, change, changed, document, book=book))
            for flaw in flaws:
                report(flaw)
            if not flaws:
                changed[name] = _applied(changed[name], change, book)
    return changed


def _flaws(
    name: str, change: RuleChange, rules: Mapping[str, Rule], document: Document, *, book: PhraseBook
) -> Iterator[Diagnostic]:
    if name not in rules:
        yield _flaw(document, (name,), f"there is no rule '{name}' to override", did_you_mean(name, rules))
        return
    if change.weight is not None and not is_weight(change.weight):
        yield _flaw(document, (name, "weight"), f"'{change.weight}' is no weight", "write 0 or more")
    known = rules[name].parameters
    for parameter, written in change.parameters.items():
        where = (name, "parameters", parameter)
        if parameter not in known:
            hint = did_you_mean(parameter, known) if known else f"'{name}' takes none"
            yield _flaw(document, where, f"'{name}' has no parameter '{parameter}'", hint)
            continue
        value = read_value(known[parameter], written, book)
        if isinstance(value, Misfit):
            yield _flaw(document, where, value.message, value.hint)


def _applied(rule: Rule, change: RuleChange, book: PhraseBook) -> Rule:
    source: RuleSource = replace(rule.source, **_given(change, ("severity", "weight", "title", "remedy")))
    source = replace(source, say=replace(source.say, **_given(change.say, ("fail", "na", "hold"))))
    parameters = dict(rule.parameters)
    for name, written in change.parameters.items():
        value = read_value(parameters[name], written, book)
        assert not isinstance(value, Misfit)
        parameters[name] = with_default(parameters[name], value)
    return Rule(source=source, document=rule.document, parameters=parameters)


def _given(change: RuleChange | SayingsChange, names: Sequence[str]) -> dict[str, Any]:
    return {name: getattr(change, name) for name in names if getattr(change, name) is not None}


def _flaw(document: Document, path: tuple[str, ...], message: str, hint: str) -> Diagnostic:
    span = document.place(path)
    return Diagnostic(code="RUL105", level=Level.ERROR, span=span, message=message, hint=hint)
