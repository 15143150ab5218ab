"""The site's own pages: the library of all SOPs, and all quick replies in one place.

Each is made in the language that most SOPs are written in, and once more in the other language, at
`index.<language>.html`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup

from sopgen.manual.control import control_rows
from sopgen.manual.frame import framed, has_replies, home_name, main_language
from sopgen.manual.label import LANGUAGES, labels, say_date
from sopgen.manual.model import CHANGES, REPLIES, Manual, Shelved, Status
from sopgen.manual.page import coverage_line
from sopgen.sop.model import QuickReply, Release

MOST_RECENT = 8
"""How many releases the library's list of recent changes shows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recent:
    """A release as the list of recent changes shows it."""

    manual: Manual
    release: Release
    said: str
    href: str


def home_pages(shelf: Sequence[Shelved], *, handbook: str = "") -> Iterator[tuple[str, Markup]]:
    """Yield the library in both languages, with the name of each file; `handbook` is the PDF beside it."""
    for name, language, other in _names(shelf):
        yield name, _home_page(shelf, language, name, other, handbook=handbook)


def reply_pages(shelf: Sequence[Shelved]) -> Iterator[tuple[str, Markup]]:
    """Yield the page of all quick replies in both languages, with the name of each file."""
    for name, language, other in _names(shelf):
        yield f"{REPLIES}/{name}", _reply_page(shelf, language, name, other)


def offline_page(shelf: Sequence[Shelved]) -> Markup:
    """Return what the site's worker shows in place of what it has not kept, while there is no network.

    It speaks both languages, because the worker does not know which one was read.
    """
    label = labels(main_language(shelf))
    return framed(
        "offline.html",
        language=main_language(shelf),
        root="",
        title=label["offline"],
        description=label["offline_lead"],
        tongues=[(name, language, labels(language)) for name, language, _ in _names(shelf)],
    )


def reply_anchor(manual: Manual, reply: QuickReply) -> str:
    """Return the id of a reply on the page of all replies."""
    return f"_{manual.sop.id}_{reply.id}"


def _names(shelf: Sequence[Shelved]) -> Iterator[tuple[str, str, str]]:
    """Yield file name and language of a page, and the file name of the same in the other language."""
    main = main_language(shelf)
    files = {language: home_name(language, main=main) for language in LANGUAGES}
    for language, name in files.items():
        other = next(each for each in LANGUAGES if each != language)
        yield name, language, files[other]


def _home_page(shelf: Sequence[Shelved], language: str, here: str, other: str, *, handbook: str) -> Markup:
    label = labels(language)
    latest = [each for each in shelf if each.manual.is_latest]
    present = {each.manual.status for each in latest}
    return framed(
        "home.html",
        language=language,
        root="",
        title=label["library"],
        description=label["library_lead"],
        here=here,
        other=other,
        statuses=[status for status in Status if status in present] if len(present) > 1 else [],
        owners=_by_owner(latest, language),
        handbook=handbook,
        recent=_recent(shelf, language),
        has_replies=has_replies(latest),
    )


def _reply_page(shelf: Sequence[Shelved], language: str, here: str, other: str) -> Markup:
    label = labels(language)
    latest = [each.manual for each in shelf if each.manual.is_latest]
    replies = [(manual, tuple(manual.sop.quick_replies())) for manual in latest]
    return framed(
        "replies.html",
        language=language,
        root="../",
        title=label["replies"],
        description=label["replies_lead"],
        home=here,
        other=other,
        groups=[(manual, found) for manual, found in replies if found],
        anchor=reply_anchor,
    )


def _by_owner(shelf: Sequence[Shelved], language: str) -> list[tuple[str, list[dict[str, object]]]]:
    """Return the cards by owner; where most owners have one SOP each, all under no owner, in their order."""
    cards = sorted(shelf, key=_owner_and_title)
    owners = [
        (owner, [_card(each, language) for each in theirs]) for owner, theirs in groupby(cards, key=_owner)
    ]
    if 2 * len(owners) <= len(cards):
        return owners
    return [("", [card for _, theirs in owners for card in theirs])] if owners else []


def _owner(shelved: Shelved) -> str:
    return shelved.manual.sop.owner


def _owner_and_title(shelved: Shelved) -> tuple[str, str, str]:
    sop = shelved.manual.sop
    return sop.owner, sop.title.casefold(), sop.id


def _card(shelved: Shelved, language: str) -> dict[str, object]:
    manual, label = shelved.manual, labels(language)
    wanted = {label[key] for key in ("version", "effective", "owner", "next_review")}
    facts = [row for row in control_rows(manual, language) if row[0] in wanted]
    return {
        "manual": manual,
        "facts": facts,
        "due": manual.next_review.isoformat() if manual.next_review else "",
        "checked": shelved.body.checked,
        "total": max(shelved.body.total, 1),
        "coverage": coverage_line(manual, shelved.body, language),
        "soon": _soon(manual, language),
        "pdf": f"{manual.sop.id}/{manual.version}/{manual.pdf_name}" if shelved.has_pdf else "",
    }


def _soon(manual: Manual, language: str) -> tuple[str, str]:
    """Return what is said of the release that is to come, and where its changes stand; "" for none."""
    release = manual.upcoming
    if release is None:
        return "", ""
    day = say_date(release.effective, language)
    said = labels(language)["upcoming_banner"].format(version=release.version, date=day)
    shown = release.version in manual.shown
    return said, f"{manual.sop.id}/{CHANGES}/{release.version}/index.html" if shown else ""


def _recent(shelf: Sequence[Shelved], language: str) -> list[Recent]:
    """Return the releases that took or take effect last, the newest first."""
    found = [(each.manual, each.manual.release) for each in shelf if each.manual.release is not None]
    found.sort(key=lambda each: (-each[1].effective.timestamp(), each[0].sop.id, -each[1].place))
    return [_told(manual, release, language) for manual, release in found[:MOST_RECENT]]


def _told(manual: Manual, release: Release, language: str) -> Recent:
    label, day = labels(language), say_date(release.effective, language)
    if manual.status is Status.SCHEDULED:
        day = label["in_force_since"].format(date=day)
    said = label["release_line"].format(version=release.version, date=day)
    href = f"{manual.sop.id}/{CHANGES}/{release.version}/index.html"
    return Recent(manual=manual, release=release, said=said, href=href)
