"""The document that becomes a PDF."""

import re
from datetime import datetime

from markupsafe import Markup

from sopgen.manual.control import control_rows
from sopgen.manual.label import labels, say_date
from sopgen.manual.model import Body, Manual
from sopgen.manual.page import banner_of, coverage_line, pick
from sopgen.manual.template import fill

_FILE_LINK = re.compile(r'<a href="[^"]*"((?: title="[^"]*")?) class="file">')
_SELF_LINK = re.compile(r'<a class="number" href="[^"]*" title="[^"]*"')


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
        cover_rows=pick(rows, label, "effective", "owner", "approver", "approved"),
        coverage=coverage_line(manual, body),
        banner=banner_of(manual),
        created=created.isoformat(timespec="seconds") if created else "",
    )


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
