"""Every length of time that a text names, promised or not: "90 detik", "dua puluh empat jam", "3–5 menit".

Unlike a promise, a demand also names seconds, and its ranges have two ends. Whoever compares a length with a
limit has to know which of them may well be something else; those are told apart (`Named.aside`).
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from sopgen.language.estimate.length import AND, TO, UNITS, WORDS, is_no_estimate
from sopgen.language.estimate.value import Named
from sopgen.language.normal import normalise

_ID_ONES = ("satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan")
_EN_ONES = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_EN_TEENS = ("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen")
_EN_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_NUMERALS: dict[str, float] = {
    **WORDS,
    **{f"{one} belas": 10 + n for n, one in enumerate(_ID_ONES[1:], start=2)},
    **{teen: 13 + n for n, teen in enumerate(_EN_TEENS)},
    **{f"{ten} puluh": 10 * n for n, ten in enumerate(_ID_ONES[1:], start=2)},
    **{ten: 20 + 10 * n for n, ten in enumerate(_EN_TENS)},
    **{
        f"{ten} puluh {one}": 10 * n + more
        for n, ten in enumerate(_ID_ONES[1:], start=2)
        for more, one in enumerate(_ID_ONES, start=1)
    },
    **{
        f"{ten} {one}": 20 + 10 * n + more
        for n, ten in enumerate(_EN_TENS)
        for more, one in enumerate(_EN_ONES, start=1)
    },
}
_VAGUE_NUMBERS = frozenset({"a", "an", "the next", "within the"})
_LENGTHS = {
    "second": timedelta(seconds=1),
    "minute": timedelta(minutes=1),
    "hour": timedelta(hours=1),
    "day": timedelta(days=1),
    "week": timedelta(weeks=1),
    "month": timedelta(days=31),
}
_SHORTEST_MONTH = timedelta(days=28)
_WHOLE_DAYS = frozenset({"day", "week", "month"})

_WORDED = "|".join(word.replace(" ", r"[\s-]") for word in sorted(_NUMERALS, key=len, reverse=True))
_NUMBER = rf"(?:\d{{1,4}}(?:[.,]\d{{1,2}})?|{_WORDED})"
_UNIT = "|".join(
    f"(?P<{name}>{words})" for name, words in {"second": "detik|dtk|secs?|seconds?", **UNITS}.items()
)
_NAMED = re.compile(
    rf"(?<![\w.,/⁄])(?:(?P<low>{_NUMBER}){TO})??(?P<high>{_NUMBER})[\s-]?"
    rf"(?:(?:working|business|calendar)\s)?(?:{_UNIT})\b(?P<half>\ssetengah\b)?"
)
_TIMES_24 = re.compile(
    rf"(?<![\w.,])(?:(?P<low>\d{{1,2}}){TO})?(?P<high>\d{{1,2}})\s?[x×*]\s?24(?:\s?(?:jam|jm|hours?|hrs?)\b)?"
)
_ONE_HOUR = re.compile(r"\bsejam\b(?P<half>\ssetengah\b)?")
_ONE_DAY = re.compile(r"\bse(?:(?P<day>hari)|(?P<week>minggu|pekan)|(?P<month>bulan))\b")

_CONDITION = re.compile(
    r"\b(?:bila|bilamana|jika|jikalau|apabila|kalau|kecuali|andai\w*|if|when|whenever|unless|except|where)\b"
    r"[^,;.!?]*$"
)
_NO_LIMIT_BEFORE = re.compile(
    r"\b(?:(?:jam|pukul|pkl|jm|per|(?:se)?ratus|(?:se)?ribu|hundred|thousand)\.?\s?(?:and\s|dan\s)?"
    r"|(?:garansi|warranty|guarantee|umur|usia|berumur|berusia|aged?|tenor|cicilan|masa (?!tunggu|respon)\w+|"
    r"langganan|subscription|riwayat|history|(?:se)?tiap hari)\b[^,;.!?\d]{0,20})$"
)
_NO_LIMIT_AFTER = re.compile(
    r"\s?(?:sebelum|before|prior|sekali|once|old|ke belakang|sehari|seminggu|per|setiap hari|"
    r"a day|a week|every day|nonstop|non-stop)\b"
)
_MEANT_AS_ONE = re.compile(r"\b(?:within|in|after|for|than|every)\s$")
_SO_LONG = re.compile(r"(?P<past>\b(?:sudah|udah|udh|sdh|telah)\s.{0,20})?\b(?:lebih|kurang)\sdari\s$")
_RANGE = re.compile(TO)
_FRACTIONS = frozenset("¼½¾")
_TIME_OF_DAY = re.compile(r"\d{1,2}[.]\d\d")
_LONGEST_BEFORE = 80
_HOUR, _MINUTE = timedelta(hours=1), timedelta(minutes=1)


def lengths_named_in(text: str) -> tuple[Named, ...]:
    """Return every length of time that the text names, in reading order; they do not overlap."""
    normal = normalise(text)
    found: list[Named] = []
    for each in _named(normal.text):
        joined = _joined(normal.text, found[-1], each) if found else None
        found[-1:] = [joined] if joined else [*found[-1:], each]
    places = (normal.original(each.start, each.end) for each in found)
    return tuple(
        replace(each, start=start, end=end, aside=each.aside or not _FRACTIONS.isdisjoint(text[start:end]))
        for each, (start, end) in zip(found, places, strict=True)
    )


def _named(text: str) -> Iterator[Named]:
    patterns = (_TIMES_24, _ONE_HOUR, _ONE_DAY, _NAMED)
    matches = [match for pattern in patterns for match in pattern.finditer(text)]
    reached = -1
    for match in sorted(matches, key=lambda each: (each.start(), -each.end())):
        if match.start() >= reached:
            reached = match.end()
            yield _read(text, match)


def _read(text: str, match: re.Match[str]) -> Named:
    groups = match.groupdict()
    unit = next((name for name in _LENGTHS if groups.get(name)), "hour")
    high = _number(groups.get("high") or "1") + (0.5 if groups.get("half") else 0)
    low = _number(groups["low"]) if groups.get("low") else high
    if match.re is _TIMES_24:
        low, high = 24 * low, 24 * high
    length = _LENGTHS[unit]
    return Named(
        start=match.start(),
        end=match.end(),
        least=min(low, high) * (_SHORTEST_MONTH if unit == "month" else length),
        most=max(low, high) * length,
        in_days=unit in _WHOLE_DAYS,
        aside=_is_aside(text, match, in_days=unit in _WHOLE_DAYS),
    )


def _is_aside(text: str, match: re.Match[str], *, in_days: bool) -> bool:
    before = text[max(0, match.start() - _LONGEST_BEFORE) : match.start()]
    written = match.groupdict().get("high") or ""
    is_time = not in_days and _TIME_OF_DAY.fullmatch(written) is not None
    return (
        is_time
        or "/" in match[0]
        or match.re is _ONE_DAY
        or (written in _VAGUE_NUMBERS and _MEANT_AS_ONE.search(before) is None)
        or (is_no_estimate(text, match) and not _is_bound(before))
        or _CONDITION.search(before) is not None
        or _NO_LIMIT_BEFORE.search(before) is not None
        or _NO_LIMIT_AFTER.match(text, match.end()) is not None
    )


def _is_bound(before: str) -> bool:
    """Return whether the words before a length say that it is the most or the least: "lebih dari"."""
    found = _SO_LONG.search(before)
    return found is not None and found["past"] is None


def _joined(text: str, one: Named, other: Named) -> Named | None:
    """Return both as one if they say one length ("1 jam 30 menit") or a range ("30 menit sampai 1 jam")."""
    between = text[one.end : other.start]
    if _RANGE.fullmatch(between) and one.least <= other.most:
        in_days, aside = one.in_days or other.in_days, one.aside or other.aside
        return replace(one, end=other.end, most=other.most, in_days=in_days, aside=aside)
    is_rest = not other.in_days and other.most < (_HOUR if one.least >= _HOUR else _MINUTE) <= one.least
    if one.in_days or not is_rest or not AND.fullmatch(between):
        return None
    return replace(one, end=other.end, least=one.least + other.least, most=one.most + other.most)


def _number(written: str) -> float:
    plain = re.sub(r"[\s-]", " ", written)
    return _NUMERALS[plain] if plain in _NUMERALS else float(written.replace(",", "."))
