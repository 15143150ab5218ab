"""Numbers of payment cards: 13 to 19 digits, the issuer's first, a check digit last (ISO/IEC 7812)."""

import re

from stdnum import luhn

from sopgen.language.personal.label import Label

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


def is_card(digits: str, label: Label | None) -> bool:
    """Return whether the digits are a card's number: called one, or one by its issuer and check digit."""
    if len(digits) not in _LENGTHS:
        return False
    if label is Label.CARD:
        return True
    return label is None and _ISSUERS.match(digits) is not None and luhn.is_valid(digits)
