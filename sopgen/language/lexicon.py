"""Words of the pack: spelling variants and word groups that cues refer to.

`lexicons/words.yaml` maps a word to its other spellings (`maaf: [maap, mf]`). Every `lexicons/<name>.txt` is
the word group `<name>`: one phrase a line; `#` at the start of a line or after a space starts a comment.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from sopgen.base.diagnostic import Diagnostic, Level, Report
from sopgen.base.shape import read_yaml, shape
from sopgen.base.span import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """Spelling variants by word, and phrases by the name of their group."""

    variants: Mapping[str, tuple[str, ...]]
    groups: Mapping[str, tuple[str, ...]]


def read_lexicon(folders: Sequence[Path], report: Report) -> Lexicon:
    """Return the words of all folders; a group or word of a later folder adds to an earlier one's.

    Diagnostics: LEX101 for a file that cannot be read as UTF-8, YML1xx and LEX102 for `words.yaml`.
    """
    variants: dict[str, tuple[str, ...]] = {}
    groups: dict[str, tuple[str, ...]] = {}
    for folder in folders:
        for path in sorted(folder.glob("lexicons/*.txt")):
            _extend(groups, path.stem, _phrases(path, report))
        for word, spellings in _words(folder / "lexicons" / "words.yaml", report).items():
            _extend(variants, word, spellings)
    return Lexicon(variants=MappingProxyType(variants), groups=MappingProxyType(groups))


def _extend(table: dict[str, tuple[str, ...]], key: str, more: tuple[str, ...]) -> None:
    table[key] = tuple(dict.fromkeys((*table.get(key, ()), *more)))


def _phrases(path: Path, report: Report) -> tuple[str, ...]:
    lines = (line.partition(" #")[0].strip() for line in _text_of(path, report).splitlines())
    return tuple(line for line in lines if line and not line.startswith("#"))


def _words(path: Path, report: Report) -> Mapping[str, tuple[str, ...]]:
    if not path.exists():
        return {}
    document = read_yaml(_text_of(path, report), Span(file=str(path)), report)
    if document is None:
        return {}
    return shape(document, dict[str, tuple[str, ...]], report, code="LEX102") or {}


def _text_of(path: Path, report: Report) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        report(
            Diagnostic(
                code="LEX101",
                level=Level.ERROR,
                span=Span(file=str(path)),
                message=f"this word list cannot be read: {error}",
                hint="save it as UTF-8",
            )
        )
        return ""
