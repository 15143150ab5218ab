"""A manual as values: one version of an SOP with its place in history, and its body once rendered."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from markupsafe import Markup

from sopgen.sop.model import Release, Sop, SopHistory, review_due

LATEST = "latest"
"""The folder that shows an SOP's newest version; no version may be called so."""

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
CHANGES = "changes"
"""The folder that holds what lies between an SOP's versions; no version may be called so."""

REPLIES = "replies"
"""The folder of all quick replies; no SOP may be called so."""

_RESERVED = frozenset({LATEST, CHANGES, REPLIES, "assets"})


class Status(StrEnum):
    """Where a version stands in its SOP's history, at the instant that the build was given."""

    DRAFT = "draft"
    SCHEDULED = "scheduled"
    RELEASED = "released"
    SUPERSEDED = "superseded"


@dataclass(frozen=True, slots=True, kw_only=True)
class Manual:
    """One version of an SOP as the manual shows it.

    `releases` are all of the SOP's, oldest first; `shown` are the versions that the site holds, newest first;
    `successor` is the release that superseded this one, `upcoming` the next one that has not taken effect
    yet. `lineage` are the texts of all versions that the site holds, oldest first. `frozen_pdf` is the PDF
    that was approved, None for a version whose PDF is yet to be made.
    """

    sop: Sop
    release: Release | None = None
    successor: Release | None = None
    upcoming: Release | None = None
    is_scheduled: bool = False
    releases: tuple[Release, ...] = ()
    shown: tuple[str, ...] = ()
    lineage: tuple[Sop, ...] = ()
    is_latest: bool = True
    frozen_pdf: Path | None = None

    @property
    def status(self) -> Status:
        """Return whether this is a draft, or a release to come, in force, or superseded by a later one."""
        if self.release is None:
            return Status.DRAFT
        if self.is_scheduled:
            return Status.SCHEDULED
        return Status.SUPERSEDED if self.successor else Status.RELEASED

    @property
    def version(self) -> str:
        """Return the version, which is also the name of its folder."""
        return self.sop.version

    @property
    def pdf_name(self) -> str:
        """Return the file name of the PDF."""
        return f"{self.sop.id}-{self.version}.pdf"

    @property
    def effective(self) -> datetime | None:
        """Return the instant from which this version governs, when it has been released."""
        return self.release.effective if self.release else None

    @property
    def next_review(self) -> datetime | None:
        """Return when a released version is due for review; None also when that lies beyond the year 9999."""
        return review_due(self.release.effective, self.sop.review_every) if self.release else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A line of the contents: anchor, number, title, and the lines below it."""

    id: str
    number: str
    title: str
    below: tuple["Entry", ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """A manual's content as safe HTML, with its contents, the files it uses, and how much is checked."""

    html: Markup
    contents: tuple[Entry, ...]
    files: tuple[str, ...]
    checked: int
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelved:
    """A manual with its body, as the site shows it; `has_pdf` says whether its PDF lies beside the page."""

    manual: Manual
    body: Body
    has_pdf: bool = False


def manuals_of(
    history: SopHistory, *, drafts: bool = False, as_of: datetime | None = None
) -> tuple[Manual, ...]:
    """Return the versions to build, newest first: the editions, and the draft where asked for or alone.

    `as_of` is the instant whose release counts as the latest; without one, all releases have taken effect. A
    release that is withheld is named in the histories, but has no manual; when it is the latest, no other
    takes its place.
    """
    releases = history.releases
    draft = history.draft if drafts or not releases else None
    latest = (history.release_at(as_of) or releases[-1]) if releases else None
    lineage = (*(edition.sop for edition in history.editions), *((draft,) if draft else ()))
    shown = tuple(sop.version for sop in reversed(lineage))
    released = tuple(
        Manual(
            sop=edition.sop,
            release=edition.release,
            **_neighbours(releases, edition.release, as_of),
            releases=releases,
            shown=shown,
            lineage=lineage,
            is_latest=edition.release == latest,
            frozen_pdf=edition.pdf,
        )
        for edition in reversed(history.editions)
    )
    if draft is None:
        return released
    first = Manual(sop=draft, releases=releases, shown=shown, lineage=lineage, is_latest=not releases)
    return (first, *released)


def is_folder_name(name: str) -> bool:
    """Return whether an id or version can safely name a folder of the site."""
    return bool(_NAME.fullmatch(name)) and not name.endswith(".") and name not in _RESERVED


def _neighbours(releases: Sequence[Release], release: Release, as_of: datetime | None) -> dict[str, Any]:
    """Return what follows a release: the one that superseded it, or the one that is going to."""
    place = releases.index(release) + 1
    after = releases[place] if place < len(releases) else None
    is_coming = after is not None and _is_ahead(after, as_of)
    return {
        "successor": None if is_coming else after,
        "upcoming": after if is_coming else None,
        "is_scheduled": _is_ahead(release, as_of),
    }


def _is_ahead(release: Release, as_of: datetime | None) -> bool:
    return as_of is not None and release.effective > as_of
