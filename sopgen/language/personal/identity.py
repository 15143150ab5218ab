"""NIK and NPWP: numbers by which the state knows a person.

A NIK has 16 digits: the district of registration (6), the date of birth as DDMMYY with 40 added to a woman's
day, and a serial (4). An NPWP has 15 digits, or since 2024 16: a NIK, or the old number after a 0. python-
stdnum knows the districts and the check digit.
"""

from sopgen.language.personal.label import Label
from sopgen.language.personal.numeral import Numeral

_NIK_LENGTHS = (15, 16, 17)
_NPWP_LENGTHS = (15, 16)
_NPWP_FORM = (2, 3, 3, 1, 3, 3)


def is_nik(numeral: Numeral, label: Label | None) -> bool:
    """Return whether the number is a NIK: called one, be it a digit off, or one by its form."""
    digits = numeral.digits
    if label is Label.NIK:
        return len(digits) in _NIK_LENGTHS
    return label is None and len(digits) == 16 and _is_checked_nik(digits)


def is_npwp(numeral: Numeral, label: Label | None) -> bool:
    """Return whether the number is an NPWP: called one, or written in its form with the right check digit."""
    digits = numeral.digits
    if label is Label.NPWP:
        return len(digits) in _NPWP_LENGTHS
    written = tuple(len(group.digits) for group in numeral.groups) == _NPWP_FORM
    return label is None and written and _is_checked_npwp(digits)


def _is_checked_nik(digits: str) -> bool:
    from stdnum.id import nik  # noqa: PLC0415 -- stdnum brings sockets, and few texts ask for it

    return bool(nik.is_valid(digits))


def _is_checked_npwp(digits: str) -> bool:
    from stdnum.id import npwp  # noqa: PLC0415 -- as above

    return bool(npwp.is_valid(digits))
