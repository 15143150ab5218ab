"""The records of a JSON file: lines, an array, an array in an object, or the file as a whole; streamed.

    {"id": …} a line                  each object is a record                line 1, line 2 …
    [{"id": …}, {"id": …}]            each element is a record               [0], [1] …
    {"users": […], "tickets": [{…}]}  each element of a named list is one    tickets[0] …
    {"ticket": {…}, "comments": […]}  the object is the record               ""

Which lists hold records is the importer's to say (`lists`, dotted where nested: "chats.list"); what it needs
from beside them (`sides`: "users") is gathered before, wherever it stands in the file.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any

import orjson

from sopgen.conversation.document.mending import closed
from sopgen.conversation.document.scan import LONGEST_VALUE, Scanner, Slice
from sopgen.conversation.importer import ExportFile, Head, UnreadableError
from sopgen.conversation.line import LONGEST_LINE, Tick, no_tick, read_lines
from sopgen.conversation.model import SetAside

Repair = Callable[[bytes], bytes]
"""Returns a record without the flaws that a platform is known to write; called only where parsing failed."""

_MOST_HELD = 1 << 25
"""Bytes of a document that is parsed as a whole (32 MiB), four times as fast as cutting it up first."""

_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One record: its value, where it stands, what stands beside its list, whether the file ends in it."""

    value: Any
    position: str
    sides: Mapping[str, Any] = field(default_factory=dict)
    is_cut: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How the records of a file are found. What `sides` names is held in memory."""

    source: str
    lists: tuple[str, ...] = ()
    sides: tuple[str, ...] = ()
    repair: Repair | None = None


def records_of(
    file: ExportFile,
    tick: Tick = no_tick,
    *,
    lists: tuple[str, ...] = (),
    sides: tuple[str, ...] = (),
    repair: Repair | None = None,
) -> Iterator[Record | SetAside]:
    """Yield the records of the file, in order; a broken one set aside under JSN101, JSN102 or JSN103."""
    plan = Plan(source=file.source, lists=lists, sides=sides, repair=repair)
    if is_lines(file.head):
        yield from _lines(file, plan, tick)
        return
    value = _held(file, tick)
    if value is not None:
        elements = [("", value)]
        if isinstance(value, list):
            elements = [(f"[{index}]", each) for index, each in enumerate(value)]
        for position, each in elements:
            yield from _unfolded(each, position, plan, {})
        return
    beside: dict[str, Any] = {}
    if sides and lists:
        with file.open() as stream:
            beside = _Pass(Scanner(stream), plan).sides()
    with file.open() as stream:
        yield from _Pass(Scanner(stream, tick), plan, beside).records()


def _held(file: ExportFile, tick: Tick) -> Any:
    """Return the value of a document that is sound and small enough to be held; None otherwise."""
    with file.open() as stream:
        raw = stream.read(_MOST_HELD + 1).removeprefix(b"\xef\xbb\xbf")
    if len(raw) > _MOST_HELD:
        return None
    try:
        value = orjson.loads(raw)
    except orjson.JSONDecodeError:
        return None
    tick(len(raw))
    return value if isinstance(value, dict | list) else None


def is_lines(head: Head) -> bool:
    """Return whether the first line is a JSON object by itself and the next line begins another one."""
    lines = list(islice((line for line in head.text.split("\n") if line.strip()), 2))
    if len(lines) < 2 or not lines[0].lstrip().startswith("{") or not lines[1].lstrip().startswith("{"):
        return False
    try:
        return isinstance(parsed(lines[0].encode(errors="replace")), dict)
    except ValueError:
        return False


def parsed(raw: bytes, repair: Repair | None = None) -> Any:
    """Return the value that the bytes hold; ValueError where they hold none, however they are taken.

    What orjson refuses, the lenient parser may still know: NaN, control characters, half of a surrogate pair.
    """
    try:
        return orjson.loads(raw)
    except orjson.JSONDecodeError as error:
        text = (repair(raw) if repair is not None else raw).decode("utf-8", errors="replace")
        try:
            return _without_surrogates(json.loads(text, strict=False))
        except (ValueError, RecursionError):
            raise error from None


def _without_surrogates(value: Any) -> Any:
    """Return the value with U+FFFD for half characters, which no file could be written with."""
    text = json.dumps(value, ensure_ascii=False)
    return json.loads(_SURROGATE.sub("\ufffd", text)) if _SURROGATE.search(text) else value


def _lines(file: ExportFile, plan: Plan, tick: Tick) -> Iterator[Record | SetAside]:
    with file.open() as stream:
        for number, raw in read_lines(stream, tick):
            whole = Slice(raw=raw, whole=raw.endswith(b"\n"), too_long=len(raw) > LONGEST_LINE)
            yield from _expanded(whole, f"line {number}", plan, {})


def _expanded(
    piece: Slice, position: str, plan: Plan, beside: Mapping[str, Any]
) -> Iterator[Record | SetAside]:
    """Yield the record that the bytes hold, or each record of the list that they hold."""
    if piece.too_long:
        flaw = UnreadableError("JSN103", "the record is too long to be one conversation", "split the export")
        yield flaw.aside(piece.raw, source=plan.source, position=position)
        return
    try:
        value = parsed(piece.raw, plan.repair)
    except ValueError as error:
        yield _flaw(piece, error).aside(piece.raw, source=plan.source, position=position)
        return
    yield from _unfolded(value, position, plan, beside)


def _unfolded(value: Any, position: str, plan: Plan, beside: Mapping[str, Any]) -> Iterator[Record]:
    """Yield the value as a record, or each record of the lists in it."""
    found = False
    for path in plan.lists if isinstance(value, dict) else ():
        held = at_path(value, path)
        if isinstance(held, list):
            sides = {name: value[name] for name in plan.sides if name in value}
            for index, each in enumerate(held):
                yield Record(value=each, position=f"{position} {path}[{index}]".strip(), sides=sides)
            found = True
    if not found:
        yield Record(value=value, position=position, sides=beside)


def at_path(value: Any, path: str) -> Any:
    """Return what stands in an object under a dotted path, None when nothing does."""
    for key in path.split("."):
        value = value.get(key) if isinstance(value, dict) else None
    return value


def _flaw(piece: Slice, error: ValueError) -> UnreadableError:
    """Return why the bytes are no record: JSN102 the file ends in it, JSN101 otherwise."""
    if not piece.whole:
        return UnreadableError("JSN102", "the file ends in the middle of this record", "export it again")
    column = f" at its character {error.colno}" if isinstance(error, json.JSONDecodeError) else ""
    what = error.msg if isinstance(error, json.JSONDecodeError) else str(error)
    return UnreadableError("JSN101", f"not JSON{column}: {what}", "mend the record, or export it again")


class _Pass:
    """One pass over a document that is not lines."""

    def __init__(self, scanner: Scanner, plan: Plan, beside: Mapping[str, Any] | None = None) -> None:
        self._scanner = scanner
        self._plan = plan
        self._beside = beside or {}
        self._parents = {path.rpartition(".")[0] for path in plan.lists} - {""}

    def records(self) -> Iterator[Record | SetAside]:
        """Yield the records of the whole document."""
        number = 0
        while start := self._scanner.peek():
            if start in (b",", b"]", b"}", b":"):  # litter between documents
                self._scanner.take()
                continue
            number += 1
            position = f"record {number}" if number > 1 else ""
            if start == b"[":
                yield from self._elements(position)
            elif start == b"{":
                yield from self._object("", position)
            else:
                yield from _expanded(self._scanner.value(), position, self._plan, self._beside)

    def sides(self) -> dict[str, Any]:
        """Return the members of the outermost object that the plan names as sides."""
        found: dict[str, Any] = {}
        if self._scanner.peek() != b"{":
            return found
        self._scanner.take()
        while (key := self._key()) is not None:
            piece = self._scanner.value(None if key in self._plan.sides else 0)
            if key in self._plan.sides and piece.whole and not piece.too_long:
                try:
                    found[key] = parsed(piece.raw, self._plan.repair)
                except ValueError:
                    continue
        return found

    def _elements(self, path: str) -> Iterator[Record | SetAside]:
        self._scanner.take()
        index = 0
        while (start := self._scanner.peek()) not in (b"", b"]"):
            if start in (b",", b"}", b":"):
                self._scanner.take()
                continue
            yield from _expanded(self._scanner.value(), f"{path}[{index}]", self._plan, self._beside)
            index += 1
        self._scanner.take()

    def _object(self, path: str, position: str) -> Iterator[Record | SetAside]:
        """Yield the records of the object's lists; the object itself where it has none."""
        members: list[bytes] = []
        length, found = 0, False
        self._scanner.take()
        while (key := self._key()) is not None:
            name = f"{path}.{key}" if path else key
            start = self._scanner.peek()
            if name in self._plan.lists and start == b"[":
                found = True
                yield from self._elements(f"{position} {name}".strip())
            elif name in self._parents and start == b"{":
                found = True
                yield from self._object(name, position)
            elif not found:
                piece = self._scanner.value()
                members.append(orjson.dumps(key) + b":" + piece.raw)
                length += len(piece.raw)
            else:
                self._scanner.value(0)
        whole = self._scanner.take() == b"}"
        if not found and not path:
            raw = b"{" + b",".join(members) + b"}" * whole
            yield from self._outermost(Slice(raw=raw, whole=whole, too_long=length > LONGEST_VALUE), position)

    def _outermost(self, piece: Slice, position: str) -> Iterator[Record | SetAside]:
        """Yield the object that the whole file is; where the file breaks off, what stands before that."""
        if piece.whole or position:
            yield from _expanded(piece, position, self._plan, self._beside)
            return
        for record in _expanded(Slice(raw=closed(piece.raw)), position, self._plan, self._beside):
            if isinstance(record, Record):
                yield replace(record, is_cut=True)
            else:
                yield record

    def _key(self) -> str | None:
        """Return the next key of an object, having stepped over its colon; None where the object ends."""
        while (start := self._scanner.peek()) not in (b"}", b""):
            if start != b'"':
                self._scanner.value(0) if start in (b"{", b"[") else self._scanner.take()
                continue
            raw = self._scanner.value().raw
            if self._scanner.peek() == b":":
                self._scanner.take()
                return raw[1:-1].decode("utf-8", errors="replace")
        return None
