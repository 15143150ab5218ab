"""YAML from outside: whatever it holds, a document or a diagnostic comes back."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sopgen.base.diagnostic import Diagnostic
from sopgen.base.shape import Document, read_yaml, read_yaml_file
from sopgen.base.span import Span
from sopgen.base.yaml_tree import MAXIMUM_DEPTH

HOSTILE = {
    "depth that would overflow the loader's stack": "[" * 200_000,
    "mappings of that depth": "{a: " * 50_000,
    "lists of that depth": "- " * 50_000,
    "aliases that multiply": "a: &a [1, 2]\n"
    + "".join(
        f"{here}: &{here} [{', '.join([f'*{there}'] * 9)}]\n"
        for there, here in zip("abcdefgh", "bcdefghi", strict=True)
    ),
    "a list that holds itself": "&a [*a]",
    "a control character": "a: \x00",
    "half a surrogate pair": "a: \ud800",
}


def read(text: str) -> tuple[Document | None, list[str]]:
    flaws: list[Diagnostic] = []
    return read_yaml(text, Span(file="x.yaml"), flaws.append), [flaw.code for flaw in flaws]


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_yaml_is_refused(text: str) -> None:
    """It neither crashes the interpreter nor fills the memory."""
    assert read(text) == (None, ["YML101"])


def test_ordinary_depth_is_read() -> None:
    """The bound leaves room for what people write."""
    document, flaws = read("[" * MAXIMUM_DEPTH + "]" * MAXIMUM_DEPTH)
    assert document is not None
    assert flaws == []


@given(st.text(alphabet="a:-[]{}&*#'\"\n ,|>", max_size=60))
def test_any_text_is_a_document_or_a_diagnostic(text: str) -> None:
    """Nothing is raised, and nothing is lost in silence."""
    document, flaws = read(text)
    assert (document is None) == ("YML101" in flaws)


@pytest.mark.parametrize("made", ["folder", "latin-1", "missing"])
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, made: str) -> None:
    """YML103 names the file; nothing is raised."""
    path = tmp_path / "x.yaml"
    if made == "folder":
        path.mkdir()
    if made == "latin-1":
        path.write_bytes("title: café".encode("latin-1"))
    flaws: list[Diagnostic] = []
    assert read_yaml_file(path, flaws.append) is None
    assert [(flaw.code, flaw.span.file) for flaw in flaws] == [("YML103", str(path))]
