"""A pack found in the cache is the pack that would be read: rules, places, flaws, and what it hears."""

from pathlib import Path

import pytest

from sopgen.base.cache.store import Cache
from sopgen.base.diagnostic import Diagnostic
from sopgen.compliance import pack as packs
from sopgen.compliance.pack import Pack, default_pack_folder, load_pack

DEFAULT = default_pack_folder()


def loaded(folders: list[Path], cache: Path | None) -> tuple[Pack, list[Diagnostic]]:
    """Return the pack as a process of its own would load it."""
    packs._load.cache_clear()
    flaws: list[Diagnostic] = []
    return load_pack(folders, flaws.append, cache=Cache(folder=cache)), flaws


@pytest.fixture(scope="module")
def read_and_found(tmp_path_factory) -> tuple[Pack, Pack]:
    """Return the default pack without a cache, and as it is found in one."""
    cache = tmp_path_factory.mktemp("kept") / "cache"
    read, _ = loaded([DEFAULT], None)
    loaded([DEFAULT], cache)
    (kept,) = cache.iterdir()
    before = kept.stat().st_ino
    found, _ = loaded([DEFAULT], cache)
    assert kept.stat().st_ino == before  # it was read, not written anew
    return read, found


def test_a_pack_that_was_found_is_the_pack_that_was_read(read_and_found):
    """Version, acts, rules, moments and words are equal, in the same order."""
    read, found = read_and_found
    assert found.version == read.version
    assert list(found.rules.items()) == list(read.rules.items())
    assert list(found.acts.items()) == list(read.acts.items())
    assert list(found.moments) == list(read.moments)
    assert found.moment_sources == read.moment_sources
    assert {name: rule.parameters for name, rule in found.rules.items()} == {
        name: rule.parameters for name, rule in read.rules.items()
    }
    assert {moment: found.moments[moment].reads for moment in found.moments} == {
        moment: read.moments[moment].reads for moment in read.moments
    }


def test_it_hears_the_same(read_and_found):
    """Every example of every act is recognised alike, with the same hits, doubts and fillers."""
    read, found = read_and_found
    for name, act in read.acts.items():
        source = act.source
        for text in (*source.examples.hit, *source.examples.miss, *source.examples.todo_hit):
            role = "agent" if source.role == "any" else source.role
            one, other = read.recognise(role, text), found.recognise(role, text)
            assert (one.hits, one.doubts, one.words, one.fillers) == (
                other.hits,
                other.doubts,
                other.words,
                other.fillers,
            ), (name, text)


def test_places_are_found_again_in_the_files(read_and_found):
    """A flaw that is found later still has line and column."""
    read, found = read_and_found
    for name, rule in list(read.rules.items())[:5]:
        assert dict(found.rules[name].document.places) == dict(rule.document.places)
        assert found.rules[name].example_lines(0, lambda _: None) == rule.example_lines(0, lambda _: None)


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """Return a folder of checks with an act that cannot be read and an override of a rule that is none."""
    folder = tmp_path / "own"
    (folder / "acts").mkdir(parents=True)
    (folder / "acts" / "salam.yaml").write_text("act: salam\nrole: nobody\n", encoding="utf-8")
    (folder / "overrides.yaml").write_text("no-such-rule: {weight: 2}\n", encoding="utf-8")
    return folder


def test_flaws_are_told_each_time(own, tmp_path):
    """Whoever finds the pack in the cache is told what is wrong with its files, as who read it was."""
    told = [loaded([DEFAULT, own], tmp_path / "cache")[1] for _ in range(2)]
    assert told[0]
    assert told[0] == told[1]


def test_a_changed_file_is_read(own, tmp_path):
    """One letter in one file is another pack; so are the same files in another order, or elsewhere."""
    cache = tmp_path / "cache"
    loaded([DEFAULT, own], cache)
    (own / "overrides.yaml").write_text("no-profanity: {weight: 7}\n", encoding="utf-8")
    changed, flaws = loaded([DEFAULT, own], cache)
    assert changed.rules["no-profanity"].source.weight == 7
    assert len(flaws) < 5
    own.rename(tmp_path / "moved")
    _, moved = loaded([DEFAULT, tmp_path / "moved"], cache)
    assert all(flaw.span.file.startswith(str(tmp_path / "moved")) for flaw in moved)
