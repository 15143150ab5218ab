"""An SOP found in the cache is the SOP that would be read, and a cache never hides a change."""

import shutil
from pathlib import Path

import pytest

from sopgen.base.cache.store import Cache
from sopgen.base.diagnostic import Diagnostic
from sopgen.sop.library import read_library
from sopgen.sop.model import SopHistory

ROOT = Path(__file__).parents[2]


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    """Return an empty cache."""
    return Cache(folder=tmp_path / "cache")


def told(
    folder: Path, cache: Cache, *, forgiving: bool = False
) -> tuple[tuple[SopHistory, ...], list[Diagnostic]]:
    flaws: list[Diagnostic] = []
    return read_library(folder, flaws.append, forgiving=forgiving, cache=cache), flaws


@pytest.mark.parametrize("folder", ["sop_sources", "tests/manual/cases/hostile", "flaws"])
@pytest.mark.parametrize("forgiving", [False, True])
def test_what_was_found_is_what_was_read(folder, forgiving, cache, tmp_path, monkeypatch):
    """Every part of every version is the same to the last column of the last place, and so is every flaw."""
    monkeypatch.chdir(tmp_path)
    for case in sorted((ROOT / "tests/sop/cases").glob("*.md")):
        home = tmp_path / "flaws" / case.stem
        home.mkdir(parents=True)
        shutil.copy(case, home / "sop.md")
    folder = Path(folder) if folder == "flaws" else ROOT / folder
    read = told(folder, Cache(), forgiving=forgiving)
    for _ in range(2):
        assert repr(told(folder, cache, forgiving=forgiving)) == repr(read)


def test_a_release_that_was_changed_is_found_out(tmp_path, cache):
    """Hashes are held against the files each time, whatever is in the cache."""
    folder = tmp_path / "sops"
    shutil.copytree(ROOT / "sop_sources" / "cs-swin", folder / "cs-swin")
    (history,), flaws = told(folder, cache)
    assert not flaws
    frozen = folder / "cs-swin" / "releases" / f"{history.editions[0].release.version}.md"
    frozen.write_bytes(frozen.read_bytes() + b" ")
    (changed,), flaws = told(folder, cache)
    assert [flaw.code for flaw in flaws] == ["SOP307"]
    assert len(changed.withheld) == 1


def test_a_draft_that_was_changed_is_read(tmp_path, cache):
    """One word more, and the cache has nothing for it; back again, and it has."""
    folder = tmp_path / "sops"
    shutil.copytree(ROOT / "sop_sources" / "cs-swin", folder / "cs-swin")
    source = folder / "cs-swin" / "sop.md"
    before = source.read_text(encoding="utf-8")
    (one,), _ = told(folder, cache)
    source.write_text(before + "\nSatu kalimat lagi.\n", encoding="utf-8")
    (other,), _ = told(folder, cache)
    assert one.draft is not None
    assert other.draft is not None
    assert other.draft.source == one.draft.source + "\nSatu kalimat lagi.\n"
    source.write_text(before, encoding="utf-8")
    assert repr(told(folder, cache)[0]) == repr((one,))
