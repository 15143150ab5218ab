"""Which part of the old version is which part of the new one.

First by id; then by `was=`; then, for parts whose id was made from their words, by likeness of the words;
prose and examples, which have no id, by their order under parts that are paired already.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher

from sopgen.sop.difference.change import Subject
from sopgen.sop.difference.outline import Part
from sopgen.sop.difference.word import likeness
from sopgen.sop.model import SectionKind

ALIKE = 0.6
"""Least likeness of two wordings that are taken for the same part (our decision, 2026-11-21)."""

_NAMELESS = frozenset({Subject.PROSE, Subject.EXAMPLE})
_Rule = Callable[[Sequence[Part], Sequence[Part]], Iterator[tuple[Part, Part]]]


def pair(old: Sequence[Part], new: Sequence[Part]) -> Mapping[str, str]:
    """Return, by the key of each new part that was there before, the key of the old part."""
    before = [part for part in old if part.subject not in _NAMELESS]
    after = [part for part in new if part.subject not in _NAMELESS]
    pairs: dict[str, str] = {}
    for rule in _RULES:
        _settle(rule(_left(before, pairs.values()), _left(after, pairs)), pairs)
    for subject in sorted(_NAMELESS):
        _pair_nameless(old, new, subject, pairs)
    return pairs


def _left(parts: Iterable[Part], paired: Iterable[str]) -> tuple[Part, ...]:
    known = frozenset(paired)
    return tuple(part for part in parts if part.key not in known)


def _settle(found: Iterator[tuple[Part, Part]], pairs: dict[str, str]) -> None:
    """Take the pairs whose parts are both free still, in their order."""
    taken = set(pairs.values())
    for was, now in found:
        if now.key not in pairs and was.key not in taken:
            pairs[now.key] = was.key
            taken.add(was.key)


def _by_id(old: Sequence[Part], new: Sequence[Part]) -> Iterator[tuple[Part, Part]]:
    before = {part.key: part for part in old}
    yield from ((before[part.key], part) for part in new if part.key in before)


def _by_earlier_id(old: Sequence[Part], new: Sequence[Part]) -> Iterator[tuple[Part, Part]]:
    before = {(_family(part), part.id): part for part in old}
    for part in new:
        named = (before.get((_family(part), name)) for name in part.was)
        yield from ((was, part) for was in named if was is not None)


def _by_wording(old: Sequence[Part], new: Sequence[Part]) -> Iterator[tuple[Part, Part]]:
    """Yield pairs that may be the same part under another derived id, the most alike first."""
    found = [
        (-_alike(was, now), at, position, was, now)
        for at, now in enumerate(new)
        for position, was in enumerate(old)
        if (was.derived or now.derived) and _family(was) == _family(now) and _alike(was, now) >= ALIKE
    ]
    yield from ((was, now) for *_, was, now in sorted(found, key=lambda each: each[:3]))


_RULES: tuple[_Rule, ...] = (_by_id, _by_earlier_id, _by_wording)


def _family(part: Part) -> Subject:
    return Subject.CLAUSE if part.subject is Subject.STEP else part.subject


def _alike(was: Part, now: Part) -> float:
    if was.subject is Subject.SECTION and was.kind is now.kind is not SectionKind.OTHER:
        return 1.0
    return likeness(_wording(was), _wording(now))


def _wording(part: Part) -> str:
    return part.fields.get(part.wording, "")


def _pair_nameless(old: Sequence[Part], new: Sequence[Part], subject: Subject, pairs: dict[str, str]) -> None:
    before, after = _by_parent(old, subject), _by_parent(new, subject)
    for key, parts in after.items():
        others = before.get(pairs.get(key, ""), [])
        pairs.update((now.key, was.key) for was, now in _in_order(others, parts))


def _by_parent(parts: Sequence[Part], subject: Subject) -> dict[str, list[Part]]:
    found: dict[str, list[Part]] = {}
    for part in parts:
        if part.subject is subject:
            found.setdefault(part.under, []).append(part)
    return found


def _in_order(old: Sequence[Part], new: Sequence[Part]) -> Iterator[tuple[Part, Part]]:
    """Yield pairs that keep their order: the same wording, and between those the wordings that are alike."""
    before, after = [_wording(each) for each in old], [_wording(each) for each in new]
    same = SequenceMatcher(None, before, after, autojunk=False)
    for name, start, end, new_start, new_end in same.get_opcodes():
        if name == "equal":
            yield from zip(old[start:end], new[new_start:new_end], strict=True)
        else:
            yield from _alike_in_order(old[start:end], new[new_start:new_end])


def _alike_in_order(old: Sequence[Part], new: Sequence[Part]) -> Iterator[tuple[Part, Part]]:
    start = 0
    for now in new:
        near = (at for at in range(start, len(old)) if _alike(old[at], now) >= ALIKE)
        found = next(near, None)
        if found is not None:
            yield old[found], now
            start = found + 1
