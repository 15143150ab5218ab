"""Commands that read SOPs: lint, status, build, test; and what they say about bad ones."""

import json
import shutil

import pytest


def test_lint_of_a_sound_sop_is_clean(call):
    """A sound SOP has no error, and the result says how many were read."""
    ran = call("lint")
    assert ran.status == 0
    assert "1 SOP read" in ran.out


def test_lint_shows_place_message_and_hint_of_each_flaw(call):
    """A bad front matter and an unknown check are told with file, line, column and hint; the rest is read."""
    ran = call("lint", "--sops", "mixed-sops")
    assert ran.status == 1
    assert "mixed-sops/cs-rusak/sop.md:4:" in ran.err
    assert "error" in ran.err
    assert "did you mean 'opening-greeting'?" in ran.err
    assert "mixed-sops/cs-asing/sop.md:29:3" in ran.err
    assert "2 SOPs read" in ran.out


def test_lint_as_json_is_one_document(call):
    """`--format json` prints the diagnostics as one list of flat objects, and nothing else."""
    ran = call("lint", "--sops", "mixed-sops", "--format", "json")
    flaws = json.loads(ran.out)
    assert ran.status == 1
    assert ran.err == ""
    assert {"code", "level", "file", "line", "column", "message", "hint"} == set(flaws[0])
    assert {"mixed-sops/cs-asing/sop.md", "mixed-sops/cs-rusak/sop.md"} <= {flaw["file"] for flaw in flaws}


def test_lint_looks_only_at_the_sops_it_is_given(call):
    """An id, a folder and a path name the same SOP; the errors of another are none of its."""
    for name in ("cs-kecil", "mixed-sops/cs-kecil", "mixed-sops/cs-kecil/sop.md"):
        ran = call("lint", name, "--sops", "mixed-sops", "--format", "json")
        assert ran.status == 0
        assert {flaw["file"] for flaw in json.loads(ran.out)} == {"mixed-sops/cs-kecil/sop.md"}


def test_an_unknown_sop_is_told_with_the_nearest(call):
    """A mistyped id ends with 2 and names the one that was probably meant."""
    ran = call("lint", "cs-kecl")
    assert ran.status == 2
    assert "did you mean 'cs-kecil'?" in ran.err
    assert "CLI102" in ran.err


def test_an_sop_that_cannot_be_read_is_not_called_unknown(call):
    """Naming a broken SOP shows what is wrong with it and ends with 3."""
    ran = call("build", "cs-rusak", "--sops", "mixed-sops")
    assert ran.status == 3
    assert "mixed-sops/cs-rusak/sop.md:4:" in ran.err
    assert "CLI103" in ran.err


def test_a_missing_folder_of_sops_is_told(call):
    """A folder that does not exist ends with 2, its name, and what to type."""
    ran = call("lint", "--sops", "nowhere")
    assert ran.status == 2
    assert "'nowhere' does not exist" in ran.err
    assert "--sops DIR" in ran.err


def test_no_usable_sop_at_all_ends_with_3(call, project):
    """When every SOP is broken, its flaws stand above the error."""
    for name in ("cs-kecil", "cs-asing"):
        shutil.rmtree(project / "mixed-sops" / name)
    ran = call("check", "chats.jsonl", "--sops", "mixed-sops")
    assert ran.status == 3
    assert ran.err.index("cs-rusak") < ran.err.index("no SOP in 'mixed-sops' can be used")
    assert not (project / "output").exists()


def test_status_counts_clauses_that_are_checked_excused_and_open(call):
    """The small SOP has seven clauses: four checked, two excused with a reason, one open."""
    (standing,) = json.loads(call("status", "--json").out)
    assert (standing["sop"], standing["version"], standing["since"]) == ("cs-kecil", "draft", None)
    assert (standing["clauses"], standing["checked"], standing["excused"], standing["open"]) == (7, 4, 2, 1)


def test_a_clause_whose_check_does_not_exist_is_not_counted_as_checked(call):
    """A misspelt check leaves its clause open."""
    (standing,) = json.loads(call("status", "cs-asing", "--sops", "mixed-sops", "--json").out)
    assert (standing["checked"], standing["open"]) == (3, 2)


def test_build_writes_a_site_and_a_pdf(call, project):
    """The paths that `sopgen build` prints exist."""
    ran = call("build")
    assert ran.status == 0
    assert "and 1 PDF built" in ran.out
    paths = [line.strip() for line in ran.out.splitlines()[1:]]
    assert all((project / path).is_file() for path in paths)
    assert (project / "output/pdf/cs-kecil-draft.pdf").read_bytes().startswith(b"%PDF-")


def test_build_leaves_a_broken_sop_out_and_ends_with_1(call, project):
    """The others are built."""
    ran = call("build", "--sops", "mixed-sops")
    assert ran.status == 1
    assert sorted(path.name for path in (project / "output/pdf").iterdir()) == [
        "cs-asing-draft.pdf",
        "cs-kecil-draft.pdf",
    ]


def test_the_examples_of_the_pack_and_of_the_clauses_hold(call):
    """`sopgen test` tries acts, checks and clauses, and each has examples."""
    results = json.loads(call("test", "--json").out)
    assert {result["kind"] for result in results} == {"act", "rule", "clause"}
    assert all(result["ok"] for result in results)


def test_an_example_that_does_not_hold_is_told_with_its_place(call, project):
    """A chat that should fail but passes ends with 1, and says where it stands."""
    source = project / "sop_sources/cs-kecil/sop.md"
    text = source.read_text(encoding="utf-8")
    source.write_text(text.replace("09:01 agen       kenapa?", "09:01 agen       Halo Kak"), encoding="utf-8")
    ran = call("test")
    assert ran.status == 1
    assert "sop_sources/cs-kecil/sop.md:36:3" in ran.err
    assert "should be fail, but is pass" in ran.err


@pytest.mark.parametrize("form", ["json", "sarif"])
def test_a_program_is_told_why_no_sop_can_be_used(call, tmp_path, form):
    """Where every SOP is broken, standard output still holds the document, and the status says so."""
    (tmp_path / "sops" / "a").mkdir(parents=True)
    (tmp_path / "sops" / "a" / "sop.md").write_text("---\nid: [a\n---\n\n## Tujuan\n", encoding="utf-8")
    ran = call("lint", "--sops", str(tmp_path / "sops"), "--format", form)
    assert ran.status == 3
    assert "YML101" in json.dumps(json.loads(ran.out))
