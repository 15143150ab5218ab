"""The text of one WhatsApp chat as a conversation, or the reason why it cannot be one.

A chat that leaves something open (day or month first, who is staff) is set aside with the question; nothing
is guessed. What was assumed is reported, and recorded in the conversation's `details`.
"""

from collections.abc import Iterable, Sequence
from datetime import timedelta, tzinfo
from itertools import groupby, pairwise

from sopgen.base.diagnostic import Report
from sopgen.conversation.date_order import Evidence, date_in, date_order_of
from sopgen.conversation.draft import MessageDraft, as_message
from sopgen.conversation.importer import UnreadableError
from sopgen.conversation.importers.whatsapp.body import notice, said
from sopgen.conversation.importers.whatsapp.cast import Cast, cast_of, with_speakers
from sopgen.conversation.importers.whatsapp.clock import Calendar
from sopgen.conversation.importers.whatsapp.phrase import INDONESIAN
from sopgen.conversation.importers.whatsapp.place import Place
from sopgen.conversation.importers.whatsapp.stamp import Entry, Split, split
from sopgen.conversation.importers.whatsapp.title import id_of, title_of
from sopgen.conversation.model import MINUTE, SECOND, Conversation, Message, Reading, Role
from sopgen.conversation.options import DEFAULT_TZ, ImportOptions, zone_of
from sopgen.conversation.text import tidy

_ASK = "say it: --date-order dmy|mdy|ymd"
_WHY = {
    Evidence.LANGUAGE: "as phones set to Indonesian write",
    Evidence.COURSE: "because only so the dates run on",
}


def read_chat(text: str, place: Place, options: ImportOptions, report: Report) -> Reading:
    """Return the chat as one conversation, or set aside: WA101 to WA104."""
    try:
        return _conversation_of(tidy(text), place, options, report)
    except UnreadableError as error:
        return error.aside(text, source=place.source, position=place.entry)


def _conversation_of(text: str, place: Place, options: ImportOptions, report: Report) -> Conversation:
    found = split(text)
    if found is None:
        reason = "no line begins with a date and a time as WhatsApp writes them"
        raise UnreadableError("WA101", reason, "export the chat from WhatsApp again, as text")
    title = title_of(*place.names)
    order = _order_of(found, text, place, options, report)
    dated = _without_strays(found.entries, order, place, report)
    entries = with_speakers(dated, (*options.agents, *options.bots, title))
    cast = cast_of(entries, title, place, options, report)
    calendar = Calendar(order, _zone(options, place, report))
    messages = _messages_of(entries, cast, calendar, SECOND if found.has_seconds else MINUTE)
    _report_leftovers(found, place, report)
    _report_disorder(messages, entries, place, report)
    return Conversation(
        id=id_of(title, *place.names),
        channel=options.channel or "whatsapp",
        messages=messages,
        source=place.source,
        position=place.entry,
        team=options.team,
        details={"tz": {"name": options.tz or DEFAULT_TZ, "source": "option" if options.tz else "assumed"}},
    )


def _order_of(found: Split, text: str, place: Place, options: ImportOptions, report: Report) -> str:
    """Return the order of the chat's dates; UnreadableError WA102 when they have none, WA103 when several."""
    stated = options.date_order
    language = "dmy" if found.has_points or INDONESIAN.search(text) else ""
    order = date_order_of([entry.date for entry in found.entries], stated=stated, language=language)
    if order.evidence is Evidence.IMPOSSIBLE:
        raise UnreadableError(
            "WA102", "its dates fit no single order of day, month and year", "split the file"
        )
    if order.evidence is Evidence.UNCLEAR:
        reason = f"day or month first? '{found.entries[0].date}' and the other dates allow both"
        raise UnreadableError("WA103", reason, _ASK)
    if order.evidence in _WHY:
        report(place.remark("WA201", f"dates read as {order.order}, {_WHY[order.evidence]}"))
    if stated and order.order != stated:
        report(place.remark("WA206", f"dates read as {order.order}: they cannot be {stated}"))
    return order.order


def _zone(options: ImportOptions, place: Place, report: Report) -> tzinfo:
    zone = options.zone()
    if zone is not None:
        return zone
    report(place.remark("EXP114", f"times name no zone; read as {DEFAULT_TZ}"))
    return zone_of(DEFAULT_TZ)


def _without_strays(entries: Sequence[Entry], order: str, place: Place, report: Report) -> Sequence[Entry]:
    """Return the entries; one without a date in this order was pasted: it is text of the one above it."""
    strays = {written for written in {entry.date for entry in entries} if date_in(written, order) is None}
    if not strays:
        return entries
    lines = [entry.line for entry in entries if entry.date in strays]
    message = f"{_counted(lines)} dated in another order than the rest: kept as text, or left out before it"
    report(place.remark("WA202", message, lines[0]))
    kept: list[Entry] = []
    for is_stray, group in groupby(entries, lambda entry: entry.date in strays):
        if not is_stray:
            kept.extend(group)
        elif kept:
            pasted = (f"{entry.date} {entry.clock} - {entry.sentence()}" for entry in group)
            kept[-1] = kept[-1]._replace(words="\n".join((kept[-1].words, *pasted)))
    return kept


def _messages_of(
    entries: Iterable[Entry], cast: Cast, calendar: Calendar, precision: timedelta
) -> tuple[Message, ...]:
    messages = []
    for number, (_, day, clock, name, words) in enumerate(entries, start=1):
        draft = MessageDraft()
        draft.id = f"m{number}"
        draft.at = calendar.instant(day, clock)
        draft.author, draft.role = cast[name] if name else ("", Role.SYSTEM)
        draft.text, draft.kind, draft.details = said(words) if name else notice(words)
        draft.precision = precision
        messages.append(as_message(draft))
    return tuple(messages)


def _report_leftovers(found: Split, place: Place, report: Report) -> None:
    if found.before:
        message = f"{_counted(found.before)} before the first message left out"
        report(place.remark("WA205", message, found.before[0]))
    if found.foreign:
        message = f"{_counted(found.foreign)} dated in another style than the rest, kept as text"
        report(place.remark("WA202", message, found.foreign[0]))


def _report_disorder(
    messages: Sequence[Message], entries: Sequence[Entry], place: Place, report: Report
) -> None:
    instants = [message.at for message in messages if message.at is not None]
    back = [
        entry.line
        for (before, after), entry in zip(pairwise(instants), entries[1:], strict=True)
        if after < before
    ]
    if back:
        report(place.remark("WA204", f"{_counted(back)} earlier than the line above", back[0]))


def _counted(lines: Sequence[int]) -> str:
    return "1 line" if len(lines) == 1 else f"{len(lines)} lines"
