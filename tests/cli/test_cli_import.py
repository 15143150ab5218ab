"""`sopgen import` as a shell calls it: a draft in the folder of SOPs, told line by line."""

import json

from sopgen.manual.link import Allowed, judge_picture

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


def test_several_files_become_a_draft_each(call, project):
    """One that cannot be imported is told, and gives the exit status; the others are drafted."""
    (project / "retur.txt").write_text(SOP, encoding="utf-8")
    (project / "lain.txt").write_text(SOP.replace("SOP Retur", "SOP Kirim"), encoding="utf-8")
    (project / "kosong.txt").write_text("", encoding="utf-8")
    ran = call("import", "retur.txt", "kosong.txt", "lain.txt")
    assert ran.status == 3
    assert "IMP101" in ran.err
    drafts = [path.parent.name for path in sorted(project.glob("sop_sources/sop-*/sop.md"))]
    assert drafts == ["sop-kirim", "sop-retur"]


def test_programs_get_a_list_for_several_files(call, project):
    """`--json` is one record for one file, and a list of them for more."""
    for name in ("Retur", "Kirim"):
        (project / f"{name}.txt").write_text(SOP.replace("Retur", name), encoding="utf-8")
    told = json.loads(call("import", "Retur.txt", "Kirim.txt", "--json").out)
    assert [each["id"] for each in told] == ["sop-retur", "sop-kirim"]


def test_an_id_and_standard_output_are_for_one_file(call, project):
    """Nothing is written then."""
    (project / "retur.txt").write_text(SOP, encoding="utf-8")
    for options in (("--id", "x"), ("--out", "-")):
        ran = call("import", "retur.txt", "retur.txt", *options)
        assert ran.status == 2
        assert "IMP110" in ran.err
    assert not (project / "sop_sources" / "sop-retur").exists()


def test_one_check_is_suggested_and_the_likelier_one(call, project):
    """A limit on every answer is another check than one on the first; no second guess stands beside it."""
    text = (
        "Standar Pelayanan\n\n- Agen wajib membalas setiap pesan lanjutan dalam 5 menit.\n"
        "- Agen wajib menjawab komplain pertama dalam 1 jam.\n"
    )
    (project / "cepat.txt").write_text(text, encoding="utf-8")
    source = call("import", "cepat.txt", "--out", "-").out
    guesses = [line.strip() for line in source.splitlines() if "TODO: check=" in line]
    assert guesses == [
        "<!-- TODO: check=response-gap limit=5m? -->",
        "<!-- TODO: check=first-response-time limit=1h? -->",
    ]


def test_what_is_told_behind_the_name_of_a_section_is_its_text(call, project):
    """A line "Tujuan: agar …" is a heading and a text; the demands below it are clauses."""
    text = (
        "SOP Retur\n\nTujuan: agar retur cepat.\nAgen wajib menyapa pelanggan.\nDilarang meminta OTP.\n\n"
        "Larangan: berkata kasar.\n"
    )
    (project / "singkat.txt").write_text(text, encoding="utf-8")
    source = call("import", "singkat.txt", "--out", "-").out
    assert "## Tujuan\n\nagar retur cepat.\n\n## " in source
    assert (
        "- Agen wajib menyapa pelanggan. {#agen-menyapa-pelanggan}\n  <!-- TODO: check=opening-greeting? -->"
        in source
    )
    assert "meminta OTP. {#meminta-otp}\n  <!-- TODO: check=no-secret-request? -->" in source
    assert source.index("## Standar Pelayanan") < source.index("menyapa") < source.index("## Prosedur Kerja")
    assert "## Larangan\n\nberkata kasar." in source


def test_a_bare_prohibition_is_known_by_its_section(call, project):
    """Among prohibitions "Meminta PIN" forbids it, whether it says so or not."""
    text = "SOP Retur\n\nLarangan\n\n- Meminta PIN.\n- Tidak berkata kasar.\n\nStandar\n\n- Meminta PIN.\n"
    (project / "pin.txt").write_text(text, encoding="utf-8")
    source = call("import", "pin.txt", "--out", "-").out
    standards, _, prohibitions = source.partition("## Larangan")
    assert "TODO: check=" not in standards
    assert prohibitions.count("TODO: check=no-secret-request?") == 1
    assert prohibitions.count("TODO: check=no-profanity?") == 1


def test_pictures_come_with_the_draft(call, project, tmp_path):
    """Those beside the document are written where a manual finds them; nothing outside its folder is read."""
    picture = b"\x89PNG\r\n\x1a\n" + b"0" * 40
    (project / "img").mkdir()
    (project / "img" / "alur chat.png").write_bytes(picture)
    (tmp_path / "rahasia.png").write_bytes(picture)
    shown = '<p><img src="img/alur%20chat.png" alt="Alur"></p><p><img src="../rahasia.png" alt="Luar"></p>'
    (project / "sop.html").write_text(
        f"<html><h2>Tujuan</h2><p>Melayani.</p>{shown}</html>", encoding="utf-8"
    )
    ran = call("import", "sop.html", "--id", "cs-gambar")
    folder = project / "sop_sources" / "cs-gambar"
    assert "pictures: pictures/alur-chat.png" in ran.out
    assert "litter at 1: picture: ../rahasia.png: Luar" in ran.out
    assert [path.name for path in folder.rglob("*.png")] == ["alur-chat.png"]
    assert (folder / "pictures" / "alur-chat.png").read_bytes() == picture
    assert isinstance(judge_picture("pictures/alur-chat.png", folder=str(folder)), Allowed)
    assert "standard output holds no pictures" in call("import", "sop.html", "--out", "-").err
