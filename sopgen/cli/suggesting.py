"""Which checks a clause may mean, by the words of their titles and by a limit that the clause names.

A guess for a person to judge: it goes into a comment of a draft, never into a binding.
"""

import re
from collections.abc import Callable, Mapping, Sequence

from sopgen.compliance.rule import Rule

_MOST = 2
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
    r"\b(?:mem)?(?:balas\w*|respon\w*|jawab\w*|repl(?:y|ies)\w*|answer\w*|respond\w*)\b", re.IGNORECASE
)
_TIMED = "first-response-time"


def suggesting(rules: Mapping[str, Rule]) -> Callable[[str], Sequence[str]]:
    """Return a function that tells for a clause's text the checks it may mean, the likeliest first."""
    titles = {
        name: [_stems(text) for text in (rule.source.title.id, rule.source.title.en)]
        for name, rule in sorted(rules.items())
    }

    def suggest(text: str) -> tuple[str, ...]:
        words = _stems(text)
        scored = [(max(_share(title, words) for title in each), name) for name, each in titles.items()]
        likely = [
            name for score, name in sorted(scored, key=lambda each: (-each[0], each[1])) if score >= _ENOUGH
        ]
        limit = _LIMIT.search(text)
        if limit and _TIMED in titles and _REPLY.search(text):
            unit = _UNITS[limit[2].casefold().removesuffix("s") if limit[2].isascii() else limit[2]]
            likely = [f"{_TIMED} limit={limit[1]}{unit}", *(name for name in likely if name != _TIMED)]
        return tuple(f"check={name}" for name in likely[:_MOST])

    return suggest


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
