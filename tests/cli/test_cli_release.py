"""Releasing from the command line, and what happens when a release is changed afterwards."""

import hashlib
import json
import shlex
import shutil
import subprocess
import sys

import pytest
from pypdf import PdfReader

from sopgen.cli.main import BUG_STATUS
from sopgen.sop.refusal_codes import REFUSAL_CODES

RELEASE = ("release", "cs-kecil", "--approved-by", "Pemilik Toko")
FIRST = (
    *RELEASE,
    "--effective",
    "2026-01-01",
    "--approved-on",
    "2025-12-20",
    "--summary",
    "Terbitan pertama",
)
SECOND = (*RELEASE, "--effective", "2026-03-01", "--approved-on", "2026-02-20", "--summary", "Batas 1 menit")
SHOWN = [code for code in REFUSAL_CODES if code.breaks]


@pytest.fixture(scope="session")
def once(tmp_path_factory):
    """Return an empty folder in which what takes a second to make is kept for the session."""
    return tmp_path_factory.mktemp("released")


@pytest.fixture
def releases(project):
    """Return the folder of the small SOP's releases."""
    return project / "sop_sources" / "cs-kecil" / "releases"


def change(project, old="limit=2m", new="limit=1m"):
    """Change the draft of the small SOP."""
    path = project / "sop_sources" / "cs-kecil" / "sop.md"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.fixture
def released(project, call, once, releases):
    """Return the project with the small SOP released as 1.0, and its draft changed since."""
    if not (once / "releases").exists():
        assert call(*FIRST).status == 0
        shutil.copytree(releases, once / "releases")
    elif not releases.exists():
        shutil.copytree(once / "releases", releases)
    change(project)
    return project


def test_a_release_is_proposed_told_and_frozen(call, released, releases):
    """Version and category come from the changes, with reasons; files and hashes are told."""
    ran = call(*SECOND, "--json")
    assert ran.status == 0, ran.err
    told = json.loads(ran.out)
    assert (told["version"], told["category"], told["released"]) == ("2.0", "substantive", True)
    assert told["effective"] == "2026-03-01T00:00:00+07:00"
    assert told["proposed"]["reasons"][0]["step"] == "major"
    assert "limit 2m to 1m: stricter" in told["proposed"]["reasons"][0]["text"]
    assert told["sha256"]["pdf"] == hashlib.sha256((releases / "2.0.pdf").read_bytes()).hexdigest()
    assert (releases / "2.0.md").read_bytes() == (releases.parent / "sop.md").read_bytes()
    assert sorted(path.name for path in releases.iterdir()) == [
        ".gitattributes",
        "1.0.md",
        "1.0.pdf",
        "2.0.md",
        "2.0.pdf",
        "index.yaml",
    ]
    assert str(released) not in ran.out


def test_a_dry_run_tells_all_and_writes_nothing(call, released, releases):
    """What would be released is shown as it would be, and the disk stays as it was."""
    before = {path: path.read_bytes() for path in releases.iterdir()}
    ran = call(*SECOND, "--dry-run")
    assert ran.status == 0, ran.err
    assert "cs-kecil 2.0 would be released, effective 2026-03-01T00:00:00+07:00" in ran.out
    assert "major: clause 5.2 first-reply: limit 2m to 1m: stricter" in ran.out
    assert {path: path.read_bytes() for path in releases.iterdir()} == before
    assert str(released) not in ran.out


@pytest.mark.usefixtures("released")
def test_a_version_and_category_below_what_the_changes_ask_for_are_noted(call):
    """People decide; what the changes look like is told."""
    ran = call(*RELEASE, "1.0.1", *SECOND[4:], "--category", "administrative", "--dry-run")
    assert ran.status == 0
    assert "note: The changes ask for 2.0, a major version." in ran.out
    assert "note: The changes look substantive, not administrative." in ran.out
    assert "note: It takes effect in the past" in ran.out


@pytest.mark.usefixtures("released")
def test_a_release_at_the_instant_of_another_is_noted(call):
    """The earlier one never governs; who releases is told so."""
    said = ("--approved-by", "Pemilik", "--summary", "Batas 1 menit", "--dry-run")
    note = "note: It takes effect at the same instant as 1.0, which then never governs."
    first = FIRST[FIRST.index("--effective") + 1]
    assert note in call(*RELEASE, "--effective", first, *said).out
    assert note not in call(*RELEASE, "--effective", "2026-12-01", *said).out


@pytest.mark.usefixtures("released")
def test_the_approved_pdf_names_checks_as_the_site_does(releases):
    """By their titles in the SOP's language; their names are for who writes SOPs."""
    pages = PdfReader(releases / "1.0.pdf").pages
    words = " ".join(" ".join(page.extract_text() for page in pages).split())
    assert "Diperiksa otomatis: Waktu balasan pertama" in words
    assert "first-response-time" not in words


def test_build_hands_out_the_very_pdf_that_was_approved(call, released, releases):
    """Byte for byte, also when the draft and the templates would give another one by now."""
    assert call(*SECOND).status == 0
    assert call("build").status == 0
    for version in ("1.0", "2.0"):
        frozen = (releases / f"{version}.pdf").read_bytes()
        assert (released / "output" / "pdf" / f"cs-kecil-{version}.pdf").read_bytes() == frozen
        beside = released / "output" / "site" / "cs-kecil" / version / f"cs-kecil-{version}.pdf"
        assert beside.read_bytes() == frozen


def test_the_page_of_a_release_comes_from_the_frozen_source(call, released):
    """The draft may say anything by now."""
    change(released, "Setiap pelanggan disapa", "Setiap tamu disambut")
    assert call("build").status == 0
    page = (released / "output" / "site" / "cs-kecil" / "1.0" / "index.html").read_text(encoding="utf-8")
    assert "Setiap pelanggan disapa" in page
    assert "Setiap tamu disambut" not in page


def test_a_picture_is_frozen_with_its_release(call, released, releases):
    """The release keeps the picture that was approved, whatever becomes of the file beside the draft."""
    dot = (released.parent / "dot.png").resolve()
    picture = b"\x89PNG\r\n\x1a\n" + bytes.fromhex(
        "0000000d49484452000000010000000108020000009077 53de0000000c4944415408d763f8cfc0000003010100c9fe92ef"
        "0000000049454e44ae426082".replace(" ", "")
    )
    dot.write_bytes(picture)
    shutil.copy(dot, releases.parent / "panel.png")
    change(released, "Setiap pelanggan disapa", "![Panel pesanan](panel.png)\n\nSetiap pelanggan disapa")
    ran = call(*SECOND)
    assert ran.status == 0, ran.err
    (releases.parent / "panel.png").write_bytes(b"\x89PNG\r\n\x1a\n something else")
    assert call("build").status == 0
    shown = released / "output" / "site" / "cs-kecil" / "2.0" / "panel.png"
    assert shown.read_bytes() == picture
    told = json.loads(call(*RELEASE, "next", *SECOND[4:], "--dry-run", "--json").out)
    assert (told["version"], told["category"]) == ("2.0.1", "administrative")
    frozen = releases / "2.0.files" / "panel.png"
    frozen.chmod(0o644)
    frozen.write_bytes(picture + b" ")
    ran = call("build")
    assert ran.status == 1
    assert "SOP307" in ran.err
    assert "panel.png" in ran.err


@pytest.mark.parametrize("name", ["1.0.md", "1.0.pdf", "index.yaml"])
@pytest.mark.parametrize(
    ("command", "status"),
    [(("build",), 1), (("status",), 1), (("lint",), 1), (("check", "chats.jsonl"), 3), (SECOND, 3)],
    ids=["build", "status", "lint", "check", "release"],
)
@pytest.mark.usefixtures("released")
def test_a_release_that_was_changed_by_one_byte_is_refused(call, releases, name, command, status):
    """Every command that reads releases names the file and both hashes, and does not end well."""
    path = releases / name
    before = path.read_bytes()
    path.chmod(0o644)
    changed = (
        before.replace(b"Terbitan pertama", b"Terbitan Pertama") if name == "index.yaml" else before + b"\n"
    )
    path.write_bytes(changed)
    ran = call(*command)
    alone = {1: 3}.get(status, status) if name == "index.yaml" else status
    assert ran.status == alone, ran.err
    assert name in ran.err
    hashes = {word.strip(",.") for word in ran.err.split() if len(word.strip(",.")) == 64}
    assert len(hashes) == 2
    if name != "index.yaml":
        assert {hashlib.sha256(before).hexdigest(), hashlib.sha256(changed).hexdigest()} == hashes


@pytest.mark.usefixtures("released")
def test_a_changed_release_judges_nothing_and_the_others_go_on(call, project, releases):
    """Conversations of its time are judged by no version, those of another release are; the run says so."""
    assert call(*SECOND).status == 0
    sound = call("check", "chats.jsonl", "--run-id", "sound", "--json")
    assert sound.status == 0
    assert {each["version"] for each in json.loads(sound.out)["clauses"]} == {"2.0"}
    path = releases / "1.0.pdf"
    path.chmod(0o644)
    path.write_bytes(path.read_bytes() + b" ")
    ran = call("check", "chats.jsonl", "--run-id", "older", "--json")
    assert (ran.status, json.loads(ran.out)["clauses"]) == (3, json.loads(sound.out)["clauses"])
    assert "CLI120" in ran.err
    for name in ("verdicts.parquet", "findings.jsonl"):
        runs = project / "output" / "runs"
        assert (runs / "older" / name).read_bytes() == (runs / "sound" / name).read_bytes()


def test_a_broken_draft_leaves_the_release_governing(call, released):
    """Its errors are told, and conversations are judged by what was released."""
    (released / "sop_sources" / "cs-kecil" / "sop.md").write_text("---\nid: cs-kecil\n", encoding="utf-8")
    ran = call("check", "chats.jsonl", "--json")
    assert ran.status == 0
    assert "SOP102" in ran.err
    assert {each["version"] for each in json.loads(ran.out)["clauses"]} == {"1.0"}
    assert call("build").status == 1
    assert (released / "output" / "pdf" / "cs-kecil-1.0.pdf").is_file()
    ran = call("status", "--at", "2026-02-01", "--json")
    assert ran.status == 1
    assert [(each["version"], each["unreleased"]) for each in json.loads(ran.out)] == [("1.0", None)]
    assert call("check", "chats.jsonl", "--draft").status == 3
    ran = call(*SECOND)
    assert (ran.status, "REL107" in ran.err) == (3, True)


@pytest.mark.usefixtures("released")
def test_a_dirty_draft_is_refused_and_warnings_are_told(call, project):
    """An error of the lint stops the release; a warning does not."""
    assert "SOP206" in call(*SECOND, "--dry-run").err
    change(project, "check=opening-greeting", "check=opening-greting")
    ran = call(*SECOND)
    assert ran.status == 3
    assert "did you mean 'opening-greeting'" in ran.err
    assert "REL107" in ran.err


@pytest.mark.usefixtures("released")
def test_a_link_that_a_manual_may_not_have_is_refused(call, project):
    """A flaw that only the manual shows stops the release as well."""
    change(project, "Setiap pelanggan disapa", "[Panel](file:///etc/passwd) Setiap pelanggan disapa")
    ran = call(*SECOND)
    assert ran.status == 3
    assert "MAN101" in ran.err


@pytest.mark.usefixtures("released")
@pytest.mark.parametrize("code", SHOWN, ids=lambda code: code.code)
def test_the_calls_of_the_codes_come_out_as_they_say(call, code):
    """The last call of what breaks a code is refused with it, every call of what keeps it goes well."""
    for line in code.keeps.splitlines():
        ran = call(*shlex.split(line)[1:], "--dry-run")
        assert ran.status == 0, ran.err
    *before, last = code.breaks.splitlines()
    for line in before:
        assert call(*shlex.split(line)[1:]).status == 0
    ran = call(*shlex.split(last)[1:])
    assert ran.status == 2
    assert f"code: {code.code} " in ran.err


@pytest.mark.usefixtures("project")
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("release", "cs-kecl", *FIRST[2:]), "did you mean 'cs-kecil'"),
        ((*FIRST, "--category", "besar"), "substantive"),
        (RELEASE, "--effective"),
        ((*RELEASE, "--effective", "besok", "--summary", "x"), "besok"),
        ((*FIRST, "--sops", "nowhere"), "nowhere"),
    ],
)
def test_a_call_that_cannot_be_is_misuse(call, arguments, said):
    """An unknown SOP, category or date ends with 2 and says what is known."""
    ran = call(*arguments)
    assert ran.status == 2
    assert said in ran.err


@pytest.mark.usefixtures("released")
def test_an_index_in_brackets_has_no_place_for_an_entry(call, releases):
    """It is refused rather than spoilt."""
    for path in releases.iterdir():
        path.unlink()
    (releases / "index.yaml").write_text("[]\n", encoding="utf-8")
    ran = call(*FIRST)
    assert (ran.status, "REL110" in ran.err) == (3, True)
    assert [path.name for path in releases.iterdir()] == ["index.yaml"]


def test_a_folder_that_may_not_be_written_to(call, project):
    """What the disk refuses is told, and nothing is left."""
    (project / "sop_sources" / "cs-kecil" / "releases").write_text("a file", encoding="utf-8")
    ran = call(*FIRST)
    assert (ran.status, "REL202" in ran.err) == (7, True)


@pytest.mark.usefixtures("released")
def test_two_releases_at_once_make_one(project, call, releases):
    """Two processes that start together: one releases, the other is refused and changes nothing."""
    program = "from sopgen.cli.main import main; main()"
    both = [
        subprocess.Popen(
            [sys.executable, "-c", program, *SECOND],
            cwd=project,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        for _ in range(2)
    ]
    told = [process.communicate()[1].decode() for process in both]
    statuses = sorted(process.returncode for process in both)
    assert statuses[0] == 0, told
    assert statuses[1] in (2, 7)
    assert BUG_STATUS not in statuses
    assert [code for code in ("REL201", "REL104") if code in "".join(told)]
    assert sorted(path.name for path in releases.glob("*.md")) == ["1.0.md", "2.0.md"]
    assert json.loads(call("status", "--at", "2026-03-02", "--json").out)[0]["version"] == "2.0"
