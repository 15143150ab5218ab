"""Text that was UTF-8 once and was then read in a one-byte encoding: `â€œ`, `Ã©`, `πŸ˜Š`.

Word processors and old exports leave such text behind. It is found by turning the characters back into bytes:
a lead byte of UTF-8 with its continuation bytes does not occur in text that people write.
"""

import re
from functools import cache

CODECS = ("cp1252", "cp1253", "cp1251")
"""The encodings it is read in by mistake: Western, Greek and Cyrillic Windows."""


def mojibake(line: str) -> tuple[int, str, str] | None:
    """Return column (from 1), characters and the mended text of the first mojibake in a line, or None.

    The mended text is "" when bytes of it were lost on the way.
    """
    if line.isascii():
        return None
    found = (each for each in (_first(line, codec) for codec in CODECS) if each is not None)
    return min(found, key=lambda each: (each[0], -len(each[1]), -len(each[2])), default=None)


def _first(line: str, codec: str) -> tuple[int, str, str] | None:
    suspect = _suspect(codec)
    for match in suspect.finditer(line):
        raw = bytes(_byte_of(codec)[character] for character in match[0])
        whole = raw[: _length(raw[0])]
        mended = _decoded(whole)
        if _is_likely(whole, mended):
            return match.start() + 1, match[0][: len(whole)], mended
    return None


def _is_likely(whole: bytes, mended: str) -> bool:
    """Return whether these bytes are mojibake, and not two letters that happen to meet (`ß»`)."""
    if len(whole) == 2:
        return bool(mended) and ord(mended) < 0x180
    return bool(mended) or (len(whole) > 1 and whole[1] < 0xA0 and whole[0] in (0xE2, 0xF0))


def _length(lead: int) -> int:
    return 2 if lead < 0xE0 else 3 if lead < 0xF0 else 4


def _decoded(raw: bytes) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return ""


@cache
def _byte_of(codec: str) -> dict[str, int]:
    """Return the byte of each character from 0x80; holes are filled from cp1252, then from Latin-1."""
    table: dict[str, int] = {}
    for byte in range(0x80, 0x100):
        for name in (codec, "cp1252", "latin-1"):
            try:
                character = bytes([byte]).decode(name)
            except UnicodeDecodeError:
                continue
            table.setdefault(character, byte)
            break
    return table


@cache
def _suspect(codec: str) -> re.Pattern[str]:
    """Return a pattern for one lead byte of UTF-8 and the continuation bytes behind it."""
    table = _byte_of(codec)
    leads = "".join(re.escape(each) for each, byte in table.items() if 0xC2 <= byte <= 0xF4)
    rest = "".join(re.escape(each) for each, byte in table.items() if byte < 0xC0)
    return re.compile(f"[{leads}][{rest}]{{1,3}}")
