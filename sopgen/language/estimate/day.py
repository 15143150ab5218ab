"""Days in words, with the time of day beside them: "besok siang", "Jumat sebelum jam 12", "tgl 12 Maret"."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import re2

from sopgen.language.estimate.hour import PARTS, SaidTime, end_of, in_part, times_in
from sopgen.language.estimate.value import Ahead, Dated, Day, EndOf, Estimate, OnDay, Period, Weekday

_WEEKDAYS = {
    name: number
    for number, names in enumerate(
        (
            "senin|monday",
            "selasa|tuesday",
            "rabu|wednesday",
            "kamis|thursday",
            "jumat|jum'at|friday",
            "sabtu|saturday",
            "hari minggu|ahad|sunday",
        )
    )
    for name in names.split("|")
}
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            *("januari|january|jan", "februari|february|feb", "maret|march|mar", "april|apr", "mei|may"),
            *("juni|june|jun", "juli|july|jul", "agustus|august|agu|ags|aug", "september|sept|sep"),
            *("oktober|october|okt|oct", "november|nopember|nov", "desember|december|des|dec"),
        ),
        start=1,
    )
    for name in names.split("|")
}
_PART = "|".join(PARTS)
_MONTH = rf"(?P<month>{'|'.join(_MONTHS)})"
_NTH = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_LATER = " (?:minggu |pekan )?depan| next week"
_PART_AFTER = re.compile(rf"\s(?:hari\s)?(?P<part>{_PART})\b")
_NAMES = re.compile(r"\(\?P<\w+>")
_BETWEEN = re.compile(r"[^.!?;\n]{0,20}")

Found = tuple[Day, str | None]
"""A day, and the part of it that its words name."""


def _weekday(match: re.Match[str]) -> Found:
    later = match["next"] is not None or match["later"] is not None
    return Weekday(_WEEKDAYS[match["name"]], next_week=later), None


def _date(match: re.Match[str]) -> Found:
    groups = match.groupdict()
    month, year = groups.get("month"), groups.get("year")
    number = _MONTHS.get(month, 0) or int(month) if month else None
    return Dated(int(match["day"]), number, int(year) if year else None), None


def _part_of_today(match: re.Match[str]) -> Found:
    return Ahead(0), match["this"] or match["part"] or "night"


def _always(day: Day) -> Callable[[re.Match[str]], Found]:
    return lambda _: (day, None)


_READERS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Found]], ...] = tuple(
    (re.compile(rf"\b(?:{pattern})\b"), read)
    for pattern, read in (
        (r"(?:besok )?lusa|(?:the )?day after tomorrow", _always(Ahead(2))),
        ("besok|bsk|besuk|esok|tomorrow|tmrw|tmr", _always(Ahead(1))),
        (r"hari ini|hr ini|today|eod|(?:end|close) of (?:the |this )?(?:business )?day", _always(Ahead(0))),
        ("close of business", _always(Ahead(0))),
        (
            rf"(?:nanti|later this|this) (?P<this>{_PART})|(?P<part>{_PART}) (?:ini|nanti)|tonight",
            _part_of_today,
        ),
        (rf"(?P<next>next )?(?P<name>{'|'.join(_WEEKDAYS)})(?P<later>{_LATER})?", _weekday),
        (rf"(?:(?:tanggal|tgl) ?)?{_NTH} (?:of )?{_MONTH}(?: (?P<year>20\d\d))?", _date),
        (rf"{_MONTH} {_NTH}", _date),
        (r"(?:tanggal|tgl) ?(?P<day>\d{1,2})(?:[/-](?P<month>\d{1,2})(?:[/-](?P<year>20\d\d))?)?", _date),
        (
            "(?:akhir )?(?:minggu|pekan) depan|awal (?:minggu|pekan) depan|next week(?:end)?",
            _always(EndOf(Period.WEEK, 1)),
        ),
        ("(?:minggu|pekan) ini|akhir (?:minggu|pekan)", _always(EndOf(Period.WEEK))),
        ("this week(?:end)?|(?:the|end of (?:the|this)) week(?:end)?", _always(EndOf(Period.WEEK))),
        ("(?:akhir |awal )?bulan depan|next month", _always(EndOf(Period.MONTH, 1))),
        ("bulan ini|akhir bulan|this month|end of (?:the|this) month", _always(EndOf(Period.MONTH))),
    )
)
_ANY_DAY = re2.compile("|".join(_NAMES.sub("(", pattern.pattern) for pattern, _ in _READERS))
"""Whether any of them finds something, in one pass; most texts name no day."""


@dataclass(frozen=True, slots=True)
class _SaidDay:
    start: int
    end: int
    day: Day
    part: str | None


def days_in(text: str) -> Iterator[Estimate]:
    """Yield the days and the times of day that a folded text names, a day with the time beside it."""
    times = list(times_in(text))
    if _ANY_DAY.search(text) is None:
        yield from (_alone(time) for time in times)
        return
    for said in _said_days(text):
        time = next((each for each in times if _belongs(text, said, each)), None)
        if time is None:
            yield Estimate(said.start, said.end, OnDay(said.day, end_of(said.part)))
            continue
        times.remove(time)
        when = OnDay(said.day, in_part(time.time, said.part))
        yield Estimate(min(said.start, time.start), max(said.end, time.end), when)
    yield from (_alone(time) for time in times)


def _alone(time: SaidTime) -> Estimate:
    return Estimate(time.start, time.end, OnDay(None, time.time))


def _said_days(text: str) -> Iterator[_SaidDay]:
    found = []
    for pattern, read in _READERS:
        for match in pattern.finditer(text):
            day, part = read(match)
            after = None if part else _PART_AFTER.match(text, match.end())
            end = after.end() if after else match.end()
            found.append(_SaidDay(match.start(), end, day, after["part"] if after else part))
    reached = -1
    for said in sorted(found, key=lambda each: (each.start, -each.end)):
        if said.start >= reached:
            reached = said.end
            yield said


def _belongs(text: str, day: _SaidDay, time: SaidTime) -> bool:
    """Return whether the time stands beside the day, in the same sentence."""
    first, last = (day, time) if day.start < time.start else (time, day)
    return time.start < day.end or _BETWEEN.fullmatch(text[first.end : last.start]) is not None
