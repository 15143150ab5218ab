"""A redline as a PDF on standard output."""

import sys

from sopgen.base.errors import RenderError, UsageError
from sopgen.cli.screen.pipe import sending
from sopgen.manual.model import manuals_of
from sopgen.manual.pdf import print_sheet
from sopgen.manual.redline import Redline
from sopgen.manual.redline_paper import sheet_of
from sopgen.manual.template import dressed
from sopgen.manual.theme import Theme
from sopgen.sop.model import SopHistory


def write_pdf(redline: Redline, history: SopHistory, *, theme: Theme) -> None:
    """Write the redline as a PDF to standard output, which must be a file or a pipe.

    Raises UsageError CLI143 for a terminal, RenderError MAN201 without Pango.
    """
    if sys.stdout.isatty():
        hint = "write it to a file: --format pdf > changes.pdf"
        raise UsageError("CLI143", "a PDF is nothing for a terminal", hint=hint)
    manuals = {manual.version: manual for manual in manuals_of(history, drafts=True)}
    new = manuals[redline.new.version]
    with dressed(theme):
        printed = print_sheet(sheet_of(redline, new, created=new.effective))
    if printed.fatal or printed.pdf is None:
        code, message, hint = printed.fatal or ("MAN108", printed.flaws[0].message, printed.flaws[0].hint)
        raise RenderError(code, message, hint=hint)
    with sending():
        sys.stdout.buffer.write(printed.pdf)
