"""Slack's markup as text: mentions by name, links by label, three characters that are escaped."""

import re
from collections.abc import Iterator
from typing import Any

from sopgen.conversation.document.node import Node
from sopgen.conversation.hypertext import unescaped
from sopgen.conversation.importers.slack.directory import Directory

_TOKEN = re.compile(r"<([@#!]?)([^<>|\s]+)(?:\|([^<>]*))?>")
_SECRET = re.compile(r"[?&]t=xox[a-z]-[\w-]+")
_DEEPEST = 12


def plain(text: str, directory: Directory) -> str:
    """Return the text as it is shown."""
    shown = _TOKEN.sub(lambda found: _shown(found, directory), text) if "<" in text else text
    return _SECRET.sub("", unescaped(shown))


def _shown(token: re.Match[str], directory: Directory) -> str:
    target, label = token[2], token[3]
    match token[1]:
        case "@":
            return f"@{directory.name_of(target) or label or target}"
        case "#":
            return f"#{directory.channel_called(target) or label or target}"
        case "!":
            return label or f"@{target.partition('^')[0]}"
    return label or target.removeprefix("mailto:").removeprefix("tel:")


def attached(row: Node) -> Iterator[str]:
    """Yield what the attachments of a bot's row say, a line each; their fallback where they say nothing."""
    for each in row.nodes("attachments"):
        lines = [each.text("pretext"), each.text("title"), each.text("text")]
        for field in each.nodes("fields"):
            lines += [field.text("title"), field.text("value")]
        said = [line for line in lines if line]
        yield from said or filter(None, [each.text("fallback")])


def blocks(row: Node) -> Iterator[str]:
    """Yield what the blocks of a row say, a line each."""
    for each in row.items("blocks"):
        line = "".join(_pieces(each, _DEEPEST))
        if line.strip():
            yield line


def _pieces(value: Any, levels: int) -> Iterator[str]:
    if not levels:
        return
    if isinstance(value, list):
        for each in value:
            yield from _pieces(each, levels - 1)
    elif isinstance(value, dict):
        yield from _piece(value, levels - 1)


def _piece(value: dict[str, Any], levels: int) -> Iterator[str]:
    match value:
        case {"type": "actions"}:  # buttons
            return
        case {"type": "user", "user_id": str(key)}:
            yield f"<@{key}>"
        case {"type": "emoji", "name": str(name)}:
            yield f":{name}:"
        case {"text": str(text)}:
            yield text
        case {"type": "link", "url": str(url)}:
            yield url
        case _:
            for key in ("text", "fields", "elements"):
                yield from _pieces(value.get(key), levels)
