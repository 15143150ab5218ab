"""Documents for paper: what becomes the PDF of an SOP, and what all PDFs share.

A superseded version has two PDFs. The one that was approved is a frozen file and stays as it is. The other is
a copy made now, from the frozen source, that says on every page that it is superseded: it is the one to read
and to print, so that no loose page of an old version passes for the one in force.
"""

import io
import re
from datetime import datetime

from markupsafe import Markup, escape

from sopgen.manual.colour import mixed
from sopgen.manual.control import control_rows
from sopgen.manual.label import labels, say_date
from sopgen.manual.model import Body, Manual, Status
from sopgen.manual.page import banner_of, coverage_line, pick
from sopgen.manual.paper_label import paper_labels
from sopgen.manual.sheet import Sheet
from sopgen.manual.template import asset, fill, theme

_FILE_LINK = re.compile(r'<a href="[^"]*"((?: title="[^"]*")?) class="file">')
_ONLY_ON_SITE = re.compile(
    r'<p class="since">.*?</p>|<p class="facts kept">.*?</p>\n|<details class="flow">.*?</details>', re.S
)
_SELF_LINK = re.compile(r'<a class="number" href="[^"]*" title="[^"]*"')
_COLOUR = re.compile(r"var\(--([a-z-]+)\)")

MARKS = {Status.DRAFT: "draft_mark", Status.SUPERSEDED: "superseded_mark"}
"""The word across each page of a version that does not govern, by its label."""

_MARK_COLOURS = {Status.DRAFT: "#b8860b", Status.SUPERSEDED: "#99291f"}

Made = tuple[tuple[str, bytes], ...]
"""Pictures that are made for a document, by name."""


def sop_sheet(manual: Manual, body: Body, *, created: datetime | None, copy: bool = False) -> Sheet:
    """Return the document of one version; `created` goes into its metadata.

    `copy` makes the copy of a superseded version instead of the version's own PDF.
    """
    status = manual.status if copy or manual.release is None else None
    made = (*made_for(manual.sop.id), *_mark(status, manual.sop.language))
    return Sheet(
        name=copy_name(manual) if copy else manual.pdf_name,
        file=manual.sop.span.file or manual.sop.id,
        html=str(_document(manual, body, created=created, copy=copy, made=made)),
        styles=style_sheets(marked=status in MARKS),
        folders=((manual.sop.id, manual.sop.folder),),
        files=tuple(f"{manual.sop.id}/{name}" for name in body.files),
        made=made,
        variant=str(theme().variant),
        created=created,
    )


def copy_name(manual: Manual) -> str:
    """Return the file name of the copy of a superseded version."""
    return f"{manual.sop.id}-{manual.version}-superseded.pdf"


def _document(manual: Manual, body: Body, *, created: datetime | None, copy: bool, made: Made) -> Markup:
    label, rows = labels(manual.sop.language), control_rows(manual)
    return fill(
        "print.html",
        language=manual.sop.language,
        label=label,
        paper=paper_labels(manual.sop.language),
        manual=manual,
        contents=body.contents,
        html=for_paper(body.html, manual.sop.id),
        shown_version=shown_version(manual),
        effective_line=effective_line(manual),
        rows=rows,
        cover_rows=pick(rows, label, "effective", "owner", "approver", "approved"),
        coverage=coverage_line(manual, body),
        banner=banner_of(manual),
        created=created,
        is_copy=copy,
        latest=latest_address(manual.sop.id),
        made=[name for name, _ in made],
    )


def style_sheets(*, marked: bool = False) -> tuple[str, ...]:
    """Return the style sheets of a document in the theme's colours; `marked` draws the mark on each page."""
    css = coloured(asset("print.css"))
    mark = '@page { background: url("sopgen://made/mark.svg") center / contain no-repeat }'
    return (css, *((mark,) if marked else ()), *((theme().print_css,) if theme().print_css else ()))


def coloured(css: bytes) -> str:
    """Return a style sheet with the theme's colours filled in, which spares the renderer a look-up each."""
    colours = theme().print_colours()
    return _COLOUR.sub(lambda found: colours[found[1]], css.decode())


def made_for(sop: str) -> Made:
    """Return the pictures of a cover: the project's logo, and the code that leads to the newest version."""
    logo, address = theme().logo, latest_address(sop)
    pictures: list[tuple[str, bytes]] = []
    if logo:
        pictures.append((logo.name, logo.data))
    if address:
        pictures.append(("newest.svg", quick_code(address)))
    return tuple(pictures)


def latest_address(sop: str) -> str:
    """Return where the newest version of an SOP is published, "" when nobody has said where the site is.

    Without an SOP it is the site itself.
    """
    below = f"{sop}/latest/" if sop else ""
    return f"{theme().base_url}/{below}" if theme().base_url else ""


def quick_code(address: str) -> bytes:
    """Return a QR code as SVG, without a border: the page around it is white."""
    import segno  # noqa: PLC0415  # only where a site is published

    drawn = io.BytesIO()
    segno.make(address, error="m", micro=False).save(
        drawn, kind="svg", xmldecl=False, border=0, dark=theme().light.ink, omitsize=True, lineclass=None
    )
    return drawn.getvalue()


def _mark(status: Status | None, language: str) -> Made:
    """Return the word across each page as a picture, or nothing for a version that governs."""
    if status not in MARKS:
        return ()
    word = paper_labels(language)[MARKS[status]]
    size = min(54, 330 / len(word))
    colour = mixed(_MARK_COLOURS[status], "#ffffff", 0.12)
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 210 297"><text x="105" y="165" '
        f'font-family="Manual Sans" font-size="{size:.0f}" font-weight="600" text-anchor="middle" '
        f'fill="{colour}" transform="rotate(-52 105 148)">{escape(word)}</text></svg>'
    )
    return (("mark.svg", svg.encode()),)


def shown_version(manual: Manual) -> str:
    """Return the version as it is read: "2.0", or "draft" in the SOP's language."""
    return manual.version if manual.release else labels(manual.sop.language)["draft"].lower()


def effective_line(manual: Manual) -> str:
    """Return from when a version governs, in words."""
    label = labels(manual.sop.language)
    if manual.effective is None:
        return label["not_in_force"]
    return f"{label['effective']} {say_date(manual.effective, manual.sop.language)}"


def for_paper(html: Markup, sop: str) -> Markup:
    """Return the body for a PDF: pictures by the address that its fetcher knows, no link that leads nowhere.

    What leads to other pages of the site, and the diagrams, stay behind. Files beside the page, and a
    clause's link to itself, lead nowhere from a PDF. The patterns match what our own templates wrote; in an
    author's text every `<` is escaped.
    """
    plain = _ONLY_ON_SITE.sub("", str(html)).replace('<img src="', f'<img src="sopgen://sop/{sop}/')
    plain = _SELF_LINK.sub('<a class="number"', _FILE_LINK.sub(r'<a\1 class="file">', plain))
    return Markup(plain)  # noqa: S704  # safe HTML with fewer attributes
