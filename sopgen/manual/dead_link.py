"""Links of the finished site that lead nowhere: to a page or file that is not there, or to a place it lacks.

What an author links to is judged where it is written, with its line (`link`). Here the whole site is read
back, as a reader's browser would, so that no slip of a template goes out.
"""

import posixpath
import re
from collections.abc import Iterator, Mapping
from html import unescape
from pathlib import Path
from urllib.parse import unquote, urlsplit

from sopgen.base.diagnostic import Diagnostic, Level
from sopgen.base.span import Span

_LINK = re.compile(r'="(?:(?<=\shref=")|(?<=\ssrc=")|(?<=\saction=")|(?<=\sdata="))([^"]*)"')
_ID = re.compile(r'id="(?<=\sid=")([^"]*)"')
"""Both begin with fixed characters, which are looked for many times faster than one of several names."""

_SHOWN = 100
"""Dead links that are told; a slip in a template is on every page (our decision, 2026-11-22)."""


def dead_links(site: Path, *, templates: str = "") -> Iterator[Diagnostic]:
    """Yield MAN115 for each link of the pages that leads nowhere; `templates` is the project's folder."""
    files = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    pages = {
        name: (site / name).read_text(encoding="utf-8") for name in sorted(files) if name.endswith(".html")
    }
    ids = {name: frozenset(map(unescape, _ID.findall(text))) for name, text in pages.items()}
    found = 0
    for name, text in pages.items():
        targets = set(_LINK.findall(text))
        dead = {target for target in targets if not _leads(unescape(target), name, files, ids)}
        for match in _LINK.finditer(text) if dead else ():
            if match[1] in dead and found < _SHOWN:
                found += 1
                line = text.count("\n", 0, match.start()) + 1
                yield _dead(name, unescape(match[1]), line, templates)


def _leads(target: str, page: str, files: set[str], ids: Mapping[str, frozenset[str]]) -> bool:
    """Return whether the link leads somewhere; what lies outside of the site is not asked for."""
    if target.startswith("#"):
        return target == "#" or unquote(target[1:]) in ids[page]
    parts = urlsplit(target)
    if parts.scheme or parts.netloc:
        return True
    path = _joined(posixpath.dirname(page), unquote(parts.path)) if parts.path else page
    if parts.path.endswith("/") or path == ".":
        path = _joined(path, "index.html")
    if path not in files:
        return False
    return not parts.fragment or path not in ids or unquote(parts.fragment) in ids[path]


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
