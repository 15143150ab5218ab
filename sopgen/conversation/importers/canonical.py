"""Canonical JSON Lines: one conversation a line, in sopgen's own form (`sopgen.conversation.canonical_form`).

Texts are left as they stand, and keys that it does not know (`gold`, `status` …) are carried in `details`. A
broken line costs that line: CAN101 to CAN110. Remarks, one of each a file: CAN201, CAN202. Only marks of the
ids of a file are held (40 to 80 bytes a conversation), to tell repeated ones.
"""

from collections.abc import Container, Iterator
from dataclasses import dataclass

import orjson

from sopgen.base.diagnostic import Diagnostic, Level, Report
from sopgen.base.span import Span
from sopgen.conversation.canonical_form import Defaults, Remark, read_record
from sopgen.conversation.first_line import FirstLines
from sopgen.conversation.importer import NO, ExportFile, Head, Sniff, UnreadableError
from sopgen.conversation.line import LONGEST_LINE, Tick, read_lines
from sopgen.conversation.model import Reading, SetAside
from sopgen.conversation.options import ImportOptions
from sopgen.conversation.text import excerpt_of

_LINES_LOOKED_AT = 5
_OTHER_TEXTS = ("content", "message", "body")
_REMARKS = {
    "CAN201": (
        "messages out of order, sorted by time",
        "check the clock of the system that wrote the export",
    ),
    "CAN202": ("messages that share an id, told apart by a number", "give each message an id of its own"),
}

_TOO_LONG = f"the line is longer than {LONGEST_LINE // 2**20} MiB"
_SPLIT = "write one conversation a line, and split what is longer"


def sniff(head: Head) -> Sniff:
    """Return how sure it is: certain when half of the first lines are conversations in canonical form."""
    lines = [line for line in head.text.split("\n") if line.strip()][:_LINES_LOOKED_AT]
    known = sum(_is_conversation(line) for line in lines)
    if known:
        score = 95 if 2 * known >= len(lines) else 85
        return Sniff(score=score, reason="lines are objects with messages that have a role")
    if lines and _opens_conversation(lines[0]):
        return Sniff(score=65, reason="the first line opens an object with messages that have a role")
    return NO


def read(file: ExportFile, options: ImportOptions, report: Report, tick: Tick) -> Iterator[Reading]:
    """Yield the conversation, or the flaw, of each line that is not blank."""
    defaults = Defaults(zone=options.zone(), channel=options.channel or "other", team=options.team)
    met = FirstLines()
    remarks: dict[str, _Remarked] = {}
    made: list[str] = []
    with file.open() as stream:
        for number, raw in read_lines(stream, tick):
            position = f"line {number}"
            reading = _reading_of(raw, file.source, position, defaults, made.append)
            while made:
                remarks.setdefault(made.pop(), _Remarked(number)).count += 1
            yield _unless_seen(reading, met, number, raw)
    for code, remarked in sorted(remarks.items()):
        report(_remark(code, remarked, file.source))


@dataclass(slots=True)
class _Remarked:
    """The first line of which there is something to remark, and how many there are."""

    first: int
    count: int = 0


def _reading_of(raw: bytes, source: str, position: str, defaults: Defaults, remark: Remark) -> Reading:
    if len(raw) > LONGEST_LINE:
        return UnreadableError("CAN110", _TOO_LONG, _SPLIT).aside(raw, source=source, position=position)
    try:
        record = orjson.loads(raw)
    except orjson.JSONDecodeError as error:
        return _json_flaw(raw, error).aside(raw, source=source, position=position)
    return read_record(record, source=source, position=position, defaults=defaults, remark=remark)


def _json_flaw(raw: bytes, error: orjson.JSONDecodeError) -> UnreadableError:
    """Return what is wrong with the line, and what to do about it."""
    try:
        raw.decode()
    except UnicodeDecodeError as broken:
        reason = f"not UTF-8 at byte {broken.start + 1} of the line"
        return UnreadableError("CAN101", reason, "save the file as UTF-8")
    reason = f"not JSON at column {error.colno}: {error.msg}"
    hint = "write one JSON object a line"
    if not raw.endswith(b"\n"):
        hint = "export the file again: its last line seems to be cut off"
    return UnreadableError("CAN101", reason, hint)


def _unless_seen(reading: Reading, met: FirstLines, number: int, raw: bytes) -> Reading:
    """Return the reading, set aside when the file has had a conversation of that id."""
    if isinstance(reading, SetAside):
        return reading
    first = met.meet(reading.id, number)
    if first == number:
        return reading
    reason = f"the conversation '{excerpt_of(reading.id)}' is already on line {first}"
    repeated = UnreadableError("CAN104", reason, "give it another id, or leave out the copy")
    return repeated.aside(raw, source=reading.source, position=reading.position)


def _remark(code: str, remarked: _Remarked, source: str) -> Diagnostic:
    what, hint = _REMARKS[code]
    count = remarked.count
    return Diagnostic(
        code=code,
        level=Level.WARNING,
        span=Span(file=source, line=remarked.first),
        message=f"{what} (in {count} conversation{'s' if count > 1 else ''}, this one first)",
        hint=hint,
    )


def _opens_conversation(line: str) -> bool:
    """Return whether a line that is cut off begins a conversation."""
    if not (line.startswith("{") and '"messages"' in line and '"role"' in line):
        return False
    try:
        orjson.loads(line)
    except orjson.JSONDecodeError:
        return True
    return False


def _is_conversation(line: str) -> bool:
    try:
        record = orjson.loads(line)
    except orjson.JSONDecodeError:
        return False
    messages = record.get("messages") if isinstance(record, dict) else None
    if not isinstance(messages, list):
        return False
    return all(isinstance(each, dict) and _is_message(each) for each in messages[:_LINES_LOOKED_AT])


def _is_message(message: Container[str]) -> bool:
    """Return whether it has a role, and no text by another name: such are tables, which map names."""
    return "role" in message and ("text" in message or not any(name in message for name in _OTHER_TEXTS))
