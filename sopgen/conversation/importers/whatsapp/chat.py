"""The text of one WhatsApp chat as a conversation, or the reason why it cannot be one.

A chat that leaves something open (day or month first, who is staff) is set aside with the question; nothing
is guessed. What was assumed is reported, and recorded in the conversation's `details`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from itertools import pairwise

from sopgen.base.diagnostic import Report
from sopgen.conversation.date_order import DateOrder, Evidence, Triple, date_in, date_order_of
from sopgen.conversation.draft import build_message
from sopgen.conversation.importer import UnreadableError
from sopgen.conversation.importers.whatsapp.body import notice, said
from sopgen.conversation.importers.whatsapp.cast import Cast, Line, cast_of, lines_of
from sopgen.conversation.importers.whatsapp.phrase import INDONESIAN
from sopgen.conversation.importers.whatsapp.place import Place
from sopgen.conversation.importers.whatsapp.stamp import Entry, Split, split
from sopgen.conversation.importers.whatsapp.title import id_of, title_of
from sopgen.conversation.instant import in_zone
from sopgen.conversation.model import MINUTE, SECOND, Conversation, Message, Reading, Role
from sopgen.conversation.options import DEFAULT_TZ, ImportOptions, zone_of

_ASK = "say it: --date-order dmy|mdy|ymd"
_WHY = {
    Evidence.LANGUAGE: "as phones set to Indonesian write",
    Evidence.COURSE: "because only so the dates run on",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Clock:
    """How the chat's dates and clocks become instants."""

    order: DateOrder
    zone: tzinfo
    precision: timedelta


def read_chat(text: str, place: Place, options: ImportOptions, report: Report) -> Reading:
    """Return the chat as one conversation, or set aside: WA101 to WA104."""
    try:
        return _conversation_of(text, place, options, report)
    except UnreadableError as error:
        return error.aside(text, source=place.source, position=place.entry)


def _conversation_of(text: str, place: Place, options: ImportOptions, report: Report) -> Conversation:
    found = split(text)
    if found is None:
        reason = "no line begins with a date and a time as WhatsApp writes them"
        raise UnreadableError("WA101", reason, "export the chat from WhatsApp again, as text")
    order = _order_of(found, text, place, options, report)
    clock = _Clock(order=order, zone=_zone(options, place, report), precision=_precision(found))
    title = title_of(*place.names)
    lines = lines_of(_without_strays(found.entries, order.order), (*options.agents, *options.bots, title))
    cast = cast_of(lines, title, place, options, report)
    messages = _messages_of(lines, cast, clock)
    _report_leftovers(found, place, report)
    _report_disorder(messages, lines, place, report)
    return Conversation(
        id=id_of(title, *place.names),
        channel=options.channel or "whatsapp",
        messages=messages,
        source=place.source,
        position=place.entry,
        team=options.team,
        details={"tz": {"name": options.tz or DEFAULT_TZ, "source": "option" if options.tz else "assumed"}},
    )


def _order_of(found: Split, text: str, place: Place, options: ImportOptions, report: Report) -> DateOrder:
    """Return the order of the chat's dates; UnreadableError WA102 when they have none, WA103 when several."""
    stated = options.date_order
    language = "dmy" if found.has_points or INDONESIAN.search(text) else ""
    order = date_order_of([entry.date for entry in found.entries], stated=stated, language=language)
    if order.evidence is Evidence.IMPOSSIBLE:
        raise UnreadableError(
            "WA102", "its dates fit no single order of day, month and year", "split the file"
        )
    if order.evidence is Evidence.UNCLEAR:
        shown = found.entries[0].stamp.strip(" -[]")
        raise UnreadableError("WA103", f"day or month first? '{shown}' and the rest allow both", _ASK)
    if order.evidence in _WHY:
        report(place.remark("WA201", f"dates read as {order.order}, {_WHY[order.evidence]}"))
    if stated and order.order != stated:
        report(place.remark("WA206", f"dates read as {order.order}: they cannot be {stated}"))
    return order


def _zone(options: ImportOptions, place: Place, report: Report) -> tzinfo:
    zone = options.zone()
    if zone is not None:
        return zone
    report(place.remark("EXP114", f"times name no zone; read as {DEFAULT_TZ}"))
    return zone_of(DEFAULT_TZ)


def _precision(found: Split) -> timedelta:
    return SECOND if found.has_seconds else MINUTE


def _without_strays(entries: Iterable[Entry], order: str) -> list[Entry]:
    """Return the entries; one without a date in this order was pasted: it is text of the one above it."""
    known: dict[Triple, bool] = {}
    kept: list[Entry] = []
    for entry in entries:
        if entry.date not in known:
            known[entry.date] = date_in(entry.date, order) is not None
        if known[entry.date] or not kept:
            kept.append(entry)
        else:
            kept[-1] = kept[-1]._replace(body=f"{kept[-1].body}\n{entry.stamp}{entry.body}")
    return [entry for entry in kept if known[entry.date]]


def _messages_of(lines: Iterable[Line], cast: Cast, clock: _Clock) -> tuple[Message, ...]:
    days: dict[Triple, date | None] = {}
    messages = []
    for number, line in enumerate(lines, start=1):
        triple = line.entry.date
        if triple not in days:
            days[triple] = date_in(triple, clock.order.order)
        author, role = cast.parts[line.name] if line.name else ("", Role.SYSTEM)
        text, kind, details = said(line.words) if line.name else notice(line.words)
        messages.append(
            build_message(
                f"m{number}",
                _instant(days[triple], line.entry.clock, clock.zone),
                role,
                text,
                kind=kind,
                author=author,
                precision=clock.precision,
                details=details,
            )
        )
    return tuple(messages)


def _instant(day: date | None, clock: tuple[str, str, str, str], zone: tzinfo) -> datetime | None:
    if day is None:
        return None
    hour, half = int(clock[0]), clock[3]
    if half:
        hour = hour % 12 + 12 * (half in "pP") if hour <= 12 else hour
    local = datetime(day.year, day.month, day.day, hour, int(clock[1]), int(clock[2] or 0))  # noqa: DTZ001
    return in_zone(local, zone)


def _report_leftovers(found: Split, place: Place, report: Report) -> None:
    if found.before:
        message = f"{_counted(found.before)} before the first message left out"
        report(place.remark("WA205", message, found.before[0]))
    if found.foreign:
        message = f"{_counted(found.foreign)} dated in another style than the rest kept as text"
        report(place.remark("WA202", message, found.foreign[0]))


def _report_disorder(messages: tuple[Message, ...], lines: list[Line], place: Place, report: Report) -> None:
    pairs = zip(pairwise(messages), lines[1:], strict=True) if messages else ()
    back = [line.entry.line for (one, two), line in pairs if one.at and two.at and two.at < one.at]
    if back:
        report(place.remark("WA204", f"{_counted(back)} earlier than the line above", back[0]))


def _counted(lines: list[int] | tuple[int, ...]) -> str:
    return "1 line" if len(lines) == 1 else f"{len(lines)} lines"
