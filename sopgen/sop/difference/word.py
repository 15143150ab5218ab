"""Two wordings held against each other, word by word, and the words that carry a demand.

The words that carry a demand are our list (2026-11-21): numbers, units of time, negations, modal words, and
words that set a bound, an exception or an order. Words that say the same ("harus" and "wajib") count as one.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from functools import lru_cache

MOST_PAIRS = 4_000_000
"""Pairs of words that are compared; longer texts are shown as replaced where they differ (our decision)."""

LEAST_KEPT = 0.55
"""Share of the shorter text, blanks included, that must be kept for single words to be marked. Below it the
old text and then the new one are easier to read than words of both in turn (our decision, 2026-11-21)."""

_TOKEN = re.compile(r"\d+(?:[.,:/]\d+)*|[^\W\d_]+(?:['’-][^\W\d_]+)*|\s+|.", re.DOTALL)
_MARKUP = re.compile(r"[*_`]+")
_FORBIDDEN = re.compile(
    r"\b(?:tidak|tak) (?:boleh|diperbolehkan|diperkenankan|dibenarkan)\b"
    r"|\b(?:must|may|shall|can) not\b|\bcannot\b"
)
_SAME = {
    "not": "tidak tak bukan jangan janganlah tanpa dilarang belum not no never without nor neither mustn't",
    "must": "wajib harus haruslah mesti diwajibkan diharuskan must shall required",
    "should": "sebaiknya hendaknya seyogianya seyogyanya disarankan dianjurkan should ought recommended",
    "may": "boleh dapat diperbolehkan dibolehkan diperkenankan may can",
    "only": "hanya cuma only",
    "except": "kecuali selain except unless",
    "all": "semua seluruh setiap tiap selalu all every each always",
    "least": "minimal minimum sekurangnya least",
    "most": "maksimal maksimum paling most within",
    "before": "sebelum before until sampai hingga",
    "after": "setelah sesudah after",
    "or": "atau or",
    "second": "detik second seconds",
    "minute": "menit minute minutes",
    "hour": "jam hour hours",
    "day": "hari day days",
    "week": "minggu pekan week weeks",
    "month": "bulan month months",
    "year": "tahun year years",
    "half": "setengah separuh half",
    "0": "nol zero",
    "1": "satu one once sekali",
    "2": "dua two twice",
    "3": "tiga three",
    "4": "empat four",
    "5": "lima five",
    "6": "enam six",
    "7": "tujuh seven",
    "8": "delapan eight",
    "9": "sembilan nine",
    "10": "sepuluh ten",
    "11": "sebelas eleven",
    "12": "dua-belas twelve",
    "tens": "puluh belas ratus seratus ribu seribu hundred thousand dozen",
}
_CARRIES = {word: name for name, words in _SAME.items() for word in words.split()}
_SIGNS = frozenset("%<>≤≥±+")


class Marked(StrEnum):
    """What has happened to a run of words."""

    KEPT = "kept"
    DELETED = "deleted"
    INSERTED = "inserted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A run of words with what has happened to it."""

    marked: Marked
    text: str


def mark(old: str, new: str) -> tuple[Mark, ...]:
    """Return both texts in one row: kept and deleted runs make up `old`, kept and inserted ones `new`."""
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    runs: list[tuple[str, str]] = []
    for same, was, now in _runs(before, after):
        follows_change = bool(runs) and runs[-1][0] != runs[-1][1]
        if same and not (follows_change and was.isspace()):
            runs.append((was, was))
        elif follows_change:
            runs[-1] = (runs[-1][0] + was, runs[-1][1] + now)
        else:
            runs.append((was, now))
    return tuple(each for run in runs for each in _marks_of(*run))


def _runs(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[bool, str, str]]:
    """Yield runs that are the same, or not, as they stand before and after."""
    head = _common(before, after)
    rest = (before[head:], after[head:])
    tail = _common(rest[0][::-1], rest[1][::-1])
    inner = (before[head : len(before) - tail], after[head : len(after) - tail])
    if head:
        yield True, "".join(before[:head]), "".join(after[:head])
    yield from _inner_runs(*inner)
    if tail:
        yield True, "".join(before[len(before) - tail :]), "".join(after[len(after) - tail :])


def _inner_runs(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[bool, str, str]]:
    """Yield the runs of two texts that differ at both ends; with little in common they are one run."""
    steps: list[tuple[str, int, int, int, int]] = []
    if len(before) * len(after) <= MOST_PAIRS:
        steps = [*SequenceMatcher(None, before, after, autojunk=False).get_opcodes()]
    kept = sum(end - start for name, start, end, _, _ in steps if name == "equal")
    if kept < LEAST_KEPT * min(len(before), len(after)):
        steps = [("replace", 0, len(before), 0, len(after))]
    for name, start, end, new_start, new_end in steps:
        yield name == "equal", "".join(before[start:end]), "".join(after[new_start:new_end])


def _common(one: Sequence[str], other: Sequence[str]) -> int:
    """Return how many items both begin with."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (left, right) in pairs if left != right), min(len(one), len(other)))


def _marks_of(was: str, now: str) -> Iterator[Mark]:
    if was == now:
        yield Mark(marked=Marked.KEPT, text=was)
        return
    if was:
        yield Mark(marked=Marked.DELETED, text=was)
    if now:
        yield Mark(marked=Marked.INSERTED, text=now)


@lru_cache(maxsize=4096)
def words(text: str) -> tuple[str, ...]:
    """Return the words, numbers and signs of a text, whatever their case, emphasis and punctuation."""
    plain = unicodedata.normalize("NFKC", _MARKUP.sub("", text)).casefold().replace("’", "'")
    return tuple(each for each in _TOKEN.findall(plain) if each[0].isalnum() or each in _SIGNS)


def carried(text: str) -> Counter[str]:
    """Return how often each thing that carries a demand is said: a number, a negation, a modal, a bound."""
    said = _FORBIDDEN.sub("dilarang", " ".join(words(text)))
    return Counter(name for each in said.split() if (name := _carries(each)))


def _carries(word: str) -> str:
    if word[0].isdigit() or word in _SIGNS:
        return word
    return "not" if word.endswith("n't") else _CARRIES.get(word, "")


def likeness(old: str, new: str) -> float:
    """Return how much two texts share: twice their common words over all their words, from 0 to 1 (Dice)."""
    before, after = Counter(words(old)), Counter(words(new))
    total = before.total() + after.total()
    return 2 * (before & after).total() / total if total else float(old == new)
