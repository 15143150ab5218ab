"""Selections of messages or turns, as rules write them, compiled to functions over a timeline.

    unit: message | turn            what is selected (default: message)
    role: agent | [agent, bot]      who
    kind: text | [text, media]      default: text; a turn counts when one of its messages is of the kind
    event: closed | [closed, …]     an event of that name (then `kind` is event)
    in: SELECTION of turns          only messages inside these turns
    range: {first: N} | {last: N}   only the first or last N of those
    act: name | [names]             it performs one of these acts
    unsaid-by: customer | [roles]   with `act`: only hits whose value none of these had written before, such
                                    as a telephone number, however it was spaced; words count as they stand
    says: $name | [phrases]         it says one of these phrases; in full {phrases, unless, quoted: false}
    not-act: name | [names]         it performs none of them
    only: [names]                   it does nothing else (fillers aside); a picture is something else
    not-only: [names]               it does something else
    names: writer                   it says the name of who wrote it, as the export tells it
    language: id | en               it is in that language for certain
    language: {same-as: SELECTION}  it is in the language of these, or {other-than: …} in the other one
    repeats: {of: …, words: 8}      it says the very words, eight or more, that an earlier one of these said
    any: [FILTERS, …]  all: […]  not: FILTERS
    follows: SELECTION of turns     the turn right before it is one of these
    after: SELECTION                one of these stands earlier; with `gap: {min: 5m, max: 1h}` that far
    before: SELECTION               one of these stands later; `gap` likewise, in opening hours where the SOP
                                    sets them; `gap: {min: 5m, clock: always}` counts all time
    nth: first | last               only the first or last of what is left; {first: N} or {last: N}

A bare name instead of a selection is a moment: a selection with a name (`checks/moments/`). A duration, a
count or phrases may be `$name`, a parameter of the rule; `{case: $name, opening: SELECTION, closing: …}` is
the selection that a choice of the clause names. With a clock too coarse to tell, a gap gets the benefit of
doubt.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import timedelta
from functools import partial
from typing import Any

from sopgen.base.shape import Path
from sopgen.base.suggestion import did_you_mean
from sopgen.compliance.bits import Bits
from sopgen.compliance.clock import ALWAYS
from sopgen.compliance.compiling import CASE, Compiling, choose, is_count, phrases_in
from sopgen.compliance.population import Cut, first_few, last_few, messages_of, turns_of, whole
from sopgen.compliance.selection import EMPTY, NONE_PASS, Among, Selection, Sieve
from sopgen.compliance.sieve import (
    doing_only,
    passing_all,
    passing_any,
    passing_none,
    performing,
    performing_anew,
    saying,
)
from sopgen.compliance.sought import Acts, Said, Sought
from sopgen.compliance.timelines import Timelines
from sopgen.compliance.trait import names_writer, repeats, speaks, speaks_as
from sopgen.compliance.window import Window, stands_after, stands_before, stands_right_after
from sopgen.conversation.model import Kind, Role
from sopgen.language.tongue import Tongue

_POPULATION_KEYS = ("unit", "role", "kind", "event", "in", "range")
_ANEW_KEYS = ("act", "unsaid-by")
_FILTER_KEYS = (
    *_ANEW_KEYS, "says", "names", "language", "repeats", "not-act", "only", "not-only", "any", "all",
    "not", "follows", "after", "before",
)  # fmt: skip
SELECTOR_KEYS = (*_POPULATION_KEYS, *_FILTER_KEYS, "nth")


def compile_selection(spec: object, path: Path, compiling: Compiling) -> Selection:
    """Return the selection that `spec` (a mapping, or a moment's name) writes at `path`; flaws are RUL102."""
    if isinstance(spec, str):
        return _moment(spec, path, compiling)
    if not isinstance(spec, Mapping):
        compiling.flaw(
            path, f"'{spec}' is no selection", "write a mapping such as {role: agent, act: greeting}"
        )
        return EMPTY
    if CASE in spec:
        return choose(spec, path, compiling, compile_selection)
    check_keys(spec, SELECTOR_KEYS, path, compiling)
    population = _population(spec, path, compiling)
    sieve = passing_all(_filters(spec, path, compiling, population.among))
    pick = _picker(spec.get("nth"), (*path, "nth"), compiling)

    passing = sieve.passing

    def gather(talks: Timelines) -> Bits:
        units = talks[population]
        return pick(talks, passing(talks, units)) if units else 0

    reads, acts = population.reads | sieve.reads, acts_of(spec, compiling)
    return compiling.shared(Selection(gather, reads, population.among, acts), spec)


def compile_filter(spec: object, path: Path, compiling: Compiling, among: Among) -> Sieve:
    """Return the filter that the filter keys of `spec` write at `path`, for such units; flaws are RUL102."""
    if not isinstance(spec, Mapping):
        compiling.flaw(path, f"'{spec}' is no filter", "write a mapping such as {act: greeting}")
        return NONE_PASS
    if CASE in spec:
        return choose(spec, path, compiling, partial(compile_filter, among=among))
    check_keys(spec, _FILTER_KEYS, path, compiling)
    return passing_all(_filters(spec, path, compiling, among))


def check_keys(spec: Mapping[str, Any], known: Iterable[str], path: Path, compiling: Compiling) -> None:
    """Report RUL102 for every key of `spec` that is not known."""
    names = tuple(known)
    for key in spec:
        if key not in names:
            compiling.flaw((*path, key), f"unknown key '{key}'", did_you_mean(key, names))


def choice_of(
    spec: Mapping[str, Any], key: str, choices: tuple[str, ...], path: Path, compiling: Compiling
) -> str:
    """Return what `spec` chooses at `key`, the first choice when it is silent; others are flaws."""
    chosen = str(spec.get(key, choices[0]))
    if chosen in choices:
        return chosen
    compiling.flaw((*path, key), f"unknown {key} '{chosen}'", f"use {' or '.join(choices)}")
    return choices[0]


def acts_of(spec: object, compiling: Compiling) -> Acts:
    """Return the acts and phrases that `spec` asks for, those inside `any`, `all` and `case` included."""
    if not isinstance(spec, Mapping):
        return frozenset()
    if CASE in spec:
        return choose(spec, (), compiling.quiet(), lambda part, _, given: acts_of(part, given))
    inner = [acts_of(part, compiling) for key in ("any", "all") for part in _parts_of(spec.get(key))]
    roles = frozenset(Role(role) for role in _listed(spec.get("unsaid-by")) if role in set(Role))
    acts: list[Sought | Said] = [Sought(act, roles) for act in _listed(spec.get("act"))]
    if "says" in spec:
        quiet = compiling.quiet()
        acts.append(Said(quiet.phrases(phrases_in(spec["says"]), ()), quiet.finder(spec["says"], ())))
    return frozenset(acts).union(*inner)


def _parts_of(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _moment(name: str, path: Path, compiling: Compiling) -> Selection:
    moment = compiling.moments.get(name)
    if moment is None:
        compiling.flaw(path, f"unknown moment '{name}'", did_you_mean(name, compiling.moments))
        return EMPTY
    return moment


def _population(spec: Mapping[str, Any], path: Path, compiling: Compiling) -> Selection:
    """Return the units that the filters try: those of a role, a kind, an event, inside turns, in a range."""
    roles = frozenset(_enum(Role, spec.get("role", list(Role)), (*path, "role"), compiling))
    events = frozenset(_listed(spec.get("event")))
    kinds = frozenset(
        {Kind.EVENT} if events else _enum(Kind, spec.get("kind", "text"), (*path, "kind"), compiling)
    )
    inside = compile_selection(spec["in"], (*path, "in"), compiling) if "in" in spec else None
    cut = _range(spec.get("range"), (*path, "range"), compiling)
    unit = spec.get("unit", "message")
    if unit not in ("message", "turn"):
        compiling.flaw((*path, "unit"), f"unknown unit '{unit}'", "use message or turn")
    for key in ("in", "event"):
        if unit == "turn" and key in spec:
            compiling.flaw((*path, key), f"'{key}' chooses messages, not turns", "leave out `unit: turn`")
    is_turn = unit == "turn"
    found = turns_of(roles, kinds, cut) if is_turn else messages_of(roles, kinds, events, inside, cut)
    return compiling.shared(found, {key: spec[key] for key in _POPULATION_KEYS if key in spec})


def _filters(spec: Mapping[str, Any], path: Path, compiling: Compiling, among: Among) -> tuple[Sieve, ...]:
    if "unsaid-by" in spec:
        rest = {key: value for key, value in spec.items() if key not in _ANEW_KEYS}
        return (_performs_anew(spec, path, compiling, among), *_filters(rest, path, compiling, among))
    return tuple(make(spec[key], (*path, key), compiling, among) for key, make in _MAKERS if key in spec)


def _performs(value: object, path: Path, compiling: Compiling, among: Among) -> Sieve:
    return performing(_acts(value, path, compiling), among)


def _performs_anew(spec: Mapping[str, Any], path: Path, compiling: Compiling, among: Among) -> Sieve:
    """Return the filter for performing an act of `spec` with a value unsaid by its `unsaid-by`."""
    _enum(Role, spec["unsaid-by"], (*path, "unsaid-by"), compiling)
    if not _acts(spec.get("act"), (*path, "act"), compiling):
        compiling.flaw((*path, "unsaid-by"), "'unsaid-by' stands without 'act'", "add `act: personal-data`")
    return performing_anew(acts_of({key: spec.get(key) for key in _ANEW_KEYS}, compiling), among)


def _says(value: object, path: Path, compiling: Compiling, among: Among) -> Sieve:
    return saying(compiling.finder(value, path), among)


def _names(value: object, path: Path, compiling: Compiling, among: Among) -> Sieve:
    if value != "writer":
        compiling.flaw(path, f"'{value}' is nobody whose name is known", "write `names: writer`")
    return names_writer(compiling.book.group("kakak"), among)


def _language(value: object, path: Path, compiling: Compiling, among: Among) -> Sieve:
    if isinstance(value, str) and value in set(Tongue):
        return speaks(Tongue(value), compiling.tell_tongue, among)
    if isinstance(value, Mapping) and len(value) == 1:
        ((relation, spec),) = value.items()
        if relation in ("same-as", "other-than"):
            selection = compile_selection(spec, (*path, relation), compiling)
            return speaks_as(selection, compiling.tell_tongue, among, same=relation == "same-as")
    compiling.flaw(path, f"'{value}' is no language", "use id, en, {same-as: …} or {other-than: …}")
    return NONE_PASS


def _repeats(value: object, path: Path, compiling: Compiling, among: Among) -> Sieve:
    spec = value if isinstance(value, Mapping) else {}
    check_keys(spec, ("of", "words"), path, compiling)
    selection = compile_selection(spec.get("of"), (*path, "of"), compiling)
    words = compiling.count(spec.get("words"), (*path, "words"))
    return repeats(selection, words, compiling.book.group("kakak"), among)


def _does_only(value: object, path: Path, compiling: Compiling, among: Among) -> Sieve:
    return doing_only(_acts(value, path, compiling), among)


def _any(value: object, path: Path, compiling: Compiling, among: Among) -> Sieve:
    return passing_any(_parts(value, path, compiling, among))


def _all(value: object, path: Path, compiling: Compiling, among: Among) -> Sieve:
    return passing_all(_parts(value, path, compiling, among))


def _parts(value: object, path: Path, compiling: Compiling, among: Among) -> tuple[Sieve, ...]:
    if not isinstance(value, list):
        compiling.flaw(path, "a list of filters belongs here", "write - {act: greeting}")
        return ()
    return tuple(compile_filter(part, (*path, number), compiling, among) for number, part in enumerate(value))


def _follows(value: object, path: Path, compiling: Compiling, among: Among) -> Sieve:  # noqa: ARG001
    return stands_right_after(compile_selection(value, path, compiling))


def _after(value: object, path: Path, compiling: Compiling, among: Among) -> Sieve:  # noqa: ARG001
    return stands_after(*_within(value, path, compiling))


def _before(value: object, path: Path, compiling: Compiling, among: Among) -> Sieve:
    return stands_before(*_within(value, path, compiling), among)


_Make = Callable[[Any, Path, Compiling, Among], Sieve]


def _not(make: _Make) -> _Make:
    return lambda *given: passing_none(make(*given))


_MAKERS: tuple[tuple[str, _Make], ...] = (
    ("act", _performs),
    ("not-act", _not(_performs)),
    ("follows", _follows),
    ("after", _after),
    ("before", _before),
    ("any", _any),
    ("all", _all),
    ("not", _not(compile_filter)),
    ("says", _says),
    ("names", _names),
    ("language", _language),
    ("repeats", _repeats),
    ("only", _does_only),
    ("not-only", _not(_does_only)),
)
"""What each filter key makes, in the order in which units are tried: what asks unit by unit comes last."""


def _within(value: object, path: Path, compiling: Compiling) -> tuple[Selection, Window | None]:
    """Return the selection and, when it says `gap`, the window of time."""
    if not isinstance(value, Mapping) or "gap" not in value:
        return compile_selection(value, path, compiling), None
    spec = {key: part for key, part in value.items() if key != "gap"}
    return compile_selection(spec, path, compiling), _window(value["gap"], (*path, "gap"), compiling)


def _window(bounds: object, path: Path, compiling: Compiling) -> Window:
    if not isinstance(bounds, Mapping) or not bounds:
        compiling.flaw(path, f"'{bounds}' is no gap", "write {min: 5m}, {max: 1h} or both")
        return Window()
    check_keys(bounds, ("min", "max", "clock"), path, compiling)
    always = choice_of(bounds, "clock", ("business", "always"), path, compiling) == "always"
    least = compiling.duration(bounds["min"], (*path, "min")) if "min" in bounds else timedelta()
    most = compiling.duration(bounds["max"], (*path, "max")) if "max" in bounds else timedelta.max
    return Window(least=least, most=most, clock=ALWAYS if always else compiling.clock)


def _range(value: object, path: Path, compiling: Compiling) -> Cut:
    cut = _cut(value, compiling)
    if cut is None:
        compiling.flaw(path, f"'{value}' is no range", "write {first: 3} or {last: 1}")
    return cut or whole


def _picker(value: object, path: Path, compiling: Compiling) -> Cut:
    spec = {value: "1"} if value in ("first", "last") else value
    cut = _cut(spec, compiling)
    if cut is None:
        compiling.flaw(path, f"'{value}' is no place", "use first, last, or {first: 2}")
    return cut or whole


def _cut(value: object, compiling: Compiling) -> Cut | None:
    """Return what takes the part of some units that is written; None for what is no part."""
    match _numbered(value, compiling):
        case None:
            return whole
        case {"first": count} if is_count(count):
            return first_few(int(count))
        case {"last": count} if is_count(count):
            return last_few(int(count))
    return None


def _numbered(value: object, compiling: Compiling) -> object:
    """Return `{first: $name}` with the number that the clause sets."""
    if not isinstance(value, Mapping):
        return value
    return {key: compiling.number(part) for key, part in value.items()}


def _acts(value: object, path: Path, compiling: Compiling) -> frozenset[str]:
    names = _listed(value)
    for name in names:
        if name not in compiling.acts:
            compiling.flaw(path, f"unknown act '{name}'", did_you_mean(name, compiling.acts))
    return frozenset(names)


def _enum(of: Any, value: object, path: Path, compiling: Compiling) -> list[Any]:
    found = []
    for name in _listed(value):
        if name not in set(of):
            compiling.flaw(path, f"unknown {of.__name__.lower()} '{name}'", did_you_mean(name, set(of)))
            continue
        found.append(of(name))
    return found


def _listed(value: object) -> tuple[str, ...]:
    if value is None:
        return ()
    return tuple(str(item) for item in value) if isinstance(value, list | tuple) else (str(value),)
