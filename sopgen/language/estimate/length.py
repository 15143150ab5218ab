"""Lengths of time in words: "15 menit", "2-3 hari kerja", "1x24 jam", "sejam", "half an hour"."""

import math
import re
from collections.abc import Iterator
from datetime import timedelta

from sopgen.language.estimate.value import Days, Estimate, Lasting, Said

WORDS = {
    name: number
    for number, names in (
        (0.25, "seperempat"),
        (0.5, "setengah|half an|half a"),
        (1, "satu|one|an|a|the next|within the"),
        (1.5, "satu setengah|one and a half"),
        (2, "dua|two|a couple of"),
        *((3, "tiga|three"), (4, "empat|four"), (5, "lima|five"), (6, "enam|six"), (7, "tujuh|seven")),
        *((8, "delapan|eight"), (9, "sembilan|nine"), (10, "sepuluh|ten"), (11, "sebelas|eleven")),
        *((12, "dua belas|twelve"), (14, "empat belas|fourteen"), (15, "lima belas|fifteen")),
        *((20, "dua puluh|twenty"), (30, "tiga puluh|thirty"), (45, "empat puluh lima|forty five")),
    )
    for name in names.split("|")
}
UNITS = {
    "minute": "menit|mnt|mins?|minutes?",
    "hour": "jam|jm|hrs|hours?|h",
    "day": "hari|hr|days?",
    "week": "minggu|mgg|pekan|weeks?",
    "month": "bulan|bln|months?",
}
_MINUTES = {"minute": 1, "hour": 60}
_CALENDAR_DAYS = {"day": 1, "week": 7, "month": 31}
_WORKING_DAY = 8
"""Hours of a day in "16 jam kerja" (eight, as in a week of five days; our decision, 2026-11-22)."""

_NUMBER = rf"(?:\d{{1,4}}(?:[.,]\d{{1,2}})?|{'|'.join(sorted(WORDS, key=len, reverse=True))})"
TO = r"\s?(?:[-–—~/]|sampai|sampe|hingga|s/d|sd|atau|to|or|and)\s?"
_WORKING = r"(?P<half>\ssetengah)?(?P<working>\s(?:hari\s)?kerja|\soperasional)?"
_WORKING_BEFORE = r"(?P<business>(?:working|business)\s)?"
_UNIT = "|".join(f"(?P<{name}>{words})" for name, words in UNITS.items())
_LENGTH = re.compile(
    rf"(?<![\w.,])(?:(?P<low>{_NUMBER}){TO})?(?P<high>{_NUMBER})\s?{_WORKING_BEFORE}(?:{_UNIT})\b{_WORKING}"
)
_FULL_DAYS = re.compile(
    rf"(?<![\w.,])(?:\d{{1,2}}{TO})?(?P<days>\d{{1,2}})\s?[x×*]\s?24(?:\s?(?:jam|jm|hours?|hrs?)\b)?{_WORKING}"
)
_WORKDAYS = re.compile(
    rf"(?<![\w.,])(?:(?P<low>{_NUMBER}){TO})?(?P<high>{_NUMBER})\s?(?:hk|workdays?|workingdays?)\b"
)
_ONE = re.compile(
    rf"\bse-?(?:(?P<hour>jam)|(?P<day>hari)|(?P<week>minggu|pekan)|(?P<month>bulan))(?:an)?\b{_WORKING}"
)
_PATTERNS = (
    (_FULL_DAYS, ("24",)),
    (_WORKDAYS, ("hk", "workday", "workingday")),
    (_ONE, ("sejam", "sehari", "seminggu", "sepekan", "sebulan", "se-")),
    (_LENGTH, ("",)),
)
_PAST_BEFORE = re.compile(
    r"(?:sudah|udah|udh|sdh|telah|dari|sejak|hampir|selama ini|waited|waiting|been|past|last|since)\s"
    r"(?:(?:menunggu|nunggu|tunggu|lewat|lebih|dari|hampir|ada|sekitar|berjalan|waiting|over|for)\s){0,2}$"
)
_OPEN_BEFORE = re.compile(
    r"(?:buka|layanan|online|aktif|standby|melayani|open|available)\s(?:kami\s|for\s)?$"
)
_PAST_AFTER = re.compile(r"\s?(?:(?:yang|yg)\s)?(?:lalu|kemarin|sebelumnya|terakhir|ago|earlier)\b")
_STALLING = re.compile(r"(?:an?|one|1|satu|the)\s?(?:mins?|minutes?|mnt|menit)")
AND = re.compile(r"\s(?:dan\s|and\s|lebih\s)?")
_HOUR = timedelta(hours=1)
_LONGEST_BEFORE = 40


def lengths_in(text: str) -> Iterator[Estimate]:
    """Yield the lengths of time of a folded text that lie ahead; their ranges do not overlap."""
    held: Estimate | None = None
    taken = -1
    for match in sorted(_matches(text), key=lambda each: (each.start(), -each.end())):
        if match.start() < taken:
            continue
        taken = match.end()
        said = None if is_no_estimate(text, match) or _STALLING.fullmatch(match[0]) else _said(match)
        found = None if said is None else Estimate(match.start(), match.end(), said)
        joined = _joined(text, held, found)
        if held is not None and joined is None:
            yield held
        held = joined or found
    if held is not None:
        yield held


def _joined(text: str, one: Estimate | None, other: Estimate | None) -> Estimate | None:
    """Return both as one when they say one length together: "1 jam 30 menit"."""
    if one is None or other is None or not AND.fullmatch(text[one.end : other.start]):
        return None
    match one.said, other.said:
        case Lasting(longer), Lasting(shorter) if shorter < _HOUR <= longer:
            return Estimate(one.start, other.end, Lasting(longer + shorter))
    return None


def _matches(text: str) -> Iterator[re.Match[str]]:
    """Yield what the patterns find; a pattern whose words the text lacks is not tried."""
    for pattern, needed in _PATTERNS:
        if any(word in text for word in needed):
            yield from pattern.finditer(text)


def is_no_estimate(text: str, match: re.Match[str]) -> bool:
    """Return whether the length found lies in the past, or says how long the service is open."""
    before = text[max(0, match.start() - _LONGEST_BEFORE) : match.start()]
    backwards = _PAST_BEFORE.search(before) or _OPEN_BEFORE.search(before)
    return backwards is not None or _PAST_AFTER.match(text, match.end()) is not None


def _said(match: re.Match[str]) -> Said | None:
    groups = match.groupdict()
    working = bool(groups.get("working") or groups.get("business")) or match.re is _WORKDAYS
    if match.re is _FULL_DAYS:
        days = int(match["days"])
        return Days(days, working=True) if working else Lasting(timedelta(days=days))
    count = 1.0 if match.re is _ONE else _number(match["high"])
    unit = next((name for name in UNITS if groups.get(name)), "day")
    count += 0.5 if groups.get("half") else 0
    if unit in _MINUTES:
        minutes = count * _MINUTES[unit]
        return _working_hours(minutes) if working else Lasting(timedelta(minutes=minutes))
    return Days(math.ceil(count * _CALENDAR_DAYS[unit]), working=working)


def _working_hours(minutes: float) -> Days:
    return Days(max(1, math.ceil(minutes / 60 / _WORKING_DAY)), working=True)


def _number(written: str) -> float:
    return WORDS[written] if written in WORDS else float(written.replace(",", "."))
