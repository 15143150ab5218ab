"""The entry of a diagnostic's or error's code in the catalogue that `sopgen explain` opens."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """A stable code: what it is called, why it matters, a snippet that breaks it and one that keeps it.

    `breaks` and `keeps` are written in the language of the code's subject (SOP source, chat notation, YAML,
    an export's lines); the tests run every `breaks` and expect the code, and every `keeps` and expect it not.
    A code that no snippet can show (a full disk) leaves both empty and says so in `why`.
    """

    code: str
    title: str
    why: str
    breaks: str = ""
    keeps: str = ""
