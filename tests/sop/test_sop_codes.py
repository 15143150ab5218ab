"""Every code of `sopgen.sop` and `sopgen.base`: catalogued, and shown by a snippet that is run."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from sop_versions import versions_of

import sopgen
from sopgen.base import codes as base_codes
from sopgen.base.code import Code
from sopgen.base.diagnostic import Diagnostic
from sopgen.base.notation import read_notation
from sopgen.base.shape import read_yaml
from sopgen.base.span import Span
from sopgen.base.toml import read_toml
from sopgen.sop.codes import CODES
from sopgen.sop.library import read_library
from sopgen.sop.lint import lint
from sopgen.sop.model import SopHistory
from sopgen.sop.reader import read_sop
from sopgen.sop.release_codes import SPECIMEN

FRONT_MATTER = """---
id: cs-contoh
title: Pelayanan
language: id
owner: Kepala Layanan
approver: Direktur Operasional
review_every: 90d
---
"""
ROOMS = Path(sopgen.__file__).parent
SHOWN_BY_CALLS = "REL"
"""Codes whose snippets are calls of the command line: its own tests run them."""

RUNNABLE = [
    code for code in (*CODES, *base_codes.CODES) if code.breaks and not code.code.startswith(SHOWN_BY_CALLS)
]
SHOWN_BY_NO_SNIPPET = {"SOP106", "SOP107", "SOP109", "SOP301"}


def _codes_of_notation(snippet: str, _: Path) -> list[Diagnostic]:
    found: list[Diagnostic] = []
    read_notation(snippet, Span(file="snippet", line=1), found.append)
    return found


def _codes_of_yaml(snippet: str, _: Path) -> list[Diagnostic]:
    found: list[Diagnostic] = []
    read_yaml(snippet, Span(file="snippet", line=1), found.append)
    return found


def _codes_of_source(snippet: str, _: Path) -> list[Diagnostic]:
    found: list[Diagnostic] = []
    text = FRONT_MATTER + snippet if snippet.startswith("## ") else snippet
    sop = read_sop(text, file="snippet", report=found.append)
    found.extend(lint([SopHistory(draft=sop)]) if sop else ())
    return found


def _codes_of_versions(snippet: str, _: Path) -> list[Diagnostic]:
    history, day = versions_of(snippet)
    return list(lint([history], at=day))


def _codes_of_folder(snippet: str, folder: Path) -> list[Diagnostic]:
    files = dict(SPECIMEN)
    for part in re.split(r"^=== ", snippet, flags=re.MULTILINE)[1:]:
        name, _, text = part.partition("\n")
        files[name] = text
    for name, text in files.items():
        if text != "(deleted)":
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(text.encode())
    found: list[Diagnostic] = []
    read_library(folder, found.append)
    return found


def _codes_of_toml(snippet: str, _: Path) -> list[Diagnostic]:
    found: list[Diagnostic] = []
    read_toml(snippet, "snippet", found.append)
    return found


RUNNERS: dict[str, Callable[[str, Path], list[Diagnostic]]] = {
    "NOT": _codes_of_notation,
    "YML": _codes_of_yaml,
    "TML": _codes_of_toml,
    "SOP1": _codes_of_source,
    "SOP23": _codes_of_versions,
    "SOP24": _codes_of_versions,
    "SOP2": _codes_of_source,
    "SOP3": _codes_of_folder,
}


def _run(code: Code, snippet: str, folder: Path) -> list[str]:
    runner = next(run for prefix, run in RUNNERS.items() if code.code.startswith(prefix))
    return [diagnostic.code for diagnostic in runner(snippet, folder)]


@pytest.mark.parametrize("code", RUNNABLE, ids=lambda code: code.code)
def test_what_breaks_shows_the_code(code: Code, tmp_path: Path) -> None:
    """The snippet of a code that breaks it brings out that code."""
    assert code.code in _run(code, code.breaks, tmp_path)


@pytest.mark.parametrize("code", RUNNABLE, ids=lambda code: code.code)
def test_what_keeps_does_not_show_the_code(code: Code, tmp_path: Path) -> None:
    """The snippet of a code that keeps it is free of that code."""
    assert code.keeps
    assert code.code not in _run(code, code.keeps, tmp_path)


@pytest.mark.parametrize(
    "code", [code for code in RUNNABLE if code.code.startswith("SOP3")], ids=lambda code: code.code
)
def test_a_sound_library_has_no_flaw(code: Code, tmp_path: Path) -> None:
    """What keeps a code of folders and releases has no other flaw either."""
    assert _run(code, code.keeps, tmp_path) == []


@pytest.mark.parametrize(("room", "codes"), [("sop", CODES), ("base", base_codes.CODES)])
def test_every_code_is_catalogued_once(room: str, codes: tuple[Code, ...]) -> None:
    """The codes written in a folder's modules are those of its catalogue, each once."""
    written: set[str] = set()
    for path in sorted((ROOMS / room).glob("*.py")):
        if not path.name.endswith("codes.py"):
            written.update(re.findall(r'"([A-Z]{3}\d{3})"', path.read_text(encoding="utf-8")))
    written -= {code.code for code in base_codes.CODES} if room == "sop" else set()
    names = [code.code for code in codes]
    assert sorted(names) == sorted(set(names)) == sorted(written)


def test_only_a_few_codes_go_without_a_snippet() -> None:
    """A code without a snippet is one of those that no text can show, and says so."""
    bare = {code.code for code in CODES if not code.breaks and not code.code.startswith(SHOWN_BY_CALLS)}
    assert bare == SHOWN_BY_NO_SNIPPET
    assert all("snippet" in code.why for code in CODES if not code.breaks)
