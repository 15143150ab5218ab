"""Formatting: ids and a tidy front matter, nothing else, and nothing more the second time."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sopgen.base.diagnostic import Diagnostic
from sopgen.base.errors import StorageError
from sopgen.sop.difference import ChangeKind, differences
from sopgen.sop.formatting import formatted
from sopgen.sop.formatting.codes import CODES
from sopgen.sop.formatting.released import released_ids
from sopgen.sop.formatting.writing import write_whole
from sopgen.sop.link import anchors
from sopgen.sop.model import SectionKind
from sopgen.sop.naming import Naming
from tests.sop.sop_source import read, sop_texts

CASES = Path(__file__).parent / "cases"
UNTIDY = (CASES / "untidy.md").read_text(encoding="utf-8")
SOURCES = sorted((Path(__file__).parents[3] / "sop_sources").glob("*/sop.md"))


def put_in_order(text: str, *, released: frozenset[str] = frozenset()) -> str:
    found: list[Diagnostic] = []
    result = formatted(text, file="sop.md", released=released, report=found.append)
    assert found == []
    return result


def without_given_ids(text: str, result: str) -> str:
    """Return the result without the ids that the text does not have."""
    known = set(re.findall(r"\{\s*#([a-z0-9-]+)", text))
    return re.sub(
        r" \{#([a-z0-9-]+)\}|(?<=\{)#([a-z0-9-]+) ",
        lambda given: given[0] if (given[1] or given[2]) in known else "",
        result,
    )


ENDS = st.sampled_from(["\n", "\r\n", "\r"])


@given(sop_texts(), ENDS)
def test_nothing_but_ids_lies_between_a_source_and_its_order(text: str, end: str) -> None:
    """`read(format(x)) == read(x)` up to the given ids, and every clause has one then."""
    text = text.replace("\n", end)
    before, after = read(text), read(put_in_order(text))
    assert {each.kind for each in differences(before, after)} <= {ChangeKind.RENAMED}
    assert not any(name.startswith("provisional-") for name in anchors(after))


@given(sop_texts(), ENDS)
def test_the_second_time_nothing_changes(text: str, end: str) -> None:
    """`format(format(x)) == format(x)`."""
    once = put_in_order(text.replace("\n", end))
    assert put_in_order(once) == once


@given(sop_texts(), ENDS)
def test_all_else_stays_byte_for_byte(text: str, end: str) -> None:
    """Without the ids that were given, a source with a tidy front matter is what it was."""
    text = text.replace("\n", end)
    assert without_given_ids(text, put_in_order(text)) == text


@given(sop_texts())
def test_no_id_of_a_release_is_given_again(text: str) -> None:
    """What a first formatting gives, a second one avoids when a release has it."""
    first = anchors(read(put_in_order(text))) - anchors(read(text))
    second = anchors(read(put_in_order(text, released=frozenset(first)))) - anchors(read(text))
    assert not first & second


def test_an_untidy_source_is_put_in_order() -> None:
    """Keys, quotes, hours, comments, ids: as in the golden file; formatting that one changes nothing."""
    tidy = (CASES / "tidy.md").read_text(encoding="utf-8")
    assert put_in_order(UNTIDY, released=frozenset({"membalas-pesan-pertama-pelanggan"})) == tidy
    assert put_in_order(tidy) == tidy


def test_line_ends_and_a_byte_order_mark_stay() -> None:
    """A file from another machine keeps its line ends and its mark, also where they are mixed."""
    mixed = "\ufeff" + UNTIDY.replace("\n", "\r\n", 30)
    result = put_in_order(mixed)
    assert result.startswith("\ufeff---\r\n")
    assert re.findall(r"\r?\n", result) == re.findall(r"\r?\n", mixed)


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.parent.name)
def test_the_projects_own_sources_are_in_order(path: Path) -> None:
    """Every SOP of this project is as `sopgen fmt` leaves it."""
    text = path.read_bytes().decode()
    assert put_in_order(text, released=released_ids(path.parent / "releases")) == text


def test_a_source_with_an_error_is_left_alone() -> None:
    """What cannot be read is returned as it is, with the error."""
    found: list[Diagnostic] = []
    broken = UNTIDY.replace("approver", "aprover")
    assert formatted(broken, file="sop.md", released=(), report=found.append) == broken
    assert {each.code for each in found} == {"SOP103"}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Wajib membalas pesan pertama dalam 2 menit.", "membalas-pesan-pertama"),
        ("You must never ask for a one-time password", "you-ask-one-time"),
        ("Dilarang meminta kode OTP", "meminta-kode-otp"),
        ("2 menit", "2-menit"),
        ("!!!", "clause"),
        ("Tujuan", "tujuan"),
        ("Scope", "scope-2"),
        ("Réponse été", "reponse-ete"),
    ],
)
def test_an_id_is_made_from_the_words_that_tell(text: str, name: str) -> None:
    """No numbers, no modal words, no small words; kinds of sections are left to sections."""
    assert Naming().name(text) == name


@given(st.text(max_size=80), st.sets(st.sampled_from(["a", "b-c", "clause"])))
def test_any_words_make_an_id_that_is_free(text: str, taken: set[str]) -> None:
    """Whatever the words, the id is in kebab-case and nobody's."""
    name = Naming(taken).name(text)
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name)
    assert name not in taken | set(SectionKind)
    assert Naming(taken | {name}).name(text) != name


def test_a_file_is_replaced_as_a_whole(tmp_path: Path) -> None:
    """A link stays a link, the mode stays, nothing is left beside the file."""
    (tmp_path / "real").mkdir()
    real, link = tmp_path / "real" / "sop.md", tmp_path / "sop.md"
    real.write_bytes(b"old")
    real.chmod(0o640)
    link.symlink_to(real)
    write_whole(link, b"new")
    assert link.is_symlink()
    assert real.read_bytes() == b"new"
    assert real.stat().st_mode & 0o777 == 0o640
    assert [each.name for each in real.parent.iterdir()] == ["sop.md"]


def test_a_disk_that_refuses_is_told(tmp_path: Path) -> None:
    """FMT102: a folder that is not there takes no file."""
    with pytest.raises(StorageError) as refused:
        write_whole(tmp_path / "nowhere" / "sop.md", b"new")
    assert refused.value.code == "FMT102"


def test_codes_without_a_snippet_say_why() -> None:
    """Neither code can be shown by a snippet, and says so."""
    assert {code.code for code in CODES if not code.breaks} == {"FMT101", "FMT102"}
    assert all("snippet" in code.why for code in CODES if not code.breaks)


def test_a_part_with_an_error_stays_and_the_others_are_put_in_order() -> None:
    """An id that is taken, or a severity that is none, keeps nobody else from an id; both are told."""
    found: list[Diagnostic] = []
    broken = (
        "---\ntitle: T\nid: cs\nlanguage: id\nowner: K\napprover: D\nreview_every: 90d\n---\n\n## Standar\n\n"
        "- Wajib menyapa. {#sapa}\n- Wajib pamit. {#sapa}\n- Wajib sabar. {#sabar severity=huge}\n"
        "- Wajib ramah.\n"
    )
    result = formatted(broken, file="sop.md", released=(), report=found.append)
    assert result.startswith("---\nid: cs\ntitle: T\n")
    assert result.endswith(
        "- Wajib menyapa. {#sapa}\n- Wajib pamit. {#sapa}\n- Wajib sabar. {#sabar severity=huge}\n"
        "- Wajib ramah. {#ramah}\n"
    )
    assert [each.code for each in found] == ["SOP114", "SOP115"]
    assert formatted(result, file="sop.md", released=(), report=lambda _: None) == result
