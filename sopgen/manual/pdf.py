"""Sheets become PDFs. The only WeasyPrint, and through it Pango, loaded when the first PDF is rendered."""

import logging
import os
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import lru_cache
from typing import Any

from sopgen.base.diagnostic import Diagnostic, Level
from sopgen.base.errors import RenderError
from sopgen.base.span import Span
from sopgen.manual.sheet import SCHEME, Printed, Sheet, read_resource

PANGO_PACKAGES = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
EMOJI_PACKAGE = "fonts-noto-color-emoji"

_SAID_BEFORE = "no required alt description"
"""What the renderer says of a picture that MAN104 has named with its line."""

_NO_ANCHOR = "No anchor #"
"""What the renderer says of a link that leads to no place of the document."""


def print_sheet(sheet: Sheet) -> Printed:
    """Return the sheet as a tagged PDF with what there was to say; the same sheet gives the same bytes.

    Diagnostics: MAN105 characters that no font has, MAN106 what the renderer complains of, MAN108 a resource
    that cannot be had, MAN114 a link that leads nowhere. Fatal: MAN201 without Pango.
    """
    try:
        weasyprint = load_weasyprint()
    except RenderError as error:
        return Printed(pdf=None, fatal=(error.code, error.message, error.hint))
    with _complaints() as complaints, _fixed_clock(sheet.created), warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # its colour profile of PDF/A stays open
        try:
            pdf: bytes | None = _layout(weasyprint, sheet)
        except weasyprint.urls.FatalURLFetchingError as error:
            return Printed(pdf=None, flaws=(_refused(sheet, str(error)),))
    flaws = tuple(_flaws_from(complaints, sheet))
    dead = any(flaw.level is Level.ERROR for flaw in flaws)
    return Printed(pdf=None if dead else pdf, flaws=flaws)


@lru_cache(maxsize=1)
def load_weasyprint() -> Any:
    """Return the weasyprint package, or raise RenderError MAN201 that says what to install."""
    try:
        import weasyprint  # noqa: PLC0415  # half a second, and only PDFs need it
    except OSError as error:
        raise RenderError(
            "MAN201",
            f"Pango, which sets the text of the PDFs, is not on this machine: {str(error).splitlines()[0]}",
            hint=f"apt-get install -y {PANGO_PACKAGES}",
        ) from error
    return weasyprint


def _layout(weasyprint: Any, sheet: Sheet) -> bytes:
    fonts, style = _dress(sheet.styles)
    document = weasyprint.HTML(string=sheet.html, url_fetcher=_make_fetcher(sheet))
    variant = None if sheet.variant == "tagged" else f"pdf/{sheet.variant}"
    pdf: bytes = document.write_pdf(
        stylesheets=style, font_config=fonts, pdf_tags=True, pdf_variant=variant, custom_metadata=False
    )
    return pdf


@lru_cache(maxsize=4)
def _dress(styles: tuple[str, ...]) -> tuple[Any, tuple[Any, ...]]:
    """Return the fonts and the parsed style sheets, which all documents of a process share.

    Addresses in a style sheet are those of fonts, or of pictures that each sheet brings along.
    """
    weasyprint = load_weasyprint()
    from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415  # only after Pango was found

    fonts = FontConfiguration()
    fetcher = _make_fetcher(Sheet(name="", file="", html=""))
    return fonts, tuple(weasyprint.CSS(string=css, font_config=fonts, url_fetcher=fetcher) for css in styles)


def _make_fetcher(sheet: Sheet) -> Any:
    """Return a fetcher that reads the package's fonts, and what the sheet may show, and nothing else."""
    from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse  # noqa: PLC0415

    class JailedFetcher(URLFetcher):  # type: ignore[misc]  # weasyprint has no types
        def fetch(self, url: str, headers: Any = None) -> Any:  # noqa: ARG002  # the parent's signature
            content = read_resource(url, sheet)
            if content is None:
                raise FatalURLFetchingError(f"'{url}' is not a file of the SOP's folder")
            return URLFetcherResponse(url, body=content)

    return JailedFetcher(allowed_protocols={SCHEME}, fail_on_errors=True)


@contextmanager
def _fixed_clock(created: datetime | None) -> Iterator[None]:
    """Give the renderer the document's own time: it dates the fonts inside a PDF by SOURCE_DATE_EPOCH."""
    before = os.environ.get("SOURCE_DATE_EPOCH")
    os.environ["SOURCE_DATE_EPOCH"] = str(int(created.timestamp()) if created else 0)
    try:
        yield
    finally:
        if before is None:
            del os.environ["SOURCE_DATE_EPOCH"]
        else:
            os.environ["SOURCE_DATE_EPOCH"] = before


@contextmanager
def _complaints() -> Iterator[list[logging.LogRecord]]:
    """Gather what WeasyPrint would log, so that nothing is dropped and nothing is printed."""
    gathered: list[logging.LogRecord] = []

    class Gatherer(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            gathered.append(record)

    logger = logging.getLogger("weasyprint")
    handler, propagates = Gatherer(level=logging.WARNING), logger.propagate
    logger.addHandler(handler)
    logger.propagate = False
    try:
        yield gathered
    finally:
        logger.removeHandler(handler)
        logger.propagate = propagates


def _flaws_from(complaints: list[logging.LogRecord], sheet: Sheet) -> Iterator[Diagnostic]:
    """Yield one diagnostic for all characters without a font, and one for each other complaint."""
    no_glyph = [record for record in complaints if str(record.msg).startswith(".notdef")]
    missing = {str(record.args[0]) for record in no_glyph if isinstance(record.args, tuple) and record.args}
    if missing:
        yield _missing(sheet, "".join(sorted(missing)))
    others = dict.fromkeys(record.getMessage() for record in complaints if record not in no_glyph)
    for complaint in others:
        if complaint.startswith(_NO_ANCHOR):
            yield _dead(sheet, complaint)
        elif _SAID_BEFORE not in complaint:
            yield _complaint(sheet, complaint)


def _missing(sheet: Sheet, characters: str) -> Diagnostic:
    shown = " ".join(f"{each} (U+{ord(each):04X})" for each in characters[:8])
    return Diagnostic(
        code="MAN105",
        level=Level.WARNING,
        span=Span(file=sheet.file),
        message=f"no font here has these characters; {sheet.name} shows boxes: {shown}",
        hint=f"apt-get install -y {EMOJI_PACKAGE}",
    )


def _complaint(sheet: Sheet, complaint: str) -> Diagnostic:
    return Diagnostic(
        code="MAN106",
        level=Level.WARNING,
        span=Span(file=sheet.file),
        message=f"{sheet.name} may look wrong: {complaint}",
        hint="mend the picture or the passage that the message names",
    )


def _dead(sheet: Sheet, complaint: str) -> Diagnostic:
    name = complaint.removeprefix(_NO_ANCHOR).partition(" ")[0]
    return Diagnostic(
        code="MAN114",
        level=Level.ERROR,
        span=Span(file=sheet.file),
        message=f"a link in {sheet.name} leads nowhere: '#{name}'",
        hint="mend the template that wrote the link",
    )


def _refused(sheet: Sheet, reason: str) -> Diagnostic:
    return Diagnostic(
        code="MAN108",
        level=Level.ERROR,
        span=Span(file=sheet.file),
        message=f"{sheet.name} cannot be made: {reason}",
        hint="put the file into the SOP's folder, or take the reference out",
    )
