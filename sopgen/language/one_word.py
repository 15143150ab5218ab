r"""Patterns that find one whole word each: what they find in a text hangs on its words one by one.

Such a pattern stands between word boundaries and holds nothing but letters, digits and `_`. Most words of
cues are of this kind, alone or in alternatives: `\bma+f+(?:nya*)?\b`. Whether it finds a word has to be asked
once of each word, not of each text.
"""

import re
from collections.abc import Iterator

_OF_A_WORD = re.compile(
    r"(?:\\[bw]|[a-z0-9_]|\[(?:[a-z0-9]-[a-z0-9]|[a-z0-9_])+\]|\(\?:|\(|[)|*+?]|\{\d+(?:,\d*)?\})*"
)
_PART = re.compile(r"\\.|\[[^\]]*\]|.", re.DOTALL)
_BOUNDARY = r"\b"


def is_of_one_word(source: str) -> bool:
    """Return whether a pattern in the syntax of RE2 finds nothing but whole words; False when in doubt."""
    flagged = "(?" in source.replace("(?:", "")
    optional = re.search(r"\\b[*+?{]", source) is not None
    plain = _OF_A_WORD.fullmatch(source) is not None
    return plain and not flagged and not optional and _is_bounded(source)


def _is_bounded(source: str) -> bool:
    return all(_alternative_is_bounded(each) for each in _alternatives(source))


def _alternative_is_bounded(source: str) -> bool:
    if source.startswith("(?:") and _closing(source) == len(source) - 1:
        return _is_bounded(source[3:-1])
    return source.startswith(_BOUNDARY) and source.endswith(_BOUNDARY) and len(source) > 2 * len(_BOUNDARY)


def _parts(source: str) -> Iterator[tuple[int, str, int]]:
    """Yield the parts of a pattern: where each begins, itself, and how many brackets are open after it."""
    depth = 0
    for match in _PART.finditer(source):
        depth += (match[0] == "(") - (match[0] == ")")
        yield match.start(), match[0], depth


def _alternatives(source: str) -> list[str]:
    cuts = [at for at, part, depth in _parts(source) if part == "|" and depth == 0]
    return [source[start + 1 : end] for start, end in zip([-1, *cuts], [*cuts, len(source)], strict=True)]


def _closing(source: str) -> int:
    """Return where the first bracket of a pattern closes, -1 when it does not."""
    return next((at for at, part, depth in _parts(source) if part == ")" and depth == 0), -1)
