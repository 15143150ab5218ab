"""What a release freezes of a manual: the files that it shows, and its PDF as people approve it."""

from collections.abc import Mapping
from dataclasses import replace

from sopgen.base.diagnostic import Diagnostic, Report, has_error
from sopgen.base.errors import RenderError
from sopgen.manual.body import render_body
from sopgen.manual.link import find_inside
from sopgen.manual.model import Manual
from sopgen.manual.paper import sop_sheet
from sopgen.manual.pdf import print_sheet
from sopgen.manual.template import dressed
from sopgen.manual.theme import PLAIN, Theme
from sopgen.sop.model import Release, Sop


def assets_of(draft: Sop, report: Report) -> Mapping[str, bytes] | None:
    """Return the files that the draft's manual shows or links to, by name, or None after an error.

    Diagnostics: MAN101 to MAN104.
    """
    flaws: list[Diagnostic] = []
    body = render_body(draft, report=flaws.append)
    for flaw in flaws:
        report(flaw)
    if has_error(flaws):
        return None
    places = {name: find_inside(draft.folder, name) for name in body.files}
    return {name: place.read_bytes() for name, place in sorted(places.items()) if place is not None}


def approval_pdf(
    draft: Sop, release: Release, before: tuple[Release, ...], report: Report, *, theme: Theme = PLAIN
) -> bytes | None:
    """Return the PDF of the draft as `release`, after those `before` it, or None after an error.

    The same draft, release and theme give the same bytes. Raises RenderError MAN201 without Pango.
    Diagnostics: MAN105, MAN106, MAN108, MAN114.
    """
    sop = replace(draft, version=release.version)
    manual = Manual(sop=sop, release=release, releases=(*before, release), shown=(release.version,))
    with dressed(theme):
        body = render_body(sop, report=_heard)
        printed = print_sheet(sop_sheet(manual, body, created=release.effective))
    for flaw in printed.flaws:
        report(flaw)
    if printed.fatal:
        code, message, hint = printed.fatal
        raise RenderError(code, message, hint=hint)
    return printed.pdf


def _heard(_: Diagnostic) -> None:
    """Flaws of the body were reported with its assets."""
