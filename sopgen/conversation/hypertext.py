"""HTML of messages as text: a line for each paragraph, links by their label, nothing that is not read.

Pictures of emoji count as these; what a reply repeats of another message (Teams) is left out. p, div, li, tr
and headings stand on lines of their own, br ends one; blank lines are never doubled. White
space counts as in a browser, except in pre. No tree is built, so depth costs nothing.
"""

import re
from html import unescape
from html.parser import HTMLParser

from sopgen.conversation.text import clean

_BLOCKS = frozenset(
    {"address", "article", "aside", "blockquote", "center", "dd", "details", "div", "dl", "dt", "fieldset"}
    | {"figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav"}
    | {"ol", "p", "pre", "section", "summary", "table", "tbody", "tfoot", "thead", "tr", "ul"}
)
_UNREAD = frozenset({"head", "script", "style", "template", "title", "noscript", "iframe", "object"})
_CELLS = frozenset({"td", "th"})
_SPACES = re.compile(r"[ \t\r\n\f]+")
_BLANKS = re.compile(r"\n{3,}")
_MARKUP = re.compile(r"<(?:[a-zA-Z!/?])|&(?:#\d+|#[xX][0-9a-fA-F]+|[a-zA-Z][a-zA-Z0-9]*);")
_LONGEST = 1 << 22
_PICTURES = frozenset({"img", "emoji"})
_LONGEST_EMOJI = 16
_REPLY = "schema.skype.com/Reply"


def text_of_html(html: str) -> str:
    """Return the text that a reader of the HTML sees, cleaned; never fails."""
    if not _MARKUP.search(html):
        return clean(_SPACES.sub(" ", html))
    reader = _Reader()
    reader.feed(html[:_LONGEST])
    reader.close()
    return clean(_BLANKS.sub("\n\n", "\n".join(line.strip(" \t\u00a0\u202f") for line in reader.lines())))


class _Reader(HTMLParser):
    """Gathers lines; an unfinished line is the last of them."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._done: list[str] = []
        self._line = ""
        self._unread = 0
        self._repeated = 0
        self._pre = 0

    def lines(self) -> list[str]:
        """Return the lines."""
        return [*self._done, self._line]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a line for a block, end one for br, and leave out what is not read."""
        if tag == "blockquote" and (self._repeated or _is_repeated(attrs)):
            self._repeated += 1
        elif tag in _UNREAD:
            self._unread += 1
        elif tag in _PICTURES:
            self.handle_data(_emoji_in(attrs))
        elif tag == "br":
            self._end_line()
        elif tag in _BLOCKS:
            self._fresh_line()
            self._pre += tag == "pre"
        elif tag in _CELLS and self._line.strip():
            self._line += "\t"

    def handle_endtag(self, tag: str) -> None:
        """End a block's line."""
        if tag == "blockquote" and self._repeated:
            self._repeated -= 1
        elif tag in _UNREAD:
            self._unread = max(0, self._unread - 1)
        elif tag in _BLOCKS:
            self._fresh_line()
            self._pre = max(0, self._pre - (tag == "pre"))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Treat <br/> as <br>, and nothing as unread that closes itself."""
        if tag not in _UNREAD:
            self.handle_starttag(tag, attrs)

    def handle_data(self, data: str) -> None:
        """Add words to the line."""
        if self._unread or self._repeated:
            return
        if not self._pre:
            words = _SPACES.sub(" ", data)
            self._line += words.lstrip(" ") if self._line[-1:] in ("", " ") else words
            return
        first, *rest = data.replace("\r\n", "\n").split("\n")
        self._line += first
        for line in rest:
            self._end_line()
            self._line = line

    def _end_line(self) -> None:
        self._done.append(self._line)
        self._line = ""

    def _fresh_line(self) -> None:
        if self._line.strip(" "):
            self._end_line()
        self._line = ""


def _is_repeated(attributes: list[tuple[str, str | None]]) -> bool:
    """Return whether a quotation is the message that is replied to, which another has said."""
    return any(name == "itemtype" and _REPLY in (value or "") for name, value in attributes)


def _emoji_in(attributes: list[tuple[str, str | None]]) -> str:
    """Return the emoji that a picture stands for, "" for any other picture."""
    alt = dict(attributes).get("alt") or ""
    return alt if len(alt) <= _LONGEST_EMOJI and not alt.isascii() and not any(map(str.isalnum, alt)) else ""


def unescaped(text: str) -> str:
    """Return plain text whose characters were written as entities (&lt;), which some platforms do."""
    return unescape(text) if "&" in text else text
