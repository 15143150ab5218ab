"""The acts and phrases that a selection asks for, and which of their hits count."""

import functools
from dataclasses import dataclass

from sopgen.compliance.bits import positions
from sopgen.compliance.timeline import Timeline, Work
from sopgen.conversation.model import Role
from sopgen.language.normal import normalise
from sopgen.language.personal.address import words_of
from sopgen.language.personal.mention import Mentions, mentions_in
from sopgen.language.phrase_book import FindPhrases
from sopgen.language.recognition import Hit


@dataclass(frozen=True, slots=True)
class Sought:
    """An act; with `unsaid_by`, only hits whose value none of these had written in an earlier message."""

    act: str
    unsaid_by: frozenset[Role] = frozenset()


@dataclass(frozen=True, slots=True)
class Said:
    """Phrases, and what finds them."""

    phrases: tuple[str, ...]
    find: FindPhrases


Acts = frozenset[Sought | Said]
NOBODY: frozenset[Role] = frozenset()


def hits_of(timeline: Timeline, position: int, acts: Acts) -> tuple[Hit, ...]:
    """Return the hits in a message that are sought, in reading order; those of phrases bear no act's name."""
    named, unsaid_by, finders = _parts(acts)
    hits = timeline.hits_of(position, named)
    if not unsaid_by and not finders:
        return hits
    found = [hit for hit in hits if not _was_said(timeline, position, hit, unsaid_by.get(hit.act, NOBODY))]
    for find in finders:
        found += [Hit("", *place) for place in find(timeline.messages[position].text)]
    return tuple(sorted(found, key=lambda hit: (hit.start, hit.end, hit.act)))


@functools.lru_cache(maxsize=1 << 12)
def _parts(acts: Acts) -> tuple[frozenset[str], dict[str, frozenset[Role]], tuple[FindPhrases, ...]]:
    """Return the names of acts, by whom their values may not have been written, and what finds phrases."""
    sought = [each for each in acts if isinstance(each, Sought)]
    finders = tuple(each.find for each in acts if isinstance(each, Said))
    unsaid_by = {each.act: each.unsaid_by for each in sought if each.unsaid_by}
    return frozenset(each.act for each in sought), unsaid_by, finders


def _was_said(timeline: Timeline, position: int, hit: Hit, roles: frozenset[Role]) -> bool:
    if not roles:
        return False
    words = timeline.messages[position].text[hit.start : hit.end]
    said = timeline[_said_by(roles)]
    first = said.mentions.first(hit.value or " ".join(words_of(normalise(words).text)))
    return first is not None and said.positions[first] < position


@dataclass(frozen=True, slots=True)
class _Said:
    """What some roles wrote, and in which messages."""

    positions: tuple[int, ...]
    mentions: Mentions


@functools.cache
def _said_by(roles: frozenset[Role]) -> Work[_Said]:
    def gather(timeline: Timeline) -> _Said:
        written = sum(timeline.roles[role] for role in roles)
        spoken = tuple(positions(written & timeline.spoken))
        return _Said(spoken, mentions_in([timeline.messages[at].text for at in spoken]))

    return Work(gather)
