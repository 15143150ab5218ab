"""Links inside an SOP (`[text](#id)`) and the places that they can lead to."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

from sopgen.base.span import Span
from sopgen.sop.model import Block, ClauseList, Procedure, QuickReply, Sop

_LINK = re.compile(r"\]\(\s*<?#(?P<target>[^)\s>]*)")
_FILE_LINK = re.compile(r"\]\(\s*<?(?P<target>(?![\w+.-]+:|//|#|/)[^)\s>]+)")
_FENCE = re.compile(r"^\s*(?:[-*+]\s+|\d+[.)]\s+)?(?P<mark>`{3,}|~{3,})(?P<info>.*)$")
_CODE_SPAN = re.compile(r"(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)")


def anchors(sop: Sop) -> frozenset[str]:
    """Return every id that a link can lead to: of sections, procedures, clauses and quick replies."""
    names = {section.id for section in sop.sections}
    for section in sop.sections:
        names.update(_ids(section.blocks))
    return frozenset(names)


def dead_links(sop: Sop) -> Iterator[tuple[Span, str]]:
    """Yield the place and the target of each link to an id that the SOP does not have."""
    known = anchors(sop)
    for row, line in _lines_outside_fences(sop.source):
        for link in _LINK.finditer(_CODE_SPAN.sub(lambda code: " " * len(code[0]), line)):
            if link["target"] not in known:
                column = link.start("target")
                yield Span(file=sop.span.file, line=row + 1, column=column), link["target"]


def missing_files(sop: Sop) -> Iterator[tuple[Span, str]]:
    """Yield the place and the target of each link to a file that does not lie where the link says.

    Links are relative to the folder of the source; addresses with a scheme (`https:`) are not looked at.
    """
    source = Path(sop.span.file)
    if not source.is_file():
        return
    for row, line in _lines_outside_fences(sop.source):
        for link in _FILE_LINK.finditer(_CODE_SPAN.sub(lambda code: " " * len(code[0]), line)):
            target = unquote(link["target"].split("#")[0].split("?")[0])
            if target and not _is_there(source.parent / target):
                yield Span(file=sop.span.file, line=row + 1, column=link.start("target")), link["target"]


def _is_there(path: Path) -> bool:
    """Return whether there is such a file; a name that no file can have is none."""
    try:
        return path.exists()
    except OSError:
        return False


def _ids(blocks: tuple[Block, ...]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, ClauseList):
            for clause in block.clauses:
                yield clause.id
                yield from _ids(clause.body)
        elif isinstance(block, Procedure):
            yield block.id
            yield from _ids(block.blocks)
        elif isinstance(block, QuickReply):
            yield block.id


def _lines_outside_fences(source: str) -> Iterator[tuple[int, str]]:
    fence = ""
    for row, line in enumerate(source.split("\n")):
        match = _FENCE.match(line)
        if not fence and match is None:
            yield row, line
        elif match is not None and not fence:
            fence = match["mark"]
        elif match is not None and match["mark"].startswith(fence) and not match["info"].strip():
            fence = ""
