"""Folders of SOPs, and releases that must not have been touched."""

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from frozen_sop import SOURCE, add_release, write_specimen

from sopgen.base.diagnostic import Diagnostic
from sopgen.base.errors import SourceError
from sopgen.sop.file import MOST_BYTES
from sopgen.sop.library import read_library
from sopgen.sop.lint import lint
from sopgen.sop.model import Expected, SopHistory
from sopgen.sop.release import effective_at

SOURCES = Path(__file__).parents[2] / "sop_sources"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_specimen(tmp_path)


def read(folder: Path) -> tuple[tuple[SopHistory, ...], list[Diagnostic]]:
    found: list[Diagnostic] = []
    return read_library(folder, found.append), found


def test_a_history_holds_the_draft_and_its_editions(folder: Path) -> None:
    """The draft is a draft, the edition knows its version, its folder and when it took effect."""
    (history,), found = read(folder)
    assert found == []
    assert (history.draft.version, history.draft.folder) == ("draft", str(folder / "cs-contoh"))
    (edition,) = history.editions
    releases = folder / "cs-contoh" / "releases"
    assert (edition.sop.version, edition.sop.folder) == ("1.0", str(releases / "1.0.files"))
    assert edition.pdf == releases / "1.0.pdf"
    assert edition.release.effective.isoformat() == "2026-01-01T00:00:00+07:00"


def test_the_newest_edition_effective_by_then_governs(folder: Path) -> None:
    """A conversation is judged by the version in force when it was held."""
    source = SOURCE
    add_release(folder, "1.1", "2026-03-01", source.replace("cepat", "cepat dan ramah"))
    (history,), found = read(folder)
    assert found == []
    eve = datetime(2026, 2, 28, 16, 59, 59, tzinfo=UTC)
    governed = [history.in_force(at) for at in (eve, eve + timedelta(seconds=1), None)]
    assert [sop.version if sop else None for sop in governed] == ["1.0", "1.1", "1.1"]


def test_midnight_is_that_of_the_sops_own_timezone(folder: Path) -> None:
    """An SOP with hours in Jayapura takes effect two hours before one in Jakarta."""
    source = SOURCE.replace(
        "review_every: 90d",
        'review_every: 90d\nhours: {timezone: Asia/Jayapura, weekly: {mon: ["08:00-09:00"]}}',
    )
    add_release(folder, "1.1", "2026-03-01", source)
    (history,), _ = read(folder)
    assert history.editions[1].release.effective == datetime(2026, 2, 28, 15, tzinfo=UTC)


def test_a_broken_sop_leaves_the_others_in(folder: Path) -> None:
    """One SOP with bad front matter is reported; its neighbour is read."""
    (folder / "aaa").mkdir()
    (folder / "aaa" / "sop.md").write_text("---\nid: aaa\n", encoding="utf-8")
    histories, found = read(folder)
    assert [history.id for history in histories] == ["cs-contoh"]
    assert [each.code for each in found] == ["SOP102"]


def test_a_broken_draft_leaves_the_releases_governing(folder: Path) -> None:
    """A draft that cannot be read is an error; what was released goes on to govern."""
    (folder / "cs-contoh" / "sop.md").write_bytes(b"")
    (history,), found = read(folder)
    assert [each.code for each in found] == ["SOP106"]
    assert history.draft is None
    assert (history.id, history.newest.version) == ("cs-contoh", "1.0")
    governing = history.in_force(datetime(2026, 2, 1, tzinfo=UTC))
    assert governing is not None
    assert governing.version == "1.0"


def test_a_draft_of_another_id_leaves_the_releases_governing(folder: Path) -> None:
    """The folder's name is the id that was released; a draft that took another is left out."""
    (folder / "cs-contoh" / "sop.md").write_bytes(SOURCE.replace("id: cs-contoh", "id: cs-lain").encode())
    (history,), found = read(folder)
    assert [each.code for each in found] == ["SOP304"]
    assert (history.draft, history.id) == (None, "cs-contoh")


@pytest.mark.parametrize(
    ("name", "proposed"),
    [("sop-baru", "set 'id: sop-baru'"), ("SOP Baru", "call both 'sop-baru'"), ("新", "one word in small")],
)
def test_an_id_that_is_proposed_can_be_one(folder: Path, name: str, proposed: str) -> None:
    """A folder's name that is no id is never proposed as one."""
    (folder / "cs-contoh").rename(folder / name)
    shutil.rmtree(folder / name / "releases")
    _, found = read(folder)
    (flaw,) = found
    assert (flaw.code, proposed in flaw.hint) == ("SOP304", True)
    assert "rename the folder to 'cs-contoh'" in flaw.hint


def test_a_broken_draft_without_a_release_is_left_out(folder: Path) -> None:
    """Where nothing was released, nothing is left that could govern."""
    (folder / "cs-contoh" / "sop.md").write_bytes(b"")
    for path in (folder / "cs-contoh" / "releases").iterdir():
        path.unlink()
    histories, found = read(folder)
    assert histories == ()
    assert [each.code for each in found] == ["SOP106"]


def test_bytes_that_are_not_utf8_are_pointed_at(folder: Path) -> None:
    """Line and column of the first byte that is not UTF-8, counted in characters."""
    path = folder / "cs-contoh" / "sop.md"
    path.write_bytes("---\nid: é".encode() + b"\xe9 x\n---\n")
    (history,), (flaw,) = read(folder)
    assert history.draft is None
    assert (flaw.code, str(flaw.span)) == ("SOP107", f"{path}:2:6")


def test_a_file_too_large_for_an_sop_is_refused(folder: Path) -> None:
    """A file beyond the bound is not read."""
    (folder / "cs-contoh" / "sop.md").write_bytes(b" " * (MOST_BYTES + 1))
    (history,), (flaw,) = read(folder)
    assert history.draft is None
    assert flaw.code == "SOP109"


def test_a_folder_that_is_not_there_ends_the_run(tmp_path: Path) -> None:
    """The error names the folder and its remedy."""
    with pytest.raises(SourceError, match="no folder") as caught:
        read(tmp_path / "nowhere")
    assert (caught.value.code, caught.value.exit_status) == ("SOP301", 3)


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2026-01-31", "2026-01-31T00:00:00+07:00"),
        ("2026-01-31T09:30", "2026-01-31T09:30:00+07:00"),
        ("2026-01-31 09:30:00+09:00", "2026-01-31T09:30:00+09:00"),
        ("31/01/2026", None),
        ("2026-02-30", None),
        ("", None),
    ],
)
def test_an_effective_date_is_an_instant(text: str, instant: str | None) -> None:
    """A date is its midnight; a time without an offset is of the same timezone."""
    found = effective_at(text, "Asia/Jakarta")
    assert (found.isoformat() if found else None) == instant


def test_our_own_sops_are_without_flaw() -> None:
    """The SOPs of this project read and lint clean."""
    histories, found = read(SOURCES)
    assert found == []
    assert histories
    assert lint(histories) == ()


def test_the_swin_sop_binds_each_check_once_and_shows_both_verdicts() -> None:
    """Each check has one clause, and that clause an example that passes and one that fails."""
    histories, _ = read(SOURCES)
    clauses = [each for history in histories if history.id == "cs-swin" for each in history.draft.clauses()]
    bound = [clause.check for clause in clauses if clause.check]
    assert sorted(bound) == sorted(set(bound))
    assert len(bound) == 26
    for clause in clauses:
        if clause.check:
            assert {Expected.PASS, Expected.FAIL} <= {example.expected for example in clause.examples}
