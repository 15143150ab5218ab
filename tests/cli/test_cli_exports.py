"""Exports on the command line: standard input, other forms, who speaks, and what sopgen.toml says of them."""

import gzip
import io
import json
import sys

import pytest

CHAT = "20/08/24 14.30 - Sari: halo\n20/08/24 14.31 - Toko Melati: halo kak\n22/08/24 09.00 - Sari: lagi\n"


@pytest.fixture
def chat(project):
    """Return the path of a chat that does not say who is staff."""
    path = project / "obrolan.txt"
    path.write_text(CHAT, encoding="utf-8")
    return path


def test_who_lists_speakers_and_proposes_staff(call, chat):
    """The proposal can be put into sopgen.toml, and says why; customers go by their initials."""
    ran = call("check", "--who", chat.name)
    assert ran.status == 0
    assert 'agents = ["Toko Melati"]' in ran.out
    found = json.loads(call("check", "--who", chat.name, "--json").out)
    assert {each["name"]: each["role"] for each in found} == {"S•••": "customer", "Toko Melati": "agent"}


def test_who_says_when_nobody_speaks(call, chat):
    """A file that is no chat proposes nobody, and no empty lines for sopgen.toml."""
    (chat.parent / "note.txt").write_text("a note\nno chat\n")
    ran = call("check", "--who", "note.txt")
    assert "Nobody speaks" in ran.out
    assert "[import]" not in ran.out


def test_who_is_said_to_be_a_customer_is_not_proposed_as_staff(call, chat):
    """A role column outweighs a name that sounds like a shop, and such a name stays hidden."""
    rows = "T-1;CS;Dina;Halo Kak\nT-2;Pelanggan;Adi Toko Jaya;halo\n"
    (chat.parent / "peran.csv").write_text(f"ID Percakapan;Pengirim;Nama;Pesan\n{rows}", encoding="utf-8")
    found = json.loads(call("check", "--who", "peran.csv", "--json").out)
    assert {each["name"]: each["role"] for each in found} == {"A•• T••• J•••": "customer", "Dina": "agent"}


def test_where_nothing_speaks_for_staff_nothing_is_to_be_pasted(call, chat):
    """An empty section of sopgen.toml helps nobody."""
    (chat.parent / "dua.csv").write_text("ID Percakapan;Nama;Pesan\nT-1;Adi;halo\nT-1;Budi;ya\n")
    ran = call("check", "--who", "dua.csv")
    assert "[import]" not in ran.out
    assert "--agent NAME" in ran.out


def test_the_projects_file_says_who_is_staff(call, chat, project):
    """`[import]` of sopgen.toml holds for check and convert; a flag adds to it; a misspelt one is told."""
    assert call("convert", chat.name).status == 1
    (project / "sopgen.toml").write_text('[import]\nagents = ["Toko *"]\ntz = "WIT"\n', encoding="utf-8")
    ran = call("convert", chat.name)
    roles = [(each["role"], each["at"][-6:]) for each in json.loads(ran.out)["messages"]]
    assert roles == [("customer", "+09:00"), ("agent", "+09:00"), ("customer", "+09:00")]
    (project / "sopgen.toml").write_text('[import]\nagent = ["Toko Melati"]\n', encoding="utf-8")
    assert call("convert", chat.name).status == 2


def test_threads_stay_whole_unless_cut(call, chat):
    """`convert` cuts a messenger's thread only when asked."""
    whole = call("convert", chat.name, "--agent", "Toko Melati").out.splitlines()
    parts = call("convert", chat.name, "--agent", "Toko Melati", "--split", "12h").out.splitlines()
    assert [len(json.loads(line)["messages"]) for line in whole] == [3]
    assert [json.loads(line)["id"] for line in parts] == [
        "obrolan#20240820T073000Z",
        "obrolan#20240822T020000Z",
    ]


def test_standard_input_and_packed_files_are_read(call, chat, project, monkeypatch):
    """`-` is standard input; a gzip is unpacked on the way, from there too."""
    packed = gzip.compress(chat.read_bytes())
    (project / "obrolan.txt.gz").write_bytes(packed)
    direct = call("convert", "obrolan.txt.gz", "--agent", "Toko Melati").out
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(packed)))
    piped = call("convert", "-", "--agent", "Toko Melati").out
    assert json.loads(piped)["messages"] == json.loads(direct)["messages"]


def test_every_form_reads_back(call, chat):
    """What is written as vCon or Parquet is read again as it was."""
    plain = json.loads(call("convert", chat.name, "--agent", "Toko Melati").out)
    for form, name in (("vcon", "a.json"), ("parquet", "a.parquet")):
        assert call("convert", chat.name, "--agent", "Toko Melati", "--to", form, "--out", name).status == 0
        again = json.loads(call("convert", name).out)
        said = [[message[key] for key in ("role", "author", "text")] for message in again["messages"]]
        assert said == [[message[key] for key in ("role", "author", "text")] for message in plain["messages"]]
    assert call("convert", chat.name, "--agent", "Toko Melati", "--to", "parquet").status == 2


def test_options_beside_an_export_are_used(call, chat, project):
    """`X.options.json` beside X says how it is read, and is no export itself."""
    (project / "kotak").mkdir()
    chat.rename(project / "kotak" / chat.name)
    (project / "kotak" / f"{chat.name}.options.json").write_text('{"agents": ["Toko Melati"], "tz": "WITA"}')
    ran = call("convert", "kotak")
    assert (ran.status, json.loads(ran.out)["messages"][1]["role"]) == (0, "agent")


def test_findings_become_analysis(call, project):
    """`--vcon` writes the conversations with what was found in them."""
    call("check", "chats.jsonl", "--vcon", "found.jsonl", "--run-id", "one")
    written = [json.loads(line) for line in (project / "found.jsonl").read_text().splitlines()]
    findings = (project / "output/runs/one/findings.jsonl").read_text().splitlines()
    analyses = [each for vcon in written for each in vcon.get("analysis", [])]
    assert len(analyses) == len(findings) > 0
    assert all(each["type"] == "sopgen-finding" and each["body"]["check"] for each in analyses)
