"""A JSON text that breaks off, closed where its last whole element ends."""

import re

_TOKEN = re.compile(rb'"[^"\\]*(?:\\.[^"\\]*)*(?:"|\\?\Z)|[{}\[\],]', re.DOTALL)
_DEEPEST = 200
"""Levels after which a document is closed at once: no parser would read deeper ones."""

_CLOSING = {b"{": b"}", b"[": b"]"}
_HALF = b"<"
"""How an object in an array is kept on the stack; one that is not closed is half an element."""


def closed(raw: bytes, *, halves: bool = False) -> bytes:
    """Return the text up to its last whole element of an array, or member of the outermost object, closed.

    An object in an array that is cut in two is left out, however deep the cut: a message without its end may
    lack what makes it a note. Only detection, which reads no words, asks for such `halves`.
    """
    stack: list[bytes] = []
    end, open_then = 0, b""
    for token in _TOKEN.finditer(raw):
        mark = token[0]
        if mark in _CLOSING:
            stack.append(_HALF if mark == b"{" and b"[" in stack else mark)
            if len(stack) > _DEEPEST:
                break
        elif mark in (b"}", b"]") and stack:
            stack.pop()
        elif mark != b",":
            continue
        if not stack:
            return raw[: token.end()]
        if (stack[-1] == b"[" or len(stack) == 1) and (halves or _HALF not in stack):
            end = token.start() if mark == b"," else token.end()
            open_then = b"".join(stack).replace(_HALF, b"{")
    return raw[:end] + bytes(_CLOSING[bytes([each])][0] for each in reversed(open_then))
