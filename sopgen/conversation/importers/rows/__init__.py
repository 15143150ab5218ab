"""Tables with one message a row, or one conversation a row: what a database or a spreadsheet hands out.

    {"conversation_id": "J1", "timestamp": "2024-08-20T07:30:00Z", "role": "customer", "text": "halo"}

CSV and its kin, XLSX, XLS, ODS, Parquet, JSON Lines, JSON arrays. Rows of several conversations may be mixed,
and in any order of time. A big file is read twice: once to count the rows of each conversation, once to hand
each on, sorted, as soon as its last row is there; only unfinished ones are held. A row that cannot be used
(ROW101, ROW104) costs its conversation, for half a conversation gives wrong verdicts; that is the one that it
still names and a sound row names as well. Where there is none, or the row names none (ROW102), it costs
itself. A row whose cell for the conversation is blank (ROW102) costs the one right before it as well, for
merged cells are written so, unless the table mixes the rows of conversations. What a conversation lacks has
the codes of the canonical form and costs it all. To know which ones flawed rows belong to, a big file that
has such rows is read once more. Rooms: `layout` finds cells and header, `source` walks the rows, `remnant`
says what is left of a flawed one, `workbook` walks those of spreadsheets, `table` says what cells mean,
`date` in which order dates are written, `transcript` opens whole conversations in a cell.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import pairwise
from typing import Any

from sopgen.base.diagnostic import Report
from sopgen.conversation.canonical_form import Defaults, read_record
from sopgen.conversation.column import NAME_THEM, columns_hint, columns_of
from sopgen.conversation.desk import Desk
from sopgen.conversation.importer import NO, ExportFile, Head, Sniff, UnreadableError
from sopgen.conversation.importers.rows.date import Dates
from sopgen.conversation.importers.rows.layout import best_header, encoding_of
from sopgen.conversation.importers.rows.source import Row, Source, source_of
from sopgen.conversation.importers.rows.table import Table
from sopgen.conversation.importers.rows.transcript import messages_in
from sopgen.conversation.line import Tick, no_tick
from sopgen.conversation.model import Reading
from sopgen.conversation.options import ImportOptions

_NO_CONVERSATION = UnreadableError("ROW102", "the row names no conversation", columns_hint("conversation"))
_BLANK = "write the id into every row, also where cells were merged"
_NAMING = frozenset({"conversation", "id"})
_WITH_IT = "its conversation is set aside with it"
_WITH_THEM = "may go on here and is set aside with it"
_ALONE = "no other row is known to be of its conversation, so none is set aside with it"
_MOST_HELD = 1 << 26
"""Bytes of a file whose rows are all held, and which is then read once (64 MiB; our decision, 2026-11-22)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rows:
    """The rows of one conversation so far: where the first stands, its messages, and what is told of it."""

    position: str
    messages: list[dict[str, Any]]
    facts: dict[str, Any]


@dataclass(slots=True)
class _Course:
    """How the conversations of a table follow each other, seen row by row.

    `before`: the place of each row with words but without an id, to the conversation right before it.
    """

    before: dict[str, str] = field(default_factory=dict)
    _begun: Counter[tuple[str, str]] = field(default_factory=Counter)
    _last: tuple[str, str] = ("", "")

    def see(self, name: str, row: Row, *, is_said: bool) -> None:
        """Look at the next row; `is_said`: it has words, under a column that names conversations."""
        last, place = self._last, (name, row.sheet)
        if name:
            self._begun[place] += place != last
            self._last = place
        elif is_said and last[0] and last[1] == row.sheet:
            self.before[row.position] = last[0]

    @property
    def is_grouped(self) -> bool:
        """Return whether the rows of each conversation stand together, sheet by sheet."""
        return set(self._begun.values()) <= {1}

    @property
    def repeated(self) -> int:
        """Return how many ids stand on several sheets."""
        sheets = Counter(name for name, _ in self._begun)
        return sum(count > 1 for count in sheets.values())


def sniff(head: Head) -> Sniff:
    """Return how sure it is: by the kind of file, and by columns for a text and its writer."""
    if head.start.startswith(b"PAR1"):
        return Sniff(score=80, reason="a Parquet table")
    if head.entries or head.start.startswith(b"\xd0\xcf\x11\xe0"):
        return _sniff_workbook(head)
    if head.glimpse is not None:
        return _sniff_records(head)
    text = head.start.decode(encoding_of(head.start)[0], errors="replace")
    found = best_header(text, ImportOptions())
    if found is None:
        return _sniff_delimited(head)
    fields = columns_of(found[1], {})
    score = 80 if len(fields) > 2 else 65
    return Sniff(score=score, reason=f"a first row names the columns {', '.join(sorted(fields))}")


def read(file: ExportFile, options: ImportOptions, report: Report, tick: Tick) -> Iterator[Reading]:
    """Yield each conversation when its last row has come, and each row that cannot be used."""
    desk = Desk(file, options, report)
    try:
        source = source_of(file, options, partial(desk.remark, "EXP115"))
        reading = _Reading(desk, source)
        reading.look(tick)
    except UnreadableError as error:
        yield error.aside(file.head.text, source=file.source, position="")
        return
    yield from reading.conversations()


class _Reading:
    """One table being read."""

    def __init__(self, desk: Desk, source: Source) -> None:
        self._desk = desk
        self._source = source
        self._table = Table(desk)
        self._counts: Counter[str] = Counter()
        self._rows: list[Row] | None = None
        self._incomplete: frozenset[str] = frozenset()
        self._before: dict[str, str] = {}
        """The place of each row without an id, to the conversation right before it."""

        self._told: set[str] = set()

    def look(self, tick: Tick) -> None:
        """Walk the table once: hold its rows if it is small, else count those of each conversation."""
        dates = Dates()
        rows: Iterable[Row] = self._source.rows(tick)
        if len(self._desk.file.head.start) < 1 << 16 or self._is_small():
            rows = self._rows = list(rows)
        has_flaws, course = False, _Course()
        for row in rows:
            has_flaws = has_flaws or bool(row.names)
            if row.cells:
                name = self._name_of(row)
                self._counts[name] += 1
                course.see(name, row, is_said=self._table.says_something(row.cells))
                for cell in self._table.times_of(row.cells):
                    dates.see(cell, row.position)
        self._table.order = dates.order(self._desk.options.date_order)
        if course.repeated:
            self._desk.remark("ROW201", _on_sheets(course.repeated))
        self._before = course.before if course.is_grouped else {}
        self._incomplete = frozenset(self._before.values())
        if has_flaws:
            self._incomplete |= frozenset(self._owner_of(row) for row in self._again() if row.names)
        self._incomplete -= {""}

    def conversations(self) -> Iterator[Reading]:
        """Yield the conversations and the flaws."""
        held: dict[str, _Rows] = {}
        lost = set(self._incomplete)
        source = self._desk.file.source
        for row in self._again():
            if not row.cells:
                yield from self._flaw_of(row)
                continue
            name = self._name_of(row)
            if not name:
                yield from self._nameless(row)
                continue
            if name in lost:  # set aside as a whole, with the row that was broken
                continue
            try:
                self._take(row, held.setdefault(name, _Rows(position=row.position, messages=[], facts={})))
            except UnreadableError as error:
                yield error.aside(_shown(row), source=source, position=row.position)
                held.pop(name, None)
                lost.add(name)
                continue
            self._counts[name] -= 1
            if self._counts[name] == 0:
                yield self._conversation(name, held.pop(name))
        for name, left in held.items():  # the file has changed under way
            yield self._conversation(name, left)

    def _again(self) -> Iterable[Row]:
        return self._rows if self._rows is not None else self._source.rows(no_tick)

    def _flaw_of(self, row: Row) -> Iterator[Reading]:
        """Yield the row set aside, and with it its conversation, once; nothing where that is told."""
        owner = self._owner_of(row)
        if owner in self._told or (row.is_inside and not owner):
            return
        self._told |= {owner} - {""}
        flaw = row.flaw if row.cells is None else _NO_CONVERSATION
        if row.cells is None and flaw.code != "ROW103" and not self._table.holds_transcripts:
            reason = f"{flaw.reason}; {_WITH_IT if owner else _ALONE}"
            flaw = UnreadableError(flaw.code, reason, flaw.hint)
        yield flaw.aside(row.raw, source=self._desk.file.source, position=row.position)

    def _nameless(self, row: Row) -> Iterator[Reading]:
        """Yield the row that names no conversation, for the one before it; once for each that it costs."""
        owner, flaw = self._before.get(row.position, ""), _NO_CONVERSATION
        if owner in self._told:
            return
        if owner:
            self._told.add(owner)
            flaw = UnreadableError("ROW102", f"{flaw.reason}; the one right before {_WITH_THEM}", _BLANK)
        yield flaw.aside(_shown(row), source=self._desk.file.source, position=row.position)

    def _owner_of(self, row: Row) -> str:
        """Return the conversation of a row that is none, "" where it names none that a sound row names."""
        only = self._desk.stem() if self._source.is_one else ""
        return next((name for name in (each or only for each in row.names) if name in self._counts), "")

    def _name_of(self, row: Row) -> str:
        """Return the row's conversation; a transcript is one by itself, a table without ids is one."""
        assert row.cells is not None
        name = self._table.conversation_of(row.cells)
        fields = self._table.fields(row.cells)
        if name or "transcript" in fields:
            own = row.cells.get(fields.get("id", ""))
            return name or (str(own).strip() if isinstance(own, str | int) else "") or row.position
        return self._desk.stem() if self._source.is_one else ""

    def _take(self, row: Row, rows: _Rows) -> None:
        assert row.cells is not None
        rows.messages.extend(self._table.messages_of(row.cells, len(rows.messages) + 1))
        for name, value in self._table.facts_of(row.cells).items():
            rows.facts.setdefault(name, value)

    def _conversation(self, name: str, rows: _Rows) -> Reading:
        desk = self._desk
        if any(message["role"] is None for message in rows.messages):
            try:
                desk.need_staff([str(message.get("author") or "") for message in rows.messages])
            except UnreadableError as error:
                return error.aside(name, source=desk.file.source, position=rows.position)
        record = {**rows.facts, **desk.assumed(), "id": name, "messages": _forward(rows.messages)}
        options = desk.options
        defaults = Defaults(zone=options.zone(), channel=options.channel or "other", team=options.team)
        return read_record(record, source=desk.file.source, position=rows.position, defaults=defaults)

    def _is_small(self) -> bool:
        with self._desk.file.open() as stream:
            return len(stream.read(_MOST_HELD + 1)) <= _MOST_HELD


def _forward(messages: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the messages, turned round where they run newest first: equal times then keep their order."""
    times = [message["at"] for message in messages if message["at"] is not None]
    if len({type(time) for time in times}) != 1:
        return messages
    down = sum(after < before for before, after in pairwise(times))
    up = sum(after > before for before, after in pairwise(times))
    return messages[::-1] if down > up else messages


def _on_sheets(count: int) -> str:
    ids = "an id stands" if count == 1 else f"{count} ids stand"
    return f"{ids} on several sheets; the rows of an id are read as one conversation"


def _shown(row: Row) -> bytes | str:
    return row.raw or str(dict(row.cells or {}))[:2000]


def _sniff_workbook(head: Head) -> Sniff:
    if "xl/workbook.xml" in head.entries or "xl/workbook.bin" in head.entries:
        return Sniff(score=85, reason="an Excel workbook")
    if "content.xml" in head.entries and head.name.lower().endswith(".ods"):
        return Sniff(score=85, reason="an OpenDocument spreadsheet")
    if not head.entries and head.name.lower().endswith(".xls"):
        return Sniff(score=75, reason="an old Excel workbook, by its name")
    return NO


def _sniff_records(head: Head) -> Sniff:
    assert head.glimpse is not None
    for row in head.glimpse.records:
        fields = columns_of(row, {}) if isinstance(row, dict) else {}
        if "conversation" in fields and "text" in fields and fields.keys() & {"role", "author"}:
            return Sniff(score=75, reason="objects with a conversation, a text, and who wrote it")
        inner = messages_in(row.get(fields.get("transcript", ""))) if fields.keys() & _NAMING else None
        if inner and not ("id" in row and {"role", "text"} <= inner[0].keys()):  # which is canonical
            said = columns_of(inner[0], {}).keys()
            if {"text", "at"} <= said and said & {"role", "author"}:
                reason = "conversations that hold messages with a text, a time and a writer"
                return Sniff(score=75, reason=reason)
    return NO


def _sniff_delimited(head: Head) -> Sniff:
    if head.name.lower().endswith((".csv", ".tsv")):
        reason = "named as a table, but no row names columns that are known"
        return Sniff(score=40, reason=reason, hint=NAME_THEM)
    return NO
