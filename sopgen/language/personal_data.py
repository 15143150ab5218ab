"""Texts without personal data, for people to read.

What the recognisers of `personal` find is masked whosesoever it is, and so is every other long number: a code
may be a telephone number that is called one. Of a secret nothing is shown but its length. Amounts of money,
times and other short numbers stay readable.
"""

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from sopgen.language.normal import normalise
from sopgen.language.personal.datum import DataKind
from sopgen.language.personal.finder import folded_data_in
from sopgen.language.personal.numeral import long_numbers_in
from sopgen.language.personal.secret import logins_in, secrets_in

_KEPT_DIGITS = 2
_DOT = "•"
_KEPT_IN_EMAIL = frozenset("@ ()[]")


def mask_personal_data(text: str) -> str:
    """Return the text with personal data, secrets and long numbers masked, their length kept.

    Of a secret nothing stays. The first letter of an e-mail address or of an account's name, the last two
    digits of a number and the first word of an address ("Jl.") stay, so that people can tell cases apart.
    """
    out: list[str] = []
    at = 0
    for start, end, mask in sorted(_places(text), key=lambda each: (each[0], each[2] is not hide, each[1])):
        if end > at:
            begin = max(start, at)
            out += (text[at:begin], mask(text[begin:end]))
            at = end
    return "".join((*out, text[at:]))


def _places(text: str) -> Iterator[tuple[int, int, Callable[[str], str]]]:
    """Yield what is to be masked: where it stands, and how."""
    normal = normalise(text)
    for place in secrets_in(normal.text):
        yield *normal.original(*place), hide
    for place in logins_in(normal.text):
        yield *normal.original(*place), _mask_email
    for datum in folded_data_in(text, normal):
        yield *normal.original(datum.start, datum.end), _MASKS.get(datum.kind, _mask_digits)
    for place in long_numbers_in(normal.text):
        yield *normal.original(*place), _mask_digits


def hide(secret: str) -> str:
    """Return a secret of which nothing is to be read: dots in place of all its signs."""
    return "".join(character if character.isspace() else _DOT for character in secret)


def _mask_digits(number: str) -> str:
    """Return the number with all but its last digits replaced."""
    count = sum(map(str.isdigit, number)) - _KEPT_DIGITS
    out = []
    for character in number:
        hidden = character.isdigit() and count > 0
        count -= hidden
        out.append(_DOT if hidden else character)
    return "".join(out)


def _mask_email(address: str) -> str:
    """Return the address with its first letter and the signs between its parts."""
    rest = (character if character in _KEPT_IN_EMAIL else _DOT for character in address[1:])
    return address[0] + "".join(rest)


def _mask_words(words: str) -> str:
    """Return the words with the first of them, unless it is a number, as "Jl. •••••• ••"."""
    kept = next((at for at, character in enumerate(words) if not character.isalpha()), 0)
    return words[:kept] + "".join(_DOT if character.isalnum() else character for character in words[kept:])


_MASKS: Mapping[DataKind, Callable[[str], str]] = MappingProxyType(
    {
        DataKind.EMAIL: _mask_email,
        DataKind.MAILBOX: _mask_email,
        DataKind.ADDRESS: _mask_words,
        DataKind.STREET: _mask_words,
        DataKind.PLATE: _mask_words,
    }
)
