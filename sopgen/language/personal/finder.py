"""All personal data of a text."""

import re
from collections.abc import Iterable, Iterator, Sequence

from sopgen.language.normal import Normal, normalise
from sopgen.language.personal.account import account_in, ibans_in
from sopgen.language.personal.address import addresses_in
from sopgen.language.personal.card import is_card
from sopgen.language.personal.datum import DataKind, Datum
from sopgen.language.personal.email import WRITTEN_OUT, emails_in
from sopgen.language.personal.identity import is_nik, is_npwp
from sopgen.language.personal.label import label_of
from sopgen.language.personal.numeral import Numeral, is_masked, numerals_in
from sopgen.language.personal.phone import phones_in
from sopgen.language.personal.plate import plates_in

_MAY_HOLD = re.compile(r"[\d@]")
_FEWEST_DIGITS = 7
_LINK = re.compile(r"(?:https?://|www\.)[^\s]{1,400}|\b[a-z0-9-]{1,63}\.[a-z]{2,10}/[^\s]{1,400}")
_TO_CALL = re.compile(r"^(?:https?://)?(?:wa\.me|api\.whatsapp\.com|chat\.whatsapp\.com)/")
_CODE_BEFORE = re.compile(r"(?:[a-z_][-/#]?|#)$")
_CALLING = re.compile(r"(?:wa\.me|phone=|hp|wa|telp|tlp|telpon|rek|nik|bca|bri|bni|no|nya|tel|ke|di)[-/]?$")
_CODE_AFTER = re.compile(r"(?!(?:ya|nya|yg|itu|an|dan|atau)\b)[a-z_@]")


def personal_data_in(text: str) -> tuple[Datum, ...]:
    """Return the personal data of a text in reading order; none overlaps another."""
    normal = normalise(text)
    return tuple(
        Datum(datum.kind, *normal.original(datum.start, datum.end), datum.value)
        for datum in folded_data_in(text, normal)
    )


def folded_data_in(
    text: str, normal: Normal, kinds: frozenset[DataKind] = frozenset(DataKind)
) -> tuple[Datum, ...]:
    """Return the same, those of some kinds, where they stand in the folded text."""
    if _MAY_HOLD.search(normal.text) is None and not any(sign in normal.text for sign in WRITTEN_OUT):
        return ()
    found = _found(normal.text, _capitals(text, normal), kinds)
    return tuple(_apart(sorted(found, key=lambda datum: (datum.start, -datum.end))))


def _found(text: str, original: str, kinds: frozenset[DataKind]) -> Iterator[Datum]:
    emails = tuple(emails_in(text))
    numbers = tuple(_numbers_in(text, emails))
    found = [*emails, *numbers]
    if DataKind.PLATE in kinds:
        found += plates_in(text, original)
    if not kinds.isdisjoint((DataKind.ADDRESS, DataKind.STREET)):
        found += addresses_in(text, original)
    return (datum for datum in found if datum.kind in kinds)


def _numbers_in(text: str, emails: Sequence[Datum]) -> Iterator[Datum]:
    numerals = tuple(numerals_in(text, fewest_characters=_FEWEST_DIGITS))
    if not numerals:
        return
    yield from ibans_in(text)
    taken = [(datum.start, datum.end) for datum in emails]
    taken += [match.span() for match in _LINK.finditer(text) if not _TO_CALL.match(match[0])]
    for numeral in _free(numerals, sorted(taken)):
        if sum(len(group.digits) for group in numeral.groups) >= _FEWEST_DIGITS:
            yield from _numbered(text, numeral)


def _numbered(text: str, numeral: Numeral) -> Iterator[Datum]:
    """Yield what a number of the text is; the first kind that fits is it."""
    if _is_code(text, numeral) or is_masked(text, numeral.start, numeral.end):
        return
    label = label_of(text, numeral.start)
    kinds = (
        (DataKind.NIK, is_nik(numeral, label)),
        (DataKind.NPWP, is_npwp(numeral, label)),
        (DataKind.CARD, is_card(numeral, label)),
    )
    whole = next((kind for kind, fits in kinds if fits), None)
    if whole is not None:
        yield Datum(whole, numeral.start, numeral.end, numeral.digits)
        return
    phones = tuple(phones_in(numeral, label))
    mobile = any(phone.kind is DataKind.PHONE for phone in phones)
    account = None if mobile else account_in(text, numeral, label)
    yield from (account,) if account is not None else phones


def _is_code(text: str, numeral: Numeral) -> bool:
    """Return whether letters or a # cling to the number, so that it is part of a code."""
    before, after = text[max(0, numeral.start - 8) : numeral.start], text[numeral.end : numeral.end + 5]
    glued = _CODE_BEFORE.search(before) is not None and _CALLING.search(before) is None
    return glued or _CODE_AFTER.match(after) is not None


def _free(numerals: Iterable[Numeral], taken: list[tuple[int, int]]) -> Iterator[Numeral]:
    """Yield the numbers that stand in none of the ranges, which are in order."""
    at = 0
    for numeral in numerals:
        while at < len(taken) and taken[at][1] <= numeral.start:
            at += 1
        if at == len(taken) or taken[at][0] >= numeral.end:
            yield numeral


def _apart(data: Iterable[Datum]) -> Iterator[Datum]:
    """Yield the data that overlap none before them."""
    end = 0
    for datum in data:
        if datum.start >= end:
            end = datum.end
            yield datum


def _capitals(text: str, normal: Normal) -> str:
    """Return the original character of every folded one."""
    return text if normal.starts is None else "".join(text[start] for start in normal.starts)
