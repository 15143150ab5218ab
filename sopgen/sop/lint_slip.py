"""What was left over or mistyped: placeholders of the skeleton, names of callouts and of fenced blocks."""

import re
from collections.abc import Callable, Iterator
from difflib import get_close_matches

from sopgen.base.diagnostic import Diagnostic, Level
from sopgen.base.span import Span
from sopgen.base.suggestion import did_you_mean
from sopgen.sop.example import is_chat
from sopgen.sop.model import Expected, Sop
from sopgen.sop.passage import blanked, place_in, printed_text
from sopgen.sop.reader import fences_of
from sopgen.sop.skeleton.skeleton import placeholder

CALLOUTS = ("TEMPLATE", "NOTE", "TIP", "IMPORTANT", "WARNING", "CAUTION")
"""What a quotation may be: a quick reply, or one of the remarks of GitHub's Markdown."""

_CALLOUT = re.compile(r"^(?:[ \t]*(?:[-*+]|\d+[.)]))?[ \t]*>[ \t]*\[(?P<mark>!?)[ \t]*(?P<name>[\w -]+)\]")
_INFO = re.compile(r"(?P<word>[A-Za-z]+)[ \t]*(?P<expected>[\w-]*)")
_CHAT_LINE = re.compile(r"\s*\d{1,2}:\d\d(?::\d\d)?[ \t]+\w")
_NO_PLACE = re.compile(
    r"(?<!`)(?P<tick>`+)(?!`)(?:(?!\n[ \t]*\n).)*?(?<!`)(?P=tick)(?!`)"  # code
    r"|^[ \t>]*\[[^\[\]]+\]:[ \t]*\S+[ \t]*(?:[\"'(][^\n]*)?$"  # what a link's name stands for
    r"|\[[^\[\]]+\]\([^\s()]+(?:[ \t]+[\"'][^\n)]*)?\)"
    r"|\[[^\[\]]+\]\[\w+\]",
    re.DOTALL | re.MULTILINE,
)
"""Code and links; their brackets are no placeholders."""


def _placeholders(sop: Sop) -> Iterator[Diagnostic]:
    for found in placeholder().finditer(_shown(sop)):
        said = " ".join(re.sub(r"\n[ \t>]*", " ", found[0]).split())
        message = f"'{said}' still stands where your own words belong"
        hint = "write them in its place, brackets and all, or delete what does not apply"
        yield Diagnostic(
            code="SOP217",
            level=Level.WARNING,
            span=place_in(sop, found.start()),
            message=message,
            hint=hint,
        )


def _shown(sop: Sop) -> str:
    """Return what readers see, without code and links but with the example chats, offsets kept."""
    lines = blanked(printed_text(sop), _NO_PLACE).split("\n")
    source = sop.source.split("\n")
    for fence in filter(is_chat, fences_of(sop.source)):
        rows = slice(*fence.lines)
        lines[rows] = source[rows]
    return "\n".join(lines)


def _unknown_callouts(sop: Sop) -> Iterator[Diagnostic]:
    lines, before = printed_text(sop).split("\n"), ""
    offset = 0
    for line in lines:
        found = _CALLOUT.match(line)
        if found and not before.lstrip().startswith(">") and not _is_callout(found):
            message = f"'[{found['mark']}{found['name']}]' is no callout, and readers see it as it stands"
            name = found["name"].strip().upper()
            near = get_close_matches(name, CALLOUTS, n=1, cutoff=0.6)
            hint = f"did you mean '[!{near[0]}]'?" if near else _known()
            yield Diagnostic(
                code="SOP218",
                level=Level.WARNING,
                span=place_in(sop, offset + found.start("mark") - 1),
                message=message,
                hint=hint,
            )
        offset += len(line) + 1
        before = line


def _is_callout(found: re.Match[str]) -> bool:
    """Return whether a quotation opens with a callout that is known, or with ordinary brackets.

    Without the exclamation mark only what is near TEMPLATE is none: [NOTA] and [TIPE] are words.
    """
    name = found["name"]
    if found["mark"]:
        return name.upper() in CALLOUTS
    return not (name.isupper() and get_close_matches(name, ["TEMPLATE"], cutoff=0.75))


def _known() -> str:
    return f"use one of: {', '.join(f'[!{name}]' for name in CALLOUTS)}"


def _mistyped_fences(sop: Sop) -> Iterator[Diagnostic]:
    """Yield the fenced blocks that hold a chat, or expect something of one, and are called otherwise."""
    lines = sop.source.split("\n")
    for fence in fences_of(sop.source):
        found = _INFO.match(fence.info.strip())
        if is_chat(fence) or not found or not _is_meant_as_chat(found, fence.content):
            continue
        row, word = fence.lines[0], found["word"]
        column = lines[row].index(word, lines[row].index(fence.markup)) + 1
        yield Diagnostic(
            code="SOP219",
            level=Level.WARNING,
            span=Span(file=sop.span.file, line=row + 1, column=column),
            message=f"the block '{word}' looks like an example chat, but is none",
            hint=did_you_mean(word.lower(), ["chat"]),
        )


def _is_meant_as_chat(info: re.Match[str], content: str) -> bool:
    word = info["word"].lower()
    if not get_close_matches(word, ["chat"]):
        return False
    return info["expected"] in set(Expected) or bool(word != "chart" and _CHAT_LINE.match(content))


RULES: tuple[Callable[[Sop], Iterator[Diagnostic]], ...] = (
    _placeholders,
    _unknown_callouts,
    _mistyped_fences,
)
"""Every rule about slips, in the order of their codes."""
