"""What lies between two versions, for paper: to be read by those who approve, and kept with the release."""

from datetime import datetime

from sopgen.manual.label import labels
from sopgen.manual.model import Manual
from sopgen.manual.paper import coloured, effective_line, made_for, shown_version, style_sheets
from sopgen.manual.paper_label import paper_labels
from sopgen.manual.redline import Redline
from sopgen.manual.redline_label import redline_labels
from sopgen.manual.sheet import Sheet
from sopgen.manual.template import asset, fill, theme
from sopgen.sop.difference import differences
from sopgen.sop.difference.change import Subject
from sopgen.sop.difference.grouping import is_wording


def redline_sheet(old: Manual, new: Manual, *, created: datetime | None) -> Sheet:
    """Return the document of what changed from one version of an SOP to a later one."""
    redline = Redline(old=old.sop, new=new.sop, changes=differences(old.sop, new.sop))
    return sheet_of(redline, new, created=created)


def sheet_of(redline: Redline, new: Manual, *, created: datetime | None) -> Sheet:
    """Return the document of a redline; `new` is the later of its versions."""
    language = new.sop.language
    html = fill(
        "redline_print.html",
        language=language,
        label=labels(language),
        changed=redline_labels(language),
        paper=paper_labels(language),
        manual=new,
        redline=redline,
        shown_version=shown_version(new),
        effective_line=effective_line(new),
        created=created,
        is_wording=is_wording,
        about=Subject.FRONT_MATTER,
    )
    css, *further = style_sheets()
    return Sheet(
        name=f"{new.sop.id}-{redline.old.version}-{redline.new.version}-changes.pdf",
        file=new.sop.span.file or new.sop.id,
        html=str(html),
        styles=(css, coloured(asset("print-redline.css")), *further),
        made=made_for(""),
        variant=str(theme().variant),
        created=created,
    )
