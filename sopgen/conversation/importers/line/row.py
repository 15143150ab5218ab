"""Where messages begin and end: rows of time, name and text, with tabs, or spaces as some computers write.

A text of several lines stands between quotation marks, or (older apps) just goes on in the next lines. A text
may also begin with a quotation mark of its own.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import time

from sopgen.conversation.importers.line.calendar import DateLine, date_line

_MORNING = ("am", "上午", "午前", "오전", "凌晨", "早上", "清晨")
_EVENING = ("pm", "下午", "午後", "오후", "中午", "晚上", "傍晚")
_HALF = "|".join((*_MORNING[1:], *_EVENING[1:], r"[ap]\.?\s?m\.?"))
_CLOCK = r"(?P<hour>[01]?\d|2[0-3])[:.](?P<minute>[0-5]\d)(?::[0-5]\d)?"
_TIME = rf"(?P<before>{_HALF})?\s?{_CLOCK}\s?(?P<after>{_HALF})?"
ROW = re.compile(rf"{_TIME}(?:(?P<tab>\t)| )(?P<rest>.*)", re.IGNORECASE)

_TITLES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"chat(?: history)? (?:with|in) (.+)",
        r"(?:riwayat|obrolan|percakapan)(?: obrolan| chat| percakapan)? (?:dengan|di|dalam) (.+)",
        r"(.+?)と?のトーク履歴",
        r"[與与](.+?)的聊天[記记紀][錄录]",
        r"(.+?)\s?的?聊天[記记紀][錄录]",
        r"ประวัติการ(?:สนทนา|แชท)(?:กับ|ใน)?\s*(.+)",
        r"(.+?)(?:님)?(?:과|와)?의 (?:대화|채팅)(?: ?(?:기록|내용))?",
    )
)
_PREFIX = "[LINE]"
_MOST_LINES = 500
"""Lines that a text between quotation marks may have where rows seem to stand in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A message as it stands in the file; `name` is None where no sender's column is there at all."""

    line: int
    at: time
    name: str | None
    text: str


def title_in(line: str) -> str:
    """Return whom or what the chat is with, from LINE's first line or its file's name; "" when neither."""
    plain = line.strip()
    words = plain.removeprefix(_PREFIX).strip()
    found = next((match for title in _TITLES if (match := title.fullmatch(words))), None)
    if found:
        return found[1].strip().strip('"“”「」').strip()
    return words if plain.startswith(_PREFIX) else ""


def rows_of(lines: Sequence[str], speakers: Iterable[str]) -> Iterator[Row | DateLine]:
    """Yield the dates and rows, in order. `speakers` are names known beforehand, for rows without tabs."""
    tabbed = any(found and found["tab"] for found in map(ROW.match, lines))
    starts = [_start(line, tabbed=tabbed) for line in lines]
    names = (
        [] if tabbed else _names_in([each["rest"] for each in starts if isinstance(each, re.Match)], speakers)
    )
    at = 0
    while at < len(lines):
        start = starts[at]
        if isinstance(start, re.Match):
            end = _end_of(lines, starts, at)
            yield _row(start, lines[at + 1 : end], at + 1, names)
            at = end
            continue
        if start is not None:
            yield start
        at += 1


def _start(line: str, *, tabbed: bool) -> "re.Match[str] | DateLine | None":
    found = ROW.match(line)
    if found and bool(found["tab"]) == tabbed:
        return found
    return date_line(line)


def _end_of(lines: Sequence[str], starts: Sequence[object], at: int) -> int:
    """Return where the row's text ends: at the next row or date, unless quotation marks hold that too.

    Between them a line may look like a date; it may look like a row only behind a line that does not.
    """
    end = next((k for k in range(at + 1, len(lines)) if starts[k] is not None), len(lines))
    first = lines[at].rpartition("\t")[2]
    if not first.startswith('"') or first.count('"') % 2 == 0:
        return end
    goes_on = any(line.strip() for line in lines[at + 1 : end])
    for k in range(at + 1, min(len(lines), at + _MOST_LINES)):
        if isinstance(starts[k], re.Match) and not goes_on:
            return end
        if lines[k].rstrip().endswith('"'):
            return max(k + 1, end) if k < end else k + 1
    return end


def _row(found: "re.Match[str]", more: Sequence[str], line: int, names: Sequence[str]) -> Row:
    name: str | None
    if found["tab"]:
        name, tab, text = found["rest"].partition("\t")
        name, text = (name, text) if tab else (None, name)
    else:
        name, text = _split(found["rest"], names)
    whole = "\n".join([text, *more]).strip()
    if more and len(whole) > 1 and whole.startswith('"') and whole.endswith('"'):
        whole = whole[1:-1]
    return Row(line=line, at=_time_of(found), name=name, text=whole)


def _time_of(found: "re.Match[str]") -> time:
    half = (found["before"] or found["after"] or "").lower().replace(".", "").replace(" ", "")
    hour = int(found["hour"])
    if half:
        hour = hour % 12 + (12 if half in _EVENING else 0)
    return time(hour, int(found["minute"]))


def _names_in(rests: Sequence[str], speakers: Iterable[str]) -> list[str]:
    """Return the names with which rows begin, longest first: those known, and what rows have in common."""
    known = sorted({each for each in speakers if each}, key=len, reverse=True)
    others: dict[str, list[list[str]]] = {}
    for rest in rests:
        words = rest.split(" ")
        if not any(rest == name or rest.startswith(f"{name} ") for name in known) and len(words) > 1:
            others.setdefault(words[0], []).append(words[:-1])
    found = [" ".join(_common(rows)) for rows in others.values() if len(rows) > 1]
    return sorted([*known, *found], key=len, reverse=True)


def _common(rows: Sequence[Sequence[str]]) -> Sequence[str]:
    shortest = min(rows, key=len)
    for count in range(1, len(shortest)):
        if any(row[count] != shortest[count] for row in rows):
            return shortest[:count]
    return shortest


def _split(rest: str, names: Sequence[str]) -> tuple[str | None, str]:
    """Return name and text of a row without tabs; no name where none is known to begin it."""
    for name in names:
        if rest == name or rest.startswith(f"{name} "):
            return name, rest[len(name) + 1 :]
    return None, rest
