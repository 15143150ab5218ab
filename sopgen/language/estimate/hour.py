"""Times of day in words: "jam 5 sore", "pukul 17.00 WIB", "before 5 pm", "noon", "tengah malam"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta

import re2

from sopgen.language.estimate.value import TimeOfDay

DAY_END = 24 * 60
_ABOUT_MINUTES = 59
"""How much later "jam 5 lewat" and "jam 5an" may be (our decision, 2026-11-22)."""

_LONGEST_BEFORE = 12
NOON = 12 * 60

PARTS = {
    name: hour
    for hour, names in (
        (11, "pagi"),
        (12, "morning"),
        (15, "siang"),
        (18, "sore|afternoon"),
        (19, "petang"),
        (24, "malam|evening|night"),
    )
    for name in names.split("|")
}
"""The hour by which a part of the day is over, the longer reading where people differ (ours, 2026-11-22)."""

_OFFSETS = {"wib": timedelta(hours=7), "wita": timedelta(hours=8), "wit": timedelta(hours=9)}
_PART = "|".join(PARTS)
_TO = r"\s?(?:[-–—]|sampai|s/d|sd|atau|to|or|and)\s?"
_HOUR = rf"(?:\d{{1,2}}(?:[.:]\d\d)?{_TO})?(?P<hour>\d{{1,2}})(?:[.:](?P<minute>\d\d))?"
_ABOUT = r"-?an|\s(?:lewat|lebih|kurang lebih)\w*"
_NAMED = re.compile(
    rf"(?<!\d)(?<!\d\s)(?<!setengah\s)\b(?:jam|pukul|pkl|jm)\.?\s?{_HOUR}(?![\d.:]\d)"
    rf"(?:\s(?P<part>{_PART}))?(?:\s?(?P<zone>{'|'.join(_OFFSETS)}))?(?P<about>{_ABOUT})?\b"
)
_HALVED = re.compile(rf"(?<![\d.:]){_HOUR}\s?(?P<half>am|pm|a\.m|p\.m|o'clock)\b")
_DIGITAL = re.compile(
    r"\b(?:by|before|until|around|at|sebelum|hingga|sampai|maksimal)\s(?P<hour>\d{1,2})[.:](?P<minute>\d\d)(?!\d)"
)
_AFTER = re.compile(r"\b(?:setelah|sesudah|habis|abis|selepas|mulai|after|past|from)\s$")
_NOON = re.compile(r"\b(?:noon|midday|tengah\shari)\b")
_MIDNIGHT = re.compile(r"\b(?:midnight|tengah\smalam)\b")


_ANY_TIME = re2.compile(
    r"\b(?:jam|pukul|pkl|jm)\.?\s?\d|\d\s?(?:am|pm|a\.m|p\.m|o'clock)\b|\d[.:]\d\d|noon|midday|midnight|tengah"
)
"""Whether a text can hold any of them, in one pass."""


@dataclass(frozen=True, slots=True)
class SaidTime:
    """A time of day at the half-open range [start, end) of a text."""

    start: int
    end: int
    time: TimeOfDay


def times_in(text: str) -> Iterator[SaidTime]:
    """Yield the times of day that a folded text names, in reading order."""
    if _ANY_TIME.search(text) is None:
        return
    found = [
        SaidTime(match.start(), match.end(), time)
        for pattern in (_NAMED, _HALVED, _DIGITAL, _NOON, _MIDNIGHT)
        for match in pattern.finditer(text)
        if (time := _time_of(match)) is not None
    ]
    reached = -1
    for each in sorted(found, key=lambda said: (said.start, -said.end)):
        if each.start >= reached:
            reached = each.end
            yield each


def end_of(part: str | None) -> TimeOfDay | None:
    """Return when a part of the day is over, None for no part."""
    return TimeOfDay(PARTS[part] * 60) if part else None


def in_part(time: TimeOfDay, part: str | None) -> TimeOfDay:
    """Return the time as it is meant in a part of the day: "sore jam 4" is 16:00."""
    if part is None or not time.halved:
        return time
    return replace(time, minutes=_halves(time.minutes, part), halved=False)


def _time_of(match: re.Match[str]) -> TimeOfDay | None:
    if match.re in (_NOON, _MIDNIGHT):
        return TimeOfDay(NOON if match.re is _NOON else DAY_END)
    groups = match.groupdict()
    hour, minute = int(match["hour"]), int(match["minute"] or 0)
    if hour > 24 or minute > 59:
        return None
    sure = hour > 12 or match["hour"].startswith("0")
    time = TimeOfDay(hour * 60 + minute, halved=not sure, offset=_OFFSETS.get(groups.get("zone") or ""))
    if _AFTER.search(match.string, max(0, match.start() - _LONGEST_BEFORE), match.start()):
        return TimeOfDay(DAY_END)
    if groups.get("about"):
        time = replace(time, minutes=time.minutes + _ABOUT_MINUTES)
    part = groups.get("part") or (groups.get("half") or "").replace(".", "")
    return in_part(time, part if part in ("am", "pm") or part in PARTS else None)


def _halves(minutes: int, part: str) -> int:
    """Return the minutes after midnight of a time up to 12:59; a night's small hours are the day after's."""
    hour = minutes // 60
    match part:
        case "am" | "pagi" | "morning":
            return minutes % NOON
        case "pm" | "sore" | "petang" | "afternoon" | "evening":
            return minutes % NOON + NOON
        case "siang":
            return minutes if hour in (10, 11) else minutes % NOON + NOON
    if hour == 12:
        return minutes + NOON
    return minutes + (DAY_END if hour < 4 else NOON)
