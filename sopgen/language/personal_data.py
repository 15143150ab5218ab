"""Personal data in texts, and texts without it.

First version: shapes only (e-mail, telephone, long numbers as cards, accounts and NIK). Amounts of money,
times and short numbers stay readable.
"""

import re

_EMAIL = r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}"
_BETWEEN = "[\\s.()/\u200b\u2060-]{0,3}"
_PHONE = rf"(?:\+62|\b62|\b0){_BETWEEN}8\d{{1,2}}(?:{_BETWEEN}\d{{2,4}}){{2,3}}\b"
_LANDLINE = r"\(0\d{2,3}\)\s?\d{3,4}[\s-]?\d{3,5}\b"
_INTERNATIONAL = rf"\+\d{{1,3}}(?:{_BETWEEN}\d{{2,4}}){{2,4}}\b"
_CARD = r"\b\d{4}(?:\.\d{4}){3}\b"
_LONG_NUMBER = r"(?<![\d.,])(?!\d{4}-\d{2}-\d{2}\b)\d(?:[ -]?\d){8,400}(?![\d.,]?\d)"
_NUMBER = "|".join((_PHONE, _LANDLINE, _INTERNATIONAL, _CARD, _LONG_NUMBER))
_SHAPES = re.compile(f"(?P<email>{_EMAIL})|(?P<number>{_NUMBER})")
_KEPT_DIGITS = 2


def mask_personal_data(text: str) -> str:
    """Return the text with e-mail addresses, telephone and long numbers masked, their length kept.

    The first letter of an e-mail address and the last two digits of a number stay, so that people can tell
    cases apart.
    """
    return _SHAPES.sub(_masked, text)


def _masked(match: re.Match[str]) -> str:
    if match["email"]:
        name, _, host = match[0].partition("@")
        return f"{name[0]}{'•' * (len(name) - 1)}@{'•' * len(host)}"
    digits = sum(character.isdigit() for character in match[0])
    return _mask_digits(match[0], digits - _KEPT_DIGITS)


def _mask_digits(text: str, count: int) -> str:
    """Return the text with its first `count` digits replaced."""
    out = []
    for character in text:
        if character.isdigit() and count > 0:
            count -= 1
            out.append("•")
        else:
            out.append(character)
    return "".join(out)
