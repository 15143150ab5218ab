"""Frozen releases that were touched: each change is named, and nothing judges in their time."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from frozen_sop import SOURCE, add_release, write_specimen
from hypothesis import given
from hypothesis import strategies as st

from sopgen.base.diagnostic import Diagnostic, Level
from sopgen.sop.library import read_library
from sopgen.sop.model import Category, SopHistory
from sopgen.sop.release import plain_path
from sopgen.sop.release_index import Entry, Hashes, read_entries, seal_of, sha256, written_index

PICTURE = b"\x89PNG\r\n\x1a\n the panel"
FIRST, SECOND, THIRD = (datetime(2026, month, 15, tzinfo=UTC) for month in (1, 3, 5))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder of SOPs whose `cs-contoh` was released three times, the second with a picture."""
    write_specimen(tmp_path)
    with_picture = SOURCE.replace("cepat.", "cepat.\n\n![Panel pesanan](panel.png)")
    add_release(tmp_path, "1.1", "2026-03-01T00:00:00+07:00", with_picture, **{"panel.png": PICTURE})
    add_release(tmp_path, "2.0", "2026-05-01", SOURCE.replace("cepat", "ramah"))
    return tmp_path


def read(folder: Path) -> tuple[tuple[SopHistory, ...], list[Diagnostic]]:
    found: list[Diagnostic] = []
    return read_library(folder, found.append), found


def governing(history: SopHistory) -> list[str | None]:
    """Return the version that governs each of three instants, one in the time of each release."""
    return [sop.version if sop else None for sop in map(history.in_force, (FIRST, SECOND, THIRD))]


def test_three_sound_releases_govern_each_its_time(folder: Path) -> None:
    """The fixture is sound, and its second release holds its picture."""
    (history,), found = read(folder)
    assert found == []
    assert governing(history) == ["1.0", "1.1", "2.0"]
    assert [each.version for each in history.releases] == ["1.0", "1.1", "2.0"]
    assert history.editions[1].release.assets == (("panel.png", sha256(PICTURE)),)
    assert Path(history.editions[1].sop.folder, "panel.png").read_bytes() == PICTURE


@pytest.mark.parametrize("name", ["1.1.md", "1.1.pdf", "1.1.files/panel.png"])
def test_a_changed_file_withholds_its_release_alone(folder: Path, name: str) -> None:
    """File and both hashes are told; nothing governs in its time, the others keep to theirs."""
    path = folder / "cs-contoh" / "releases" / name
    before = sha256(path.read_bytes())
    path.write_bytes(path.read_bytes() + b" ")
    (history,), (flaw,) = read(folder)
    assert (flaw.code, flaw.level, flaw.span.file) == ("SOP307", Level.ERROR, str(path))
    assert before in flaw.message
    assert sha256(path.read_bytes()) in flaw.message
    assert governing(history) == ["1.0", None, "2.0"]
    assert [each.version for each in history.releases] == ["1.0", "1.1", "2.0"]
    assert [each.version for each in history.withheld] == ["1.1"]


@pytest.mark.parametrize("name", ["1.1.md", "1.1.pdf", "1.1.files/panel.png"])
def test_a_missing_file_withholds_its_release_alone(folder: Path, name: str) -> None:
    """The file is told with the hash that it had."""
    path = folder / "cs-contoh" / "releases" / name
    before = sha256(path.read_bytes())
    path.unlink()
    (history,), (flaw,) = read(folder)
    assert flaw.code == "SOP306"
    assert str(path) in flaw.message
    assert before in flaw.message
    assert governing(history) == ["1.0", None, "2.0"]


def test_a_further_asset_withholds_its_release(folder: Path) -> None:
    """A picture slipped in beside the frozen ones was not approved."""
    path = folder / "cs-contoh" / "releases" / "1.1.files" / "other.png"
    path.write_bytes(PICTURE)
    (history,), (flaw,) = read(folder)
    assert (flaw.code, flaw.span.file) == ("SOP309", str(path))
    assert sha256(PICTURE) in flaw.message
    assert governing(history) == ["1.0", None, "2.0"]


def test_a_changed_newest_release_lets_no_older_one_govern(folder: Path) -> None:
    """The conversations of its time are judged by nothing, an unknown time included."""
    path = folder / "cs-contoh" / "releases" / "2.0.pdf"
    path.write_bytes(b"another")
    (history,), _ = read(folder)
    assert governing(history) == ["1.0", "1.1", None]
    assert history.in_force(None) is None


def test_a_changed_source_whose_time_hangs_on_it_leaves_the_sop_out(folder: Path) -> None:
    """A date is midnight in the timezone that the source names: without the source it names no instant."""
    path = folder / "cs-contoh" / "releases" / "2.0.md"
    path.write_text(SOURCE, encoding="utf-8")
    histories, found = read(folder)
    assert histories == ()
    assert [flaw.code for flaw in found] == ["SOP307"]


def _edited(old: str, new: str) -> Callable[[str], str]:
    return lambda text: text.replace(old, new, 1)


def _without_entry(version: str) -> Callable[[str], str]:
    def without(text: str) -> str:
        head, _, rest = text.partition(f'- version: "{version}"')
        return head + (f"- version{rest.partition('- version')[2]}" if "- version" in rest else "")

    return without


@pytest.mark.parametrize(
    ("edit", "codes"),
    [
        (_edited("2026-03-01", "2026-04-01"), {"SOP312"}),
        (_edited("Terbitan pertama", "Terbitan lama"), {"SOP312"}),
        (_edited("approved_by: Direktur Operasional", "approved_by: Staf"), {"SOP312"}),
        (_edited("    entry: ", "    # entry: "), {"SOP312"}),
        (_without_entry("1.0"), {"SOP309", "SOP312"}),
        (_without_entry("1.1"), {"SOP309", "SOP312"}),
        (_without_entry("2.0"), {"SOP309"}),
        (lambda _: "", {"SOP309"}),
        (lambda _: "a: b", {"SOP305", "SOP309"}),
    ],
)
def test_a_changed_index_leaves_the_sop_out(
    folder: Path, edit: Callable[[str], str], codes: set[str]
) -> None:
    """When the index cannot be relied upon, nobody can tell which version governs when."""
    index = folder / "cs-contoh" / "releases" / "index.yaml"
    before = index.read_text(encoding="utf-8")
    index.write_text(edit(before), encoding="utf-8")
    assert index.read_text(encoding="utf-8") != before
    histories, found = read(folder)
    assert histories == ()
    assert {flaw.code for flaw in found} == codes


def test_a_changed_entry_is_told_with_both_hashes(folder: Path) -> None:
    """The seal as written and the seal as it would be now, and only of the entry that was changed."""
    index = folder / "cs-contoh" / "releases" / "index.yaml"
    text = index.read_text(encoding="utf-8")
    seals = [line.split()[1] for line in text.splitlines() if line.startswith("    entry: ")]
    index.write_text(text.replace("2026-03-01", "2026-04-01"), encoding="utf-8")
    _, (flaw,) = read(folder)
    assert seals[1] in flaw.message
    assert "entry of 1.1" in flaw.message
    assert len({word for word in flaw.message.replace(",", "").split() if len(word) == 64}) == 2


def test_an_entry_without_a_seal_is_told_the_one_to_add(folder: Path) -> None:
    """The hint holds the seal; once it is added the entry is sound."""
    index = folder / "cs-contoh" / "releases" / "index.yaml"
    lines = index.read_text(encoding="utf-8").splitlines(keepends=True)
    last = max(number for number, line in enumerate(lines) if line.startswith("    entry: "))
    seal = lines.pop(last)
    index.write_text("".join(lines), encoding="utf-8")
    _, (flaw,) = read(folder)
    assert seal.strip() in flaw.hint
    index.write_text("".join((*lines, seal)), encoding="utf-8")
    assert read(folder)[1] == []


@pytest.mark.parametrize("name", ["3.0.md", "3.0.pdf", "notes.txt", "3.0.files"])
def test_a_file_that_nothing_names_leaves_the_sop_out(folder: Path, name: str) -> None:
    """Most likely its entry was taken out."""
    (folder / "cs-contoh" / "releases" / name).write_text("x", encoding="utf-8")
    histories, (flaw,) = read(folder)
    assert histories == ()
    assert flaw.code == "SOP309"
    assert sha256(b"x") in flaw.message


@pytest.mark.parametrize("name", [".DS_Store", "Thumbs.db", ".gitattributes", "desktop.ini"])
def test_what_machines_leave_behind_is_no_flaw(folder: Path, name: str) -> None:
    """A look into the folder with a file manager damages no release."""
    (folder / "cs-contoh" / "releases" / name).write_text("x", encoding="utf-8")
    assert read(folder)[1] == []


def test_an_asset_cannot_be_read_from_elsewhere() -> None:
    """A name in the index that would lead out of the folder of assets leads nowhere."""
    assert [plain_path(name).as_posix() for name in ("../../a.png", "/etc/a", "b/c.png")] == [
        "a.png",
        "etc/a",
        "b/c.png",
    ]


ENTRIES = st.builds(
    Entry,
    version=st.sampled_from(["1.0", "2.10.3", "7"]),
    category=st.sampled_from(Category),
    effective=st.sampled_from(["2026-01-01", "2026-01-01T00:00:00+07:00"]),
    approved_by=st.text(max_size=20),
    approved_on=st.dates(),
    summary=st.text(max_size=60),
    sha256=st.builds(
        Hashes,
        source=st.just("a" * 64),
        pdf=st.just("b" * 64),
        assets=st.dictionaries(st.text(min_size=1, max_size=12), st.just("c" * 64), max_size=3),
    ),
)


@given(ENTRIES, st.sampled_from(["", "# mine\n", "# no end of line"]))
def test_an_entry_is_read_as_it_was_written(entry: Entry, before: str) -> None:
    """Whatever a summary or a file's name holds, the entry comes back as it was, and its seal fits."""
    values = {name: getattr(entry, name) for name in Entry.__slots__}
    hashes = {name: getattr(entry.sha256, name) for name in Hashes.__slots__}
    sealed = Entry(**{**values, "sha256": Hashes(**{**hashes, "entry": seal_of(entry, "")})})
    found: list[Diagnostic] = []
    text = written_index(before, sealed, id="cs-contoh")
    assert [read for read, _ in read_entries(text, Path("index.yaml"), found.append)] == [sealed]
    assert found == []
