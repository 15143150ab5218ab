"""What was wrong with an export, in the language of a report: the sentence of a code, and where it stands.

Diagnostics and the reasons of records that were set aside are English, for the command line; a report shows
them as a detail below the sentence. The Indonesian sentences are those of `remark.yaml`, the English ones the
titles of the catalogue.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from sopgen.base.shape import read_yaml
from sopgen.base.span import Span
from sopgen.conversation.codes import CODES
from sopgen.quality.wording import Wording

_FILE = Path(__file__).with_name("remark.yaml")
_NUMBERED = re.compile(r"\b(line|row|record|mail) (\d+)\b")
"""How importers write a position (`SetAside.position`)."""


def sentence_of(code: str, wording: Wording) -> str:
    """Return in a sentence what a code means; one of an SOP, a check or a setting says only that much."""
    if code not in _titles():
        return wording.say("remark_other")
    return indonesian()[code] if wording.language == "id" else _titles()[code]


def position_in_words(position: str, wording: Wording) -> str:
    """Return an importer's position in the language: "line 2" becomes "baris 2"."""
    return _NUMBERED.sub(lambda match: f"{wording.say(f'at_{match[1]}')} {match[2]}", position)


def line_in_words(span: Span, wording: Wording) -> str:
    """Return the line of a file, and the column where it is known, in the language; "" for the whole file."""
    parts = (("line", span.line), ("column", span.column))
    return ", ".join(f"{wording.say(f'at_{name}')} {number}" for name, number in parts if number)


@lru_cache(maxsize=1)
def indonesian() -> Mapping[str, str]:
    """Return the Indonesian sentence of every code of an export."""
    flaws: list[object] = []
    document = read_yaml(_FILE.read_text(encoding="utf-8"), Span(file=_FILE.name), flaws.append)
    assert document is not None
    assert not flaws
    sentences: Mapping[str, str] = document.value
    return sentences


@lru_cache(maxsize=1)
def _titles() -> Mapping[str, str]:
    return {each.code: each.title + ("" if each.title.endswith("?") else ".") for each in CODES}
