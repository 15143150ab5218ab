"""What of the machine shapes a PDF: the libraries that set its text, and the font that its emoji come from.

They are asked directly, without the renderer: a build that finds nothing changed shall not load it. What a
machine does not have is "".
"""

import ctypes
import os
from functools import lru_cache
from pathlib import Path

_LIBRARIES = {
    "pango": (("libpango-1.0.so.0", "libpango-1.0.dylib", "libpango-1.0-0.dll"), "pango_version_string"),
    "harfbuzz": (("libharfbuzz.so.0", "libharfbuzz.0.dylib", "libharfbuzz-0.dll"), "hb_version_string"),
    "subset": (
        ("libharfbuzz-subset.so.0", "libharfbuzz-subset.0.dylib", "libharfbuzz-subset-0.dll"),
        "hb_version_string",
    ),
}
"""Each library by the names that it has on Linux, macOS and Windows, and what says its version."""

_FONTCONFIG = ("libfontconfig.so.1", "libfontconfig.1.dylib", "libfontconfig-1.dll")
_MATCH_PATTERN = 0
"""FcMatchPattern of fontconfig."""


@lru_cache(maxsize=1)
def machine() -> tuple[str, ...]:
    """Return the versions of the libraries, and name, size and time of the font that emoji are drawn with."""
    versions = (f"{name} {_version(*where)}" for name, where in _LIBRARIES.items())
    return (*versions, _identity(_emoji_font()))


def _version(names: tuple[str, ...], asks: str) -> str:
    library = _loaded(names)
    if library is None:
        return ""
    ask = getattr(library, asks)
    ask.restype = ctypes.c_char_p
    return (ask() or b"").decode("ascii", "replace")


def _loaded(names: tuple[str, ...]) -> ctypes.CDLL | None:
    for name in names:
        try:
            return ctypes.CDLL(name)
        except OSError:
            continue
    return None


def _emoji_font() -> str:
    """Return the file that the system draws emoji with."""
    config = _loaded(_FONTCONFIG)
    if config is None:
        return ""
    for each in ("FcNameParse", "FcFontMatch"):
        getattr(config, each).restype = ctypes.c_void_p
    pattern = ctypes.c_void_p(config.FcNameParse(b"emoji"))
    config.FcConfigSubstitute(None, pattern, _MATCH_PATTERN)
    config.FcDefaultSubstitute(pattern)
    font = ctypes.c_void_p(config.FcFontMatch(None, pattern, ctypes.byref(ctypes.c_int())))
    file = ctypes.c_char_p()
    if font.value:
        config.FcPatternGetString(font, b"file", 0, ctypes.byref(file))
    found = os.fsdecode(file.value or b"")
    for made in filter(lambda each: each.value, (pattern, font)):
        config.FcPatternDestroy(made)
    return found


def _identity(path: str) -> str:
    try:
        about = Path(path).stat()
    except OSError:
        return path
    return f"{path} {about.st_size} {about.st_mtime_ns}"
