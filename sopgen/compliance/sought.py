"""The acts and phrases that a selection asks for, and which of their hits count."""

from dataclasses import dataclass

from sopgen.compliance.timeline import Timeline
from sopgen.conversation.model import SPEAKING, Role
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


def hits_of(timeline: Timeline, position: int, acts: Acts) -> tuple[Hit, ...]:
    """Return the hits in a message that are sought, in reading order; those of phrases bear no act's name."""
    by_name = {sought.act: sought for sought in acts if isinstance(sought, Sought)}
    hits = [
        hit
        for hit in timeline.hits_of(position, frozenset(by_name))
        if not _was_said(timeline, position, hit, by_name[hit.act].unsaid_by)
    ]
    for said in acts:
        if isinstance(said, Said):
            hits += [Hit("", *place) for place in said.find(timeline.messages[position].text)]
    return tuple(sorted(hits, key=lambda hit: (hit.start, hit.end, hit.act)))


def _was_said(timeline: Timeline, position: int, hit: Hit, roles: frozenset[Role]) -> bool:
    if not roles:
        return False
    words = timeline.messages[position].text[hit.start : hit.end]
    said = _said_by(timeline, roles)
    first = said.mentions.first(hit.value or " ".join(words_of(normalise(words).text)))
    return first is not None and said.positions[first] < position


@dataclass(frozen=True, slots=True)
class _Said:
    """What some roles wrote, and in which messages."""

    positions: tuple[int, ...]
    mentions: Mentions


def _said_by(timeline: Timeline, roles: frozenset[Role]) -> _Said:
    key = (_said_by, roles)
    if key not in timeline.facts:
        spoken = [
            at
            for at, message in enumerate(timeline.messages)
            if message.role in roles and message.kind in SPEAKING
        ]
        mentions = mentions_in([timeline.messages[at].text for at in spoken])
        timeline.facts[key] = _Said(tuple(spoken), mentions)
    found: _Said = timeline.facts[key]
    return found
