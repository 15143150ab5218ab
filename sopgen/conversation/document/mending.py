"""A JSON text that breaks off, closed where its last whole element ends."""

import re

_TOKEN = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"|[{}\[\],]', re.DOTALL)
_CLOSING = {b"{": b"}", b"[": b"]"}


def closed(raw: bytes) -> bytes:
    """Return the text up to its last whole element of an array, or member of the outermost object, closed.

    An object in an array that is cut in two (a message without its end) is left out.
    """
    stack: list[bytes] = []
    end, open_then = 0, b""
    for token in _TOKEN.finditer(raw):
        mark = token[0]
        if mark in _CLOSING:
            stack.append(mark)
        elif mark in (b"}", b"]") and stack:
            stack.pop()
        elif mark != b",":
            continue
        if stack and (stack[-1] == b"[" or len(stack) == 1):
            end = token.start() if mark == b"," else token.end()
            open_then = b"".join(stack)
        elif not stack:
            return raw[: token.end()]
    return raw[:end] + bytes(_CLOSING[bytes([each])][0] for each in reversed(open_then))
