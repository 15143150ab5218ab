"""How a project wants its manuals to look, as values that are ready to use; `setting` makes them.

What the checks are called, and how clauses were kept, comes from the caller: the manual knows no checker.
"""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from enum import StrEnum

from sopgen.manual.colour import DARK, LIGHT, Palette, mixed

TINT = 0.1
"""The share of the accent in the ground of what it marks."""

OUR_TINTS = ("#e5f0ed", "#1d322f")
"""That ground in our own light and dark colours, as in `manual.css`."""


class PdfVariant(StrEnum):
    """What kind of PDF is made; each is tagged. `ua-1` is for readers of all kinds, `a-3u` for archives."""

    TAGGED = "tagged"
    UA_1 = "ua-1"
    UA_2 = "ua-2"
    A_2A = "a-2a"
    A_3A = "a-3a"
    A_3U = "a-3u"


@dataclass(frozen=True, slots=True, kw_only=True)
class Logo:
    """A picture: its file name in the site's assets, its bytes."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class ClauseRemark:
    """What the page of a version says below one of its clauses, as plain text in both languages."""

    sop: str
    version: str
    clause: str
    indonesian: str
    english: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """Name, logo, colours, further style, templates of one's own, where the site stands, the kind of PDF.

    `css` follows the site's style sheet, `print_css` that of the PDFs. `templates` is a folder whose files
    take the place of ours, "" for none. `base_url` is where the site is published, without a slash at its
    end, "" when nobody has said. `checks` are the names of the checks, each with its title in Indonesian and
    in English; a check without one goes by its name. `compliance` is how clauses were kept lately.
    """

    name: str = ""
    logo: Logo | None = None
    light: Palette = LIGHT
    dark: Palette = DARK
    css: str = ""
    print_css: str = ""
    templates: str = ""
    base_url: str = ""
    variant: PdfVariant = PdfVariant.UA_1
    checks: tuple[tuple[str, str, str], ...] = ()
    compliance: tuple[ClauseRemark, ...] = ()

    def check_titles(self, language: str) -> dict[str, str]:
        """Return what the checks are called in a language, by their names."""
        return {
            name: indonesian if language == "id" else english for name, indonesian, english in self.checks
        }

    def remarks(self, sop: str, version: str, language: str) -> dict[str, str]:
        """Return how the clauses of a version were kept, in a language, by their ids."""
        return {
            each.clause: each.indonesian if language == "id" else each.english
            for each in self.compliance
            if (each.sop, each.version) == (sop, version)
        }

    def site_style(self) -> str:
        """Return what stands below the site's own style sheet: changed colours, then the project's CSS."""
        pairs = _changed(self.light, self.dark)
        rules = ";".join(f"--{name}:light-dark({light},{dark})" for name, light, dark in pairs)
        rules = f":root{{{rules}}}" if rules else ""
        return "\n".join(part for part in (rules, self.css) if part)

    def print_colours(self) -> dict[str, str]:
        """Return the colours of the PDF by the name of their property: paper is white there."""
        light = self.light
        tints = {"accent-soft": mixed(light.accent, "#ffffff", TINT)}
        return {"accent": light.accent, "ink": light.ink, "soft": light.soft, **tints}


PLAIN = Theme()
"""The theme of a project that has not said anything."""


def _changed(light: Palette, dark: Palette) -> Iterator[tuple[str, str, str]]:
    """Yield the custom properties whose colours differ from ours, each with its light and its dark colour."""
    for each in fields(Palette):
        pair = getattr(light, each.name), getattr(dark, each.name)
        if pair != (getattr(LIGHT, each.name), getattr(DARK, each.name)):
            yield each.name, *pair
    tints = _tint(light, LIGHT, OUR_TINTS[0]), _tint(dark, DARK, OUR_TINTS[1])
    if tints != OUR_TINTS:
        yield "accent-soft", *tints


def _tint(palette: Palette, ours: Palette, tint: str) -> str:
    """Return the ground of what the accent marks; ours, chosen by eye, where neither colour was changed."""
    same = (palette.accent, palette.card) == (ours.accent, ours.card)
    return tint if same else mixed(palette.accent, palette.card, TINT)
