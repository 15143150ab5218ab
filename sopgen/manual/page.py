"""Whole pages: the site's home, an SOP's page, and the document that becomes a PDF."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime

from markupsafe import Markup

from sopgen.manual.control import Row, control_rows
from sopgen.manual.label import labels, say_date
from sopgen.manual.model import Body, Manual, Shelved, Status
from sopgen.manual.template import fill

_FILE_LINK = re.compile(r'<a href="[^"]*"((?: title="[^"]*")?) class="file">')
_SELF_LINK = re.compile(r'<a class="number" href="[^"]*" title="[^"]*"')


def home_page(shelf: Sequence[Shelved]) -> Markup:
    """Return the library: one card an SOP, in the language that most of them are written in."""
    language = _main_language(shelf)
    label = labels(language)
    return fill(
        "home.html",
        language=language,
        label=label,
        root="",
        title=label["library"],
        description=label["library_lead"],
        cards=[_card(each) for each in shelf],
    )


def sop_page(manual: Manual, body: Body, *, pdf: str = "") -> Markup:
    """Return one version's page of the site; `pdf` is the PDF's name beside it, or "" when there is none."""
    label, rows = labels(manual.sop.language), control_rows(manual)
    return fill(
        "sop.html",
        language=manual.sop.language,
        label=label,
        root="../../",
        title=f"{manual.sop.title} ({manual.sop.id} {manual.version})",
        description=f"{label['sop']}: {manual.sop.title}",
        manual=manual,
        body=body,
        rows=rows,
        key_rows=_pick(rows, label, "effective", "owner"),
        coverage=coverage_line(manual, body),
        banner=banner_of(manual),
        pdf=pdf,
    )


def print_page(manual: Manual, body: Body, *, created: datetime | None) -> Markup:
    """Return the document that becomes the PDF; `created` goes into its metadata."""
    label, rows = labels(manual.sop.language), control_rows(manual)
    return fill(
        "print.html",
        language=manual.sop.language,
        label=label,
        manual=manual,
        contents=body.contents,
        html=_for_paper(body.html),
        shown_version=manual.version if manual.release else label["draft"].lower(),
        effective_line=_effective_line(manual),
        rows=rows,
        cover_rows=_pick(rows, label, "effective", "owner", "approver", "approved"),
        coverage=coverage_line(manual, body),
        banner=banner_of(manual),
        created=created.isoformat(timespec="seconds") if created else "",
    )


def coverage_line(manual: Manual, body: Body) -> str:
    """Return how many clauses a machine checks, in words."""
    return labels(manual.sop.language)["coverage"].format(checked=body.checked, total=body.total)


def banner_of(manual: Manual) -> str:
    """Return the warning of a version that does not govern, or ""."""
    label = labels(manual.sop.language)
    if manual.status is Status.DRAFT:
        return label["draft_banner"]
    if manual.status is Status.SCHEDULED and manual.effective is not None:
        return label["scheduled_banner"].format(date=say_date(manual.effective, manual.sop.language))
    if manual.successor is None:
        return ""
    day = say_date(manual.successor.effective, manual.sop.language)
    return label["superseded_banner"].format(version=manual.successor.version, date=day)


def _effective_line(manual: Manual) -> str:
    label = labels(manual.sop.language)
    if manual.effective is None:
        return label["not_in_force"]
    return f"{label['effective']} {say_date(manual.effective, manual.sop.language)}"


def _for_paper(html: Markup) -> Markup:
    """Return the body for a PDF: pictures by the address that its fetcher knows, no link that leads nowhere.

    Files beside the page, and a clause's link to itself, lead nowhere from a PDF. The patterns match what our
    own templates wrote; in an author's text every `<` is escaped.
    """
    plain = str(html).replace('<img src="', '<img src="sopgen://sop/')
    plain = _SELF_LINK.sub('<a class="number"', _FILE_LINK.sub(r'<a\1 class="file">', plain))
    return Markup(plain)  # noqa: S704  # safe HTML with fewer attributes


def _pick(rows: Sequence[Row], label: Mapping[str, str], *keys: str) -> tuple[Row, ...]:
    wanted = {label[key] for key in keys}
    return tuple(row for row in rows if row[0] in wanted)


def _card(shelved: Shelved) -> dict[str, object]:
    manual = shelved.manual
    label = labels(manual.sop.language)
    return {
        "manual": manual,
        "label": label,
        "facts": _pick(control_rows(manual), label, "version", "effective", "owner"),
        "checked": shelved.body.checked,
        "total": max(shelved.body.total, 1),
        "coverage": coverage_line(manual, shelved.body),
        "pdf": f"{manual.sop.id}/{manual.version}/{manual.pdf_name}" if shelved.has_pdf else "",
    }


def _main_language(shelf: Sequence[Shelved]) -> str:
    counted = Counter(each.manual.sop.language for each in shelf)
    return min(counted, key=lambda language: (-counted[language], language != "id"), default="id")
