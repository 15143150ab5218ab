"""What a clause may set for its check: durations, counts, phrases, words from a closed list, steps.

    parameters:
      limit: 5m                                                 a duration and its default, in short
      at-least: {kind: count, default: 1}
      phrases: {kind: phrases}                                  without a default every clause must set it
      unless: {kind: phrases, default: []}                      may be set, and is empty otherwise
      where: {kind: choice, choices: [opening, closing], default: opening}
      steps: {kind: steps}                                      otherwise those of the procedure around it

A rule uses a parameter as `$limit`. Phrases are the generous ones (`language.generous`), `|` between them.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import ClassVar

from sopgen.base.duration import parse_duration
from sopgen.base.suggestion import did_you_mean
from sopgen.compliance.model import Titles
from sopgen.compliance.step import Steps, read_steps
from sopgen.language.phrase_book import MAXIMUM_PHRASES, PhraseBook, split_phrases
from sopgen.sop.model import CHOOSING_KEYS

Value = int | str | tuple[str, ...] | Steps
"""What a parameter is set to: a count, a word of a choice, phrases, steps, or a duration as written ("2m"),
because how long a day is depends on the clock that it is held against."""

Written = str | Sequence[str]
"""A value as an author writes it: a text, or in YAML also a list of phrases."""

OWN_KEYS = frozenset({"check", "reason", "severity", "was", *CHOOSING_KEYS})
"""What an attribute block says about the clause itself, so no parameter may be called that."""

_NAME = re.compile(r"[a-z]+(?:-[a-z]+)*")
_COUNT = re.compile(r"[0-9]{1,9}")


class ParameterKind(StrEnum):
    """What kind of value a parameter takes."""

    DURATION = "duration"
    COUNT = "count"
    PHRASES = "phrases"
    CHOICE = "choice"
    STEPS = "steps"


@dataclass(frozen=True, slots=True, kw_only=True)
class ParameterSource:
    """A parameter as a rule file declares it in full; without `default` a clause must set it.

    `title` says what it is for, `choices` which words a choice allows. A `tolerance` is a duration that is
    allowed on top of a time that somebody else names; it may be 0m, and a clause need not speak of it.
    """

    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}
    kind: ParameterKind
    default: str | tuple[str, ...] | None = None
    choices: tuple[str, ...] = ()
    title: Titles | None = None
    tolerance: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Misfit:
    """Why a written value does not fit its parameter, and what would."""

    message: str
    hint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """A declared parameter; `default` is None where a clause must set it."""

    kind: ParameterKind
    default: Value | None
    choices: tuple[str, ...] = ()
    title: Titles | None = None
    tolerance: bool = False

    def specimen(self) -> Value:
        """Return the default, or some value of the kind, to look over a rule without a clause."""
        if self.default is not None:
            return self.default
        match self.kind:
            case ParameterKind.DURATION:
                return "1m"
            case ParameterKind.COUNT:
                return 1
            case ParameterKind.PHRASES:
                return ("contoh",)
            case ParameterKind.CHOICE:
                return self.choices[0]
            case ParameterKind.STEPS:
                return read_steps("event: assigned > event: closed")


def full(declared: str | ParameterSource) -> ParameterSource:
    """Return the declaration in full; a bare text is the default of a duration."""
    if isinstance(declared, str):
        return ParameterSource(kind=ParameterKind.DURATION, default=declared)
    return declared


def read_parameter(name: str, declared: str | ParameterSource, book: PhraseBook) -> Parameter | Misfit:
    """Return the parameter that a rule declares, or why it cannot be one."""
    source = full(declared)
    if name in OWN_KEYS or not _NAME.fullmatch(name):
        return Misfit(
            message=f"no parameter can be called '{name}'",
            hint="choose another name, of small letters and hyphens",
        )
    if bool(source.choices) is not (source.kind is ParameterKind.CHOICE):
        hint = "give `choices` to a choice, and only there"
        return Misfit(message=f"'{name}' is of the kind {source.kind}", hint=hint)
    parameter = Parameter(
        kind=source.kind,
        default=None,
        choices=source.choices,
        title=source.title,
        tolerance=source.tolerance,
    )
    if source.default is None:
        return parameter
    if not source.default and source.kind is ParameterKind.PHRASES:
        value: Value | Misfit = ()
    else:
        value = read_value(parameter, source.default, book)
    return value if isinstance(value, Misfit) else with_default(parameter, value)


def with_default(parameter: Parameter, value: Value) -> Parameter:
    """Return the parameter with another default."""
    return replace(parameter, default=value)


def read_value(parameter: Parameter, written: Written, book: PhraseBook) -> Value | Misfit:
    """Return what an author means by a value, or why it does not fit."""
    if parameter.kind is ParameterKind.PHRASES:
        return _phrases(written, book)
    text = written if isinstance(written, str) else ", ".join(written)
    fits: Value | None
    match parameter.kind:
        case ParameterKind.DURATION:
            fits = text if _is_length(text, parameter) else None
            hint = "write 2m, 1h30m or 24h"
        case ParameterKind.COUNT:
            fits = int(text) if _COUNT.fullmatch(text) else None
            hint = "write a whole number such as 2"
        case ParameterKind.STEPS:
            fits = read_steps(text) if text.strip(" >") else None
            hint = 'write steps="greeting > ask-need > says: one phrase | another"'
        case _:
            fits = text if text in parameter.choices else None
            hint = did_you_mean(text, parameter.choices)
    return fits if fits is not None else Misfit(message=f"'{text}' is no {parameter.kind}", hint=hint)


def _is_length(text: str, parameter: Parameter) -> bool:
    length = parse_duration(text)
    return bool(length) or (length is not None and parameter.tolerance)


def written_defaults(value: object) -> Mapping[str, str]:
    """Return the defaults under `parameters:` of a rule file as texts that a clause could set."""
    declared = value.get("parameters") if isinstance(value, Mapping) else None
    return dict(_defaults(declared)) if isinstance(declared, Mapping) else {}


def _defaults(declared: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    for name, each in declared.items():
        default = each.get("default") if isinstance(each, Mapping) else each
        if isinstance(default, str):
            yield name, default
        elif default:
            yield name, join_phrases(default)  # type: ignore[arg-type]


def say_value(value: Value) -> str:
    """Return a value as a clause writes it."""
    return join_phrases(value) if isinstance(value, tuple) else str(value)


def join_phrases(phrases: Sequence[str]) -> str:
    """Return the phrases as one text, as a clause writes them."""
    return " | ".join(phrases)


def _phrases(written: Written, book: PhraseBook) -> Value | Misfit:
    phrases = split_phrases(written)
    shown = written if isinstance(written, str) else join_phrases(written)
    if not phrases:
        return Misfit(message=f"'{shown}' holds no phrase", hint='write phrases="one phrase | another"')
    if len(phrases) > MAXIMUM_PHRASES:
        hint = f"write at most {MAXIMUM_PHRASES}, or several clauses"
        return Misfit(message=f"there are {len(phrases)} phrases", hint=hint)
    for phrase in phrases:
        why = book.flaw_in(phrase)
        if why:
            hint = "write words, (a|b), [optional], … for a gap, <group>, or /a pattern/"
            return Misfit(message=f"the phrase '{phrase}' cannot be read: {why}", hint=hint)
    return phrases
