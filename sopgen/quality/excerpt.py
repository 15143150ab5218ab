"""A finding's chat as speech bubbles: masked, with the words of the evidence marked."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sopgen.compliance.model import Evidence
from sopgen.conversation.model import Kind, Role
from sopgen.quality.locale import clock, day, zone
from sopgen.quality.mask import Mask
from sopgen.quality.veil import Veil, names_of
from sopgen.quality.wording import Wording
from sopgen.runs.finding import Finding, Said


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A stretch of a message. A marked one is evidence: words, or with `whole` the message as it stands."""

    text: str
    marked: bool = False
    whole: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Bubble:
    """One message as people see it.

    `day` is set where a new day begins, `gap` where messages before it are left out. `cut_before` and
    `cut_after` say that the message goes on there. An event or a file that is no text has a `label`.
    """

    role: Role
    kind: Kind
    speaker: str
    clock: str
    day: str
    gap: bool
    evidence: bool
    label: str
    pieces: tuple[Piece, ...]
    cut_before: bool
    cut_after: bool


def bubbles_of(finding: Finding, veil: Veil, wording: Wording) -> tuple[Bubble, ...]:
    """Return the finding's context as bubbles in the order in which it was said."""
    mask = veil.mask(names_of(finding))
    bubbles: list[Bubble] = []
    last: Said | None = None
    for said in finding.context:
        evidence = [each for each in finding.judgement.evidence if each.message == said.id]
        bubbles.append(_bubble(said, evidence, _Eyes(veil, mask, wording), after=last))
        last = said
    return tuple(bubbles)


@dataclass(frozen=True, slots=True)
class _Eyes:
    """Through what one conversation is seen."""

    veil: Veil
    mask: Mask
    wording: Wording


def _bubble(said: Said, evidence: Sequence[Evidence], eyes: _Eyes, *, after: Said | None) -> Bubble:
    mask, wording = eyes.mask, eyes.wording
    language = wording.language
    return Bubble(
        role=said.role,
        kind=said.kind,
        speaker=_speaker(said, eyes),
        clock=clock(said.at, language) if said.at else "",
        day=_new_day(said.at, after.at if after else None, language),
        gap=after is not None and said.position > after.position + 1,
        evidence=bool(evidence),
        label=_label(said, wording),
        pieces=() if said.kind is Kind.EVENT else pieces_of(said, evidence, mask),
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
