"""A manual as a PDF. The only WeasyPrint, and through it Pango, loaded when the first PDF is rendered."""

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from markupsafe import Markup

from sopgen.base.diagnostic import Diagnostic, Level, Report
from sopgen.base.errors import RenderError
from sopgen.base.span import Span
from sopgen.manual.link import find_inside
from sopgen.manual.model import Body, Manual, Status
from sopgen.manual.paper import print_page
from sopgen.manual.template import asset

PANGO_PACKAGES = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
EMOJI_PACKAGE = "fonts-noto-color-emoji"

_SAID_BEFORE = "no required alt description"
"""What the renderer says of a picture that MAN104 has named with its line."""

_FONTS = {"upright": "NotoSans[wdth,wght].ttf", "italic": "NotoSans-Italic[wdth,wght].ttf"}


def render_pdf(manual: Manual, body: Body, *, created: datetime | None, report: Report) -> bytes | None:
    """Return the manual as a tagged PDF, or None after reporting MAN108; the same input gives the same bytes.

    Raises RenderError MAN201 when Pango is missing. Diagnostics: MAN105 characters that no font has, MAN106
    what the renderer complains of, MAN108 a resource of the document that cannot be had.
    """
    weasyprint = load_weasyprint()
    html = print_page(manual, body, created=created)
    with _complaints() as complaints, _fixed_clock(created):
        try:
            document = _layout(weasyprint, manual, html)
            pdf: bytes = document.write_pdf(pdf_tags=True)
        except weasyprint.urls.FatalURLFetchingError as error:
            report(_refused(manual, str(error)))
            return None
    for flaw in _flaws_from(complaints, manual):
        report(flaw)
    return pdf


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


def _layout(weasyprint: Any, manual: Manual, html: Markup) -> Any:
    from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415  # only after Pango was found

    fetcher = _make_fetcher(manual.sop.folder)
    fonts = FontConfiguration()
    sheets = [
        weasyprint.CSS(string=css, font_config=fonts, url_fetcher=fetcher) for css in _style_sheets(manual)
    ]
    document = weasyprint.HTML(string=str(html), url_fetcher=fetcher)
    return document.render(stylesheets=sheets, font_config=fonts)


def _style_sheets(manual: Manual) -> Iterator[str]:
    yield asset("print.css").decode()
    if manual.status is Status.DRAFT:
        language = manual.sop.language if manual.sop.language in ("id", "en") else "en"
        yield f'@page {{ background: url("sopgen://theme/draft-{language}.svg") center / contain no-repeat }}'


def _make_fetcher(folder: str) -> Any:
    """Return a fetcher that reads the package's fonts and pictures and the SOP's own folder, nothing else."""
    from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse  # noqa: PLC0415

    class JailedFetcher(URLFetcher):  # type: ignore[misc]  # weasyprint has no types
        def fetch(self, url: str, headers: Any = None) -> Any:  # noqa: ARG002  # the parent's signature
            content = read_resource(url, folder=folder)
            if content is None:
                raise FatalURLFetchingError(f"'{url}' is not a file of the SOP's folder")
            return URLFetcherResponse(url, body=content)

    return JailedFetcher(allowed_protocols={"sopgen"}, fail_on_errors=True)


def read_resource(url: str, *, folder: str) -> bytes | None:
    """Return what a `sopgen:` address names, or None: a font, a picture of the theme, a file of the SOP."""
    parts = urlsplit(url)
    name = unquote(parts.path.removeprefix("/"))
    if parts.scheme != "sopgen":
        return None
    if parts.netloc == "font" and name in _FONTS:
        return _font(name)
    if parts.netloc == "theme" and name in ("draft-id.svg", "draft-en.svg"):
        return asset(name)
    path = find_inside(folder, name) if parts.netloc == "sop" else None
    return path.read_bytes() if path else None


def _font(name: str) -> bytes:
    import fontpkg_noto_sans  # noqa: PLC0415  # a package of two files; only PDFs need it

    return Path(fontpkg_noto_sans.ROOT, "files", _FONTS[name]).read_bytes()


@contextmanager
def _fixed_clock(created: datetime | None) -> Iterator[None]:
    """Give the font writer a fixed time for its stamps, which it takes from the environment alone."""
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


def _flaws_from(complaints: list[logging.LogRecord], manual: Manual) -> Iterator[Diagnostic]:
    """Yield one diagnostic for all characters without a font, and one for each other complaint."""
    no_glyph = [record for record in complaints if str(record.msg).startswith(".notdef")]
    missing = {str(record.args[0]) for record in no_glyph if isinstance(record.args, tuple) and record.args}
    if missing:
        yield _missing(manual, "".join(sorted(missing)))
    others = dict.fromkeys(record.getMessage() for record in complaints if record not in no_glyph)
    for complaint in others:
        if _SAID_BEFORE not in complaint:
            yield _complaint(manual, complaint)


def _missing(manual: Manual, characters: str) -> Diagnostic:
    shown = " ".join(f"{each} (U+{ord(each):04X})" for each in characters[:8])
    return Diagnostic(
        code="MAN105",
        level=Level.WARNING,
        span=_place(manual),
        message=f"no font here has these characters; the PDF of {manual.version} shows boxes: {shown}",
        hint=f"apt-get install -y {EMOJI_PACKAGE}",
    )


def _complaint(manual: Manual, complaint: str) -> Diagnostic:
    return Diagnostic(
        code="MAN106",
        level=Level.WARNING,
        span=_place(manual),
        message=f"the PDF of {manual.version} may look wrong: {complaint}",
        hint="mend the picture or the passage that the message names",
    )


def _refused(manual: Manual, reason: str) -> Diagnostic:
    return Diagnostic(
        code="MAN108",
        level=Level.ERROR,
        span=_place(manual),
        message=f"the PDF of {manual.version} cannot be made: {reason}",
        hint="put the file into the SOP's folder, or take the reference out",
    )


def _place(manual: Manual) -> Span:
    return Span(file=manual.sop.span.file or manual.sop.id)
