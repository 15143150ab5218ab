"""`sopgen diff`: two versions of an SOP on the screen, for programs, for reviews, and as a page."""

import io
import json
import subprocess
import sys

import pytest
from pypdf import PdfReader

from sopgen.cli.codes import CODES
from sopgen.sop.release_codes import SPECIMEN

OWN = {entry.code: entry for entry in CODES}
SOURCE = SPECIMEN["cs-contoh/sop.md"]


@pytest.fixture
def sops(project):
    """Return a folder with `cs-contoh`, released as 1.0, and one more clause in the draft."""
    for name, text in SPECIMEN.items():
        path = project / "released" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
    draft = (
        SOURCE.replace("owner: ", "owner: Wakil ", 1) + "\n## Larangan\n\n- Dilarang <b>kasar</b>. {#kasar}\n"
    )
    (project / "released" / "cs-contoh" / "sop.md").write_text(draft, encoding="utf-8")
    return "released"


def test_a_version_beside_itself_has_no_difference(call, sops):
    """Nothing to tell, whatever the form, and the exit status is 0 even when asked to tell."""
    ran = call("diff", "cs-contoh", "1.0", "1.0", "--sops", sops, "--exit-code")
    assert ran.status == 0
    assert "no change" in ran.out
    assert (
        json.loads(call("diff", "cs-contoh", "1.0", "1.0", "--sops", sops, "--format", "json").out)["changes"]
        == []
    )


def test_the_version_in_force_is_held_against_the_draft(call, sops):
    """Without versions the call compares what governs now with what is being written."""
    ran = call("diff", "cs-contoh", "--sops", sops)
    assert ran.status == 0
    assert "cs-contoh: 1.0 → draft" in ran.out
    assert "+ clause" in ran.out
    assert "{+Dilarang <b>kasar</b>.+}" in ran.out
    assert call("diff", "cs-contoh", "1.0", "--sops", sops).out == ran.out


def test_exit_code_tells_whether_anything_differs(call, sops):
    """`--exit-code` ends with 1, as `diff` does."""
    assert call("diff", "cs-contoh", "--sops", sops, "--exit-code").status == 1


def test_json_holds_every_change_with_its_words_and_places(call, sops):
    """One document: versions, counts, and each change with category, reason, words and places."""
    told = json.loads(call("diff", "cs-contoh", "--sops", sops, "--format", "json").out)
    assert (told["sop"], told["from"], told["to"]) == ("cs-contoh", "1.0", "draft")
    added = next(change for change in told["changes"] if change["id"] == "kasar")
    assert (added["kind"], added["category"]) == ("added", "substantive")
    assert added["words"] == [["inserted", "Dilarang <b>kasar</b>."]]
    assert added["new_place"].startswith("released/cs-contoh/sop.md:")
    assert added["fields"]["modality"] == "must-not"
    assert sum(told["counts"].values()) == len(told["changes"])


def test_json_is_asked_for_as_elsewhere(call, sops):
    """`--json` prints the same document as `--format json`."""
    asked = call("diff", "cs-contoh", "--sops", sops, "--json")
    assert (asked.status, asked.out) == (0, call("diff", "cs-contoh", "--sops", sops, "--format", "json").out)


def test_json_and_another_form_are_two_things(call, sops):
    """Neither of them is printed in place of the other."""
    for form in ("pdf", "html", "markdown"):
        ran = call("diff", "cs-contoh", "--sops", sops, "--json", "--format", form)
        assert (ran.status, ran.out, f"--format {form} and --json" in ran.err) == (2, "", True)


def test_page_and_markdown_escape_what_authors_write(call, sops):
    """Markup in a clause stays text, in both."""
    for form in ("html", "markdown"):
        told = call("diff", "cs-contoh", "--sops", sops, "--format", form).out
        assert "<b>kasar" not in told
        assert "&lt;b&gt;kasar&lt;/b&gt;" in told


def test_a_category_is_overruled(call, sops):
    """`--category` decides for one part, and the reason says so; a misspelt id is refused (CLI133)."""
    ran = call("diff", "cs-contoh", "--sops", sops, "--category", "kasar=clarification")
    assert "(clarification: decided by hand)" in ran.out
    assert "CLI133" in call("diff", "cs-contoh", "--sops", sops, "--category", "kasr=clarification").err


def test_versions_break_as_their_codes_say(call, sops):
    """CLI131 for a version that is not there, CLI134 for more than two."""
    assert "CLI131" in call("diff", "cs-contoh", "2.0", "--sops", sops).err
    assert "CLI134" in call("diff", "cs-contoh", *OWN["CLI134"].breaks.split(), "--sops", sops).err
    assert call("diff", "cs-contoh", *OWN["CLI134"].keeps.split(), "--sops", sops).status == 0


def test_a_category_breaks_as_its_code_says(call, sops):
    """CLI135: the one snippet is refused, the other is understood (and then names nothing that changed)."""
    assert "CLI135" in call("diff", "cs-contoh", "--sops", sops, "--category", OWN["CLI135"].breaks).err
    assert "CLI133" in call("diff", "cs-contoh", "--sops", sops, "--category", OWN["CLI135"].keeps).err


def test_without_a_release_there_is_nothing_in_force(call):
    """CLI132 tells what to do; two versions by name need nothing in force."""
    ran = call("diff", "cs-kecil")
    assert ran.status == 2
    assert "CLI132" in ran.err
    assert call("diff", "cs-kecil", "draft", "draft").status == 0


def test_a_pdf_is_written_to_a_pipe(project, sops):
    """`--format pdf` sends a PDF of the changes and nothing else to standard output."""
    code = "from sopgen.cli.main import main; main()"
    arguments = ["diff", "cs-contoh", "--sops", sops, "--format", "pdf"]
    ran = subprocess.run(
        [sys.executable, "-c", code, *arguments], cwd=project, capture_output=True, check=True
    )
    page = PdfReader(io.BytesIO(ran.stdout)).pages[0].extract_text()
    assert "Dilarang <b>kasar</b>." in page


def test_a_setting_that_was_not_there_is_told_apart_from_the_word_none(call, sops, project):
    """What the front matter says now and did not say before was not set, rather than `none`."""
    draft = project / sops / "cs-contoh" / "sop.md"
    text = draft.read_text(encoding="utf-8")
    draft.write_text(
        text.replace("review_every: 90d", "review_every: 90d\napplies_to: {channels: [none]}"),
        encoding="utf-8",
    )
    assert "not set → none" in call("diff", "cs-contoh", "--sops", sops).out
