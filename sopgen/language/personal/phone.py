"""Telephone numbers, by the numbering plans that phonenumbers knows.

Numbers without a country are tried as Indonesian, and where their form is that of another country whose
customers write English (`_ABROAD`), as that country's; one cut as British mobiles are, as British alone. The
numbers of films and examples (555) are read as if they were somebody's: who makes up an example of a leak
writes them. Call centres and numbers that the called pays for (14xxx, 1500xxx, 0800, 0804) are nobody's.
"""

import functools
import re
from collections.abc import Iterator

from sopgen.language.personal.datum import DataKind, Datum
from sopgen.language.personal.label import Label
from sopgen.language.personal.numeral import Numeral

HOME = "ID"
_BRITISH = re.compile(r"07\d{9}")
_ABROAD = (
    (_BRITISH, "GB", "44"),
    (re.compile(r"04\d{8}"), "AU", "61"),
    (re.compile(r"01\d{8,9}"), "MY", "60"),
    (re.compile(r"0[789][01]\d{8}"), "NG", "234"),
    (re.compile(r"09\d{9}"), "PH", "63"),
)
_MADE_UP = re.compile(r"(?:1?[2-9]\d{2})?555\d{4,8}")
_FEWEST, _MOST = 8, 15
_MOST_GROUPS = 15  # a number read out digit by digit, which stands alone
_GROUPS_AMONG_OTHERS = 6
_NORTH_AMERICAN = (3, 3, 4)
_BRITISH_GROUP = 5
_CALLED = (None, Label.PHONE, Label.CARD)  # "kartu SIM 0811…"
_SERVICE = re.compile(r"0?14\d{3,4}|150\d{3,4}|1500\d{3,4}|0?80[04]\d+|1?8(?:00|33|44|55|66|77|88)\d{7}")
_LOCAL = range(7, 9)

Found = tuple[DataKind | None, str]
"""The kind of a valid number and its national form."""

_NOTHING: Found = (None, "")


def phones_in(numeral: Numeral, label: Label | None) -> Iterator[Datum]:
    """Yield the telephone numbers that a number of the text holds, one after another."""
    if label not in _CALLED or _SERVICE.fullmatch(numeral.digits):
        return
    at = 0
    while at < len(numeral.groups):
        found = _phone_from(numeral, at, label)
        if found is None:
            at += 1
            continue
        last, datum = found
        yield datum
        at = last + 1


def _phone_from(numeral: Numeral, first: int, label: Label | None) -> tuple[int, Datum] | None:
    """Return the last group and the datum of the best number that begins with group `first`."""
    opening = numeral.groups[first].digits
    if label is None and opening[0] not in "06" and len(opening) != 3 and not (numeral.plus and not first):
        return None
    for last in sorted(_ends(numeral, first), key=lambda last: (not _is_even(numeral, first, last), -last)):
        part = numeral.part(first, last)
        kind, value = _kind_and_value(part, label)
        if kind is not None:
            return last, Datum(kind, part.opening, part.end, value)
    return None


def _ends(numeral: Numeral, first: int) -> Iterator[int]:
    """Yield the groups with which a number that begins with group `first` can end."""
    count, total = 0, len(numeral.groups)
    reach = _MOST_GROUPS if total <= _MOST_GROUPS else _GROUPS_AMONG_OTHERS
    for last in range(first, min(total, first + reach)):
        count += len(numeral.groups[last].digits)
        if count > _MOST:
            return
        if count >= min(_LOCAL):
            yield last


def _is_even(numeral: Numeral, first: int, last: int) -> bool:
    """Return whether one and the same sign stands between the groups; the first may stand off."""
    return len({gap.strip() for gap in numeral.gaps[first + 1 : last]}) <= 1


def _kind_and_value(part: Numeral, label: Label | None) -> Found:
    digits = part.digits
    if _SERVICE.fullmatch(digits):
        return _NOTHING
    if part.plus or (digits.startswith("62") and len(digits) > _FEWEST):
        return _international(digits)
    if digits.startswith("0"):
        return _NOTHING if part.is_dated else _national(digits, is_british=_is_british(part))
    if len(part.groups) > 1 and _MADE_UP.fullmatch(digits):
        return DataKind.PHONE, digits
    if tuple(len(group.digits) for group in part.groups) == _NORTH_AMERICAN:
        return _looked_up(digits, "US")
    return _local(digits) if label is Label.PHONE else _NOTHING


def _local(digits: str) -> Found:
    """Return what a number is that is called a telephone number, but lacks the 0 or the area code."""
    if digits.startswith("8") and len(digits) > _FEWEST:
        return _looked_up(f"0{digits}", HOME)
    return (DataKind.LANDLINE, digits) if len(digits) in _LOCAL else _NOTHING


def _international(digits: str) -> Found:
    """Return the kind of a number with its country's code, no plus before it."""
    for form, _, code in _ABROAD:
        if digits.startswith(code) and form.fullmatch(f"0{digits.removeprefix(code)}"):
            return DataKind.PHONE, digits.removeprefix(code)
    return _looked_up(f"+{digits}", None)


def _is_british(part: Numeral) -> bool:
    """Return whether a number is written as British mobiles are, "07700 900118"; here 0770 is a place's."""
    return len(part.groups[0].digits) == _BRITISH_GROUP and _BRITISH.fullmatch(part.digits) is not None


def _national(digits: str, *, is_british: bool) -> Found:
    """Return the kind of a number with its 0; the form of a mobile abroad counts, even one not given out."""
    home = () if is_british else (HOME,)
    regions = (*home, *(region for form, region, _ in _ABROAD if form.fullmatch(digits)))
    found = (_looked_up(digits, region) for region in regions)
    unlisted = (DataKind.PHONE, digits[1:]) if len(regions) > len(home) else _NOTHING
    return next((each for each in found if each[0] is not None), unlisted)


@functools.lru_cache(maxsize=1 << 12)
def _looked_up(number: str, region: str | None) -> Found:
    import phonenumbers  # noqa: PLC0415  # 30 milliseconds, and most runs of a command see no number

    try:
        parsed = phonenumbers.parse(number, region)
    except phonenumbers.NumberParseException:
        return _NOTHING
    if not phonenumbers.is_valid_number(parsed):
        return _NOTHING
    kind = {
        phonenumbers.PhoneNumberType.MOBILE: DataKind.PHONE,
        phonenumbers.PhoneNumberType.PERSONAL_NUMBER: DataKind.PHONE,
        phonenumbers.PhoneNumberType.FIXED_LINE: DataKind.LANDLINE,
        phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE: DataKind.LANDLINE,
        phonenumbers.PhoneNumberType.VOIP: DataKind.LANDLINE,
    }.get(phonenumbers.number_type(parsed))
    return kind, str(parsed.national_number)
