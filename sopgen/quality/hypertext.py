"""Pages as HTML: one file that asks the network for nothing, or the same page for paper."""

import base64
import hashlib
from functools import lru_cache, partial
from pathlib import Path
from typing import Protocol

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from sopgen.quality.colour import LIGHT, coloured, custom_properties
from sopgen.quality.interval import SMALL_SAMPLE
from sopgen.quality.locale import number
from sopgen.quality.wording import Wording

_TEMPLATES = Path(__file__).parent / "templates"
_CONTROLS = dict.fromkeys({*range(32), 127} - set(map(ord, "\t\n\r")), "\ufffd")
"""Characters that HTML forbids and chats may hold."""


class AnyPage(Protocol):
    """A page of any reader: `reader` names its template."""

    @property
    def language(self) -> str:
        """Return "id" or "en"."""

    @property
    def reader(self) -> str:
        """Return "qa", "lead" or "owner"."""


def render(page: AnyPage, *, paper: bool = False) -> str:
    """Return the page as HTML. Style and script are allowed by their hashes, everything else is refused.

    `paper` leaves out script and style (`paper_style` has that), and what can only be clicked.
    """
    style, script = page_style(), _asset("report.js")
    html = _environment().get_template(f"{page.reader}.html.j2").render(
        page=page,
        paper=paper,
        style=Markup(style),  # noqa: S704 - our own file, no value of a user in it
        script=Markup(script),  # noqa: S704 - our own file, no value of a user in it
        policy=_policy(style, script),
        say=Wording(page.language).say,
        num=partial(number, language=page.language),
        shade=LIGHT,
        small_sample=SMALL_SAMPLE,
    )  # fmt: skip
    return html.translate(_CONTROLS)


def page_style() -> str:
    """Return the style sheet of a screen, light and dark."""
    return custom_properties() + _asset("report.css")


def paper_style() -> str:
    """Return the style sheet of paper, its colours filled in."""
    return coloured(_asset("paper.css"))


def _policy(style: str, script: str) -> str:
    """Return the content security policy: no request at all, and only this style and this script."""
    return "; ".join(
        (
            "default-src 'none'",
            f"style-src '{_hash(style)}'",
            f"script-src '{_hash(script)}'",
            "img-src data:",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


@lru_cache(maxsize=8)
def _asset(name: str) -> str:
    return (_TEMPLATES / name).read_text(encoding="utf-8")


@lru_cache(maxsize=1)
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("sopgen.quality"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
