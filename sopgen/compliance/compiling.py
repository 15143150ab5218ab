"""What compiling a rule needs: the acts and moments that exist, what `$name` stands for, where flaws go."""

import re
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, TypeVar, cast
from weakref import WeakValueDictionary

from sopgen.base.diagnostic import Diagnostic, Level, Report
from sopgen.base.shape import Document, Path
from sopgen.base.suggestion import did_you_mean
from sopgen.compliance.clock import ALWAYS, Clock
from sopgen.compliance.due import WEEKDAYS, Calendar
from sopgen.compliance.parameter import Misfit, Parameter, ParameterKind, Value, read_value
from sopgen.compliance.selection import Selection
from sopgen.compliance.step import Step, Steps
from sopgen.compliance.timeline import Work
from sopgen.language.phrase_book import FindPhrases, PhraseBook
from sopgen.language.tongue import TellTongue

T = TypeVar("T")
W = TypeVar("W", bound=Work[Any])
Known = WeakValueDictionary[Hashable, Work[Any]]
"""Work by its kind and what is written of it, so that what several clauses ask is worked out once."""

CASE = "case"
_TIMED = frozenset({"gap", "within", "grace", "promised-response"})
_PHRASE_CASES = ("given", "absent")
_ANY_PHRASES = Parameter(kind=ParameterKind.PHRASES, default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Compiling:
    """What compiling a rule needs: its document, known acts and moments, parameters, where flaws go.

    `choices` holds the words that each parameter of that kind allows. `clock` measures limits and
    gaps; promises of days and hours are read on `calendar`. `known` is the work that rules of the pack have
    in common, by what it is.
    """

    document: Document
    acts: frozenset[str]
    moments: Mapping[str, Selection]
    parameters: Mapping[str, Value]
    choices: Mapping[str, tuple[str, ...]]
    book: PhraseBook
    tell_tongue: TellTongue
    report: Report
    known: Known
    clock: Clock = ALWAYS
    calendar: Calendar = WEEKDAYS

    def flaw(self, path: Path, message: str, hint: str = "") -> None:
        """Report RUL102 at `path`."""
        span = self.document.place(path)
        self.report(Diagnostic(code="RUL102", level=Level.ERROR, span=span, message=message, hint=hint))

    def duration(self, value: object, path: Path) -> timedelta:
        """Return a written duration or a parameter's; a flaw is reported and counts as none."""
        given = self._given(value)
        length = self.clock.length(given if isinstance(given, str) else str(value))
        if length is None:
            self.flaw(
                path, f"'{value}' is no duration", "write 2m, 1h30m, or $name for a parameter of the rule"
            )
        return length or timedelta()

    def count(self, value: object, path: Path) -> int:
        """Return a written whole number or a parameter's; a flaw is reported and counts as none."""
        written = self.number(value)
        if is_count(written):
            return int(str(written))
        self.flaw(path, f"'{value}' is no number", "write a whole number such as 1")
        return 0

    def number(self, value: object) -> object:
        """Return what a parameter that is a count is set to; any other value as it is."""
        given = self._given(value)
        return given if isinstance(given, int) else value

    def word(self, value: object) -> str:
        """Return what a parameter that is a choice is set to; any other value as it is written."""
        given = self._given(value)
        return given if isinstance(given, str) else str(value)

    def words(self, value: object) -> tuple[str, ...]:
        """Return every word that `$name` can come to, or the one that is written."""
        text = str(value)
        named = self.choices.get(text[1:], ()) if text.startswith("$") else ()
        return named or (text,)

    def phrases(self, value: object, path: Path) -> tuple[str, ...]:
        """Return written phrases or a parameter's; a flaw is reported and counts as none."""
        given = self._given(value)
        if isinstance(given, tuple):
            return given
        written = [str(each) for each in value] if isinstance(value, list) else str(value)
        read = read_value(_ANY_PHRASES, written, self.book)
        if isinstance(read, Misfit):
            self.flaw(path, read.message, read.hint)
        return read if isinstance(read, tuple) else ()

    def steps(self, value: object, path: Path) -> tuple[Step, ...]:
        """Return the steps of a parameter; a flaw is reported and counts as none."""
        given = self._given(value)
        if isinstance(given, Steps):
            return given.steps
        self.flaw(path, f"'{value}' is no list of steps", "name a parameter of the kind steps: $steps")
        return ()

    def finder(self, value: object, path: Path) -> FindPhrases:
        """Return what finds the phrases of `$name`, of a list, or of `{phrases, unless, quoted}`."""
        spec = value if isinstance(value, Mapping) else {"phrases": value}
        for key in spec:
            if key not in ("phrases", "unless", "quoted"):
                self.flaw((*path, key), f"unknown key '{key}'", "use phrases, unless, quoted")
        unless = self.phrases(spec["unless"], (*path, "unless")) if "unless" in spec else ()
        quoted = spec.get("quoted") != "false"
        return self.book.finder(self.phrases(phrases_in(value), path), unless=unless, quoted=quoted)

    def quiet(self) -> "Compiling":
        """Return the same without reports, for what is compiled a second time."""
        return replace(self, report=lambda _: None)

    def but(self, name: str, value: Value) -> "Compiling":
        """Return the same with one parameter set otherwise."""
        return replace(self, parameters={**self.parameters, name: value})

    def shared(self, work: W, spec: object) -> W:
        """Return the work that is known already where the same has been written before, else this one."""
        service = (self.clock, self.calendar) if _is_timed(spec) else None
        key = (type(work), self._written(spec), service)
        return cast("W", self.known.setdefault(key, work))

    def _written(self, spec: object) -> Hashable:
        """Return what is written, with the values of parameters."""
        match spec:
            case Mapping():
                return frozenset((key, self._written(part)) for key, part in spec.items())
            case list() | tuple():
                return tuple(self._written(part) for part in spec)
            case str() if spec.startswith("$"):
                return (spec, self.parameters.get(spec[1:]))
        return str(spec)

    def _given(self, value: object) -> Value | None:
        text = str(value)
        return self.parameters.get(text[1:]) if text.startswith("$") else None


def _is_timed(spec: object) -> bool:
    """Return whether what is written hangs on the clock or the calendar of the service."""
    match spec:
        case Mapping():
            return not _TIMED.isdisjoint(spec) or any(map(_is_timed, spec.values()))
        case list() | tuple():
            return any(map(_is_timed, spec))
    return False


def choose(
    spec: Mapping[str, Any], path: Path, compiling: Compiling, make: Callable[[object, Path, Compiling], T]
) -> T:
    """Return what `make` makes of the branch of `{case: $name, word: …, else: …}` that the clause chose.

    Every branch is made, so that a flaw shows whatever a clause chooses. The cases of phrases are `given` and
    `absent`.
    """
    name = str(spec[CASE]).removeprefix("$")
    value = compiling.parameters.get(name)
    words = _PHRASE_CASES if isinstance(value, tuple) else compiling.choices.get(name, ())
    if not words:
        compiling.flaw((*path, CASE), f"'{spec[CASE]}' is no choice", "name a parameter with choices: $where")
    branches = {word: make(part, (*path, word), compiling) for word, part in spec.items() if word != CASE}
    for word in branches:
        if words and word not in (*words, "else"):
            compiling.flaw((*path, word), f"unknown case '{word}'", did_you_mean(word, (*words, "else")))
    for word in words:
        if word not in branches and "else" not in branches:
            compiling.flaw((*path, CASE), f"the case '{word}' is missing", f"add {word}: or else:")
    chosen = words[not value] if isinstance(value, tuple) else str(value)
    branch = branches.get(chosen, branches.get("else"))
    return branch if branch is not None else make({}, path, compiling.quiet())


def phrases_in(value: object) -> object:
    """Return the phrases of what stands under `says`."""
    return value.get("phrases") if isinstance(value, Mapping) else value


def is_count(value: object) -> bool:
    """Return whether the value is written as a whole number."""
    return re.fullmatch("[0-9]{1,9}", str(value)) is not None
