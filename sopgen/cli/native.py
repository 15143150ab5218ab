"""Whether the sopgen that runs is compiled."""

from importlib.machinery import EXTENSION_SUFFIXES
from importlib.util import find_spec

_HOT = "sopgen.language.shortlist"
"""A module of the hot path; they are compiled together or not at all."""


def is_compiled() -> bool:
    """Return whether the hot path is compiled (`make native`); what it comes to is the same."""
    found = find_spec(_HOT)
    return found is not None and (found.origin or "").endswith(tuple(EXTENSION_SUFFIXES))
