"""What a version knows of the others, and what is told of the changes."""

import time
from dataclasses import replace

import pytest
from manual_sample import AS_OF, CASES, build, released, shelve

from sopgen.base.diagnostic import Level
from sopgen.manual.lineage import MOST_COMPARED, Fate, Lineage
from sopgen.manual.model import Status, manuals_of
from sopgen.manual.search_index import plain_words
from sopgen.manual.shelf import sound_shelf
from sopgen.sop.library import read_library
from sopgen.sop.model import Prose


@pytest.fixture
def lineage(versions):
    """Return the three versions of tanya-toko side by side."""
    return Lineage([edition.sop for edition in versions.editions])


def test_what_is_absent_is_told_with_its_fate(lineage):
    """A version knows what it lacks, since when, and where to read it."""
    ((gone),) = lineage.absent("2.0")
    assert (gone.place.id, gone.fate, gone.version, gone.there) == ("say-hours", Fate.REMOVED, "2.0", "1.0")
    ((coming),) = lineage.absent("1.0")
    assert (coming.place.id, coming.fate, coming.version) == ("no-private", Fate.ADDED, "2.0")


def test_a_renamed_clause_is_not_absent(lineage):
    """A clause with another id is known by both."""
    assert lineage.missing("2.0", on="1.0") == ("say-hours",)
    assert lineage.notes("1.0").aliases == {"name": ("say-name",)}
    assert lineage.notes("2.0").aliases == {"say-name": ("name",)}


def test_marks_say_what_each_version_did(lineage):
    """A place is marked by what its version brought, and by what the next one does to it."""
    marks = lineage.notes("2.0").marks
    assert [(mark.fate, mark.version) for mark in marks["first-reply"]] == [
        (Fate.CHANGED, "2.0"),
        (Fate.CHANGED, "3.0"),
    ]
    assert [mark.fate for mark in marks["no-private"]] == [Fate.ADDED]
    assert [(mark.fate, mark.version) for mark in lineage.notes("1.0").marks["say-hours"]] == [
        (Fate.REMOVED, "2.0")
    ]


def test_many_versions_are_not_all_compared(versions):
    """Of forty versions the newest are compared each with each, others with neighbours and the newest."""
    sop = versions.editions[0].sop
    lineage = Lineage([replace(sop, version=f"{n}.0") for n in range(1, 41)])
    pairs = lineage.pairs()
    assert len(pairs) == 230
    assert {("1.0", "2.0"), ("1.0", "40.0"), ("21.0", "39.0")} <= set(pairs)
    assert ("1.0", "3.0") not in pairs
    few = Lineage(lineage.sops[:MOST_COMPARED])
    assert len(few.pairs()) == MOST_COMPARED * (MOST_COMPARED - 1) // 2


def test_the_instant_decides_what_governs(versions):
    """As of an instant, the latest is what governs then; without one, the newest."""
    stands = {each.version: (each.status, each.is_latest) for each in manuals_of(versions, as_of=AS_OF)}
    assert stands == {
        "3.0": (Status.SCHEDULED, False),
        "2.0": (Status.RELEASED, True),
        "1.0": (Status.SUPERSEDED, False),
    }
    assert [each.version for each in manuals_of(versions) if each.is_latest] == ["3.0"]
    early = manuals_of(versions, as_of=AS_OF.replace(year=2020))
    assert [(each.version, each.status) for each in early if each.is_latest] == [("3.0", Status.SCHEDULED)]


def test_a_version_that_failed_is_not_spoken_of(versions):
    """Where a version could not be built, the others neither list it nor lead to it."""
    shelf = [each for each in shelve((versions,)) if each.manual.version != "2.0"]
    for each in sound_shelf(shelf):
        assert each.manual.shown == ("3.0", "1.0")
        assert "2.0" not in str(each.body.html)


def test_a_broken_draft_leaves_a_whole_site(histories, tmp_path):
    """A draft with an error is left out, and no page of the released versions leads to it."""
    history = released(histories[1], "1.0")
    first = history.draft.sections[0]
    bad = replace(first, blocks=(Prose(markdown="[x](javascript:1)", span=first.span),))
    draft = replace(history.draft, sections=(bad, *history.draft.sections[1:]))
    built, flaws = build((replace(history, draft=draft),), tmp_path, drafts=True, pdfs=False)
    assert built.failed == ("order-refunds draft",)
    assert {flaw.level for flaw in flaws} == {Level.ERROR}
    assert "draft/index.html" not in built.pages[0].read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("markdown", "words"),
    [
        ("**Wajib** membalas [cepat](#x) `ya`.", "Wajib membalas cepat ya."),
        ("| A | B |\n|---|:-:|\n| satu | dua |", "A, B. satu, dua."),
        ("> [!NOTE]\n> Catatan\n\n- satu\n- dua\n1. tiga", "Catatan satu dua tiga"),
    ],
)
def test_search_sees_plain_words(markdown, words):
    """The index holds what a reader sees."""
    assert plain_words(markdown) == words


def test_search_is_quick_with_any_text():
    """What looks like the rule of a table and is none costs no more than its length."""
    text = "| a |\n" + "-" * 5000 + "x"
    started = time.process_time()
    assert plain_words(text).endswith("-x")
    assert time.process_time() - started < 5


def test_each_version_can_be_one_file(versions, tmp_path):
    """Asked for, each version lies beside its page as one file, which the page offers."""
    built, _ = build((versions,), tmp_path, pdfs=False, single_files=True)
    names = [path.name for path in built.single_files]
    assert names == ["tanya-toko-3.0.html", "tanya-toko-2.0.html", "tanya-toko-1.0.html"]
    assert all(path.is_file() for path in built.single_files)
    page = built.pages[0].read_text(encoding="utf-8")
    assert '<a href="../3.0/tanya-toko-3.0.html" download>' in page
    assert "tanya-toko-3.0.html" not in (tmp_path / "site" / "sw.js").read_text(encoding="utf-8")


def test_pictures_are_inside_the_one_file(tmp_path):
    """A picture of the SOP's folder goes into the single file, and no script of an author runs there."""
    histories = [each for each in read_library(CASES / "hostile", lambda _: None) if each.id == "harmless"]
    built, _ = build(histories, tmp_path, pdfs=False, single_files=True)
    html = built.single_files[0].read_text(encoding="utf-8")
    assert '<img src="data:image/png;base64,iVBOR' in html
    assert "<script>window.hacked" not in html
    assert html.count("<script>") == 1
