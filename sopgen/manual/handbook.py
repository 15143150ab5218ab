"""The handbook: all SOPs in force in one document, each as it was released.

It carries no approval of its own. Its register names each document with version and date, its running heads
say on each page which document and version is being read, and its time is that of the newest release in it:
the same releases give the same handbook on any day.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from markupsafe import Markup

from sopgen.manual.control import control_rows
from sopgen.manual.label import labels, say_date
from sopgen.manual.model import Body, Entry, Manual
from sopgen.manual.page import coverage_line
from sopgen.manual.paper import (
    effective_line,
    for_paper,
    latest_address,
    made_for,
    style_sheets,
)
from sopgen.manual.paper_label import paper_labels
from sopgen.manual.sheet import Sheet
from sopgen.manual.template import fill, theme

NAME = "handbook.pdf"

_ID = re.compile(r'( (?:id|headers|aria-labelledby|aria-describedby)="| href="#)')


def handbook_sheet(in_force: Sequence[tuple[Manual, Body]]) -> Sheet:
    """Return the document of the SOPs in force, in the given order."""
    language = _main_language([manual for manual, _ in in_force])
    created = max(manual.effective for manual, _ in in_force if manual.effective)
    made = made_for("")
    html = fill(
        "handbook.html",
        language=language,
        label=labels(language),
        paper=paper_labels(language),
        title=": ".join(filter(None, (theme().name, paper_labels(language)["handbook"]))),
        entries=[_entry(manual, body) for manual, body in in_force],
        size=_size(len(in_force), language),
        as_of=say_date(created, language),
        created=created,
        latest=latest_address(""),
    )
    return Sheet(
        name=NAME,
        file=in_force[0][0].sop.span.file,
        html=str(html),
        styles=style_sheets(),
        folders=tuple((manual.sop.id, manual.sop.folder) for manual, _ in in_force),
        files=tuple(f"{manual.sop.id}/{name}" for manual, body in in_force for name in body.files),
        made=made,
        variant=str(theme().variant),
        created=created,
    )


def _entry(manual: Manual, body: Body) -> dict[str, object]:
    """Return one SOP of the handbook, its places named after it: each SOP has its own `purpose`."""
    sop, language = manual.sop, manual.sop.language
    return {
        "manual": manual,
        "label": labels(language),
        "paper": paper_labels(language),
        "anchor": f"{sop.id}--sop",
        "contents": [_named(entry, sop.id) for entry in body.contents],
        "html": named_after(for_paper(body.html, sop.id), sop.id),
        "rows": control_rows(manual),
        "coverage": coverage_line(manual, body),
        "effective_line": effective_line(manual),
        "effective": say_date(manual.effective, language) if manual.effective else "",
    }


def named_after(html: Markup, sop: str) -> Markup:
    """Return the body with the SOP's id before each of its ids, and before each link to one.

    The pattern matches what our own templates wrote; in an author's text every quotation mark is escaped.
    """
    return Markup(_ID.sub(rf"\g<1>{sop}--", str(html)))  # noqa: S704  # safe HTML with longer ids


def _named(entry: Entry, sop: str) -> Entry:
    below = tuple(_named(each, sop) for each in entry.below)
    return replace(entry, id=f"{sop}--{entry.id}", below=below)


def _size(count: int, language: str) -> str:
    said = paper_labels(language)
    return said["document"] if count == 1 else said["documents"].format(count=count)


def _main_language(manuals: Sequence[Manual]) -> str:
    counted = Counter(manual.sop.language for manual in manuals)
    return min(counted, key=lambda language: (-counted[language], language != "id"))
