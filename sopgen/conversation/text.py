"""Texts of messengers without what people never typed: invisible marks, odd spaces, odd line ends."""

import unicodedata

from sopgen.conversation.model import EXCERPT_LENGTH

MARK = "\u200e"
"""The left-to-right mark, which iPhones put before words that an app writes itself."""

_MARKS = "\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"
"""Other direction marks, and the byte order mark. Joiners (U+200D) stay: they hold emoji together."""

_CONTROLS = "".join(chr(code) for code in (*range(32), 127) if chr(code) not in "\n\t\r")
_SPACES = "\u00a0\u202f"
_CONTROL_BYTES = (_CONTROLS + "\r").encode()
_REPLACED = str.maketrans(dict.fromkeys(_SPACES, " ") | {"\r": "\n"} | dict.fromkeys(_MARKS + _CONTROLS, ""))


def clean(text: str) -> str:
    """Return the text in NFC, trimmed, with plain spaces and line ends and without marks and controls."""
    return composed(tidy(text).replace(MARK, "").strip())


def tidy(text: str) -> str:
    """Return a whole file's text cleaned of all but what may still mean something: MARK, outer blanks.

    It is not in NFC either: composing pays for the few texts that are not ASCII, not for a file.
    """
    if _is_odd(text):
        return text.replace("\r\n", "\n").translate(_REPLACED)
    return text


def composed(text: str) -> str:
    """Return the text in NFC."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def _is_odd(text: str) -> bool:
    """Return whether anything must go, quicker on a whole file than one pattern for all."""
    raw = text.encode(errors="surrogatepass")
    if len(raw.translate(None, _CONTROL_BYTES)) < len(raw):
        return True
    return not text.isascii() and any(map(text.__contains__, _MARKS + _SPACES))


def excerpt_of(raw: bytes | str) -> str:
    """Return the first EXCERPT_LENGTH characters on one line, controls shown as ·, for a SetAside."""
    head = raw[: EXCERPT_LENGTH * 4]
    text = head.decode("utf-8", errors="replace") if isinstance(head, bytes) else head
    shown = "".join(each if each.isprintable() else " " if each.isspace() else "·" for each in text.strip())
    return shown if len(shown) <= EXCERPT_LENGTH else shown[: EXCERPT_LENGTH - 1] + "…"
