"""Texts of messengers without what people never typed: invisible marks, odd spaces, odd line ends."""

import re
import unicodedata

from sopgen.conversation.model import EXCERPT_LENGTH

MARK = "\u200e"
"""The left-to-right mark, which iPhones put before words that an app writes itself."""

_MARKS = "\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"
"""Other direction marks, and the byte order mark. Joiners (U+200D) stay: they hold emoji together."""

_CONTROLS = "".join(chr(code) for code in (*range(32), 127) if chr(code) not in "\n\t\r")
_SPACES = "\u00a0\u202f"
_ODD = re.compile(f"[{_MARKS}{re.escape(_CONTROLS)}\r{_SPACES}]")
_REPLACED = str.maketrans(dict.fromkeys(_SPACES, " ") | {"\r": "\n"} | dict.fromkeys(_MARKS + _CONTROLS, ""))


def clean(text: str) -> str:
    """Return the text in NFC, trimmed, with plain spaces and line ends and without marks and controls."""
    return tidy(text).replace(MARK, "").strip()


def tidy(text: str) -> str:
    """Return a whole file's text cleaned but for MARK and outer blanks, which may still mean something."""
    if _ODD.search(text):
        text = text.replace("\r\n", "\n").translate(_REPLACED)
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def excerpt_of(raw: bytes | str) -> str:
    """Return the first EXCERPT_LENGTH characters on one line, controls shown as ·, for a SetAside."""
    head = raw[: EXCERPT_LENGTH * 4]
    text = head.decode("utf-8", errors="replace") if isinstance(head, bytes) else head
    shown = "".join(each if each.isprintable() else " " if each.isspace() else "·" for each in text.strip())
    return shown if len(shown) <= EXCERPT_LENGTH else shown[: EXCERPT_LENGTH - 1] + "…"
