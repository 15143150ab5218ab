"""Which checks a clause may mean, by the words of their titles and by a limit that the clause names.

A guess for a person to judge: it goes into a comment of a draft, never into a binding.
"""

import re
from collections.abc import Callable, Mapping, Sequence

from sopgen.compliance.rule import Rule

_ENOUGH = 0.66
"""Share of a title's words that a clause must hold (our decision, 2026-11-22)."""

_SMALL = frozenset(
    "yang dan untuk dengan tidak atau dari agar saat oleh pelanggan agen percakapan".split()  # noqa: SIM905
    + "the and for with not from are was before after customer agent chat".split()  # noqa: SIM905
)
_LIMIT = re.compile(r"\b(\d{1,4})\s*(detik|menit|jam|hari|seconds?|minutes?|hours?|days?)\b", re.IGNORECASE)
_UNITS = {
    "detik": "s",
    "menit": "m",
    "jam": "h",
    "hari": "d",
    "second": "s",
    "minute": "m",
    "hour": "h",
    "day": "d",
}
_REPLY = re.compile(
    r"\b(?:mem|men|di)?(?:balas\w*|respon\w*|jawab\w*|repl(?:y|ies)\w*|answer\w*|respond\w*)\b", re.IGNORECASE
)
_FIRST, _EVERY = "first-response-time", "response-gap"
_EACH = re.compile(
    r"\b(?:setiap|tiap|semua|lanjutan|berikutnya|every|each|all|follow-?up|further)\b", re.IGNORECASE
)
_OPENING = re.compile(r"\b(?:pertama|first|initial)\b", re.IGNORECASE)


def suggesting(rules: Mapping[str, Rule]) -> Callable[[str], Sequence[str]]:
    """Return a function that tells for a clause's text the one check that it most likely means, or none."""
    titles = {
        name: [_stems(text) for text in (rule.source.title.id, rule.source.title.en)]
        for name, rule in sorted(rules.items())
    }

    def suggest(text: str) -> tuple[str, ...]:
        limit, timed = _LIMIT.search(text), _timed(text)
        if limit and timed in titles and _REPLY.search(text):
            unit = _UNITS[limit[2].casefold().removesuffix("s")]
            return (f"check={timed} limit={limit[1]}{unit}",)
        words = _stems(text)
        scored = [(max(_share(title, words) for title in each), name) for name, each in titles.items()]
        likely = sorted((-score, name) for score, name in scored if score >= _ENOUGH)
        best = [name for score, name in likely if score == likely[0][0]]
        return (f"check={best[0]}",) if len(best) == 1 else ()

    return suggest


def _timed(text: str) -> str:
    """Return the check of a limit on answers: that of the first one, unless every one is meant."""
    return _EVERY if _EACH.search(text) and not _OPENING.search(text) else _FIRST


def _stems(text: str) -> frozenset[str]:
    """Return the beginnings of the telling words: Indonesian and English both change the ends."""
    words = re.findall(r"[a-z]{3,}", text.casefold())
    return frozenset(_root(word) for word in words if word not in _SMALL)


def _root(word: str) -> str:
    """Return a word without the Indonesian prefixes of verbs, five letters long."""
    bare = re.sub(r"^(?:meng|meny|mem|men|ber|di|ter|pe[nm]?)(?=[a-z]{4})", "", word)
    return bare[:5]


def _share(title: frozenset[str], words: frozenset[str]) -> float:
    return len(title & words) / len(title) if title else 0.0
