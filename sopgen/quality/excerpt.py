"""A chat as speech bubbles: masked, with the words of the evidence marked, and what is around them folded."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from sopgen.compliance.model import Evidence
from sopgen.conversation.model import Kind, Role
from sopgen.quality.locale import clock, day, zone
from sopgen.quality.mask import Mask
from sopgen.quality.veil import Veil, names_of, secrets_of
from sopgen.quality.wording import Wording
from sopgen.runs.finding import Finding, Said
from sopgen.runs.transcript import Transcript

FOLDED_FROM = 3
"""Messages far from evidence that are folded together; fewer are shown (our decision, 2026-11-22)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A stretch of a message. A marked one is evidence: words, or with `whole` the message as it stands."""

    text: str
    marked: bool = False
    whole: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Bubble:
    """One message as people see it.

    `day` is set where a new day begins, `gap` counts the messages before it that are left out. `departures`
    are the findings, numbered from 1, of which the message is evidence. `cut_before` and `cut_after` say
    that the message goes on there. An event or a file that is no text has a `label`.
    """

    role: Role
    kind: Kind
    speaker: str
    clock: str
    day: str
    gap: int
    departures: tuple[int, ...]
    label: str
    pieces: tuple[Piece, ...]
    cut_before: bool
    cut_after: bool

    @property
    def evidence(self) -> bool:
        """Return whether a finding points at the message."""
        return bool(self.departures)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Messages that stand together; those of a folded one are farther from evidence, and shown when asked."""

    folded: bool
    bubbles: tuple[Bubble, ...]


def bubbles_of(finding: Finding, veil: Veil, wording: Wording) -> tuple[Bubble, ...]:
    """Return the finding's context as bubbles in the order in which it was said."""
    (stretch,) = chat_of((finding,), veil, wording) or (Stretch(folded=False, bubbles=()),)
    return stretch.bubbles


def chat_of(
    findings: Sequence[Finding], veil: Veil, wording: Wording, transcript: Transcript | None = None
) -> tuple[Stretch, ...]:
    """Return one conversation as a chat, each message once: what its findings keep, and the rest folded.

    Without its transcript nothing is folded, and what is left out is counted.
    """
    names = {name for finding in findings for name in names_of(finding)}
    names.update(transcript.customers if transcript else ())
    near = {(said.position, said.id): said for finding in reversed(findings) for said in finding.context}
    all_said = {(said.position, said.id): said for said in transcript.said} if transcript else {}
    secrets = secrets_of(said for _, said in sorted((all_said | near).items()))
    eyes = _Eyes(veil, veil.mask(sorted(names), secrets), wording)
    bubbles: list[tuple[bool, Bubble]] = []
    last: Said | None = None
    unfolded: Said | None = None
    for key, said in sorted((all_said | near).items()):
        pointed = _evidence(said, findings)
        folded = key not in near and not pointed
        bubble = _bubble(said, pointed, eyes, after=last, day_of=last if folded else unfolded)
        bubbles.append((folded, bubble))
        last, unfolded = said, unfolded if folded else said
    return _stretches(bubbles)


def _stretches(bubbles: Iterable[tuple[bool, Bubble]]) -> tuple[Stretch, ...]:
    """Return the messages in stretches; what is too short to be worth a click is not folded."""
    found: list[tuple[bool, list[Bubble]]] = []
    for far, together in groupby(bubbles, key=lambda each: each[0]):
        stretch = [bubble for _, bubble in together]
        folded = far and len(stretch) >= FOLDED_FROM
        if found and not folded and not found[-1][0]:
            found[-1][1].extend(stretch)
        else:
            found.append((folded, stretch))
    return tuple(Stretch(folded=folded, bubbles=tuple(stretch)) for folded, stretch in found)


Pointed = Sequence[tuple[int, Evidence]]
"""Evidence with the number of the finding that it is of, from 1."""


def _evidence(said: Said, findings: Sequence[Finding]) -> Pointed:
    return [
        (place, each)
        for place, finding in enumerate(findings, start=1)
        for each in finding.judgement.evidence
        if each.message == said.id
    ]


@dataclass(frozen=True, slots=True)
class _Eyes:
    """Through what one conversation is seen."""

    veil: Veil
    mask: Mask
    wording: Wording


def _bubble(said: Said, pointed: Pointed, eyes: _Eyes, *, after: Said | None, day_of: Said | None) -> Bubble:
    """Return a message as people see it, `after` another; a day is told where it is not that of `day_of`."""
    language = eyes.wording.language
    evidence = [each for _, each in pointed]
    words = [each for each in evidence if each.start > 0 or each.end < said.length]
    return Bubble(
        role=said.role,
        kind=said.kind,
        speaker=_speaker(said, eyes),
        clock=clock(said.at, language) if said.at else "",
        day=_new_day(said.at, day_of.at if day_of else None, language),
        gap=said.position - after.position - 1 if after else 0,
        departures=tuple(dict.fromkeys(place for place, _ in pointed)),
        label=_label(said, eyes.wording),
        pieces=() if said.kind is Kind.EVENT else pieces_of(said, words or evidence, eyes.mask),
        cut_before=said.offset > 0,
        cut_after=said.goes_on,
    )


def pieces_of(said: Said, evidence: Iterable[Evidence], mask: Mask) -> tuple[Piece, ...]:
    """Return the masked text in pieces, those of the evidence marked; overlapping spans become one."""
    text = mask(said.text)
    assert len(text) == len(said.text)
    pieces: list[Piece] = []
    done = 0
    for start, end in _merged(said, evidence):
        if start > done:
            pieces.append(Piece(text=text[done:start]))
        whole = end - start == said.length
        pieces.append(Piece(text=text[start:end], marked=True, whole=whole))
        done = end
    if done < len(text):
        pieces.append(Piece(text=text[done:]))
    return tuple(pieces)


def _merged(said: Said, evidence: Iterable[Evidence]) -> list[tuple[int, int]]:
    """Return the spans within the kept text, in order, those that touch joined."""
    merged: list[tuple[int, int]] = []
    for each in sorted(evidence, key=lambda each: (each.start, each.end)):
        start = max(0, each.start - said.offset)
        end = min(len(said.text), each.end - said.offset)
        if start >= end:
            continue
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _speaker(said: Said, eyes: _Eyes) -> str:
    """Return who speaks: a customer by their pseudonym, an agent by name."""
    role = eyes.wording.say(f"role_{said.role}")
    who = role
    if said.role is Role.CUSTOMER:
        who = eyes.veil.person(said.author)
    elif said.role in (Role.AGENT, Role.BOT) and said.author and said.author.casefold() != role.casefold():
        who = eyes.mask(said.author)
    return f"{who} · {eyes.wording.say('kind_note')}" if said.kind is Kind.NOTE else who


def _label(said: Said, wording: Wording) -> str:
    if said.kind is Kind.MEDIA:
        return wording.say("kind_media")
    if said.kind is Kind.EVENT:
        return wording.say_if(f"event_{said.text}") or wording.say("kind_event")
    return ""


def _new_day(moment: datetime | None, before: datetime | None, language: str) -> str:
    if moment is None or (before is not None and moment.date() == before.date()):
        return ""
    return f"{day(moment, language)} · {zone(moment, language)}"
