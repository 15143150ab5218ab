"""One file being read: its options, who is who, where its clock stood, and what was remarked.

An importer asks the desk instead of knowing options itself. Each remark is made once a file.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, tzinfo
from typing import Any

import orjson

from sopgen.base.diagnostic import Diagnostic, Level, Report
from sopgen.base.span import Span
from sopgen.conversation.document.node import Node
from sopgen.conversation.document.record import Record, Repair, records_of
from sopgen.conversation.importer import ExportFile, UnreadableError
from sopgen.conversation.instant import NotAnInstant, NoZone, read_instant
from sopgen.conversation.line import Tick
from sopgen.conversation.model import Reading, Role, SetAside
from sopgen.conversation.options import DEFAULT_TZ, ImportOptions, zone_of
from sopgen.conversation.speaker import AGENT_HINT, staff_of
from sopgen.conversation.text import excerpt_of
from sopgen.conversation.thread import Thread

_MOST_SHOWN = 8
_HINTS = {
    "EXP114": (Level.WARNING, "say where the clock was: --tz Asia/Makassar"),
    "EXP115": (Level.WARNING, "look whether the odd characters matter, and save it as UTF-8"),
    "EXP119": (Level.WARNING, AGENT_HINT),
    "JSN201": (Level.WARNING, "export it again if what follows matters"),
    "JSN202": (Level.NOTE, "nothing has to be done"),
    "JSN203": (Level.WARNING, "export each conversation with its messages"),
    "LNE201": (Level.WARNING, "export the chat again if its beginning is missing"),
    "LNE202": (Level.NOTE, "say the order if that is wrong: --date-order dmy|mdy|ymd"),
    "MET201": (Level.WARNING, "say it: --format messenger|instagram"),
    "ROW201": (Level.WARNING, "make ids unique in the workbook, or read one sheet: --sheet NAME"),
    "TLG201": (Level.NOTE, "nothing has to be done"),
}

_NO_RECORD = UnreadableError("JSN105", "the file holds no record", "export it again, or leave it out")

Convert = Callable[[Node, Record, "Desk"], Iterable[Thread]]
"""Turns one record into its conversations. UnreadableError sets the record aside."""


class Desk:
    """What an importer asks while it reads one file."""

    def __init__(self, file: ExportFile, options: ImportOptions, report: Report) -> None:
        self.file = file
        self.options = options
        self._report = report
        self._staff = staff_of(options)
        self._zone = options.zone()
        self._told: set[str] = set()
        self._is_local = False
        self.is_counting = False
        """Whether only the ids of conversations are asked for: threads then leave their messages alone."""

    def thread(self, *, id: object, channel: str, **more: Any) -> Thread:  # noqa: A002 -- the field's name
        """Return an empty conversation; `channel` is the platform's, the option wins over it."""
        name = str(id) if id not in (None, "") else self.stem()
        return Thread(self, id=name, channel=self.options.channel or channel, **more)

    def stem(self) -> str:
        """Return the file's name without its suffix: the id of what has none."""
        name = self.file.head.name
        stem = name[: name.rfind(".")] if name.rfind(".") > 0 else name
        return stem or "export"

    def role(self, told: Role | None, *names: object) -> Role:
        """Return who speaks: `told` by the platform (None: it does not say), names and ids by the options.

        A bot or system of the platform stays one. Else the options decide, then the platform; who is nothing
        of all that is a customer.
        """
        if told in (Role.BOT, Role.SYSTEM):
            return told
        by_name = self._staff.stated_role(*names)
        return by_name or told or Role.CUSTOMER

    def stated_role(self, *names: object) -> Role | None:
        """Return the role that the options give to one of the names or ids, None when they do not."""
        return self._staff.stated_role(*names)

    def need_staff(self, speakers: Iterable[str]) -> None:
        """Make sure that roles can be told where the platform has none.

        UnreadableError EXP118 when no option names anybody; remark EXP119 when nobody named speaks here.
        """
        names = sorted({each for each in speakers if each})
        if self.options.anyone or not names:
            return
        shown = ", ".join(f"'{excerpt_of(each)}'" for each in names[:_MOST_SHOWN])
        if not self._staff:
            hint = 'name the staff: --agent "NAME", or see --who'
            raise UnreadableError("EXP118", f"nothing tells who is staff; speakers: {shown}", hint)
        if len(names) > 1 and not any(self._staff.stated_role(each) for each in names):
            self.remark("EXP119", f"no agent among the speakers: {shown}")

    def zone(self) -> tzinfo:
        """Return the zone of times without one: the option's, else DEFAULT_TZ, which is remarked (EXP114)."""
        self._is_local = True
        if self._zone is None:
            self.remark("EXP114", f"times name no zone; read as {DEFAULT_TZ}")
            return zone_of(DEFAULT_TZ)
        return self._zone

    def assumed(self) -> dict[str, Any]:
        """Return where the clock stood, for the details of a conversation; {} where the file says it."""
        if not self._is_local:
            return {}
        source = "option" if self._zone is not None else "assumed"
        return {"tz": {"name": self.options.tz or DEFAULT_TZ, "source": source}}

    def instant(self, value: object, zone: tzinfo | None = None) -> datetime | None:
        """Return the instant, None for nothing; local times in `zone`, else in the desk's own.

        UnreadableError JSN104 when it is no time.
        """
        if value is None or value == "":
            return None
        try:
            return read_instant(value, zone)
        except NoZone:
            return read_instant(value, self.zone())
        except NotAnInstant as error:
            reason = f"no time that can be read: '{excerpt_of(str(value)[:80])}'{error}"
            raise UnreadableError("JSN104", reason, "write it like 2026-01-05T09:00:00+07:00") from error

    def remark(self, code: str, message: str, line: int = 0) -> None:
        """Report a remark on the file, once of a code."""
        if code in self._told:
            return
        self._told.add(code)
        level, hint = _HINTS[code]
        span = Span(file=self.file.source, line=line)
        self._report(Diagnostic(code=code, level=level, span=span, message=message, hint=hint))

    def readings(self, record: Record, convert: Convert) -> Iterator[Reading]:
        """Yield the conversations of a record, or the record set aside: JSN104, JSN105, or as raised."""
        threads = self.threads(record, convert)
        if isinstance(threads, SetAside):
            yield threads
            return
        try:
            conversations = [thread.conversation(record.position) for thread in threads]
        except UnreadableError as error:
            yield self._aside(error, record)
            return
        yield from conversations

    def threads(self, record: Record, convert: Convert) -> list[Thread] | SetAside:
        """Return what `convert` makes of the record, or the record set aside."""
        if record.is_cut:
            self.remark("JSN201", "the file breaks off; what stands before that was read")
        try:
            return _some(convert(_node(record), record, self))
        except UnreadableError as error:
            return self._aside(error, record)

    def some(self, readings: Iterable[Reading]) -> Iterator[Reading]:
        """Yield the readings; a file that has none is set aside (JSN105), so that it is not passed over."""
        nothing = True
        for reading in readings:
            nothing = False
            yield reading
        if nothing:
            yield _NO_RECORD.aside(self.file.head.start, source=self.file.source, position="")

    def _aside(self, error: UnreadableError, record: Record) -> SetAside:
        return error.aside(written(record.value), source=self.file.source, position=record.position)


def read_records(
    desk: Desk,
    tick: Tick,
    convert: Convert,
    *,
    lists: tuple[str, ...] = (),
    sides: tuple[str, ...] = (),
    repair: Repair | None = None,
) -> Iterator[Reading]:
    """Yield the conversations of every record of a JSON file: what a JSON importer's `read` comes down to."""
    records = records_of(desk.file, tick, lists=lists, sides=sides, repair=repair)
    yield from desk.some(each for record in records for each in _readings(record, convert, desk))


def _readings(record: Record | SetAside, convert: Convert, desk: Desk) -> Iterator[Reading]:
    return iter((record,)) if isinstance(record, SetAside) else desk.readings(record, convert)


def _some(threads: Iterable[Thread]) -> list[Thread]:
    """Return the conversations; UnreadableError JSN105 when there are none."""
    found = list(threads)
    if not found:
        raise UnreadableError("JSN105", "the record holds no conversation", "leave it out")
    return found


def _node(record: Record) -> Node:
    """Return the record as a node; UnreadableError JSN105 when it is neither object nor list."""
    if not isinstance(record.value, dict | list):
        hint = "write one JSON object for each conversation"
        raise UnreadableError("JSN105", "the record is no object", hint)
    return Node(record.value)


def written(value: object) -> bytes | str:
    """Return the value as JSON, for an excerpt."""
    try:
        return orjson.dumps(value, default=str)
    except orjson.JSONEncodeError:
        return str(type(value))
