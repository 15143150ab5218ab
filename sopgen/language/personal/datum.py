"""One piece of personal data in a text."""

from dataclasses import dataclass
from enum import StrEnum


class DataKind(StrEnum):
    """What a piece of personal data is.

    `PHONE` is a mobile number, `LANDLINE` one that may be an office's. `MAILBOX` is the e-mail address of a
    task (support@, cs@) rather than of a person. `ADDRESS` locates a home by its form (RT/RW, block of an
    estate, flat), `STREET` is a street with a number, which may be an office's.
    """

    NIK = "nik"
    NPWP = "npwp"
    PHONE = "phone"
    LANDLINE = "landline"
    EMAIL = "email"
    MAILBOX = "mailbox"
    CARD = "card"
    ACCOUNT = "account"
    ADDRESS = "address"
    STREET = "street"
    PLATE = "plate"


@dataclass(frozen=True, slots=True)
class Datum:
    """A piece of personal data at the half-open range [start, end) of a text.

    `value` is what two texts are compared by: the digits of a number (a phone's without 0 or 62), an e-mail
    address in small letters, the words and numbers of an address with spaces between, a plate without them.
    """

    kind: DataKind
    start: int
    end: int
    value: str
