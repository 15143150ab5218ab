"""What a draft does to the releases before it: ids that vanish or come back, reviews that are overdue."""

from collections.abc import Iterator
from datetime import datetime

from sopgen.base.diagnostic import Diagnostic, Level
from sopgen.base.span import Span
from sopgen.sop.model import Block, Clause, Procedure, Sop, SopHistory, clauses_of

_Part = Clause | Procedure


def look_back(history: SopHistory) -> Iterator[Diagnostic]:
    """Yield SOP231 to SOP233: what became of the ids that releases gave out."""
    if history.draft is None or not history.editions:
        return
    now, released = _parts(history.draft), [_parts(edition.sop) for edition in history.editions]
    renamed = {old: part for part in now.values() for old in part.was}
    last, version = released[-1], history.editions[-1].release.version
    for name in sorted(last.keys() - now.keys() - renamed.keys()):
        yield _vanished(name, last[name], version, history.draft)
    earlier = {name for parts in released[:-1] for name in parts}
    for name in sorted((now.keys() & earlier) - last.keys()):
        yield _reused(name, now[name])
    known = earlier | last.keys()
    for old, part in sorted(renamed.items()):
        if old not in known or old in now:
            yield _no_predecessor(old, part, taken=old in now)


def dropped_before(history: SopHistory) -> Iterator[Diagnostic]:
    """Yield SOP231 for ids that an earlier release dropped: told then, asked for by allowances alone."""
    if history.draft is None or not history.editions:
        return
    released = [_parts(edition.sop) for edition in history.editions]
    present = _parts(history.draft).keys() | released[-1].keys()
    for edition, parts in zip(history.editions, released, strict=True):
        for name in sorted(parts.keys() - present):
            yield _vanished(name, parts[name], edition.release.version, history.draft)


def overdue(history: SopHistory, at: datetime) -> Iterator[Diagnostic]:
    """Yield SOP241 when the version in force at `at` should have been reviewed by then."""
    edition = history.edition_of(history.release_at(at))
    due = edition.review_due if edition else None
    if edition is None or due is None or due >= at or history.draft is None:
        return
    days = (at - due).days
    message = (
        f"the review of '{history.id}' {edition.release.version} was due on {due:%Y-%m-%d}, {days} days ago"
    )
    if days < 1:
        message = f"the review of '{history.id}' {edition.release.version} was due on {due:%Y-%m-%d}"
    hint = f"let {edition.sop.owner} look it over, then release it again, as it is or changed"
    yield _flaw("SOP241", history.draft.span, message, hint)


def _parts(sop: Sop) -> dict[str, _Part]:
    """Return what has an id that others hold on to, by that id."""
    return {part.id: part for section in sop.sections for part in _held(section.blocks)}


def _held(blocks: tuple[Block, ...]) -> Iterator[_Part]:
    yield from (block for block in blocks if isinstance(block, Procedure))
    yield from clauses_of(blocks)


def _vanished(name: str, part: _Part, version: str, draft: Sop) -> Diagnostic:
    kind = "procedure" if isinstance(part, Procedure) else "clause"
    message = f"the {kind} '{name}' of release {version} is gone"
    hint = (
        f"if it has another id now, write was={name} there; if it was dropped, write below the front matter "
        f"<!-- sopgen: allow SOP231 {name} because … -->"
    )
    return _flaw("SOP231", draft.span, message, hint)


def _reused(name: str, part: _Part) -> Diagnostic:
    message = f"the id '{name}' was given up in an earlier release, and is used again"
    return _flaw("SOP232", part.span, message, "choose a new id; findings of the past name the old demand")


def _no_predecessor(old: str, part: _Part, *, taken: bool) -> Diagnostic:
    said = "is still the id of another part" if taken else "is the id of nothing in any release"
    return _flaw(
        "SOP233", part.span, f"was={old}: '{old}' {said}", "write the id that it had when it was released"
    )


def _flaw(code: str, span: Span, message: str, hint: str) -> Diagnostic:
    return Diagnostic(code=code, level=Level.WARNING, span=span, message=message, hint=hint)
