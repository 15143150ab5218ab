"""Links of the finished site that lead nowhere: to a page or file that is not there, or to a place it lacks.

What an author links to is judged where it is written, with its line (`link`). Here the whole site is
looked over once more as it was read back (`inventory`), so that no slip of a template goes out. A slip is on
many pages; where a line of the project's templates names the target, that line is told, once.
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
    found, told = 0, set[Span]()  # the lines of templates that were told
    for name, entry in inventory.items():
        dead = sorted(link for link in entry.links if not _leads(unescape(link), name, inventory))
        text = (site / name).read_text(encoding="utf-8") if dead else ""
        for line, link in sorted((line, each) for each in dead for line in lines_with(text, each)):
            written = _written(unescape(link), templates)
            if found < _SHOWN and written not in told:
                found += 1
                told |= {written} if written else set()
                yield _dead(name, unescape(link), line, templates, written)


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


def _dead(page: str, target: str, line: int, templates: str, written: Span | None) -> Diagnostic:
    message, hint = f"this link leads nowhere: '{target[:200]}'", "report it: a template of sopgen wrote it"
    if written:
        message, hint = f"{message} (site/{page}:{line})", "mend the link in the template"
    elif templates:
        hint = f"mend the template in '{templates}'"
    span = written or Span(file=f"site/{page}", line=line)
    return Diagnostic(code="MAN115", level=Level.ERROR, span=span, message=message, hint=hint)


def _written(target: str, templates: str) -> Span | None:
    """Return the first line of the project's templates that names what the link leads to."""
    if not templates:
        return None
    name = target.rstrip("/").rpartition("/")[2].rpartition("#")[2]
    for path in sorted(Path(templates).rglob("*.html")):
        lines = path.read_text(encoding="utf-8", errors="replace").split("\n")
        for number, line in enumerate(lines, start=1):
            at = line.find(name) if name else -1
            if at >= 0:
                return Span(file=str(path), line=number, column=at + 1)
    return None
