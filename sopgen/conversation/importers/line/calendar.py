"""Lines that hold a date and nothing else, as LINE puts them above the messages of a day.

`2026.01.15 Thursday`, `2026/09/25(金)`, `Tue, 12/05/2026`, `2022/9/2（週五）`, `2026年1月15日 木曜日`: three
numbers and at most the name of a weekday. Years of the Buddhist era, which Thai phones write, become common.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sopgen.conversation.date_order import DateOrder, Evidence, date_in, date_order_of

_DATE = re.compile(
    r"(?P<before>[^\d\t]{0,24}?)"
    r"(?P<date>\d{1,4}\s?[./年년-]\s?\d{1,2}\s?[./月월-]\s?\d{1,4})\s?(?:日(?!曜)|일(?!요))?"
    r"(?P<after>[^\d\t]{0,24})"
)
_BUDDHIST = 543
_COMMON = 2400
"""Years from here on are of the Buddhist era."""

_BRACKETED = re.compile(r"[(（].{1,12}[)）]")
_NAMES = (
    "mon monday senin sen 月 月曜日 一 周一 週一 星期一 월 월요일 จ จันทร์ วันจันทร์ lun",
    "tue tues tuesday selasa sel 火 火曜日 二 周二 週二 星期二 화 화요일 อ อังคาร วันอังคาร",
    "wed wednesday rabu rab 水 水曜日 三 周三 週三 星期三 수 수요일 พ พุธ วันพุธ",
    "thu thur thurs thursday kamis kam 木 木曜日 四 周四 週四 星期四 목 목요일 พฤ พฤหัสบดี วันพฤหัสบดี",
    "fri friday jumat jum 金 金曜日 五 周五 週五 星期五 금 금요일 ศ ศุกร์ วันศุกร์",
    "sat saturday sabtu sab 土 土曜日 六 周六 週六 星期六 토 토요일 ส เสาร์ วันเสาร์",
    "sun sunday minggu min 日 日曜日 天 周日 週日 星期日 星期天 周天 일 일요일 อา อาทิตย์ วันอาทิตย์",
)
_WEEKDAYS = {word: number for number, words in enumerate(_NAMES) for word in words.split()}


@dataclass(frozen=True, slots=True)
class DateLine:
    """A date as written, three numbers with dots, and the weekday beside it (Monday is 0), None without."""

    written: str
    weekday: int | None


def date_line(line: str) -> DateLine | None:
    """Return the date of a line that holds one and at most a weekday, else None."""
    found = _DATE.fullmatch(line.strip())
    if found is None:
        return None
    words = _words(found["before"]) + _words(found["after"])
    weekdays = [_WEEKDAYS[word] for word in words if word in _WEEKDAYS]
    if len(words) > len(weekdays) and not (len(words) == 1 and _BRACKETED.fullmatch(found["after"].strip())):
        return None
    numbers = [_common(each) for each in re.findall(r"\d+", found["date"])]
    return DateLine(".".join(numbers), next(iter(weekdays), None))


def _words(text: str) -> list[str]:
    plain = re.sub(r"[^\w\u0e00-\u0e7f]+", " ", text.casefold().replace("'", ""))
    return plain.split()


def _common(number: str) -> str:
    return str(int(number) - _BUDDHIST) if len(number) == 4 and int(number) >= _COMMON else number


def order_of(lines: Iterable[DateLine], *, stated: str) -> DateOrder:
    """Return the order of the dates: what weekdays say, where they say anything, else as for any file."""
    dates = list(lines)
    order = date_order_of([each.written for each in dates], stated=stated)
    if order.evidence not in (Evidence.UNCLEAR, Evidence.STATED, Evidence.COURSE):
        return order
    fitting = Counter(name for each in dates for name in ("dmy", "mdy") if _is_on_its_day(each, name))
    best = [name for name, count in fitting.items() if count == max(fitting.values())]
    return DateOrder(order=best[0], evidence=Evidence.PARTS) if len(best) == 1 else order


def _is_on_its_day(line: DateLine, order: str) -> bool:
    day = day_of(line, order)
    return day is not None and line.weekday == day.weekday()


def day_of(line: DateLine, order: str) -> date | None:
    """Return the day, None where there is none in that order."""
    return date_in(line.written, order)
