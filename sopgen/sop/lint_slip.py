"""What was left over or mistyped: placeholders of the skeleton, names of callouts and of fenced blocks."""

import re
from collections.abc import Callable, Iterator
from difflib import get_close_matches

from sopgen.base.diagnostic import Diagnostic, Level
from sopgen.base.suggestion import did_you_mean
from sopgen.sop.model import Expected, Sop
from sopgen.sop.passage import fenced_lines, place_in, printed_text
from sopgen.sop.skeleton.skeleton import placeholder

CALLOUTS = ("TEMPLATE", "NOTE", "TIP", "IMPORTANT", "WARNING", "CAUTION")
"""What a quotation may be: a quick reply, or one of the remarks of GitHub's Markdown."""

_CALLOUT = re.compile(r"^(?:[ \t]*(?:[-*+]|\d+[.)]))?[ \t]*>[ \t]*\[(?P<mark>!?)[ \t]*(?P<name>[\w -]+)\]")
_FENCE = re.compile(r"^[ \t]*(?:`{3,}|~{3,})[ \t]*(?P<word>[A-Za-z]+)[ \t]*(?P<expected>[\w-]*)")
_CLOCK = re.compile(r"[ \t]*\d{1,2}:\d\d\b")


def _placeholders(sop: Sop) -> Iterator[Diagnostic]:
    for found in placeholder().finditer(printed_text(sop)):
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
    """Return whether a quotation opens with a callout that is known, or with ordinary brackets."""
    name = found["name"]
    if found["mark"]:
        return name.upper() in CALLOUTS
    return not (name.isupper() and get_close_matches(name, CALLOUTS, n=1, cutoff=0.75))


def _known() -> str:
    return f"use one of: {', '.join(f'[!{name}]' for name in CALLOUTS)}"


def _mistyped_fences(sop: Sop) -> Iterator[Diagnostic]:
    """Yield the fenced blocks that hold a chat, or expect something of one, and are called otherwise."""
    lines, inside = sop.source.split("\n"), fenced_lines(sop.source)
    offset = 0
    for row, line in enumerate(lines):
        found = _FENCE.match(line) if row in inside else None
        if found and found["word"] != "chat" and get_close_matches(found["word"].lower(), ["chat"]):
            after = lines[row + 1] if row + 1 < len(lines) else ""
            if found["expected"] in set(Expected) or _CLOCK.match(after):
                yield Diagnostic(
                    code="SOP219",
                    level=Level.WARNING,
                    span=place_in(sop, offset + found.start("word")),
                    message=f"the block '{found['word']}' looks like an example chat, but is none",
                    hint=did_you_mean(found["word"].lower(), ["chat"]),
                )
        offset += len(line) + 1


RULES: tuple[Callable[[Sop], Iterator[Diagnostic]], ...] = (
    _placeholders,
    _unknown_callouts,
    _mistyped_fences,
)
"""Every rule about slips, in the order of their codes."""
