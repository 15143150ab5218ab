"""Which files are pictures that a manual shows, by their names and first bytes."""

import re

SUFFIXES = frozenset({".png", ".jpg", ".jpeg", ".gif", ".webp"})
"""What their names end with. SVG can carry scripts: not one."""

LARGEST_ATTACHED = 8 * 2**20
"""Bytes of a picture or another file beside an SOP that a manual takes (8 MiB)."""

_STARTS = re.compile(
    rb"(?P<png>\x89PNG\r\n\x1a\n)|(?P<jpg>\xff\xd8\xff)|(?P<gif>GIF8[79]a)|(?P<webp>RIFF.{4}WEBP)", re.DOTALL
)


def picture_suffix(start: bytes) -> str:
    """Return the suffix of a picture whose first 16 bytes are `start`, ".jpg" of a JPEG; "" of no picture."""
    match = _STARTS.match(start)
    return f".{match.lastgroup}" if match else ""


def is_picture(suffix: str, start: bytes) -> bool:
    """Return whether a file that begins so is the picture that its suffix, in small letters, promises."""
    return suffix in SUFFIXES and picture_suffix(start) == suffix.replace(".jpeg", ".jpg")
