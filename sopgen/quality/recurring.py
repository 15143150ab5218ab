"""Complaints that come again: grouped by what they are about, with their trend and words as examples.

A complaint's matter is told by its words (`matter`); inside a matter, and among those without one, complaints
that say the same are put together (`likeness`). What fits nowhere is unsorted, counted and shown: no heading
is better than a wrong one. Every example is masked.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import log
from typing import Any

from sopgen.quality.interval import Estimate, share
from sopgen.quality.likeness import SMALLEST, UNSORTED, clusters_of, middle_first
from sopgen.quality.matter import matter_of, read_matters, telling_words
from sopgen.quality.veil import Veil
from sopgen.runs.results import Results

PARTS_FROM = 40
"""Complaints of one matter from which on it is looked through for parts (our decision, 2026-11-22)."""

LOOKED_THROUGH = 500
"""Complaints of a group among which its examples are looked for, evenly over its time."""

QUOTES = 3
QUOTE_LENGTH = 240
TELLING_WORDS = 4

_COMPLAINTS = """
    SELECT conversation_id, channel, complaint_text, customers, opened_on_the_wall
    FROM latest_conversations WHERE complaint_text IS NOT NULL AND trim(complaint_text) <> ''
    ORDER BY opened_at, channel, conversation_id, source
"""
_WEEKS = """
    SELECT date_trunc('week', opened_on_the_wall)::DATE, count(*) FROM latest_conversations
    WHERE opened_on_the_wall IS NOT NULL GROUP BY 1 ORDER BY 1
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Complaint:
    """The message in which a customer first complains; `customers` are the names to mask in it."""

    conversation: str
    channel: str
    text: str
    customers: tuple[str, ...]
    at: datetime | None

    @property
    def week(self) -> date | None:
        """Return the Monday of its week."""
        return self.at.date() - timedelta(days=self.at.weekday()) if self.at else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """A week that begins on `start`: how many of its conversations complain of a group's matter."""

    start: date
    complaints: int
    share: Estimate


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """A complaint as people may read it."""

    conversation: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Complaints about the same. `name` is the matter's, or the telling words' where none is known.

    `share` is of all complaints, `weeks` of all conversations. `parts` are the groups inside it.
    """

    matter: str
    name: str
    words: tuple[str, ...]
    count: int
    share: Estimate
    weeks: tuple[Week, ...]
    quotes: tuple[Quote, ...]
    parts: tuple["Group", ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """Return the group for a JSON document."""
        return {
            "matter": self.matter,
            "name": self.name,
            "words": list(self.words),
            "complaints": self.count,
            "share": self.share.as_dict(),
            "weeks": [
                {"start": each.start, "complaints": each.complaints, "share": each.share.as_dict()}
                for each in self.weeks
            ],
            "quotes": [{"conversation": each.conversation, "text": each.text} for each in self.quotes],
            "parts": [each.as_dict() for each in self.parts],
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Recurring:
    """The complaints of the latest results: groups, the biggest first, and what fits none of them."""

    complaints: int
    conversations: int
    groups: tuple[Group, ...]
    unsorted: Group | None

    def as_dict(self) -> dict[str, Any]:
        """Return the complaints for a JSON document."""
        return {
            "complaints": self.complaints,
            "conversations": self.conversations,
            "groups": [each.as_dict() for each in self.groups],
            "unsorted": self.unsorted.as_dict() if self.unsorted else None,
        }


def recurring_complaints(results: Results, veil: Veil) -> Recurring:
    """Return the complaints of the latest judgement of each conversation, grouped and masked.

    StorageError STO202 when a stored file is damaged.
    """
    complaints = tuple(
        Complaint(conversation=identifier, channel=channel, text=text, customers=tuple(names or ()), at=at)
        for identifier, channel, text, names, at in results.rows(_COMPLAINTS)
    )
    weeks = dict(results.rows(_WEEKS))
    ((conversations,),) = results.rows("SELECT count(*) FROM latest_conversations")
    return recurring(complaints, weeks, veil, conversations=conversations)


def recurring(
    complaints: Sequence[Complaint], weeks: Mapping[date, int], veil: Veil, *, conversations: int
) -> Recurring:
    """Return the complaints grouped; `weeks` counts all conversations by the Monday of their week."""
    frame = _Frame(complaints, weeks, veil)
    by_matter: dict[str | None, list[Complaint]] = defaultdict(list)
    for complaint in complaints:
        by_matter[matter_of(complaint.text)].append(complaint)
    rest = by_matter.pop(None, [])
    groups = [frame.of_matter(matter, members) for matter, members in by_matter.items() if matter]
    found, alone = _clustered(rest)
    for members in found:
        group = frame.group(members, matter="")
        if group.words:
            groups.append(group)
        else:
            alone += members
    return Recurring(
        complaints=len(complaints),
        conversations=conversations,
        groups=tuple(sorted(groups, key=lambda each: (-each.count, each.name))),
        unsorted=frame.group(alone, matter="") if alone else None,
    )


def _clustered(complaints: Sequence[Complaint]) -> tuple[list[list[Complaint]], list[Complaint]]:
    """Return the complaints that say the same, and those that are alone."""
    labels = clusters_of([each.text for each in complaints])
    found: dict[int, list[Complaint]] = defaultdict(list)
    for label, complaint in zip(labels, complaints, strict=True):
        found[label].append(complaint)
    alone = found.pop(UNSORTED, [])
    return [found[label] for label in sorted(found)], alone


class _Frame:
    """What groups are seen against: all complaints, all conversations by week, and the veil."""

    def __init__(self, complaints: Sequence[Complaint], weeks: Mapping[date, int], veil: Veil) -> None:
        self._veil = veil
        self._weeks = weeks
        self._total = len(complaints)
        self._stems = Counter(
            stem for each in complaints for stem in {stem for _, stem in _telling(each, veil)}
        )

    def of_matter(self, matter: str, members: Sequence[Complaint]) -> Group:
        """Return the group of a matter, with its parts where it is big."""
        parts: list[list[Complaint]] = []
        if len(members) >= PARTS_FROM:
            parts, _ = _clustered(members)
        return self.group(members, matter=matter, parts=[self.group(each, matter=matter) for each in parts])

    def group(self, members: Sequence[Complaint], *, matter: str, parts: Iterable[Group] = ()) -> Group:
        """Return a group of complaints."""
        words = self._telling_words(members)
        name = read_matters().called(matter, self._veil.language) if matter else ", ".join(words)
        return Group(
            matter=matter,
            name=name,
            words=words,
            count=len(members),
            share=share(len(members), self._total),
            weeks=self._by_week(members),
            quotes=tuple(self._quotes(members)),
            parts=tuple(parts),
        )

    def _by_week(self, members: Iterable[Complaint]) -> tuple[Week, ...]:
        counts = Counter(each.week for each in members)
        return tuple(
            Week(start=start, complaints=counts[start], share=share(counts[start], self._weeks[start]))
            for start in sorted(self._weeks)
        )

    def _quotes(self, members: Sequence[Complaint]) -> Iterable[Quote]:
        shown: set[str] = set()
        some = members[:: len(members) // LOOKED_THROUGH + 1]
        for place in middle_first([each.text for each in some]):
            each = some[place]
            text = " ".join(self._veil.text(each.text, each.customers).split())[:QUOTE_LENGTH]
            if text.casefold() in shown:
                continue
            shown.add(text.casefold())
            named = self._veil.identifier(each.conversation, channel=each.channel, names=each.customers)
            yield Quote(conversation=named, text=text)
            if len(shown) >= QUOTES:
                return

    def _telling_words(self, members: Sequence[Complaint]) -> tuple[str, ...]:
        """Return the words that these complaints have and the others have not, nobody's name among them.

        What one or two people say tells them apart from others; it takes SMALLEST, or a third of a few.
        """
        said: Counter[str] = Counter()
        written: dict[str, Counter[str]] = defaultdict(Counter)
        for each in members:
            told = _telling(each, self._veil)
            said.update({stem for _, stem in told})
            for word, stem in told:
                written[stem][word] += 1
        enough = max(2, min(SMALLEST, len(members) // 3))
        weighed = {
            stem: count / len(members) * log(1 + self._total / self._stems[stem])
            for stem, count in said.items()
            if count >= enough
        }
        best = sorted(weighed, key=lambda stem: (-weighed[stem], stem))[:TELLING_WORDS]
        return tuple(_usual(written[stem]) for stem in best)


def _usual(written: Counter[str]) -> str:
    """Return how a word is written most."""
    return min(written, key=lambda word: (-written[word], word))


def _telling(complaint: Complaint, veil: Veil) -> list[tuple[str, str]]:
    """Return the words of a complaint as people may read it, without the customers' names."""
    names = {part for name in complaint.customers for part in name.casefold().split()}
    shown = veil.text(complaint.text, complaint.customers)
    return [(word, stem) for word, stem in telling_words(shown) if word not in names]
