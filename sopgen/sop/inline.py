"""What stands inside a paragraph: its marks, and what a reader sees of them.

Nearly all that authors write is plain words, or plain words and words in bold (`**Wajib** membalas …`). Those
are taken apart here, which costs a tenth of what the parser does; everything else is left to the parser.
"""

import re

from markdown_it import MarkdownIt

_MARKDOWN = MarkdownIt("commonmark").enable("table")
_BOLD = re.compile(r"\*\*(?<![^ \n]\*\*)([^\W_](?:[^\\`*_~\[<&\n]*[^\W_])?)\*\*(?=[ \n.,;:!?)]|\Z)")
"""Bold words that can be read in one way alone: between blanks, letters or digits at their own ends."""

_BEYOND_BOLD = re.compile(r"[\\`*_~\[<&]| \n|\n\Z")
"""What is left to the parser: other marks, and blanks before a line's end, which can mean a break."""


def cut_at_bold(markdown: str) -> tuple[str, ...] | None:
    """Return the text cut at its bold words, every second part being bold; None where it holds other marks.

    A line's end stays in the parts; the blanks after it mean nothing.
    """
    if "*" not in markdown:
        return None if _BEYOND_BOLD.search(markdown) else (markdown,)
    parts = _BOLD.split(markdown)
    return None if any(map(_BEYOND_BOLD.search, parts[::2])) else tuple(parts)


def plain_text(markdown: str) -> str:
    """Return what a reader sees of inline Markdown: no marks, one blank for a line break."""
    parts = cut_at_bold(markdown)
    seen = "".join(_seen(markdown) if parts is None else parts)
    return " ".join(seen.split())


def _seen(markdown: str) -> list[str]:
    parts = []
    for token in _MARKDOWN.parseInline(markdown)[0].children or []:
        if token.type in ("softbreak", "hardbreak"):
            parts.append(" ")
        elif token.type in ("text", "code_inline", "image"):
            parts.append(token.content)
    return parts
