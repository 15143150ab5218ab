"""Quick replies: `> [!TEMPLATE] Title`, then the text as agents copy it, line for line."""

import re

from sopgen.sop.attribute import split_attributes
from sopgen.sop.heading import slug
from sopgen.sop.model import QuickReply
from sopgen.sop.node import Node
from sopgen.sop.reading import Reading

_QUOTE = re.compile(r"^[^>]*> ?")
_TITLE = re.compile(r"\[!TEMPLATE\]\s*(?P<title>.*)", re.IGNORECASE)


def is_quick_reply(node: Node, reading: Reading) -> bool:
    """Return whether a node is a quotation that opens with `[!TEMPLATE]`."""
    if node.type != "blockquote":
        return False
    return _TITLE.match(_quoted(reading.source.lines[node.lines[0]])) is not None


def read_quick_reply(node: Node, reading: Reading) -> QuickReply:
    """Return the reply; its text keeps line breaks and emoji, and is no Markdown."""
    first, end = node.lines
    line = reading.source.lines[first]
    match = _TITLE.match(_quoted(line))
    apart = split_attributes(match["title"] if match else "")
    span = reading.source.span(first, line.find("[!") + 1)
    text = "\n".join(_quoted(each).rstrip() for each in reading.source.lines[first + 1 : end])
    title = apart.markdown or ("Template" if reading.language == "en" else "Balasan")
    return QuickReply(
        id=_anchor(apart.attributes.id if apart.attributes else "", title, reading, line=first),
        title=title,
        text=text.strip("\n"),
        was=apart.attributes.was if apart.attributes else (),
        span=span,
    )


def _quoted(line: str) -> str:
    """Return a line of a quotation without its mark; a lazy line has none."""
    return _QUOTE.sub("", line, count=1) if line.lstrip().startswith(">") or "> [!" in line else line.lstrip()


def _anchor(written: str, title: str, reading: Reading, *, line: int) -> str:
    span = reading.source.span(line)
    if not written:
        return reading.names.coin(f"reply-{slug(title) or 'untitled'}", span)
    return reading.claim(written, span)
