"""A run's report: one self-contained HTML file that asks the network for nothing."""

import base64
import hashlib
from functools import lru_cache, partial
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from sopgen.base.errors import UsageError
from sopgen.quality.composition import compose
from sopgen.quality.interval import SMALL_SAMPLE
from sopgen.quality.locale import number
from sopgen.quality.page import Page
from sopgen.quality.veil import out_of, project_veil
from sopgen.quality.wording import Wording
from sopgen.runs.store import open_run
from sopgen.runs.trouble import storing

REPORT = "report.html"
LANGUAGES = ("id", "en")

FINDINGS_SHOWN = 200
"""Findings that a report shows in full (our decision, 2026-11-21): some 600 kB."""

_TEMPLATES = Path(__file__).parent / "templates"
_CONTROLS = dict.fromkeys({*range(32), 127} - set(map(ord, "\t\n\r")), "\ufffd")
"""Characters that HTML forbids and chats may hold."""


def write_report(
    run_folder: Path,
    *,
    language: str = "id",
    manual_url: str | None = None,
    limit: int = FINDINGS_SHOWN,
    unmasked: bool = False,
) -> Path:
    """Return the report of a stored run, written as `report.html` beside its results.

    `manual_url` is where the manuals' site lies as seen from the run's folder, such as `../../site`; without
    it nothing links to clauses. `unmasked` shows personal data: whoever asks for it records why first
    (`unmasking`). StorageError: STO101, STO102, STO201, STO202, PRV101. UsageError: RPT101.
    """
    if language not in LANGUAGES:
        raise UsageError(
            "RPT101", f"no report can be written in '{language}'", hint=f"use one of: {', '.join(LANGUAGES)}"
        )
    run = open_run(run_folder)
    veil = project_veil(out_of(run_folder), language=language, unmasked=unmasked)
    page = compose(run, veil, manual_url=manual_url, limit=limit)
    return _write(run_folder / REPORT, render(page))


def render(page: Page) -> str:
    """Return the page as HTML. Style and script are allowed by their hashes, everything else is refused."""
    style, script = _asset("report.css"), _asset("report.js")
    html = _environment().get_template("report.html.j2").render(
        page=page,
        style=Markup(style),  # noqa: S704 - our own file, no value of a user in it
        script=Markup(script),  # noqa: S704 - our own file, no value of a user in it
        policy=_policy(style, script),
        say=Wording(page.language).say,
        num=partial(number, language=page.language),
        small_sample=SMALL_SAMPLE,
    )  # fmt: skip
    return html.translate(_CONTROLS)


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


@lru_cache(maxsize=4)
def _asset(name: str) -> str:
    return (_TEMPLATES / name).read_text(encoding="utf-8")


def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("sopgen.quality"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _write(path: Path, html: str) -> Path:
    """Return the path, its file whole or as it was before."""
    draft = path.with_name(f".{path.name}.part")
    with storing(path):
        try:
            draft.write_text(html, encoding="utf-8", errors="replace")
            draft.replace(path)
        finally:
            draft.unlink(missing_ok=True)
    return path
