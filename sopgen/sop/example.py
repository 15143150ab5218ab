"""Fenced `chat` blocks: what a clause's check is meant to say about a short conversation.

A flaw here drops only the example that has it; the SOP stays usable.
"""

import re

from sopgen.base.diagnostic import Diagnostic, Level
from sopgen.base.notation import read_notation
from sopgen.base.suggestion import did_you_mean
from sopgen.sop.model import Example, Expected
from sopgen.sop.node import Node
from sopgen.sop.reading import Reading

_INFO = re.compile(r'chat(?:\s+(?P<expected>[^\s"“]+))?(?:\s+["“]?(?P<title>.*?)["”]?)?\s*', re.DOTALL)


def is_chat(node: Node) -> bool:
    """Return whether a node is a fenced block of chat notation."""
    return node.type == "fence" and node.info.split(maxsplit=1)[:1] == ["chat"]


def read_example(node: Node, reading: Reading) -> Example | None:
    """Return the example in a chat block, or None after reporting why it cannot be used.

    Diagnostics: SOP122 what is expected is missing or unknown, SOP124 the chat is
    empty, NOT1xx from the notation.
    """
    first = node.lines[0]
    span = reading.source.span(first, reading.source.indent(first) + 1)
    expected = _expected(node, reading)
    if not _is_closed(node, reading):
        return None
    flaws: list[Diagnostic] = []
    inside = reading.source.span(first + 1, reading.source.indent(first) + 1)
    lines = read_notation(node.content, inside, flaws.append)
    for flaw in flaws:
        reading.report(flaw)
    if not lines and not flaws:
        reading.flaw("SOP124", span, "the chat is empty", "write lines such as: 09:00 pelanggan  halo")
    if expected is None or flaws or not lines:
        return None
    return Example(expected=expected, title=_title(node), lines=lines, source=node.content, span=span)


def report_unclosed(node: Node, reading: Reading) -> None:
    """Report SOP123 when a node is a fenced block without an end: all that follows has become part of it."""
    if node.type != "fence" or _is_closed(node, reading):
        return
    first = node.lines[0]
    span = reading.source.span(first, reading.source.indent(first) + 1)
    reading.flaw("SOP123", span, "the fenced block is not closed", f"end it with a line '{node.markup}'")


def report_stray(node: Node, reading: Reading) -> None:
    """Report SOP121: a chat block that stands under no clause, and so is an example of nothing."""
    first = node.lines[0]
    reading.flaw(
        "SOP121",
        reading.source.span(first, reading.source.indent(first) + 1),
        "a chat block stands under no clause",
        "indent it so far that it lines up with the text of the clause it belongs to",
        level=Level.WARNING,
    )


def _expected(node: Node, reading: Reading) -> Expected | None:
    match = _INFO.fullmatch(node.info)
    word = (match["expected"] if match else None) or ""
    if word in set(Expected):
        return Expected(word)
    first = node.lines[0]
    said = f"'{word}' is nothing that a chat can be expected to do" if word else "the chat expects nothing"
    hint = did_you_mean(word, Expected) if word else 'write: chat pass "…" or chat fail "…"'
    column = reading.source.lines[first].find(word or "chat") + 1
    reading.flaw("SOP122", reading.source.span(first, column), said, hint)
    return None


def _title(node: Node) -> str:
    match = _INFO.fullmatch(node.info)
    return (match["title"] or "").strip() if match else ""


def _is_closed(node: Node, reading: Reading) -> bool:
    first, end = node.lines
    last = reading.source.lines[end - 1].strip() if end - 1 > first else ""
    return last.startswith(node.markup) and not last.strip(node.markup[0])
