"""What authors allow in their source, with a reason: `<!-- sopgen: allow SOP221 because … -->`.

An allowance covers the paragraph that it stands at (right below a clause, lined up with its text, or right
above it), or, standing alone between empty lines, the next one; of a list only the item. Above the first
section it covers the whole file. Words between the code and `because` narrow it to flaws that name one of
them: `allow SOP231 old-id because …`. Errors cannot be allowed.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from sopgen.base.diagnostic import Diagnostic, Level
from sopgen.base.span import Span
from sopgen.base.suggestion import did_you_mean
from sopgen.sop.model import Sop
from sopgen.sop.passage import fenced_lines

_COMMENT = re.compile(r"<!--\s*sopgen:\s*(?P<said>.*?)\s*-->", re.DOTALL)
_ALLOW = re.compile(
    r"allow\s+(?P<code>[A-Za-z]{2,3}\d{3})(?P<about>(?:\s+(?!because\b)\S+)*?)(?:\s+because\s+(?P<reason>\S.*))?",
    re.DOTALL,
)
_ITEM = re.compile(r"\s*(?:[-*+]|\d{1,9}[.)])\s")
_FORM = "write <!-- sopgen: allow CODE because … -->"


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowance:
    """One allowance that can be used; it covers the lines from `first` to `last`, both included."""

    code: str
    about: tuple[str, ...]
    reason: str
    span: Span
    first: int
    last: int

    def covers(self, flaw: Diagnostic) -> bool:
        """Return whether the flaw is what was allowed."""
        here = flaw.span.file == self.span.file and self.first <= flaw.span.line <= self.last
        named = not self.about or any(f"'{word}'" in flaw.message for word in self.about)
        return here and named and flaw.code == self.code and flaw.level is not Level.ERROR


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowed:
    """A flaw that its author allows, and why."""

    flaw: Diagnostic
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoilt:
    """An allowance that cannot be used, as the flaw that says why."""

    flaw: Diagnostic


def report_allowances(sop: Sop, codes: Collection[str]) -> tuple[Allowance | Spoilt, ...]:
    """Return the allowances of a source; SOP251 no known code, SOP252 no reason."""
    lines = sop.source.split("\n")
    inside = fenced_lines(sop.source)
    found = []
    for comment in _COMMENT.finditer(sop.source):
        row = sop.source.count("\n", 0, comment.start())
        if row not in inside:
            column = comment.start() - sop.source.rfind("\n", 0, comment.start())
            span = Span(file=sop.span.file, line=row + 1, column=column)
            found.append(_read(comment, span, lines, codes))
    return tuple(found)


def set_apart(
    flaws: Iterable[Diagnostic], allowances: Sequence[Allowance | Spoilt]
) -> tuple[tuple[Diagnostic, ...], tuple[Allowed, ...], tuple[Diagnostic, ...]]:
    """Return the flaws that stay, those allowed, and the slips: SOP253 for what allows nothing."""
    kept, allowed, used = [], [], set()
    usable = [each for each in allowances if isinstance(each, Allowance)]
    for flaw in flaws:
        by = next((each for each in usable if each.covers(flaw)), None)
        if by is None:
            kept.append(flaw)
        else:
            allowed.append(Allowed(flaw=flaw, reason=by.reason))
            used.add(by)
    slips = [each.flaw for each in allowances if isinstance(each, Spoilt)]
    slips += [_unneeded(each) for each in usable if each not in used]
    allowed.sort(key=lambda each: (each.flaw.span, each.flaw.code, each.flaw.message))
    return tuple(kept), tuple(allowed), tuple(slips)


def _read(comment: re.Match[str], span: Span, lines: list[str], codes: Collection[str]) -> Allowance | Spoilt:
    match = _ALLOW.fullmatch(comment["said"])
    if match is None:
        return _spoilt("SOP251", span, f"'{_short(comment['said'])}' allows nothing", _FORM)
    code = match["code"].upper()
    if code not in codes:
        return _spoilt("SOP251", span, f"'{code}' is no code of the lint", _nearest(code, codes))
    if not match["reason"]:
        hint = f"write: allow {code} because …"
        return _spoilt("SOP252", span, f"{code} is allowed without a reason", hint)
    first, last = _covered(lines, span.line, span.line + comment[0].count("\n"))
    about = tuple(match["about"].split())
    return Allowance(
        code=code, about=about, reason=" ".join(match["reason"].split()), span=span, first=first, last=last
    )


def _covered(lines: list[str], start: int, end: int) -> tuple[int, int]:
    """Return the first and last line (from 1) that a comment on the lines `start` to `end` covers."""
    if not any(line.startswith("## ") for line in lines[:start]):
        return 0, len(lines)
    first = _upwards(lines, start)
    if (first, end) == (start, end) and not _goes_on(lines, end):
        while end < len(lines) and not lines[end].strip():
            end += 1
    return first, _downwards(lines, end, depth=_depth(lines[start - 1]))


def _upwards(lines: list[str], start: int) -> int:
    """Return the first line of what stands right above; an item that is over is another's."""
    first, depth = start, _depth(lines[start - 1])
    while first > 1 and lines[first - 2].strip():
        above = lines[first - 2]
        if _ITEM.match(above):
            return first - 1 if _depth(above) < depth or not _goes_on(lines, start) else first
        first -= 1
    return first


def _downwards(lines: list[str], end: int, *, depth: int) -> int:
    """Return the last line of what goes on right below; of a list only its own item."""
    last = end
    while _goes_on(lines, last):
        if _ITEM.match(lines[last]) and (last > end or _depth(lines[last]) < depth):
            break
        last += 1
    return last


def _goes_on(lines: list[str], row: int) -> bool:
    return row < len(lines) and bool(lines[row].strip())


def _depth(line: str) -> int:
    return len(line) - len(line.lstrip())


def _unneeded(allowance: Allowance) -> Diagnostic:
    what = f"{allowance.code} {' '.join(allowance.about)}".strip()
    return _spoilt(
        "SOP253", allowance.span, f"{what} is allowed, but not found here", "take the comment out"
    ).flaw


def _nearest(code: str, codes: Collection[str]) -> str:
    """Return a hint for a code that does not exist; `sopgen explain` lists those that do."""
    hint = did_you_mean(code, codes)
    return hint if hint.startswith("did") else "take the code that the flaw is printed with"


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= 40 else f"{plain[:39].rstrip()}…"


def _spoilt(code: str, span: Span, message: str, hint: str) -> Spoilt:
    return Spoilt(flaw=Diagnostic(code=code, level=Level.WARNING, span=span, message=message, hint=hint))
