"""Whole pages of the site: its home, and an SOP's page."""

from collections import Counter
from collections.abc import Mapping, Sequence

from markupsafe import Markup

from sopgen.manual.control import Row, control_rows
from sopgen.manual.label import labels, say_date
from sopgen.manual.model import Body, Manual, Shelved, Status
from sopgen.manual.template import fill


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
        key_rows=pick(rows, label, "effective", "owner"),
        coverage=coverage_line(manual, body),
        banner=banner_of(manual),
        pdf=pdf,
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


def pick(rows: Sequence[Row], label: Mapping[str, str], *keys: str) -> tuple[Row, ...]:
    """Return the rows of the control block that go by these labels."""
    wanted = {label[key] for key in keys}
    return tuple(row for row in rows if row[0] in wanted)


def _card(shelved: Shelved) -> dict[str, object]:
    manual = shelved.manual
    label = labels(manual.sop.language)
    return {
        "manual": manual,
        "label": label,
        "facts": pick(control_rows(manual), label, "version", "effective", "owner"),
        "checked": shelved.body.checked,
        "total": max(shelved.body.total, 1),
        "coverage": coverage_line(manual, shelved.body),
        "pdf": f"{manual.sop.id}/{manual.version}/{manual.pdf_name}" if shelved.has_pdf else "",
    }


def _main_language(shelf: Sequence[Shelved]) -> str:
    counted = Counter(each.manual.sop.language for each in shelf)
    return min(counted, key=lambda language: (-counted[language], language != "id"), default="id")
