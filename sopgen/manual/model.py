"""A manual as values: one version of an SOP with its place in history, and its body once rendered."""

import re
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import partial
from pathlib import Path

from markupsafe import Markup

from sopgen.manual.lineage import Lineage
from sopgen.sop.model import DRAFT, Release, Sop, SopHistory, review_due

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

    `releases` are all of the SOP's, oldest first; `shown` are the versions that the site holds, newest first,
    and `lineage` holds their texts side by side. `as_of` is the instant that decides which releases have
    taken effect (None: all), `latest` the version shown as such, "" for none. `frozen_pdf` is the PDF that
    was approved, None for a version whose PDF is yet to be made.
    """

    sop: Sop
    release: Release | None = None
    releases: tuple[Release, ...] = ()
    shown: tuple[str, ...] = ()
    lineage: Lineage = field(default_factory=Lineage, compare=False)
    as_of: datetime | None = None
    latest: str = ""
    is_latest: bool = True
    frozen_pdf: Path | None = None

    @property
    def status(self) -> Status:
        """Return whether this is a draft, or a release to come, in force, or superseded by a later one."""
        return self.status_of(self.release)

    def status_of(self, release: Release | None) -> Status:
        """Return where one of the SOP's releases stands; None stands for the draft."""
        if release is None:
            return Status.DRAFT
        if self._is_ahead(release):
            return Status.SCHEDULED
        after = self._after(release)
        return Status.RELEASED if after is None or self._is_ahead(after) else Status.SUPERSEDED

    @property
    def successor(self) -> Release | None:
        """Return the release that superseded this one."""
        after = self._after(self.release)
        return None if after is None or self._is_ahead(after) else after

    @property
    def upcoming(self) -> Release | None:
        """Return the release after this one that has not taken effect yet."""
        after = self._after(self.release)
        return after if after is not None and self._is_ahead(after) else None

    @property
    def version(self) -> str:
        """Return the version, which is also the name of its folder."""
        return self.sop.version

    @property
    def pdf_name(self) -> str:
        """Return the file name of the PDF."""
        return f"{self.sop.id}-{self.version}.pdf"

    @property
    def single_name(self) -> str:
        """Return the file name of the version as one HTML file."""
        return f"{self.sop.id}-{self.version}.html"

    @property
    def effective(self) -> datetime | None:
        """Return the instant from which this version governs, when it has been released."""
        return self.release.effective if self.release else None

    @property
    def next_review(self) -> datetime | None:
        """Return when a released version is due for review; None also when that lies beyond the year 9999."""
        return review_due(self.release.effective, self.sop.review_every) if self.release else None

    def _after(self, release: Release | None) -> Release | None:
        if release is None or release not in self.releases:
            return None
        place = self.releases.index(release) + 1
        return self.releases[place] if place < len(self.releases) else None

    def _is_ahead(self, release: Release) -> bool:
        return self.as_of is not None and release.effective > self.as_of


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
    """A manual with its body, as the site shows it; `has_pdf` says whether its PDF lies beside the page.

    `copy` and `changes` are file names beside the page, "" for none: the copy of a superseded version that
    says so on every page, and the redline since the version before it.
    """

    manual: Manual
    body: Body
    has_pdf: bool = False
    copy: str = ""
    changes: str = ""


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
    lineage = Lineage((*(edition.sop for edition in history.editions), *((draft,) if draft else ())))
    newest = latest.version if latest else DRAFT
    manual = partial(
        Manual,
        releases=releases,
        shown=lineage.versions[::-1],
        lineage=lineage,
        as_of=as_of,
        latest=newest if newest in lineage.versions else "",
    )
    released = tuple(
        manual(sop=each.sop, release=each.release, is_latest=each.release == latest, frozen_pdf=each.pdf)
        for each in reversed(history.editions)
    )
    return released if draft is None else (manual(sop=draft, is_latest=not releases), *released)


def is_folder_name(name: str) -> bool:
    """Return whether an id or version can safely name a folder of the site."""
    return bool(_NAME.fullmatch(name)) and not name.endswith(".") and name not in _RESERVED
