"""Our style sheets and scripts as they are sent: without remarks and indentation, which a phone pays for.

Only for files of this package, whose form is known: no string in a style sheet holds a brace, and no text in
a script goes over several lines.
"""

import re

_REMARK = re.compile(r"/\*.*?\*/", re.S)
_BREAK = re.compile(r"\s*\n\s*")
_AROUND = re.compile(r"\s*([{};,])\s*")
_VALUE = re.compile(r"(?<=[{;])([\w-]+):\s+")
_LINE = re.compile(r"(?m)^[ \t]*(?://.*)?(?:\n|\Z)|^[ \t]+")


def lean_style(css: str) -> str:
    """Return a style sheet that says the same in fewer bytes."""
    joined = _AROUND.sub(r"\1", _BREAK.sub("\n", _REMARK.sub("", css)))
    return _VALUE.sub(r"\1:", joined.replace(";}", "}")).strip() + "\n"


def lean_script(script: str) -> str:
    """Return a script without its remarks, empty lines and indentation; each statement keeps its line."""
    return _LINE.sub("", script)
