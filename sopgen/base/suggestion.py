"""What the author probably meant."""

from collections.abc import Iterable
from difflib import get_close_matches


def did_you_mean(word: str, known: Iterable[str], *, language: str = "en", otherwise: str = "") -> str:
    """Return a hint naming the nearest known word; when none is near, `otherwise` or all known words."""
    names = sorted(set(known))
    near = get_close_matches(word, names, n=1, cutoff=0.6)
    if near:
        return f"did you mean '{near[0]}'?" if language == "en" else f"maksudnya '{near[0]}'?"
    if otherwise:
        return otherwise
    listed = ", ".join(names)
    return f"use one of: {listed}" if language == "en" else f"pakai salah satu: {listed}"
