"""Chat notation: how people write a conversation by hand, in SOP examples, rule examples and tests.

    09:00 pelanggan  poin saya kok hilang ya
    09:01:30 agen    sudah kami kembalikan, Kak.
                     (an indented line goes on with the message above)
    09:02 sistem     (ditutup)
    09:03 agen       (foto)
    09:03 agen       (kategori: refund)

Speakers: pelanggan/customer, agen/agent, bot, sistem/system. `(ditutup)`/`(closed)` and the other event
words are events, `(foto)`/`(photo)` is media, a line of `catatan`/`note` is an internal note of the agent.
`(kategori: …)`/`(category: …)`, `(prioritas: …)`/`(priority: …)` and `(tag: …)` say what the conversation's
record holds, and are no messages.
The clock may pass midnight once the next line shows an earlier time. Comments start with `#`.

Only the syntax lives here; what a line means for a conversation is `sopgen.conversation.notation`.
"""

import re
from dataclasses import dataclass, field, replace
from datetime import timedelta
from enum import StrEnum

from sopgen.base.diagnostic import Diagnostic, Level, Report
from sopgen.base.span import Span


class Speaker(StrEnum):
    """Who a line of chat notation belongs to."""

    CUSTOMER = "customer"
    AGENT = "agent"
    BOT = "bot"
    SYSTEM = "system"
    NOTE = "note"


SPEAKERS = {
    "pelanggan": Speaker.CUSTOMER,
    "customer": Speaker.CUSTOMER,
    "agen": Speaker.AGENT,
    "agent": Speaker.AGENT,
    "bot": Speaker.BOT,
    "sistem": Speaker.SYSTEM,
    "system": Speaker.SYSTEM,
    "catatan": Speaker.NOTE,
    "note": Speaker.NOTE,
}

EVENTS = {
    "(ditutup)": "closed",
    "(closed)": "closed",
    "(ditugaskan)": "assigned",
    "(assigned)": "assigned",
    "(dialihkan)": "transferred",
    "(transferred)": "transferred",
    "(dibuka kembali)": "reopened",
    "(reopened)": "reopened",
    "(diblokir)": "blocked",
    "(blocked)": "blocked",
    "(dinilai)": "rated",
    "(rated)": "rated",
}

FACTS = {
    "kategori": "category",
    "category": "category",
    "prioritas": "priority",
    "priority": "priority",
    "tag": "tag",
}

MEDIA = frozenset({"(foto)", "(photo)", "(video)", "(berkas)", "(file)", "(suara)", "(voice)"})


@dataclass(frozen=True, slots=True, kw_only=True)
class NotedLine:
    """One line of chat notation: time since the first midnight, speaker, text, or an event, or media.

    Where the event is a fact of the record ("category", "priority", "tag"), `text` is what was recorded.
    """

    clock: timedelta
    speaker: Speaker
    text: str
    event: str = ""
    media: bool = False
    span: Span = field(compare=False)


_FACT = re.compile(r"\((\w+):\s*([^()]+)\)")
_LINE = re.compile(r"^(\d{1,2}):(\d{2})(?::(\d{2}))?\s+(\S+)(?:\s+(.*))?$")
_DAY = timedelta(days=1)


def read_notation(text: str, span: Span, report: Report) -> tuple[NotedLine, ...]:
    """Return the lines of a chat in notation; `span` is where its first line stands.

    Diagnostics: NOT101 a line is neither a message nor the continuation of one, NOT102 unknown speaker,
    NOT103 an impossible time.
    """
    lines: list[NotedLine] = []
    for number, raw in enumerate(text.split("\n")):
        here = span.shifted(lines=number)
        if not raw.strip() or raw.lstrip().startswith("#"):
            continue
        if raw[:1].isspace() and lines and not _LINE.match(raw.strip()):
            lines[-1] = _continued(lines[-1], raw.strip())
            continue
        line = _read_line(raw.strip(), here, report)
        if line is not None:
            lines.append(_after(lines, line))
    return tuple(lines)


def _read_line(raw: str, span: Span, report: Report) -> NotedLine | None:
    match = _LINE.match(raw)
    if match is None:
        report(_flaw("NOT101", span, f"not a line of chat notation: '{raw}'", "write: HH:MM role  text"))
        return None
    hour, minute, second = int(match[1]), int(match[2]), int(match[3] or 0)
    speaker = SPEAKERS.get(match[4].lower())
    if speaker is None:
        known = ", ".join(SPEAKERS)
        report(_flaw("NOT102", span, f"unknown speaker '{match[4]}'", f"use one of: {known}"))
        return None
    if hour > 23 or minute > 59 or second > 59:
        time = raw.split(maxsplit=1)[0]
        report(_flaw("NOT103", span, f"impossible time '{time}'", "write a time from 00:00 to 23:59:59"))
        return None
    said = (match[5] or "").strip()
    clock = timedelta(hours=hour, minutes=minute, seconds=second)
    event, text = _event(said)
    media = said.lower() in MEDIA
    return NotedLine(
        clock=clock, speaker=speaker, text="" if media else text, event=event, media=media, span=span
    )


def _event(said: str) -> tuple[str, str]:
    """Return the event that a line notes, "" when it notes none, and the text that is left."""
    fact = _FACT.fullmatch(said)
    if fact is not None and fact[1].lower() in FACTS:
        return FACTS[fact[1].lower()], fact[2].strip()
    event = EVENTS.get(said.lower(), "")
    return event, "" if event else said


def _after(lines: list[NotedLine], line: NotedLine) -> NotedLine:
    """Return the line, a day later for each midnight that has passed above it."""
    if not lines or line.clock >= lines[-1].clock:
        return line
    midnights = -((line.clock - lines[-1].clock) // _DAY)
    return replace(line, clock=line.clock + midnights * _DAY)


def _continued(line: NotedLine, more: str) -> NotedLine:
    return replace(line, text=f"{line.text}\n{more}")


def _flaw(code: str, span: Span, message: str, hint: str) -> Diagnostic:
    return Diagnostic(code=code, level=Level.ERROR, span=span, message=message, hint=hint)
