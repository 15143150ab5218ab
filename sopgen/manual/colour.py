"""Colours of a manual: what can be read on what, and the tints in between."""

import re
from dataclasses import dataclass

CONTRAST = 4.5
"""The least contrast of text and its ground: WCAG 2.2, success criterion 1.4.3 (level AA)."""

_HEX = re.compile(r"#([0-9a-fA-F]{3}|[0-9a-fA-F]{6})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Palette:
    """The colours that a theme may set, each `#rrggbb`.

    `accent` is that of links, numbers and frames, `ink` of text, `soft` of small print; `paper` is the ground
    of the page, `card` of what lies on it.
    """

    accent: str
    ink: str
    soft: str
    paper: str
    card: str


LIGHT = Palette(accent="#0b6259", ink="#1c2226", soft="#566068", paper="#faf9f6", card="#ffffff")
DARK = Palette(accent="#83cabd", ink="#e6e5e1", soft="#a6afb5", paper="#14181a", card="#1b2023")


def colour_of(written: str) -> str | None:
    """Return the colour as `#rrggbb` in small letters, or None when it is not `#rgb` or `#rrggbb`."""
    found = _HEX.fullmatch(written.strip())
    if found is None:
        return None
    digits = found[1].lower()
    return "#" + (digits if len(digits) == 6 else "".join(digit * 2 for digit in digits))


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, from 1 to 21 (WCAG 2.2)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def mixed(colour: str, ground: str, share: float) -> str:
    """Return the ground with a `share` (0 to 1) of the colour in it."""
    pairs = zip(_channels(colour), _channels(ground), strict=True)
    return "#" + "".join(f"{round(below + (above - below) * share):02x}" for above, below in pairs)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(channel / 255) for channel in _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
