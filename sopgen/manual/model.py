"""A manual as values: one version of an SOP with its place in history, and its body once rendered."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from markupsafe import Markup

from sopgen.sop.model import Release, Sop, SopHistory, review_due

LATEST = "latest"
"""The folder that shows an SOP's newest version; no version may be called so."""

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_RESERVED = frozenset({LATEST, "assets"})


class Status(StrEnum):
    """Where a version stands in its SOP's history; today's date plays no part."""

    DRAFT = "draft"
    RELEASED = "released"
    SUPERSEDED = "superseded"


@dataclass(frozen=True, slots=True, kw_only=True)
class Manual:
    """One version of an SOP as the manual shows it.

    `releases` are all of the SOP's, oldest first; `shown` are the versions that the site holds, newest first;
    `successor` is the release that superseded this one. `frozen_pdf` is the PDF that was approved, None for a
    version whose PDF is yet to be made.
    """

    sop: Sop
    release: Release | None = None
    successor: Release | None = None
    releases: tuple[Release, ...] = ()
    shown: tuple[str, ...] = ()
    is_latest: bool = True
    frozen_pdf: Path | None = None

    @property
    def status(self) -> Status:
        """Return whether this is a draft, the newest release, or a release that a later one superseded."""
        if self.release is None:
            return Status.DRAFT
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


def manuals_of(history: SopHistory, *, drafts: bool = False) -> tuple[Manual, ...]:
    """Return the versions to build, newest first: the editions, and the draft where asked for or alone.

    A release that is withheld is named in the histories, but has no manual; when it is the newest one, no
    other takes its place as the latest.
    """
    releases = history.releases
    draft = history.draft if drafts or not releases else None
    editions = history.editions[::-1]
    shown = (*((draft.version,) if draft else ()), *(each.release.version for each in editions))
    released = tuple(
        Manual(
            sop=edition.sop,
            release=edition.release,
            successor=_after(releases, releases.index(edition.release)),
            releases=releases,
            shown=shown,
            is_latest=edition.release == releases[-1],
            frozen_pdf=edition.pdf,
        )
        for edition in editions
    )
    if draft is None:
        return released
    return (Manual(sop=draft, releases=releases, shown=shown, is_latest=not releases), *released)


def is_folder_name(name: str) -> bool:
    """Return whether an id or version can safely name a folder of the site."""
    return bool(_NAME.fullmatch(name)) and not name.endswith(".") and name not in _RESERVED


def _after(releases: Sequence[Release], place: int) -> Release | None:
    return releases[place + 1] if place + 1 < len(releases) else None
