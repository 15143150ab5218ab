"""What the site's search looks through: every place of the newest versions, with its words.

Plain words out, no stems: the reader's browser cuts words to their roots, those of the index and those of the
query alike, so that the two can never disagree. The index is a script and no JSON file, because a page that
was opened from a disk may load scripts, but may not fetch.
"""

import re
from collections.abc import Iterator, Sequence

import orjson

from sopgen.manual.model import LATEST, Shelved
from sopgen.sop.model import Block, ClauseList, Procedure, Prose, QuickReply, Section, Sop

_LINK = re.compile(r"!?\[([^\]\n]*)\]\([^)\n]*\)")
_RULE = re.compile(r"(?m)^(?=[ \t|:]*-)[ \t|:-]+$")
_ROW = re.compile(r"(?m)^[ \t]*\|(.*)\|[ \t]*$")
_MARKS = re.compile(r"(?m)^[ \t]*(?:[>#]+|[-*+](?=\s)|\d+\.(?=\s))|\[!\w+\]")
_INLINE = re.compile(r"\*{1,3}|`+")
_MARKED = re.compile(r"(?m)[\[*`|>#]|^[ \t]*(?:[-+:]|\d+\.)")
"""What none of the above is found without; most passages hold none of it."""

_SPACE = re.compile(r"\s+")

Entry = tuple[int, str, str, str]
"""Place of the SOP in the list, anchor, heading, words."""


def index_script(shelf: Sequence[Shelved]) -> str:
    """Return the script that hands the index over to the search.

    `sops` are title, address and language of each SOP, `places` are the entries of all of them.
    """
    latest = [each.manual for each in shelf if each.manual.is_latest]
    sops = [(each.sop.title, f"{each.sop.id}/{LATEST}/index.html", each.sop.language) for each in latest]
    places = [entry for at, each in enumerate(latest) for entry in _entries(at, each.sop)]
    return f"self.sopgenIndex={orjson.dumps({'sops': sops, 'places': places}).decode()};\n"


def plain_words(markdown: str) -> str:
    """Return the words that a reader sees of a Markdown text, in one line; a table's rows as sentences."""
    if _MARKED.search(markdown) is None:
        return _SPACE.sub(" ", markdown).strip()
    rows = _ROW.sub(_row, _RULE.sub("", _LINK.sub(r"\1", markdown)))
    return _SPACE.sub(" ", _INLINE.sub("", _MARKS.sub(" ", rows))).strip()


def _row(row: re.Match[str]) -> str:
    return ", ".join(cell.strip() for cell in row[1].split("|")) + "."


def _entries(at: int, sop: Sop) -> Iterator[Entry]:
    yield at, "", sop.title, f"{sop.id} {sop.owner}"
    for section in sop.sections:
        yield from _section(at, section)


def _section(at: int, section: Section) -> Iterator[Entry]:
    title = f"{section.number}. {section.heading}"
    yield at, section.id, title, _prose_of(section.blocks)
    yield from _places(at, section.blocks, title)


def _places(at: int, blocks: Sequence[Block], title: str) -> Iterator[Entry]:
    for block in blocks:
        match block:
            case ClauseList(clauses=clauses):
                for clause in clauses:
                    words = f"{clause.text} {_prose_of(clause.body)}"
                    yield at, clause.id, f"{clause.number} · {title}", _SPACE.sub(" ", words).strip()
                    yield from _places(at, clause.body, title)
            case Procedure():
                heading = f"{block.number.rpartition('.')[2]}. {block.title}"
                yield at, block.id, heading, _prose_of(block.blocks, plain_words(block.output))
                yield from _places(at, block.blocks, heading)
            case QuickReply():
                yield at, block.id, block.title, _SPACE.sub(" ", block.text)


def _prose_of(blocks: Sequence[Block], *further: str) -> str:
    passages = (plain_words(block.markdown) for block in blocks if isinstance(block, Prose))
    return " ".join(filter(None, (*passages, *further)))
