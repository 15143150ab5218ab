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
from datetime import timedelta
from pathlib import Path
from typing import Any, ClassVar

from sopgen.base.diagnostic import Diagnostic, Level, Report
from sopgen.base.duration import parse_duration
from sopgen.base.shape import Document, read_yaml_file, shape
from sopgen.base.suggestion import did_you_mean
from sopgen.compliance.model import Titles
from sopgen.compliance.rule import Rule, RuleSource, is_weight
from sopgen.sop.model import Severity

FILE = "overrides.yaml"

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
    parameters: dict[str, str] = field(default_factory=dict)


def overridden(rules: Mapping[str, Rule], folders: Sequence[Path], report: Report) -> dict[str, Rule]:
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
            flaws = tuple(_flaws(name, change, changed, document))
            for flaw in flaws:
                report(flaw)
            if not flaws:
                changed[name] = _applied(changed[name], change)
    return changed


def _flaws(
    name: str, change: RuleChange, rules: Mapping[str, Rule], document: Document
) -> Iterator[Diagnostic]:
    if name not in rules:
        yield _flaw(document, (name,), f"there is no rule '{name}' to override", did_you_mean(name, rules))
        return
    if change.weight is not None and not is_weight(change.weight):
        yield _flaw(document, (name, "weight"), f"'{change.weight}' is no weight", "write 0 or more")
    known = rules[name].defaults
    for parameter, text in change.parameters.items():
        where = (name, "parameters", parameter)
        if parameter not in known:
            hint = did_you_mean(parameter, known) if known else f"'{name}' takes none"
            yield _flaw(document, where, f"'{name}' has no parameter '{parameter}'", hint)
        elif parse_duration(text) is None:
            yield _flaw(document, where, f"'{text}' is no duration", "write 2m, 1h30m or 24h")


def _applied(rule: Rule, change: RuleChange) -> Rule:
    source: RuleSource = replace(rule.source, **_given(change, ("severity", "weight", "title", "remedy")))
    source = replace(
        source,
        say=replace(source.say, **_given(change.say, ("fail", "na", "hold"))),
        parameters={**source.parameters, **change.parameters},
    )
    lengths = {name: parse_duration(text) or timedelta() for name, text in change.parameters.items()}
    return Rule(source=source, document=rule.document, defaults={**rule.defaults, **lengths})


def _given(change: RuleChange | SayingsChange, names: Sequence[str]) -> dict[str, Any]:
    return {name: getattr(change, name) for name in names if getattr(change, name) is not None}


def _flaw(document: Document, path: tuple[str, ...], message: str, hint: str) -> Diagnostic:
    span = document.place(path)
    return Diagnostic(code="RUL105", level=Level.ERROR, span=span, message=message, hint=hint)
