"""HTML of messages as text: a line for each paragraph, links by their label, nothing that is not read.

Pictures of emoji count as these; what a reply repeats of another message (Teams) is left out. p, div, li, tr
and headings stand on lines of their own, br ends one; blank lines are never doubled. White space counts as in
a browser. No tree is built, so depth costs nothing. (The standard library's
parser takes minutes over 100 KB of unclosed tags, so it is not used.)
"""

import re
from collections.abc import Mapping
from html import unescape

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
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});")
_BREAKING = "|".join(sorted(_BLOCKS | _CELLS | {"body", "br", "html"}))
_ELEMENTS = (
    rf"(?:{_BREAKING}|a|abbr|b|big|code|del|em|font|i|img|ins|mark|s|small|span|strike|strong|sub|sup|u)"
)
_WITH_VALUES = r"\s+[a-z][-\w:]*\s*=[^<>]*>"
_BREAK = re.compile(rf"</?(?:{_BREAKING})(?:\s*/?>|{_WITH_VALUES})", re.IGNORECASE)
_CLEAR = r"(?:b|br|div|em|h[1-6]|hr|i|li|ol|p|strong|td|tr|u|ul)"
_TAG = re.compile(
    rf"</{_ELEMENTS}\s*>|<{_ELEMENTS}{_WITH_VALUES}|<{_CLEAR}\s*/?>",
    re.IGNORECASE,
)
"""What only HTML has: an element's end, or or its begin with values; "<code>" may be a blank to fill in."""

_OTHERS = (
    "|".join(sorted(_UNREAD)) + "|audio|button|center|input|label|link|meta|o:p|picture|source|svg|video"
)
_NO_ELEMENT = re.compile(rf"<(?!!|/?(?:{_ELEMENTS}|{_OTHERS})(?=[\s/>]))", re.IGNORECASE)
"""What begins no element: "<3", "<nama>", "< b"."""

_LONGEST = 1 << 22
_PICTURES = frozenset({"img", "emoji"})
_LONGEST_EMOJI = 16
_REPLY = "schema.skype.com/Reply"


def text_of_html(html: str) -> str:
    """Return the text that a reader of the HTML sees, cleaned; never fails."""
    if not _MARKUP.search(html):
        return clean(_SPACES.sub(" ", html))
    from lxml import etree  # noqa: PLC0415 -- most chats hold no markup

    reader = _Reader()
    parser = etree.HTMLParser(target=reader, encoding="utf-8")
    try:
        parser.feed(html[:_LONGEST].replace("\0", "").encode("utf-8", errors="replace"))
        parser.close()
    except etree.XMLSyntaxError:
        pass  # nothing but tags: what was read stands
    return clean(_BLANKS.sub("\n\n", "\n".join(line.strip(" \t\u00a0\u202f") for line in reader.lines())))


class _Reader:
    """Gathers lines from the events of a parser; an unfinished line is the last of them."""

    def __init__(self) -> None:
        self._done: list[str] = []
        self._line = ""
        self._unread = 0
        self._repeated = 0
        self._pre = 0

    def lines(self) -> list[str]:
        """Return the lines."""
        return [*self._done, self._line]

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Begin a line for a block, end one for br, and leave out what is not read."""
        if tag == "blockquote" and (self._repeated or _is_repeated(attributes)):
            self._repeated += 1
        elif tag in _UNREAD:
            self._unread += 1
        elif tag in _PICTURES:
            self.data(_emoji_in(attributes))
        elif tag == "br":
            self._end_line()
        elif tag in _BLOCKS:
            self._fresh_line()
            self._pre += tag == "pre"
        elif tag in _CELLS and self._line.strip():
            self._line += "\t"

    def end(self, tag: str) -> None:
        """End a block's line."""
        if tag == "blockquote" and self._repeated:
            self._repeated -= 1
        elif tag in _UNREAD:
            self._unread = max(0, self._unread - 1)
        elif tag in _BLOCKS:
            self._fresh_line()
            self._pre = max(0, self._pre - (tag == "pre"))

    def data(self, data: str) -> None:
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

    def close(self) -> None:
        """Do nothing more."""

    def _end_line(self) -> None:
        self._done.append(self._line)
        self._line = ""

    def _fresh_line(self) -> None:
        if self._line.strip(" "):
            self._end_line()
        self._line = ""


def _is_repeated(attributes: Mapping[str, str]) -> bool:
    """Return whether a quotation is the message that is replied to, which another has said."""
    return _REPLY in attributes.get("itemtype", "")


def _emoji_in(attributes: Mapping[str, str]) -> str:
    """Return the emoji that a picture stands for, "" for any other picture."""
    alt = attributes.get("alt", "")
    return alt if len(alt) <= _LONGEST_EMOJI and not alt.isascii() and not any(map(str.isalnum, alt)) else ""


def text_of_cell(text: str) -> str:
    """Return the text of what may be HTML: what a reader of it sees, where tags exist, else the text.

    Entities that end in a semicolon are characters; "<3", "a < b" and "<nama>" stay. Line ends count as such
    where no tag ends a line.
    """
    if "<" in text and _TAG.search(text):
        html = _NO_ELEMENT.sub("&lt;", text)
        return text_of_html(html if _BREAK.search(html) else html.replace("\n", "<br>"))
    return clean(_ENTITY.sub(lambda found: unescape(found[0]), text)) if "&" in text else text


def unescaped(text: str) -> str:
    """Return plain text whose characters were written as entities (&lt;), which some platforms do."""
    return unescape(text) if "&" in text else text
