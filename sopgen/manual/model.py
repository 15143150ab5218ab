"""A manual as values: one version of an SOP with its place in history, and its body once rendered."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from markupsafe import Markup

from sopgen.sop.model import Release, Sop, SopHistory

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
    `successor` is the release that superseded this one.
    """

    sop: Sop
    release: Release | None = None
    successor: Release | None = None
    releases: tuple[Release, ...] = ()
    shown: tuple[str, ...] = ()
    is_latest: bool = True

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
        try:
            return self.release.effective + self.sop.review_every if self.release else None
        except OverflowError:
            return None

    @property
    def frozen_pdf(self) -> Path | None:
        """Return the PDF that was frozen with the release, when it is there."""
        if self.release is None or not self.sop.folder:
            return None
        path = Path(self.sop.folder) / "releases" / f"{self.version}.pdf"
        return path if path.is_file() else None


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
    """Return the versions to build, newest first: the editions, and the draft where asked for or alone."""
    releases = tuple(edition.release for edition in history.editions)
    shows_draft = drafts or not releases
    shown = (*((history.draft.version,) if shows_draft else ()), *(each.version for each in releases[::-1]))
    released = [
        Manual(
            sop=edition.sop,
            release=edition.release,
            successor=_after(releases, place),
            releases=releases,
            shown=shown,
            is_latest=place == len(releases) - 1,
        )
        for place, edition in enumerate(history.editions)
    ]
    draft = Manual(sop=history.draft, releases=releases, shown=shown, is_latest=not releases)
    return (*((draft,) if shows_draft else ()), *reversed(released))


def is_folder_name(name: str) -> bool:
    """Return whether an id or version can safely name a folder of the site."""
    return bool(_NAME.fullmatch(name)) and not name.endswith(".") and name not in _RESERVED


def _after(releases: Sequence[Release], place: int) -> Release | None:
    return releases[place + 1] if place + 1 < len(releases) else None
