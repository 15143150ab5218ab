"""`sopgen import` as a shell calls it: a draft in the folder of SOPs, told line by line."""

import json

SOP = """SOP Retur

1. Tujuan
Retur selesai dengan rapi.

2. Larangan
- Menolak tanpa alasan.

Comments are closed.
"""


def test_a_draft_is_written_and_told(call, project):
    """The draft stands in its own folder; the counts and line numbers are printed."""
    (project / "retur.txt").write_text(SOP, encoding="utf-8")
    ran = call("import", "retur.txt", "--id", "cs-retur")
    assert ran.status == 0
    source = (project / "sop_sources" / "cs-retur" / "sop.md").read_text(encoding="utf-8")
    assert "## Larangan\n\n- Menolak tanpa alasan. {#menolak-tanpa-alasan}" in source
    assert "5  in the sections of the draft: 1, 3-4, 6-7" in ran.out
    assert "litter at 9: comments: Comments are closed." in ran.out
    assert "to decide: owner, approver, review_every, applies_to" in ran.out
    assert call("status", "cs-retur").status == 0


def test_a_draft_never_overwrites(call, project):
    """A second import of the same id changes nothing and says so."""
    (project / "retur.txt").write_text(SOP, encoding="utf-8")
    call("import", "retur.txt", "--id", "cs-kecil")
    ran = call("import", "retur.txt", "--id", "cs-kecil")
    assert ran.status == 2
    assert "IMP109" in ran.err


def test_programs_read_every_line(call, project):
    """`--json` tells the fate of each line and what the lint says, and with `--out -` the source."""
    (project / "retur.txt").write_text(SOP, encoding="utf-8")
    told = json.loads(call("import", "retur.txt", "--out", "-", "--json").out)
    assert told["lines"] == {"placed": 5, "unplaced": 0, "litter": 1}
    assert {line for fate in told["fates"] for line in fate["lines"]} == {1, 3, 4, 6, 7, 9}
    assert told["source"].startswith("---\nid: sop-retur\n")
    assert "SOP202" in {each["code"] for each in told["lint"]}
    assert not (project / "sop_sources" / "sop-retur").exists()


def test_standard_output_gets_the_draft_alone(call, project):
    """With `--out -` the source goes to standard output and the account to standard error."""
    (project / "retur.txt").write_text(SOP, encoding="utf-8")
    ran = call("import", "retur.txt", "--out", "-")
    assert ran.out.startswith("---\nid: sop-retur\n")
    assert "placed" in ran.err


def test_checks_are_only_suggested(call, project):
    """A clause that names a time to reply gets a comment with a check and its limit, and no binding."""
    text = "Standar Pelayanan\n\n- Agen wajib membalas pesan pertama dalam 3 menit.\n"
    (project / "cepat.txt").write_text(text, encoding="utf-8")
    source = call("import", "cepat.txt", "--out", "-").out
    assert "<!-- TODO: check=first-response-time limit=3m? -->" in source
    assert "dalam 3 menit. {#agen-membalas-pesan-pertama}" in source


def test_a_missing_file_and_a_folder_are_refused(call):
    """What is no file is told as such, before anything is written."""
    for name in ("tidak-ada.docx", "sop_sources"):
        ran = call("import", name)
        assert ran.status == 2
        assert "CLI101" in ran.err
