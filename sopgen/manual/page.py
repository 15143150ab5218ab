"""A version's page of the site."""

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from sopgen.manual.control import Row, control_rows
from sopgen.manual.frame import Ways, framed
from sopgen.manual.label import labels, said_version
from sopgen.manual.model import CHANGES, Body, Manual
from sopgen.manual.switcher import banners_of, gone_from, switches_of


def sop_page(
    manual: Manual,
    body: Body,
    *,
    ways: Ways = Ways(),  # noqa: B008  # a value that cannot change
    pdfs: Sequence[tuple[str, str]] = (),
    single: str = "",
) -> Markup:
    """Return one version's page of the site.

    `pdfs` are the labels and places of its PDFs; `single` leads to the version as one file, "" for none.
    """
    return framed(
        "sop.html",
        language=manual.sop.language,
        root="../../",
        home=ways.home,
        replies=ways.replies,
        html=body.html,
        versions=switches_of(manual),
        news=f"../{CHANGES}/{manual.version}/index.html" if manual.release else "",
        gone=gone_from(manual),
        pdfs=pdfs,
        single=single,
        **sop_values(manual, body),
    )


def sop_values(manual: Manual, body: Body) -> dict[str, object]:
    """Return what the page of a version says, on the site or by itself."""
    label, rows = labels(manual.sop.language), control_rows(manual)
    return {
        "title": f"{manual.sop.title} ({manual.sop.id} {manual.version})",
        "description": f"{label['sop']}: {manual.sop.title}",
        "shown_version": said_version(manual.version, label),
        "manual": manual,
        "body": body,
        "rows": rows,
        "key_rows": pick(rows, label, "effective", "owner"),
        "coverage": coverage_line(manual, body),
        "banners": banners_of(manual),
    }


def coverage_line(manual: Manual, body: Body, language: str = "") -> str:
    """Return how many clauses a machine checks, in words of the SOP's language or another."""
    return labels(language or manual.sop.language)["coverage"].format(checked=body.checked, total=body.total)


def banner_of(manual: Manual) -> str:
    """Return the warning of a version that does not govern, or ""."""
    return next((banner.text for banner in banners_of(manual) if banner.kind != "upcoming"), "")


def pick(rows: Sequence[Row], label: Mapping[str, str], *keys: str) -> tuple[Row, ...]:
    """Return the rows of the control block that go by these labels."""
    wanted = {label[key] for key in keys}
    return tuple(row for row in rows if row[0] in wanted)
