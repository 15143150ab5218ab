"""Links of the finished site that lead nowhere: to a page or file that is not there, or to a place it lacks.

What an author links to is judged where it is written, with its line (`link`). Here the whole site is
looked over once more as it was read back (`inventory`), so that no slip of a template goes out.
"""

import posixpath
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from urllib.parse import unquote, urlsplit

from sopgen.base.diagnostic import Diagnostic, Level
from sopgen.base.span import Span
from sopgen.manual.inventory import Inventory, lines_with

_SHOWN = 100
"""Dead links that are told; a slip in a template is on every page (our decision, 2026-11-22)."""


def dead_links(site: Path, inventory: Inventory, *, templates: str = "") -> Iterator[Diagnostic]:
    """Yield MAN115 for each link of the pages that leads nowhere; `templates` is the project's folder."""
    found = 0
    for name, entry in inventory.items():
        dead = sorted(link for link in entry.links if not _leads(unescape(link), name, inventory))
        text = (site / name).read_text(encoding="utf-8") if dead else ""
        for line, link in sorted((line, each) for each in dead for line in lines_with(text, each)):
            if found < _SHOWN:
                found += 1
                yield _dead(name, unescape(link), line, templates)


def _leads(target: str, page: str, inventory: Inventory) -> bool:
    """Return whether the link leads somewhere; what lies outside of the site is not asked for."""
    if target.startswith("#"):
        return target == "#" or unquote(target[1:]) in inventory[page].ids
    parts = urlsplit(target)
    if parts.scheme or parts.netloc:
        return True
    path = _joined(posixpath.dirname(page), unquote(parts.path)) if parts.path else page
    if parts.path.endswith("/") or path == ".":
        path = _joined(path, "index.html")
    if path not in inventory:
        return False
    return not (parts.fragment and path.endswith(".html")) or unquote(parts.fragment) in inventory[path].ids


def _joined(folder: str, path: str) -> str:
    return posixpath.normpath(posixpath.join(folder, path))


def _dead(page: str, target: str, line: int, templates: str) -> Diagnostic:
    hint = f"mend the template in '{templates}'" if templates else "report it: a template of sopgen wrote it"
    return Diagnostic(
        code="MAN115",
        level=Level.ERROR,
        span=Span(file=f"site/{page}", line=line),
        message=f"this link leads nowhere: '{target[:200]}'",
        hint=hint,
    )
