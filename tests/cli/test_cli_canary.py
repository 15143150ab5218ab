"""No planted datum reaches any output: a canary in every field that an export can carry."""

import html
import json
import re
import zipfile
from pathlib import Path

import duckdb
import pytest
from pypdf import PdfReader

FORMATS = ("html", "pdf", "xlsx", "csv", "json", "junit", "parquet", "text")

WORDS = (
    "Zulkarnaen",
    "Prawirodirjo",
    "zulkar.prawiro",
    "contohmail",
    "Kenangasari",
    "Sulistyorini",
    "Wiryawangsa",
)
"""The customer, her e-mail address, her street, a name said in prose, a name in a group's ninth author."""

NUMBERS = ("081298765432", "3275016504900003", "4111111111111111", "7112345678", "98765432")
"""A telephone number, a NIK, a card, an account; and what is left of the number without its prefix."""

TOLD = (
    "nama saya Sulistyorini, hp 0812-9876-5432, email zulkar.prawiro@contohmail.com, NIK 3275016504900003, "
    "kartu 4111 1111 1111 1111, rek BCA 7112345678 a.n. Zulkarnaen Prawirodirjo, "
    "alamat Jl. Kenangasari No. 17 RT 04 RW 09"
)


def said(number: int, role: str, author: str, text: str, minute: int, **more: object) -> dict[str, object]:
    at = f"2026-03-02T10:{minute:02}:00+07:00"
    return {
        "id": f"m{number}",
        "at": at,
        "role": role,
        "author": author,
        "kind": "text",
        "text": text,
        **more,
    }


def talk(identifier: str, **more: object) -> dict[str, object]:
    """Return a conversation that breaks most clauses, with the data in all its messages."""
    name = "Zulkarnaen Prawirodirjo"
    others = [said(10 + each, "customer", f"Warga {each}", "ikut menunggu", 1) for each in range(8)]
    messages = [
        said(1, "customer", name, f"paket saya rusak dan belum sampai, {TOLD}", 0),
        *others,
        said(30, "customer", "Wiryawangsa", "saya Wiryawangsa, sama, kecewa", 2),
        said(31, "agent", "Rina", f"Kak Sulistyorini goblok ya? kirim kode OTP dan PIN, {TOLD}", 15),
        said(32, "agent", "+62 812-9876-5432", f"Pak Zulkarnaen, jangan ngeyel. {TOLD}", 17),
        said(33, "customer", name, f"halo? {TOLD}", 40),
    ]
    return {"id": identifier, "channel": "livechat", "messages": messages, **more}


def planted() -> list[dict[str, object]]:
    """Return conversations with a datum in every field that the canonical form has, and in further ones."""
    data = ("Zulkarnaen Prawirodirjo", "0812-9876-5432", "zulkar.prawiro@contohmail.com", "3275016504900003")
    fields = [
        talk(f"T-{number}", category=each, tags=[each, "retur"], priority=each, subject=each, phone=each)
        for number, each in enumerate(data, 1)
    ]
    fields += [talk(f"U-{number}", team=each, channel="livechat") for number, each in enumerate(data[1:], 1)]
    ids = [talk(each) for each in (*data, "4111 1111 1111 1111", "rek BCA 7112345678")]
    odd = talk("T-9", channel="0812-9876-5432")
    return [talk("T-0"), *fields, *ids, odd]


@pytest.fixture
def exports(project):
    """Write the exports: canonical lines, broken ones, and a WhatsApp chat called after the customer."""
    folder = project / "exports"
    folder.mkdir()
    lines = [json.dumps(each, ensure_ascii=False) for each in planted()]
    lines += [json.dumps(talk("Zulkarnaen Prawirodirjo"), ensure_ascii=False)]
    lines += ['{"id": "Zulkarnaen Prawirodirjo", "hp": "0812-9876-5432", "messages": [{"role": "agnt"', TOLD]
    (folder / "retur 0812-9876-5432.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    chat = "02/03/26 10.00 - Zulkarnaen Prawirodirjo: halo, {}\n02/03/26 10.20 - Rina: kirim OTP kak, {}\n"
    name = "Chat WhatsApp dengan Zulkarnaen Prawirodirjo.txt"
    (folder / name).write_text(chat.format(TOLD, TOLD), encoding="utf-8")
    return folder


def leaks(text: str) -> set[str]:
    """Return the planted data that a text holds, however its numbers are cut up."""
    plain = html.unescape(text)
    digits = re.sub(r"(?<=\d)[\s().+\-]{1,2}(?=\d)", "", plain)
    found = {word for word in WORDS if word.casefold() in plain.casefold()}
    return found | {number for number in NUMBERS if number in digits}


def told_by(path: Path) -> str:
    """Return everything that a file says."""
    match path.suffix:
        case ".pdf":
            reader = PdfReader(path)
            return str(reader.metadata) + "\n".join(page.extract_text() for page in reader.pages)
        case ".xlsx":
            with zipfile.ZipFile(path) as book:
                return "\n".join(book.read(name).decode("utf-8") for name in book.namelist())
        case ".parquet":
            with duckdb.connect() as connection:
                return str(connection.execute("SELECT * FROM read_parquet(?)", [str(path)]).fetchall())
        case _:
            return path.read_text(encoding="utf-8")


@pytest.fixture
def checked(call, exports):
    """Return the call, after a check of the exports, of which nothing was printed that must not be."""
    ran = call("check", str(exports), "--run-id", "canary", "--agent", "Rina", "--tz", "Asia/Jakarta")
    assert ran.status == 0, ran.err
    assert leaks(ran.out) == leaks(ran.err) == set()
    return call


def test_no_datum_reaches_a_report(checked, tmp_path):
    """For every reader and in every format; and the canaries are really there, in the stored findings."""
    assert leaks(Path("output/runs/canary/findings.jsonl").read_text(encoding="utf-8")) == {*WORDS, *NUMBERS}
    formats = [each for form in FORMATS for each in ("--format", form)]
    ran = checked("report", "canary", "--for", "all", *formats, "--to", str(tmp_path), "--json")
    assert ran.status == 0, ran.err
    files = [Path(each) for each in json.loads(ran.out)["files"]]
    assert {path.suffix for path in files} == {
        ".html", ".pdf", ".xlsx", ".csv", ".json", ".xml", ".parquet", ".txt",
    }  # fmt: skip
    told = {path.name: leaks(told_by(path) + path.name) for path in files}
    assert {name: found for name, found in told.items() if found} == {}
    assert leaks(ran.out) == leaks(ran.err) == set()


def test_no_datum_reaches_the_terminal(checked, exports):
    """What commands print, to either side."""
    calls = [
        ("check", str(exports), "--agent", "Rina", "--tz", "Asia/Jakarta", "--json"),
        ("baseline", "canary"),
        ("disposition", "canary", "--json"),
        ("query", "SELECT * FROM findings"),
        ("query", "SELECT * FROM transcripts"),
        ("query", "SELECT * FROM conversations"),
        ("query", "SELECT * FROM verdicts"),
        ("query", "SELECT * FROM set_aside"),
    ]
    for call in calls:
        ran = checked(*call)
        assert ran.status == 0, ran.err
        assert (call[:2], leaks(ran.out), leaks(ran.err)) == (call[:2], set(), set())


def test_no_datum_reaches_what_people_keep(checked):
    """The baseline that goes into version control, and the report beside the results."""
    assert checked("baseline", "canary").status == 0
    assert leaks(Path("baseline.txt").read_text(encoding="utf-8")) == set()
    assert leaks(Path("output/runs/canary/report.html").read_text(encoding="utf-8")) == set()


def test_unmasked_they_are_all_there(checked, tmp_path):
    """With a reason, and recorded, the page shows what was said: the mask alone hides it."""
    why = ("--unmask", "--reason", "customer asked for his chat, ticket 4711")
    assert checked("report", "canary", "--to", str(tmp_path / "open"), *why).status == 0
    assert leaks((tmp_path / "open" / "report.html").read_text(encoding="utf-8")) >= {
        "Zulkarnaen",
        "7112345678",
    }
    assert "4711" in Path("output/private/unmasked.jsonl").read_text(encoding="utf-8")
