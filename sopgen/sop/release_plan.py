"""What is to be released, held against what was released before: a plan, or a refusal that says why."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from sopgen.base.diagnostic import Diagnostic, Level
from sopgen.base.errors import SourceError, UsageError
from sopgen.sop.difference import Change, differences
from sopgen.sop.model import Category, Edition, Release, Sop, SopHistory
from sopgen.sop.release import DAMAGE, effective_at, timezone_of
from sopgen.sop.release_index import INDEX, Entry, Hashes, read_entries, seal_of, sha256, written_index
from sopgen.sop.release_proposal import Proposal, propose
from sopgen.sop.release_version import is_version, version_key
from sopgen.sop.source_text import normalised

NEXT = "next"
"""The word for the version that is proposed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What a person asks to be released; `effective` is a date or an instant, `category` None as proposed."""

    version: str
    effective: str
    approved_by: str
    approved_on: date
    summary: str
    category: Category | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What will be released: the draft, as which release (its hashes still to come), and why so.

    `notes` are what the person should know, in whole sentences.
    """

    draft: Sop
    release: Release
    changes: tuple[Change, ...]
    proposal: Proposal
    notes: tuple[str, ...]


UNFINISHED = frozenset({"SOP217"})
"""Warnings that stand in the way of a release all the same: a placeholder would be frozen for ever."""


def refuse_flaws(diagnostics: Iterable[Diagnostic], *, sop: str) -> None:
    """Raise SourceError REL108 when releases were damaged, REL107 for other errors and what is unfinished."""
    stops = [each for each in diagnostics if each.level is Level.ERROR or each.code in UNFINISHED]
    errors = [each for each in stops if each.level is Level.ERROR]
    damage = [each for each in errors if each.code in DAMAGE]
    if damage:
        hint = "restore what is told above; then release"
        raise SourceError("REL108", f"the releases of '{sop}' are not as they were released", hint=hint)
    if stops:
        said = (_counted(len(errors), "error"), _counted(len(stops) - len(errors), "placeholder"))
        hint = f"mend what is told above; `sopgen lint {sop}` shows it again"
        owner = f"'{sop}' or its checks have" if errors else f"'{sop}' has"
        message = f"{owner} {' and '.join(filter(None, said))}: what is released can never be mended"
        raise SourceError("REL107", message, hint=hint)


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'s' if number > 1 else ''}" if number else ""


def plan_release(history: SopHistory, order: Order, assets: Mapping[str, bytes], *, today: date) -> Plan:
    """Return the plan of releasing the draft of `history`, whose `assets` are files by name.

    Raises UsageError REL101 no version, REL102 taken or lower, REL103 no date, or before the last one,
    REL104 nothing to release, REL105 a text that is empty, REL106 approved in the future.
    """
    draft = history.draft
    assert draft is not None
    last = history.editions[-1] if history.editions else None
    _refuse_texts(order, today)
    changes = differences(last.sop, draft) if last else ()
    if last and not changes and dict(last.release.assets) == _hashes(assets):
        hint = "change the draft; after a review without changes, say so in it"
        message = f"the draft says what {last.release.version} says: there is nothing to release"
        raise UsageError("REL104", message, hint=hint)
    proposal = propose(last.release.version if last else "", last.sop if last else None, draft, changes)
    release = Release(
        version=_version(order, history, proposal),
        category=order.category or proposal.category,
        effective=_effective(order, draft, last),
        approved_by=" ".join(order.approved_by.split()),
        approved_on=order.approved_on,
        summary=" ".join(order.summary.split()),
        source_sha256="",
        pdf_sha256="",
        place=len(history.releases),
    )
    notes = tuple(_notes(release, last, proposal, today))
    return Plan(draft=draft, release=release, changes=changes, proposal=proposal, notes=notes)


def frozen_source(draft: Sop) -> bytes:
    """Return the bytes of the draft's file; SourceError REL109 when they are not what was read before."""
    path = Path(draft.span.file)
    data = path.read_bytes()
    if normalised(data.decode("utf-8", errors="replace")) == draft.source:
        return data
    message = f"'{path}' was changed while it was being released"
    raise SourceError("REL109", message, hint="save your work, and release it again")


def index_with(releases: Path, entry: Entry, *, sop: str) -> bytes:
    """Return the index of `releases` with `entry` behind the others; SourceError REL110 when it has no place.

    What stands in the index already stays as it is, comments included.
    """
    path = releases / INDEX
    before = path.read_text(encoding="utf-8") if path.is_file() else ""
    after = written_index(before, entry, id=sop)
    flaws: list[Diagnostic] = []
    known = [each for each, _ in read_entries(before, path, flaws.append)]
    if [each for each, _ in read_entries(after, path, flaws.append)] == [*known, entry] and not flaws:
        return after.encode()
    hint = "write it as one item '- version: …' for each release, without brackets"
    raise SourceError("REL110", f"nothing can be added to the end of '{path}'", hint=hint)


def entry_of(plan: Plan, *, source: bytes, pdf: bytes, assets: Mapping[str, bytes], before: str) -> Entry:
    """Return the sealed entry of what was planned; `before` is the seal of the entry before it.

    The effective date is written as an instant, so that it hangs on no timezone of any source.
    """
    release, hashes = plan.release, _hashes(assets)

    def entry(seal: str) -> Entry:
        return Entry(
            version=release.version,
            category=release.category,
            effective=release.effective.isoformat(),
            approved_by=release.approved_by,
            approved_on=release.approved_on,
            summary=release.summary,
            sha256=Hashes(source=sha256(source), pdf=sha256(pdf), assets=hashes, entry=seal),
        )

    return entry(seal_of(entry(""), before))


def _hashes(assets: Mapping[str, bytes]) -> dict[str, str]:
    return {name: sha256(data) for name, data in sorted(assets.items())}


def _refuse_texts(order: Order, today: date) -> None:
    for option, text in (("--approved-by", order.approved_by), ("--summary", order.summary)):
        if not text.strip() or any(0xD800 <= ord(each) <= 0xDFFF for each in text):
            raise UsageError("REL105", f"{option} says nothing", hint=f'write {option} "…", in plain text')
    if order.approved_on > today:
        message = f"approved on {order.approved_on}, which is after today, {today}"
        raise UsageError("REL106", message, hint="release it when it has been approved")


def _version(order: Order, history: SopHistory, proposal: Proposal) -> str:
    version = order.version or NEXT
    if version == NEXT:
        return proposal.version
    if not is_version(version):
        hint = f"write numbers and dots, such as {proposal.version}, or 'next'"
        raise UsageError("REL101", f"'{version}' is no version", hint=hint)
    highest = max((each.version for each in history.releases), key=version_key, default="")
    if highest and version_key(version) <= version_key(highest):
        taken = any(version_key(each.version) == version_key(version) for each in history.releases)
        message = f"version {version} is " + (
            "taken" if taken else f"lower than {highest}, which is released"
        )
        raise UsageError("REL102", message, hint=f"write {proposal.version}, which the changes ask for")
    return version


def _effective(order: Order, draft: Sop, last: Edition | None) -> datetime:
    effective = effective_at(order.effective, timezone_of(draft))
    if effective is None:
        hint = "write a date (2026-01-31) or an instant (2026-01-31T09:00:00+07:00)"
        raise UsageError("REL103", f"'{order.effective}' is neither a date nor an instant", hint=hint)
    if last and effective < last.release.effective:
        before = last.release.effective.isoformat()
        message = f"{order.effective} is before {last.release.version} took effect, {before}"
        raise UsageError("REL103", message, hint="name that instant or a later one with --effective")
    return effective


def _notes(release: Release, last: Edition | None, proposal: Proposal, today: date) -> Iterable[str]:
    if last and last.release.effective == release.effective:
        yield f"It takes effect at the same instant as {last.release.version}, which then never governs."
    if version_key(release.version) < version_key(proposal.version):
        yield f"The changes ask for {proposal.version}, a {proposal.step} version."
    if list(Category).index(release.category) > list(Category).index(proposal.category):
        yield f"The changes look {proposal.category}, not {release.category}."
    day = release.effective.date()
    if day < release.approved_on:
        yield f"It takes effect on {day}, before it was approved on {release.approved_on}."
    if day < today:
        yield f"It takes effect in the past: conversations since {day} are judged by it from now on."
