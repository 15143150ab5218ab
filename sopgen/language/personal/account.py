"""Bank accounts: a number is one because a bank, the word for an account, or its holder stands beside it."""

import re

from sopgen.language.personal.datum import DataKind, Datum
from sopgen.language.personal.label import Label, lead_to
from sopgen.language.personal.numeral import Numeral

_LENGTHS = range(8, 19)
_NEAR = re.compile(
    r"\b(?:no)?(?:rek|rekening|norek)(?:nya|mu|ku)?\b|\b(?:bank|bca|bni|bri|mandiri|bsi|btn|cimb|danamon)\b"
    r"|\b(?:bank |savings? |current |checking )?(?:account|acct|a/c)(?: number| no\.?)?\b"
)
_VIRTUAL = re.compile(r"\bvirtual\b|\bva\b|\bbriva\b|\buser account\b|\baccount id\b")
_HOLDER = re.compile(r"[ ,.)(]{0,3}(?:a\.? ?n\b|a/n\b|atas nama\b|on behalf of\b|in the name of\b)")
_HOLDER_REACH = 20
_IBAN = re.compile(r"\b[a-z]{2}\d{2}(?: ?[a-z0-9]{4}){2,7}(?: ?[a-z0-9]{1,3})?\b")


def account_in(text: str, numeral: Numeral, label: Label | None) -> Datum | None:
    """Return the bank account that the number is, None when nothing beside it says so."""
    number = _number(numeral)
    if len(number.digits) not in _LENGTHS or label not in (None, Label.ACCOUNT):
        return None
    if label is None and (number.is_dated or _is_amount(number) or not _is_near_bank(text, number)):
        return None
    return Datum(DataKind.ACCOUNT, number.start, number.end, number.digits)


def ibans_in(text: str) -> list[Datum]:
    """Return the international account numbers of a text, by their check digits."""
    return [
        Datum(DataKind.ACCOUNT, *match.span(), match[0].replace(" ", ""))
        for match in _IBAN.finditer(text)
        if _is_iban(match[0])
    ]


def _is_iban(text: str) -> bool:
    from stdnum import iban  # noqa: PLC0415 -- it brings sockets, and few texts ask for it

    return bool(iban.is_valid(text))


def _number(numeral: Numeral) -> Numeral:
    """Return the first group when it is long enough alone, else all."""
    return numeral.part(0, 0) if len(numeral.groups[0].digits) in _LENGTHS else numeral


def _is_amount(number: Numeral) -> bool:
    """Return whether it is written as money (1.250.000)."""
    thousands = all(len(group.digits) == 3 for group in number.groups[1:])
    return bool(number.gaps) and thousands and all(gap == "." for gap in number.gaps)


def _is_near_bank(text: str, number: Numeral) -> bool:
    lead = lead_to(text, number.start)
    if _VIRTUAL.search(lead):
        return False
    after = text[number.end : number.end + _HOLDER_REACH]
    return _NEAR.search(lead) is not None or _HOLDER.match(after) is not None
