"""Numbers of payment cards: 13 to 19 digits, the issuer's first, a check digit last (ISO/IEC 7812)."""

import re

from sopgen.language.personal.label import Label
from sopgen.language.personal.numeral import Numeral

_LENGTHS = range(13, 20)

_ISSUERS = re.compile(
    r"4"  # Visa
    r"|5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720"  # Mastercard
    r"|3[47]"  # American Express
    r"|35(?:2[89]|[3-8])"  # JCB
    r"|30[0-5]|3[689]"  # Diners Club
    r"|62|6011|64[4-9]|65"  # UnionPay, Discover
    r"|5018|50[23]0|5893|6304|67"  # Maestro
    r"|60(?:13|19|32)|1946|9360"  # debit cards of Indonesian banks
)

_EMBOSSED = (4, 4, 4, 4)
_OF_EMBOSSED = re.compile(r"4|5[1-5]|22[3-9]|2[3-6]|60(?:13|19|32)")


def is_card(numeral: Numeral, label: Label | None) -> bool:
    """Return whether a number is a card's: called one, or one by its issuer and check digit.

    Written in fours, as on the card, it is one by its issuer alone: people mistype and make up digits.
    """
    digits = numeral.digits
    if len(digits) not in _LENGTHS:
        return False
    if label is not None:
        return label is Label.CARD
    if tuple(len(group.digits) for group in numeral.groups) == _EMBOSSED and _OF_EMBOSSED.match(digits):
        return True
    return _ISSUERS.match(digits) is not None and _is_checked(digits)


def _is_checked(digits: str) -> bool:
    from stdnum import luhn  # noqa: PLC0415 -- it brings sockets, and few texts ask for it

    return bool(luhn.is_valid(digits))
