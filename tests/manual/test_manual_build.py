"""Manuals on disk: what is written where, what is kept, what is left out."""

import gzip
import hashlib
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from manual_sample import CASES, build, read_sops, released
from pypdf import PdfReader

from sopgen.base.diagnostic import Level
from sopgen.base.errors import StorageError
from sopgen.manual.model import Manual, Status, manuals_of
from sopgen.manual.work import Built
from sopgen.sop.library import read_library
from sopgen.sop.model import Prose


def files_below(folder):
    """Return the names of all files below the folder, sorted."""
    names = (path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    return sorted(str(name) for name in names if name.parts[0] != ".cache")


def with_passage(sop, markdown):
    """Return the SOP with another first section."""
    first = replace(sop.sections[0], blocks=(Prose(markdown=markdown, span=sop.sections[0].span),))
    return replace(sop, sections=(first, *sop.sections[1:]))


def test_the_site_has_a_page_for_every_version(output):
    """Each version has its page, its PDF and what it changed; the newest is once more at `latest`."""
    assert files_below(output) == [
        "pdf/balas-chat-1.0-1.1-changes.pdf",
        "pdf/balas-chat-1.0-superseded.pdf",
        "pdf/balas-chat-1.0.pdf",
        "pdf/balas-chat-1.1.pdf",
        "pdf/handbook.pdf",
        "pdf/order-refunds-draft.pdf",
        "site/assets/icon.svg",
        "site/assets/manual.css",
        "site/assets/manual.js",
        "site/assets/redline.css",
        "site/assets/search-index.js",
        "site/assets/search.js",
        "site/assets/theme.js",
        "site/balas-chat/1.0/balas-chat-1.0-superseded.pdf",
        "site/balas-chat/1.0/balas-chat-1.0.pdf",
        "site/balas-chat/1.0/index.html",
        "site/balas-chat/1.1/balas-chat-1.0-1.1-changes.pdf",
        "site/balas-chat/1.1/balas-chat-1.1.pdf",
        "site/balas-chat/1.1/index.html",
        "site/balas-chat/changes/1.0/1.1/index.html",
        "site/balas-chat/changes/1.0/index.html",
        "site/balas-chat/changes/1.1/index.html",
        "site/balas-chat/latest/index.html",
        "site/handbook.pdf",
        "site/index.en.html",
        "site/index.html",
        "site/manifest.webmanifest",
        "site/offline.html",
        "site/order-refunds/changes/draft/index.html",
        "site/order-refunds/draft/index.html",
        "site/order-refunds/draft/order-refunds-draft.pdf",
        "site/order-refunds/latest/index.html",
        "site/replies/index.en.html",
        "site/replies/index.html",
        "site/sw.js",
    ]
    site = output / "site" / "balas-chat"
    assert (site / "latest" / "index.html").read_bytes() == (site / "1.1" / "index.html").read_bytes()


def test_a_page_is_small(output):
    """A first page with its style and script is at most 40 KB on its way, packed as servers pack it."""
    names = ("balas-chat/latest/index.html", "assets/manual.css", "assets/manual.js")
    assert sum(len(gzip.compress((output / "site" / name).read_bytes())) for name in names) < 40_000


def test_a_build_replaces_its_own_and_nothing_else(histories, tmp_path):
    """A second build replaces site and pdf as a whole and leaves the rest of the folder alone."""
    (tmp_path / "runs").mkdir()
    (tmp_path / "runs" / "summary.json").write_text("{}")
    build((released(histories[1], "1.0"),), tmp_path)
    built, flaws = build(histories[1:], tmp_path)
    assert flaws == []
    assert sorted(path.name for path in tmp_path.iterdir()) == [".cache", "pdf", "runs", "site"]
    assert [path.name for path in (tmp_path / "pdf").iterdir()] == ["order-refunds-draft.pdf"]
    assert built == Built(
        home=tmp_path / "site" / "index.html",
        pages=(
            tmp_path / "site" / "order-refunds" / "draft" / "index.html",
            tmp_path / "site" / "order-refunds" / "latest" / "index.html",
        ),
        pdfs=(tmp_path / "pdf" / "order-refunds-draft.pdf",),
    )


def test_a_failed_sop_leaves_the_others(histories, tmp_path):
    """An SOP with an error is reported and left out, of the library too; the others are built."""
    broken = replace(histories[0], draft=with_passage(histories[0].draft, "[x](javascript:1)"))
    built, flaws = build((broken, histories[1]), tmp_path)
    assert built.failed == ("balas-chat draft",)
    assert [flaw.code for flaw in flaws] == ["MAN101"]
    assert [path.name for path in built.pdfs] == ["order-refunds-draft.pdf"]
    assert "Membalas Chat" not in built.home.read_text(encoding="utf-8")
    assert not (tmp_path / "site" / "balas-chat").exists()


def test_a_flaw_in_a_release_is_a_warning(histories, tmp_path):
    """What a released source got wrong cannot be mended any more; its text is shown without the link."""
    draft = with_passage(histories[1].draft, "[the form](javascript:1)")
    built, flaws = build((released(replace(histories[1], draft=draft), "1.0"),), tmp_path)
    assert [(flaw.code, flaw.level) for flaw in flaws] == [("MAN101", Level.WARNING)]
    page = built.pages[0].read_text(encoding="utf-8")
    assert "the form" in page
    assert "javascript:" not in page


def frozen(history, path, data=b"%PDF-1.7 as approved"):
    """Return the history released once as 1.0, with `data` as its approved PDF at `path`."""
    (edition,) = released(history, "1.0").editions
    path.write_bytes(data)
    release = replace(edition.release, pdf_sha256=hashlib.sha256(data).hexdigest())
    return replace(history, editions=(replace(edition, release=release, pdf=path),))


def test_a_frozen_pdf_is_copied_and_never_rendered(tmp_path, histories):
    """The PDF that was approved is the PDF that is given out, byte for byte."""
    built, flaws = build((frozen(histories[1], tmp_path / "1.0.pdf"),), tmp_path / "out")
    assert flaws == []
    assert built.pdfs[0].read_bytes() == b"%PDF-1.7 as approved"
    beside = tmp_path / "out" / "site" / "order-refunds" / "1.0" / "order-refunds-1.0.pdf"
    assert beside.read_bytes() == b"%PDF-1.7 as approved"


@pytest.mark.parametrize("now", [b"%PDF-1.7 as improved", None], ids=["changed", "missing"])
def test_a_frozen_pdf_that_changes_under_the_build_is_refused(tmp_path, histories, now):
    """A PDF that is not the approved one is neither handed out nor made again; both hashes are told."""
    path = tmp_path / "1.0.pdf"
    history = frozen(histories[1], path)
    if now is None:
        path.unlink()
    else:
        path.write_bytes(now)
    built, (flaw,) = build((history,), tmp_path / "out")
    assert (flaw.code, flaw.span.file) == ("MAN109", str(path))
    assert history.editions[0].release.pdf_sha256 in flaw.message
    assert now is None or hashlib.sha256(now).hexdigest() in flaw.message
    assert (built.failed, built.pdfs) == (("order-refunds 1.0",), ())


def test_an_older_release_does_not_pass_for_the_latest(tmp_path, histories):
    """Where the newest release is withheld, the older one is built as superseded, and nothing as latest."""
    history = released(histories[1], "1.0", "1.1")
    withheld = replace(history.editions[1].release, place=1)
    built, _ = build((replace(history, editions=history.editions[:1], withheld=(withheld,)),), tmp_path)
    assert [path.parent.name for path in built.pages] == ["1.0"]
    assert not (tmp_path / "site" / "order-refunds" / "latest").exists()
    assert "Refunds" not in built.home.read_text(encoding="utf-8")


def test_a_draft_of_a_released_sop_is_private(histories, tmp_path):
    """Once there is a release, the draft is built only when asked for, and never as the newest."""
    history = released(histories[1], "1.0")
    assert [manual.version for manual in manuals_of(history)] == ["1.0"]
    shown = manuals_of(history, drafts=True)
    assert [(manual.version, manual.is_latest) for manual in shown] == [("draft", False), ("1.0", True)]
    built, _ = build((history,), tmp_path, drafts=True)
    assert [path.parent.name for path in built.pages] == ["draft", "1.0", "latest"]


def test_status_follows_the_releases(histories):
    """The newest release is released, an older one superseded by the next."""
    newest, older, oldest = manuals_of(released(histories[0], "1.0", "1.1", "2.0"))
    assert [each.status for each in (newest, older, oldest)] == [
        Status.RELEASED,
        Status.SUPERSEDED,
        Status.SUPERSEDED,
    ]
    assert oldest.successor.version == "1.1"


def test_a_review_that_never_comes_is_left_out(histories):
    """People write 9999-12-31 for a date that is not set yet: no calendar reaches its review."""
    first = released(histories[0], "1.0").editions[0]
    never = replace(first.release, effective=datetime(9999, 12, 31, tzinfo=UTC))
    assert Manual(sop=first.sop, release=never).next_review is None
    assert Manual(sop=first.sop, release=first.release).next_review > first.release.effective


def test_a_folder_that_cannot_be_written_to(histories, tmp_path):
    """Where the output is no folder, the build ends with a hint."""
    (tmp_path / "taken").write_text("a file")
    with pytest.raises(StorageError) as refusal:
        build(histories, tmp_path / "taken")
    assert refusal.value.code == "MAN202"
    assert refusal.value.hint


def test_an_interrupted_build_leaves_the_old_one(histories, tmp_path):
    """When a build is broken off, what stood there before stands there still, and no rubbish beside it."""
    build(histories[1:], tmp_path)
    before = files_below(tmp_path)

    def interrupted():
        yield released(histories[1], "1.0")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build(interrupted(), tmp_path)
    assert files_below(tmp_path) == before


@pytest.mark.parametrize("version", ["../../x", "latest", "", "1/0", ".hidden", "1." + "0" * 80])
def test_a_version_that_cannot_name_a_folder(histories, tmp_path, version):
    """A version that would leave its folder, or take the place of another, is reported and left out."""
    built, flaws = build((released(histories[1], version),), tmp_path / "out")
    assert [flaw.code for flaw in flaws] == ["MAN107"]
    assert built.pages == ()
    assert files_below(tmp_path) == files_below(tmp_path / "out" / "..")


def test_no_sops_give_an_empty_library(tmp_path):
    """Without any SOP the home page says so."""
    built, flaws = build((), tmp_path)
    assert flaws == []
    assert "Belum ada SOP" in built.home.read_text(encoding="utf-8")


def test_a_picture_goes_where_it_is_shown(tmp_path):
    """A picture of the SOP's folder is copied beside both pages and drawn in the PDF."""
    (sop,) = (each for each in read_sops_loosely() if each.id == "harmless")
    built, flaws = build((sop,), tmp_path)
    assert {flaw.code for flaw in flaws} == {"MAN104"}
    for page in built.pages:
        assert (page.parent / "dot.png").read_bytes() == (CASES / "hostile/harmless/dot.png").read_bytes()
    sizes = {image.image.size for page in PdfReader(built.pdfs[0]).pages for image in page.images}
    assert (8, 8) in sizes


REFUSED_AT = [
    ("MAN101", 12),
    ("MAN101", 13),
    ("MAN101", 14),
    ("MAN101", 15),
    ("MAN101", 19),
    ("MAN101", 21),
    ("MAN101", 23),
    ("MAN101", 27),
    ("MAN101", 28),
    ("MAN101", 32),
    ("MAN103", 32),
    ("MAN103", 32),
    ("MAN103", 32),
    ("MAN103", 32),
    ("MAN103", 33),
    ("MAN103", 33),
    ("MAN102", 37),
    ("MAN101", 41),
]


def read_sops_loosely():
    """Return the hostile SOPs, whatever the reader says about them."""
    return read_library(CASES / "hostile", lambda _: None)


def test_a_hostile_sop_is_refused_with_its_lines(tmp_path):
    """Links to scripts, local files, other folders and hosts are named with their lines."""
    (sop,) = (each for each in read_sops_loosely() if each.id == "refused")
    built, flaws = build((sop,), tmp_path)
    assert [(flaw.code, flaw.span.line) for flaw in flaws] == REFUSED_AT
    assert built.failed == ("refused draft",)
    assert [path.name for path in (tmp_path / "pdf").iterdir()] == []


def test_the_samples_are_read_without_a_flaw():
    """The sample SOPs of these tests are clean."""
    assert [history.id for history in read_sops(CASES / "sops")] == ["balas-chat", "order-refunds"]


def test_the_library_speaks_its_own_language(output) -> None:
    """The English library says in English what the Indonesian one says in Indonesian, of the same SOPs."""
    indonesian, english = (
        (output / "site" / name).read_text(encoding="utf-8") for name in ("index.html", "index.en.html")
    )
    assert "Pemilik</dt>" in indonesian
    assert "Owner</dt>" not in indonesian
    assert "Owner</dt>" in english
    assert "Pemilik</dt>" not in english
