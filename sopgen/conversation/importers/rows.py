"""JSON Lines with one message a line, its conversation named in each: what a database hands out.

    {"conversation_id": "J1", "timestamp": "2024-08-20T07:30:00Z", "role": "customer", "text": "halo"}

Rows of several conversations may be mixed, and in any order of time. So the file is read twice: once to
count the rows of each, once to hand each on, sorted, as soon as its last row is there; only unfinished ones
are held. A row that cannot be used costs itself (ROW101, ROW102); what a conversation lacks has the codes of
the canonical form and costs it all, for half a conversation gives wrong verdicts.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import orjson

from sopgen.base.diagnostic import Diagnostic, Level, Report
from sopgen.base.span import Span
from sopgen.conversation.canonical_form import Defaults, read_record
from sopgen.conversation.column import columns_of
from sopgen.conversation.importer import NO, ExportFile, Head, Sniff, UnreadableError
from sopgen.conversation.line import LONGEST_LINE, Tick, read_lines
from sopgen.conversation.model import Reading, SetAside
from sopgen.conversation.options import DEFAULT_TZ, ImportOptions, zone_of
from sopgen.conversation.speaker import staff_of
from sopgen.conversation.text import clean

_LINES_LOOKED_AT = 5
_NOT_A_ROW = UnreadableError("ROW101", "not a JSON object", "write one message a line: {…}")
_NO_CONVERSATION = UnreadableError(
    "ROW102", "the row names no conversation", 'name the field: --options with "columns": {"conversation": …}'
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rows:
    """The rows of one conversation: the line of the first, and each as a message of the canonical form."""

    line: int
    messages: list[dict[str, Any]]


def sniff(head: Head) -> Sniff:
    """Return how sure it is: a first line is an object with a conversation, a text, and who wrote it."""
    lines = [line for line in head.text.split("\n") if line.strip()][:_LINES_LOOKED_AT]
    for row in map(_parsed, lines):
        fields = columns_of(row, {}) if row else {}
        if {"conversation", "text"} <= fields.keys() and fields.keys() & {"role", "author"}:
            return Sniff(score=75, reason="lines are objects with a conversation, a text, and who wrote it")
    return NO


def read(file: ExportFile, options: ImportOptions, report: Report, tick: Tick) -> Iterator[Reading]:
    """Yield each conversation when its last row has come, and each row that cannot be used."""
    table = _Table(options)
    counts = _count_rows(file, table, tick)
    held: dict[str, _Rows] = {}
    with file.open() as stream:
        for number, raw in read_lines(stream, lambda read: tick(read - read // 2)):
            row = _parsed(raw)
            name = table.conversation_of(row) if row else ""
            if not row or not name:
                flaw = _NO_CONVERSATION if row else _NOT_A_ROW
                yield flaw.aside(raw, source=file.source, position=f"line {number}")
                continue
            rows = held.setdefault(name, _Rows(line=number, messages=[]))
            rows.messages.append(table.message_of(row))
            if len(rows.messages) == counts[name]:
                yield _conversation_of(name, held.pop(name), file.source, options, report)
    for name, rows in held.items():  # the file has changed under way
        yield _conversation_of(name, rows, file.source, options, report)


def _count_rows(file: ExportFile, table: "_Table", tick: Tick) -> Counter[str]:
    counts: Counter[str] = Counter()
    with file.open() as stream:
        for _, raw in read_lines(stream, lambda read: tick(read // 2)):
            row = _parsed(raw)
            if row:
                counts[table.conversation_of(row)] += 1
    return counts


class _Table:
    """What the columns of the rows mean; rows with the same keys are looked at once."""

    def __init__(self, options: ImportOptions) -> None:
        self._options = options
        self._staff = staff_of(options)
        self._columns: dict[tuple[str, ...], dict[str, str]] = {}

    def conversation_of(self, row: Mapping[str, Any]) -> str:
        """Return the id of the row's conversation, "" when it names none."""
        given = row.get(self._fields(row).get("conversation", ""))
        return str(given) if isinstance(given, str | int) and not isinstance(given, bool) else ""

    def message_of(self, row: Mapping[str, Any]) -> dict[str, Any]:
        """Return the row as a message of the canonical form; columns that mean nothing known stay."""
        fields = self._fields(row)
        known = set(fields.values())
        message = {key: value for key, value in row.items() if key not in known}
        message |= {field: row[name] for field, name in fields.items() if field != "conversation"}
        for field in ("text", "author"):
            if isinstance(message.get(field), str):
                message[field] = clean(message[field])
        role = message.get("role")
        if role in (None, ""):
            return message | self._role_by_name(message.get("author"))
        return message | {"role": self._options.roles.get(str(role), role)}

    def _role_by_name(self, author: object) -> dict[str, str]:
        named = self._options.agents or self._options.bots
        return {"role": self._staff.role_of(author).value} if named and isinstance(author, str) else {}

    def _fields(self, row: Mapping[str, Any]) -> dict[str, str]:
        keys = tuple(row)
        if keys not in self._columns:
            self._columns[keys] = columns_of(keys, self._options.columns)
        return self._columns[keys]


def _conversation_of(name: str, rows: _Rows, source: str, options: ImportOptions, report: Report) -> Reading:
    """Return the conversation of the rows; local times without a zone are taken in DEFAULT_TZ (EXP114)."""
    record = {"id": name, "messages": rows.messages}
    defaults = Defaults(zone=options.zone(), channel=options.channel or "other", team=options.team)
    position = f"line {rows.line}"
    reading = read_record(record, source=source, position=position, defaults=defaults)
    if not isinstance(reading, SetAside) or reading.code != "CAN108":
        return reading
    report(_assumption(source, rows.line))
    assumed = replace(defaults, zone=zone_of(DEFAULT_TZ))
    return read_record(record, source=source, position=position, defaults=assumed)


def _assumption(source: str, line: int) -> Diagnostic:
    return Diagnostic(
        code="EXP114",
        level=Level.WARNING,
        span=Span(file=source, line=line),
        message=f"times name no zone; read as {DEFAULT_TZ}",
        hint="say where the clock was: --tz Asia/Makassar",
    )


def _parsed(raw: bytes | str) -> dict[str, Any] | None:
    """Return the object that a line holds, None when it holds something else."""
    if len(raw) > LONGEST_LINE:
        return None
    try:
        value = orjson.loads(raw)
    except orjson.JSONDecodeError:
        return None
    return value if isinstance(value, dict) else None
