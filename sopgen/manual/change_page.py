"""The pages between the versions: what a release changed in plain words, and redlines word by word."""

from collections.abc import Iterator

from markupsafe import Markup

from sopgen.manual.frame import Ways, framed
from sopgen.manual.label import labels, said_version, say_date
from sopgen.manual.model import CHANGES, Manual
from sopgen.manual.news import news_of
from sopgen.manual.redline import Redline
from sopgen.sop.difference.change import Subject
from sopgen.sop.difference.grouping import is_wording


def news_page(manual: Manual, ways: Ways) -> Markup:
    """Return the page at `changes/<version>/`: what this version changed, in plain words."""
    label = labels(manual.sop.language)
    shown = said_version(manual.version, label)
    before = manual.lineage.before(manual.version)
    redline = _redline(manual, before, manual.version) if before else None
    return framed(
        "news.html",
        language=manual.sop.language,
        root="../../../",
        home=ways.home,
        title=f"{label['what_changed_in'].format(version=shown)}: {manual.sop.title}",
        description=f"{label['what_changed_in'].format(version=shown)}: {manual.sop.title}",
        heading=label["what_changed_in"].format(version=shown),
        sop=manual.sop,
        manual=manual,
        shown_version=shown,
        before=before,
        groups=news_of(redline, reader="../../") if redline else (),
        approved=_approved(manual),
        ways=tuple(_ways(manual, before)),
        pairs=tuple(_pairs(manual)),
    )


def redline_pages(manual: Manual, ways: Ways) -> Iterator[tuple[str, Markup]]:
    """Yield the redlines that lead to this version: each with its place below the SOP's folder."""
    for old, new in manual.lineage.pairs():
        if new == manual.version:
            yield f"{CHANGES}/{old}/{new}", _compare_page(manual, old, ways)


def _compare_page(manual: Manual, old: str, ways: Ways) -> Markup:
    redline, label = _redline(manual, old, manual.version), labels(manual.sop.language)
    return framed(
        "compare.html",
        language=manual.sop.language,
        root="../../../../",
        home=ways.home,
        title=f"{manual.sop.title}: {redline.versions}",
        description=f"{label['redline']}: {manual.sop.title}, {redline.versions}",
        sop=manual.sop,
        redline=redline,
        words=redline.label,
        reader="../../../",
        ways=tuple(_ends(manual, old)),
        is_wording=is_wording,
        about=Subject.FRONT_MATTER,
    )


def _redline(manual: Manual, old: str, new: str) -> Redline:
    lineage = manual.lineage
    return Redline(old=lineage.sop(old), new=lineage.sop(new), changes=lineage.changes(old, new))


def _ways(manual: Manual, before: str) -> Iterator[tuple[str, str]]:
    """Yield where to go from the plain words: the version itself, and its redline."""
    label = labels(manual.sop.language)
    new = said_version(manual.version, label)
    yield f"../../{manual.version}/index.html", label["open_version"].format(version=new)
    if before:
        name = label["redline_between"].format(old=said_version(before, label), new=new)
        yield f"../{before}/{manual.version}/index.html", name


def _ends(manual: Manual, old: str) -> Iterator[tuple[str, str]]:
    """Yield where to go from a redline: either version, and the plain words."""
    label = labels(manual.sop.language)
    for version in (manual.version, old):
        name = label["open_version"].format(version=said_version(version, label))
        yield f"../../../{version}/index.html", name
    yield f"../../{manual.version}/index.html", label["what_changed"]


def _pairs(manual: Manual) -> Iterator[tuple[str, str]]:
    label = labels(manual.sop.language)
    new = said_version(manual.version, label)
    for old, version in manual.lineage.pairs():
        if version == manual.version:
            name = label["redline_between"].format(old=said_version(old, label), new=new)
            yield f"../{old}/{version}/index.html", name


def _approved(manual: Manual) -> str:
    if manual.release is None:
        return ""
    day = say_date(manual.release.approved_on, manual.sop.language)
    return labels(manual.sop.language)["approved_line"].format(name=manual.release.approved_by, date=day)
