"""Where a person stands in what is stored: conversations of runs, of the ledger, of results by day."""

import re
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from sopgen.conversation.speaker import key_of
from sopgen.runs.check import CONVERSATIONS, FINDINGS, SET_ASIDE, TRANSCRIPTS
from sopgen.runs.folder import SUMMARY
from sopgen.runs.lines import read_lines
from sopgen.runs.night.ledger import Ledger
from sopgen.runs.night.person import People
from sopgen.runs.night.record import JUDGED, read_judged
from sopgen.runs.night.sighting import Sighting
from sopgen.runs.trouble import damaged

Pair = tuple[str, str]
"""A conversation in a run: the file that it came from, and its id."""

_UNSPACED = (
    "\u0e00-\u109f\u1100-\u11ff\u1780-\u17ff\u1950-\u19ff\u1a20-\u1aaf\u1b00-\u1b7f\u2e80-\ua4cf\ua960-\ua9ff"
    "\uaa60-\uaa7f\uac00-\ud7ff\uf900-\ufaff\uff66-\uffdc\U00016fe0-\U0001b2ff\U00020000-\U0003ffff"
)
"""Scripts that set no blanks between words, or join particles to them: Thai to Burmese, Khmer, Javanese,
Chinese, Japanese, Korean and their kin (blocks of Unicode)."""

_LETTER = rf"[^\W_{_UNSPACED}]"
"""A letter or digit of a script that sets blanks between words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """What there is of a person. `runs`: the conversations in each run's folder, by folder.

    `known`: what nights know, by key: inbox, id and day. `files`: exports that are called after the person.
    `asides`: exports of which a record that could not be read names the person; a run that only has such a
    record has no conversations here.
    """

    runs: dict[Path, frozenset[Pair]]
    known: dict[bytes, tuple[str, str, str]]
    files: tuple[Pair, ...]
    asides: frozenset[str] = frozenset()

    @property
    def conversations(self) -> int:
        """Return how many different conversations there are, by their ids."""
        by_hand = {id_ for pairs in self.runs.values() for _, id_ in pairs}
        return len(by_hand | {id_ for _, id_, _ in self.known.values()})

    def __bool__(self) -> bool:
        """Return whether there is anything."""
        return bool(self.runs or self.known or self.files)


def trace_of(name: str, *, runs: Path, ledger: Ledger, people: People) -> Trace:
    """Return what there is of the person who writes as `name`: a name, an id or a number.

    Conversations that a night knows of the person are found in all runs, also where somebody else's name
    stood first. StorageError: STO202, LDG101, LDG102.
    """
    hashed, spelled = people.hash_of(name), key_of(name)
    known = dict(ledger.of_people([hashed]))
    folders = sorted(path.parent for path in runs.glob(f"[!.]*/{SUMMARY}"))
    found = {folder: frozenset(_named_in(folder, spelled)) for folder in folders}
    for folder in folders:
        known |= _judged_of(folder, hashed, found[folder])
    asides = {folder: frozenset(_asides_of(folder, name)) for folder in folders}
    pairs = {folder: found[folder] | frozenset(_known_in(folder, known)) for folder in folders}
    return Trace(
        runs={folder: pairs[folder] for folder in folders if pairs[folder] or asides[folder]},
        known=known,
        files=tuple(each for each in ledger.files() if names(each[1], name)),
        asides=frozenset().union(*asides.values()),
    )


def names(text: str, name: str) -> bool:
    """Return whether a text names a person; case and blanks do not matter.

    As words of their own, but for scripts that set no blanks: there a name stands directly beside others.
    """
    plain = _plain(name)
    before = rf"(?<!{_LETTER})" if re.match(_LETTER, plain) else ""
    after = rf"(?!{_LETTER})" if re.match(_LETTER, plain[-1:]) else ""
    return re.search(f"{before}{re.escape(plain)}{after}", _plain(text)) is not None


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


def _judged_of(folder: Path, hashed: bytes, pairs: Collection[Pair]) -> dict[bytes, tuple[str, str, str]]:
    """Return what a night judged of the person, or of the conversations that name the person."""
    return {
        each.key: (each.inbox, each.conversation, each.day)
        for each in _judged_in(folder)
        if hashed in each.people or (each.source, each.conversation) in pairs
    }


def _judged_in(folder: Path) -> Iterator[Sighting]:
    path = folder / JUDGED
    if path.is_file():
        yield from read_judged(path)


def _known_in(folder: Path, known: Collection[bytes]) -> Iterator[Pair]:
    return ((each.source, each.conversation) for each in _judged_in(folder) if each.key in known)


def _asides_of(folder: Path, name: str) -> Iterator[str]:
    """Yield the exports of which a record that could not be read names the person."""
    for record in read_lines(folder / SET_ASIDE):
        if any(names(str(value), name) for value in record.values()):
            yield record["source"]


def _named_in(folder: Path, spelled: str) -> Iterator[Pair]:
    """Yield the conversations in whose tables and findings the person stands by name."""
    for source, id_, customer in _columns_in(folder / CONVERSATIONS, "customer"):
        if customer and key_of(customer) == spelled:
            yield source, id_
    for source, id_, customers in _columns_in(folder / TRANSCRIPTS, "customers"):
        if any(key_of(each) == spelled for each in customers):
            yield source, id_
    for finding in read_lines(folder / FINDINGS):
        if any(key_of(each) == spelled for each in finding["customers"]):
            yield finding["source"], finding["conversation"]


def _columns_in(path: Path, wanted: str) -> Iterator[tuple[str, str, Any]]:
    """Yield source and id of each conversation of a table, and one column more; none without the table."""
    if not path.is_file():
        return
    names = ["source", "conversation_id", wanted]
    try:
        with pq.ParquetFile(path) as file:
            for batch in file.iter_batches(columns=names):
                yield from zip(*(batch.column(name).to_pylist() for name in names), strict=True)
    except (OSError, ValueError, pa.ArrowException) as error:
        raise damaged(path, error) from error
