"""The source of an SOP (Markdown with front matter) into an `Sop`. No file is opened here.

In: text. Out: the value, and diagnostics through `report`. What is *missing* from a well-formed SOP is the
business of `lint`; whether a check exists, that of `sopgen.compliance`.
"""

from functools import lru_cache
from typing import Any

from markdown_it import MarkdownIt
from mdit_py_plugins.front_matter import front_matter_plugin

from sopgen.base.diagnostic import Diagnostic, Level, Report
from sopgen.base.span import Span
from sopgen.sop.front_matter import Governance, read_front_matter
from sopgen.sop.model import Section, Sop
from sopgen.sop.node import Node, nodes_of
from sopgen.sop.reading import Reading, names_in
from sopgen.sop.section import read_sections
from sopgen.sop.source_text import normalised, source_text

_MARKDOWN = MarkdownIt("commonmark").enable("table").disable(["inline", "text_join"]).use(front_matter_plugin)
"""Reads blocks alone: what stands inside a paragraph is kept as written, so its marks need not be found."""

_IN_EXAMPLES = frozenset({"SOP122", "SOP124", "NOT101", "NOT102", "NOT103"})
"""Errors that cost one example and leave the SOP usable."""


def read_sop(text: str, *, file: str, report: Report, forgiving: bool = False) -> Sop | None:
    """Return the SOP that `text` sets out, or None after reporting an error that leaves it open.

    With `forgiving` an error in one of its parts leaves the others to be looked over or put in order; nobody
    may be judged by such an SOP. Diagnostics: SOP101 no front matter, SOP102 front matter not closed, SOP106
    empty, SOP108 link definitions; those of `front_matter`, `section`, `clause`, `example`.
    """
    watch = _Watch(report=report)
    plain = normalised(text)
    if not plain.strip():
        hint = "write a front matter between two lines '---', and the sections below it"
        watch(_flaw("SOP106", Span(file=file), "the file is empty", hint))
        return None
    links: dict[str, Any] = {}
    nodes = nodes_of(_MARKDOWN.parse(plain, links))
    governance = _governance(plain, nodes, Span(file=file, line=1, column=1), watch)
    if governance is None:
        return None
    _report_links(links, file, watch)
    reading = Reading(
        source=source_text(plain, file),
        report=watch,
        language=governance.language,
        names=names_in(plain),
    )
    sections = read_sections(nodes, reading, governance.title)
    if watch.broken and not forgiving:
        return None
    return _sop(governance, sections, plain, Span(file=file, line=1, column=1))


@lru_cache(maxsize=1)
def fences_of(source: str) -> tuple[Node, ...]:
    """Return the fenced blocks of a source, wherever they stand, in its order."""
    nodes = nodes_of(_MARKDOWN.parse(source))
    return tuple(node for top in nodes for node in top.walk() if node.type == "fence")


class _Watch:
    """A report that remembers whether anything broke the SOP."""

    def __init__(self, *, report: Report) -> None:
        self._report = report
        self.broken = False

    def __call__(self, diagnostic: Diagnostic) -> None:
        if diagnostic.level is Level.ERROR and diagnostic.code not in _IN_EXAMPLES:
            self.broken = True
        self._report(diagnostic)


def _governance(plain: str, nodes: list[Node], start: Span, report: Report) -> Governance | None:
    first = nodes[0] if nodes else None
    if first is not None and first.type == "front_matter":
        return read_front_matter(first.content, start.shifted(lines=1), report)
    if plain.startswith("---"):
        hint = "end the front matter with a line '---'"
        report(_flaw("SOP102", start, "the front matter is not closed", hint))
        return None
    hint = "begin the file with a line '---', the keys id, title, language …, and a line '---'"
    report(_flaw("SOP101", start, "the file has no front matter", hint))
    return None


def _report_links(links: dict[str, Any], file: str, report: Report) -> None:
    """Report SOP108 for every link definition: sections are rendered one by one and do not see it."""
    for definition in links.get("references", {}).values():
        span = Span(file=file, line=definition["map"][0] + 1, column=1)
        message = f"the link definition for '{definition['href']}' is left out"
        hint = "write the address where the link is: [text](address)"
        report(Diagnostic(code="SOP108", level=Level.WARNING, span=span, message=message, hint=hint))


def _sop(governance: Governance, sections: tuple[Section, ...], source: str, span: Span) -> Sop:
    return Sop(
        id=governance.id,
        title=governance.title,
        language=governance.language,
        owner=governance.owner,
        approver=governance.approver,
        review_every=governance.review_every,
        applies_to=governance.applies_to,
        hours=governance.hours,
        sections=sections,
        source=source,
        span=span,
    )


def _flaw(code: str, span: Span, message: str, hint: str) -> Diagnostic:
    return Diagnostic(code=code, level=Level.ERROR, span=span, message=message, hint=hint)
