"""What the checks are called, read without compiling any of them: for pages that name a check.

Flaws are no business of this room: a file that cannot be read names no check, and whoever loads the checks
says what is wrong with it.
"""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from sopgen.base.diagnostic import Diagnostic
from sopgen.base.shape import read_yaml, read_yaml_file
from sopgen.base.span import Span
from sopgen.compliance.model import Titles
from sopgen.compliance.place import OVERRIDES

_KEYS = re.compile(r"^(?:name|title):.*(?:\n[ \t]+.*)*", re.MULTILINE)
"""The two keys of a rule, each with the lines that go on with it: the rest of the file need not be parsed."""


def titles_of(folders: Sequence[Path]) -> Mapping[str, Titles]:
    """Return the title of each check by its name, in the order of the names; later folders go on top."""
    titles: dict[str, Titles] = {}
    for folder in folders:
        for path in sorted((folder / "rules").glob("*.yaml")):
            titles |= _titles(_named(path))
        overrides = folder / OVERRIDES
        changes = read_yaml_file(overrides, _unheard) if overrides.exists() else None
        if changes is not None and isinstance(changes.value, dict):
            titles |= _titles({name: _title(change) for name, change in changes.value.items()})
    return MappingProxyType(dict(sorted(titles.items())))


def _named(path: Path) -> dict[str, object]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return {}
    document = read_yaml("\n".join(_KEYS.findall(text)), Span(file=str(path)), _unheard)
    value = document.value if document else None
    return {str(value["name"]): _title(value)} if isinstance(value, dict) and "name" in value else {}


def _title(written: object) -> object:
    return written.get("title") if isinstance(written, dict) else None


def _titles(written: Mapping[str, object]) -> dict[str, Titles]:
    """Return the titles that are whole: one in each language."""
    whole = {
        name: (title.get("id"), title.get("en")) for name, title in written.items() if isinstance(title, dict)
    }
    return {
        name: Titles(id=id_, en=en)
        for name, (id_, en) in whole.items()
        if isinstance(id_, str) and isinstance(en, str)
    }


def _unheard(_: Diagnostic) -> None:
    """Flaws are told where the checks are loaded."""
