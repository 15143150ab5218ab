"""From one version to the others: what the switcher lists, and what a permalink finds that is not there."""

import json
from collections.abc import Iterator
from dataclasses import dataclass

from sopgen.manual.label import labels, said_version, say_date
from sopgen.manual.lineage import Absent
from sopgen.manual.model import CHANGES, LATEST, Manual, Status
from sopgen.manual.redline_label import redline_labels
from sopgen.sop.model import Release


@dataclass(frozen=True, slots=True, kw_only=True)
class Switch:
    """A line of the switcher.

    `gone` is a JSON object: of this page's places, those that the version lacks, each with what became of it.
    """

    version: str
    said: str
    status: str
    is_this: bool
    effective: str
    changes: str
    gone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Gone:
    """A permalink of another version: what became of the place, its words, and where to read it."""

    id: str
    said: str
    words: str
    href: str
    link: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Banner:
    """A warning above the text; from the instant `until` on (ISO 8601) it no longer holds."""

    kind: str
    text: str
    href: str = ""
    link: str = ""
    until: str = ""


def switches_of(manual: Manual) -> tuple[Switch, ...]:
    """Return the versions that the site holds, newest first."""
    language = manual.sop.language
    label = labels(language)
    releases = {release.version: release for release in manual.releases}
    return tuple(
        Switch(
            version=version,
            said=said_version(version, label),
            status=manual.status_of(releases.get(version)).value,
            is_this=version == manual.version,
            effective=_effective(releases.get(version), language),
            changes=f"../{CHANGES}/{version}/index.html",
            gone=json.dumps(_gone_in(version, manual), ensure_ascii=False, sort_keys=True),
        )
        for version in manual.shown
    )


def gone_from(manual: Manual) -> tuple[Gone, ...]:
    """Return what the page says to a permalink of another version whose place it does not have."""
    if manual.version not in manual.lineage.versions:
        return ()
    label = labels(manual.sop.language)
    return tuple(
        Gone(
            id=each.place.id,
            said=f"{_named(each, manual)} {_fate(each, manual)}.",
            words=each.place.name,
            href=f"../{each.there}/index.html#{each.place.id}",
            link=label["read_in"].format(version=said_version(each.there, label)),
        )
        for each in manual.lineage.absent(manual.version)
    )


def banners_of(manual: Manual) -> tuple[Banner, ...]:
    """Return the warnings of a version that does not govern, and the notice of one that is going to."""
    return tuple(_banners(manual))


def _banners(manual: Manual) -> Iterator[Banner]:
    language = manual.sop.language
    label = labels(language)
    if manual.status is Status.DRAFT:
        yield Banner(kind="draft", text=label["draft_banner"], **_way_to_latest(manual))
    if manual.status is Status.SCHEDULED and manual.effective is not None:
        text = label["scheduled_banner"].format(date=say_date(manual.effective, language))
        until = manual.effective.isoformat()
        yield Banner(kind="scheduled", text=text, until=until, **_way_to_latest(manual))
    if manual.successor is not None:
        day = say_date(manual.successor.effective, language)
        text = label["superseded_banner"].format(version=manual.successor.version, date=day)
        yield Banner(kind="superseded", text=text, **_way_to_latest(manual))
    if manual.upcoming is not None:
        day = say_date(manual.upcoming.effective, language)
        text = label["upcoming_banner"].format(version=manual.upcoming.version, date=day)
        yield Banner(kind="upcoming", text=text, **_way_to(manual.upcoming, manual))


def _way_to_latest(manual: Manual) -> dict[str, str]:
    if manual.is_latest or not manual.latest:
        return {}
    named = "see_in_force" if manual.status in (Status.DRAFT, Status.SCHEDULED) else "see_newest"
    return {"href": f"../{LATEST}/index.html", "link": labels(manual.sop.language)[named]}


def _way_to(release: Release, manual: Manual) -> dict[str, str]:
    if release.version not in manual.shown:
        return {}
    place = f"../{CHANGES}/{release.version}/index.html"
    return {"href": place, "link": labels(manual.sop.language)["what_changed"]}


def _effective(release: Release | None, language: str) -> str:
    if release is None:
        return ""
    return labels(language)["in_force_since"].format(date=say_date(release.effective, language))


def _gone_in(version: str, manual: Manual) -> dict[str, str]:
    if version == manual.version:
        return {}
    lacking = set(manual.lineage.missing(version, on=manual.version))
    return {
        each.place.id: _fate(each, manual)
        for each in manual.lineage.absent(version)
        if each.place.id in lacking
    }


def _named(absent: Absent, manual: Manual) -> str:
    """Return what people call a place: "Clause 6.3"."""
    return f"{redline_labels(manual.sop.language)[absent.place.subject]} {absent.place.number}".strip()


def _fate(absent: Absent, manual: Manual) -> str:
    label = labels(manual.sop.language)
    return label[f"gone-{absent.fate}"].format(version=said_version(absent.version, label))
