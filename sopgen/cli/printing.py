"""Reports on paper: the page of a reader, set by the manual's press."""

from datetime import datetime

from sopgen.base.errors import RenderError
from sopgen.manual.pdf import print_sheet
from sopgen.manual.sheet import Sheet
from sopgen.quality.hypertext import AnyPage, paper_style, render


def printed(page: AnyPage, *, name: str, created: datetime) -> bytes:
    """Return the page as a tagged PDF; the same page gives the same bytes.

    RenderError: MAN201 without Pango, CLI137 where the page cannot be set.
    """
    sheet = Sheet(
        name=name,
        file=name,
        html=render(page, paper=True),
        styles=(paper_style(),),
        created=created,
    )
    result = print_sheet(sheet)
    if result.fatal is not None:
        code, message, hint = result.fatal
        raise RenderError(code, message, hint=hint)
    if result.pdf is None:
        told = "; ".join(flaw.message for flaw in result.flaws)
        raise RenderError("CLI137", f"{name} cannot be made: {told}", hint="take --format html, and tell us")
    return result.pdf
