"""Estimates found in a text."""

from functools import lru_cache

from sopgen.language.estimate.day import days_in
from sopgen.language.estimate.length import lengths_in
from sopgen.language.estimate.value import Estimate
from sopgen.language.normal import normalise

LONGEST = 4_000
"""Characters of a message that are read; chats are far shorter (our decision, 2026-11-22)."""


@lru_cache(maxsize=1 << 14)
def estimates_in(text: str) -> tuple[Estimate, ...]:
    """Return what the text says about when something will be done, in reading order."""
    normal = normalise(text[:LONGEST])
    lengths = list(lengths_in(normal.text))
    days = [each for each in days_in(normal.text) if not _overlaps(each, lengths)]
    found = sorted((*lengths, *days), key=lambda each: each.start)
    return tuple(Estimate(*normal.original(each.start, each.end), each.said) for each in found)


def _overlaps(one: Estimate, others: list[Estimate]) -> bool:
    return any(one.start < other.end and other.start < one.end for other in others)
