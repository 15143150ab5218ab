"""Every code that sopgen can print, gathered from the folders that print them."""

from collections.abc import Mapping
from importlib import import_module

from sopgen.base.code import Code

FOLDERS = (
    "sopgen.base",
    "sopgen.sop",
    "sopgen.sop.drafting",
    "sopgen.sop.formatting",
    "sopgen.sop.skeleton",
    "sopgen.manual",
    "sopgen.conversation",
    "sopgen.language",
    "sopgen.compliance",
    "sopgen.runs",
    "sopgen.quality",
    "sopgen.cli",
)
"""The folders that have a `codes` module, in the order of the house (a test holds it against the tree)."""


def all_codes() -> Mapping[str, Code]:
    """Return every code's entry, by code, in the order of the house."""
    catalogues: list[tuple[Code, ...]] = [import_module(f"{folder}.codes").CODES for folder in FOLDERS]
    return {entry.code: entry for entries in catalogues for entry in entries}
