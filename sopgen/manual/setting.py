"""The section `[manual]` of `sopgen.toml`, and the theme that it stands for.

What a project may set is checked before anything is built: colours that cannot be read on one another, files
that are not there, a style sheet that would ask other hosts for something.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import ClassVar, Literal
from urllib.parse import urlsplit

from sopgen.base.diagnostic import Diagnostic, Level, Report, has_error
from sopgen.base.picture import is_picture
from sopgen.base.shape import Document
from sopgen.manual.colour import CONTRAST, DARK, LIGHT, Palette, colour_of, contrast
from sopgen.manual.theme import Logo, PdfVariant, Theme

SECTION = "manual"

LARGEST = 512 * 1024
"""Bytes of a logo or style sheet; every reader of the site loads them (our decision, 2026-11-22)."""

_FORBID: dict[str, str] = {"extra": "forbid"}
_ELSEWHERE = re.compile(r"@import|url\(\s*['\"]?\s*(?!data:|#)[^)]*|expression\(|</style", re.IGNORECASE)
_ACTIVE = re.compile(
    rb"<script|<foreignobject|<!entity|\son[a-z]+\s*=|javascript:|href\s*=\s*[\"'](?!#|data:image/)",
    re.IGNORECASE,
)
_GROUNDS = ("paper", "card")
_TEXTS = ("accent", "ink", "soft")


@dataclass(frozen=True, slots=True, kw_only=True)
class DarkColours:
    """`[manual.colours.dark]`: the colours for readers who prefer a dark screen; "" leaves ours."""

    __pydantic_config__: ClassVar[dict[str, str]] = _FORBID
    accent: str = ""
    ink: str = ""
    soft: str = ""
    paper: str = ""
    card: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Colours(DarkColours):
    """`[manual.colours]`: `#rgb` or `#rrggbb`; "" leaves ours."""

    dark: DarkColours = field(default_factory=DarkColours)


@dataclass(frozen=True, slots=True, kw_only=True)
class ManualSettings:
    """`[manual]`: paths start from the folder of `sopgen.toml`. See `Theme` for what each one does.

    `results` is the folder that holds `runs`: the pages then say how each clause was kept lately. PDFs and
    single files do not: a file that was approved, or is sent around, says the same for ever.
    """

    __pydantic_config__: ClassVar[dict[str, str]] = _FORBID
    name: str = ""
    logo: str = ""
    css: str = ""
    print_css: str = ""
    templates: str = ""
    results: str = ""
    base_url: str = ""
    pdf: Literal["tagged", "ua-1", "ua-2", "a-2a", "a-3a", "a-3u"] = "ua-1"
    colours: Colours = field(default_factory=Colours)


def theme_of(settings: ManualSettings, document: Document, folder: Path, report: Report) -> Theme | None:
    """Return the theme, or None after reporting what is wrong with a setting, at its line.

    Diagnostics: MAN110 no colour, MAN111 too little contrast, MAN112 a file that cannot be used, MAN113 an
    address that is none.
    """
    flaws: list[Diagnostic] = []
    reading = _Reading(document=document, folder=folder, report=flaws.append)
    theme = Theme(
        name=" ".join(settings.name.split()),
        logo=reading.logo(settings.logo),
        light=reading.palette(settings.colours, LIGHT, "colours"),
        dark=reading.palette(settings.colours.dark, DARK, "colours", "dark"),
        css=reading.style("css", settings.css),
        print_css=reading.style("print_css", settings.print_css),
        templates=reading.templates(settings.templates),
        base_url=reading.address(settings.base_url),
        variant=PdfVariant(settings.pdf),
    )
    reading.expect_folder("results", settings.results)
    for flaw in flaws:
        report(flaw)
    return None if has_error(flaws) else theme


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reading:
    """Turns settings into values; a flaw is reported, and the value is then the default."""

    document: Document
    folder: Path
    report: Report

    def tell(self, code: str, path: tuple[str, ...], message: str, hint: str) -> None:
        """Report an error at a setting."""
        span = self.document.place((SECTION, *path))
        self.report(Diagnostic(code=code, level=Level.ERROR, span=span, message=message, hint=hint))

    def palette(self, written: Colours | DarkColours, default: Palette, *path: str) -> Palette:
        """Return the palette with the colours that were written."""
        said = {each.name: getattr(written, each.name) for each in fields(Palette)}
        colours = {name: self.colour(value, *path, name) for name, value in said.items() if value}
        palette = replace(default, **{name: value for name, value in colours.items() if value})
        for name in _unreadable(palette):
            self._too_faint(palette, name, (*path, next((each for each in name if said[each]), name[0])))
        return palette

    def colour(self, written: str, *path: str) -> str | None:
        """Return the colour, or None after MAN110."""
        colour = colour_of(written)
        if colour is None:
            self.tell("MAN110", path, f"'{written}' is no colour", 'write it as "#0b6259"')
        return colour

    def _too_faint(self, palette: Palette, pair: tuple[str, str], path: tuple[str, ...]) -> None:
        text, ground = (getattr(palette, name) for name in pair)
        ratio = contrast(text, ground)
        message = (
            f"{pair[0]} {text} on {pair[1]} {ground} cannot be read well: their contrast is "
            f"{ratio:.2f} to 1, and must be at least {CONTRAST} to 1"
        )
        self.tell("MAN111", path, message, "choose a darker or a lighter one of the two")

    def data(self, key: str, name: str) -> bytes | None:
        """Return what the file holds, or None when none is named, or after MAN112."""
        if not name:
            return None
        path = (self.folder / name).resolve()
        if not path.is_relative_to(self.folder.resolve()):
            self._unusable(key, name, "it is outside of the project's folder")
        elif not path.is_file():
            self._unusable(key, name, "there is no such file")
        elif path.stat().st_size > LARGEST:
            self._unusable(key, name, f"it has more than {LARGEST // 1024} KiB")
        else:
            return path.read_bytes()
        return None

    def _unusable(self, key: str, name: str, why: str) -> None:
        hint = "name a file or folder inside the project"
        self.tell("MAN112", (key,), f"'{name}' cannot be used: {why}", hint)

    def logo(self, name: str) -> Logo | None:
        """Return the logo, or None when there is none, or after MAN112."""
        data = self.data("logo", name)
        if data is None:
            return None
        kind = Path(name).suffix.lower()
        if kind == ".svg" and b"<svg" in data and not _ACTIVE.search(data):
            return Logo(name="logo.svg", data=data)
        if is_picture(kind, data):
            return Logo(name=f"logo{kind}", data=data)
        self._unusable("logo", name, "it is no PNG, JPEG, GIF, WebP, nor an SVG without scripts and links")
        return None

    def style(self, key: str, name: str) -> str:
        """Return the style sheet, or "" when there is none, or after MAN112."""
        data = self.data(key, name)
        try:
            css = (data or b"").decode("utf-8-sig")
        except UnicodeDecodeError:
            self._unusable(key, name, "it is not saved as UTF-8")
            return ""
        found = _ELSEWHERE.search(css)
        if found:
            self._unusable(key, name, f"'{found[0][:60]}' would ask for another file")
            return ""
        return css

    def templates(self, name: str) -> str:
        """Return the folder of templates, or "" when there is none, or after MAN112."""
        if not name:
            return ""
        path = (self.folder / name).resolve()
        if path.is_dir() and path.is_relative_to(self.folder.resolve()):
            return str(path)
        self._unusable("templates", name, "it is no folder of the project")
        return ""

    def expect_folder(self, key: str, name: str) -> None:
        """Report MAN112 for a file; a folder may lie anywhere, and may be still to come."""
        if name and (self.folder / name).is_file():
            self._unusable(key, name, "it is a file, not a folder")

    def address(self, written: str) -> str:
        """Return the address without a slash at its end, or "" when there is none, or after MAN113."""
        if not written:
            return ""
        try:
            parts = urlsplit(written)
        except ValueError:
            parts = urlsplit("")
        if parts.scheme in ("http", "https") and parts.hostname and not (parts.query or parts.fragment):
            return written.rstrip("/")
        hint = 'write where the site is published: "https://sop.example.com"'
        self.tell("MAN113", ("base_url",), f"'{written}' is no address of a site", hint)
        return ""


def _unreadable(palette: Palette) -> Iterator[tuple[str, str]]:
    """Yield the pairs of text and ground whose contrast is too little."""
    for text in _TEXTS:
        for ground in _GROUNDS:
            if contrast(getattr(palette, text), getattr(palette, ground)) < CONTRAST:
                yield text, ground
