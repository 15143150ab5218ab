"""CSV, spreadsheets and Parquet, as people really save them."""

import io
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from sopgen.conversation.line import LONGEST_LINE
from sopgen.conversation.options import ImportOptions

JAKARTA = ImportOptions(tz="Asia/Jakarta")
HEADER = "No;ID Percakapan;Tanggal;Jam;Pengirim;Peran;Isi Pesan\r\n"
ROWS = (
    "1;A;20/08/2024;14.30;Budi;Pelanggan;halo; \r\n"
    '2;A;20/08/2024;14.31;Rina;Agen;"baik; ""kak""\r\nditunggu"\r\n'
    "3;B;21/08/2024;09.05;Sari;Pelanggan;pagi\r\n"
)


def said(read):
    return [
        (each.id, [(message.at.isoformat(), message.role.value, message.text) for message in each.messages])
        for each in read.conversations
    ]


EXPECTED = [
    (
        "A",
        [
            ("2024-08-20T14:30:00+07:00", "customer", "halo"),
            ("2024-08-20T14:31:00+07:00", "agent", 'baik; "kak"\nditunggu'),
        ],
    ),
    ("B", [("2024-08-21T09:05:00+07:00", "customer", "pagi")]),
]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("before", ["", "sep=;\r\n", "Laporan Chat Agustus\r\n\r\n"])
def test_indonesian_csv_is_read_however_excel_saved_it(read_content, encoding, before):
    """Semicolons, date and clock apart, HH.mm, quoted line ends, a title above the header, any Unicode."""
    read = read_content((before + HEADER + ROWS).encode(encoding), JAKARTA, "chat.csv")
    assert (said(read), read.asides) == (EXPECTED, [])


def test_a_western_code_page_is_told_by_its_letters(read_content):
    """A table that is not UTF-8 is read in the code page that fits it."""
    text = (
        "conversation_id,timestamp,role,text\n" + "c1,2024-08-20T07:30:00Z,customer,café déjà vu naïve\n" * 9
    )
    read = read_content(text.encode("cp1252"), JAKARTA, "chat.csv")
    assert read.conversations[0].messages[0].text == "café déjà vu naïve"


def test_western_letters_are_western_where_other_code_pages_would_do(read_content):
    """Names of guests in a text of few such letters: Hélène is not Hélčne."""
    text = 'conversation_id,role,text\nc1,customer,"crème brûlée ada? señor – Hélène"\nc1,agent,ya kak\n'
    read = read_content(text.encode("cp1252"), JAKARTA, "chat.csv")
    assert read.conversations[0].messages[0].text.endswith("Hélène")
    polish = "conversation_id,role,text\nc1,customer,Zażółć gęślą jaźń; proszę o pomoc; paczka nie dotarła\n"
    read = read_content(polish.encode("cp1250"), JAKARTA, "chat.csv")
    assert "gęślą" in read.conversations[0].messages[0].text


@pytest.mark.parametrize(
    ("written", "instant"),
    [
        ("20 Agustus 2024 pukul 14.30 WIB", "2024-08-20T14:30:00+07:00"),
        ("Selasa, 20 Agu 2024 14:30", "2024-08-20T14:30:00+07:00"),
        ("Aug 20, 2024 2:30:05 PM", "2024-08-20T14:30:05+07:00"),
        ("20-Aug-24 00.05", "2024-08-20T00:05:00+07:00"),
        ("2024/08/20 14.30 WITA", "2024-08-20T14:30:00+08:00"),
        ("2024-08-20 07:30:00 UTC", "2024-08-20T07:30:00+00:00"),
        ("1724139000", "2024-08-20T07:30:00+00:00"),
        ("1724139000123", "2024-08-20T07:30:00.123000+00:00"),
        ("1724139000123456", "2024-08-20T07:30:00.123456+00:00"),
        ("20/08/24 12:01 AM", "2024-08-20T00:01:00+07:00"),
    ],
)
def test_times_are_read_as_people_write_them(read_content, written, instant):
    """Months in letters, halves of the day, zones in letters, counts as text."""
    read = read_content(
        f'conversation_id,timestamp,role,text\nc1,"{written}",customer,halo\n', JAKARTA, "c.csv"
    )
    assert read.conversations[0].messages[0].at.isoformat() == instant


@pytest.mark.parametrize(
    "cell",
    [
        "[14:30] Budi: halo: kak\n[14:31] Rina: ya\nada apa?",
        "14.30 - Budi: halo: kak\n14.31 - Rina: ya\nada apa?",
        "Budi (14:30): halo: kak\nRina (14:31): ya\nada apa?",
        "20/08/2024 14:30 Budi: halo: kak\n20/08/2024 14:31 Rina: ya\nada apa?",
        "[20/08/2024 14:30:00] Budi: halo: kak<br>[20/08/2024 14:31:00] Rina: ya<br/>ada apa?",
    ],
)
def test_a_transcript_in_a_cell_is_opened(read_content, cell):
    """Every notation gives the same two messages, dated by the row."""
    table = f'id_tiket,tanggal,agen,transkrip\nT1,20/08/2024,Rina,"{cell}"\n'
    read = read_content(table, JAKARTA, "tiket.csv")
    assert said(read) == [
        (
            "T1",
            [
                ("2024-08-20T14:30:00+07:00", "customer", "halo: kak"),
                ("2024-08-20T14:31:00+07:00", "agent", "ya\nada apa?"),
            ],
        )
    ]


def test_a_transcript_runs_past_midnight(read_content):
    """A clock that falls back by hours is the next day's."""
    table = 'ticket_id,date,transcript\nT1,2024-08-20,"[23:59] Customer: halo\n[00:01] Agent: ya"\n'
    read = read_content(table, JAKARTA, "t.csv")
    assert [message.at.isoformat() for message in read.conversations[0].messages] == [
        "2024-08-20T23:59:00+07:00",
        "2024-08-21T00:01:00+07:00",
    ]


def test_a_table_without_ids_is_one_conversation(read_content):
    """A chat saved as a table is called after its file."""
    read = read_content(
        "Tanggal,Nama,Pesan\n20/08/2024 14:30,Budi,halo\n", ImportOptions(agents=("CS",)), "Budi.csv"
    )
    assert [(each.id, len(each.messages)) for each in read.conversations] == [("Budi", 1)]


def aside(read):
    """Return what was set aside: code and position, in order."""
    return [(each.code, each.position) for each in read.asides]


@pytest.mark.parametrize(
    "table",
    [
        "conversation_id,role,text\nc1,customer,halo\nc1,agent,halo, kak\nc2,agent,ya\nc1,agent,ya\n",
        "conversation_id,role,text\nc1,customer,halo\nc1,agent,a, b, c, d,,\nc2,agent,ya\nc1,agent,e, f\n",
        "nama,id_chat,peran,isi\nAni,c1,pelanggan,halo\nRina, CS,c1,agen,ya\nRina,c2,agen,ya\n",
        "peran,isi,id_chat\npelanggan,halo,c1\nagen,halo, kak,c1\nagen,ya,c2\n",
        "peran,isi,id_chat\npelanggan,halo,c1\nagen,mau, c2, ya,c1\nagen,ya,c2\n",
        "id_chat,peran,isi,kanal\nc1,pelanggan,halo,\nc1,agen\nc2,agen,ya,\n",
        "peran,isi,id_chat\npelanggan,halo,c1\nkak,c1\nagen,ya,c2\n",
        "id_chat,peran,isi\nc1,pelanggan,halo\nc1\nc2,agen,ya\n",
    ],
)
def test_a_row_with_too_many_cells_or_too_few_costs_its_conversation(read_content, table):
    """A comma that nobody quoted is told with its line, once a conversation; no other one is touched."""
    read = read_content(table, JAKARTA, "c.csv")
    assert aside(read) == [("ROW104", "line 3")]
    assert "cells where the header has" in read.asides[0].reason
    assert "its conversation is set aside with it" in read.asides[0].reason
    assert [each.id for each in read.conversations] == ["c2"]


def test_a_big_table_is_not_held_to_know_what_a_broken_row_belongs_to(read_content, monkeypatch):
    """A row that breaks behind the last sound one of its conversation costs it all the same."""
    monkeypatch.setattr("sopgen.conversation.importers.rows._MOST_HELD", 1 << 10)
    rows = "".join(f"c{number},customer,{'halo ' * 40}\n" for number in range(500))
    table = f"conversation_id,role,text\n{rows}c7,agent,halo, kak\nc7,agent,halo, kak\n"
    read = read_content(table, JAKARTA, "c.csv")
    assert aside(read) == [("ROW104", "line 502")]
    assert [each.id for each in read.conversations] == [f"c{n}" for n in range(500) if n != 7]


def test_a_row_whose_conversation_cannot_be_told_costs_itself(read_content):
    """The rest of a text with a line end names nothing; neither does a row that alone names its own."""
    table = "conversation_id,role,text\nc1,agent,halo\nkak semua\nc2,agent,ya, kak\nc1,agent,ya\n"
    read = read_content(table, JAKARTA, "c.csv")
    assert aside(read) == [("ROW104", "line 3"), ("ROW104", "line 4")]
    assert all("no other row is known to be of its conversation" in each.reason for each in read.asides)
    assert [(each.id, len(each.messages)) for each in read.conversations] == [("c1", 2)]


def test_a_broken_row_costs_the_one_conversation_of_a_table_without_ids(read_content):
    """All rows are one chat, so it is known whose the row was; a foot line alone in its row costs itself."""
    table = "Tanggal,Nama,Pesan\n20/08/2024 14:30,Budi,halo\n%s\n"
    options = ImportOptions(agents=("CS",), tz="Asia/Jakarta")
    read = read_content(table % "20/08/2024 14:31,CS,halo, kak", options, "Budi.csv")
    assert (aside(read), read.conversations) == ([("ROW104", "line 3")], [])
    read = read_content(table % "Diekspor oleh Sari", options, "Budi.csv")
    assert (aside(read), [each.id for each in read.conversations]) == ([("ROW104", "line 3")], ["Budi"])


def test_a_broken_transcript_is_its_own_conversation(read_content):
    """Where a row is a whole conversation nothing else is lost, and nothing else is said."""
    table = 'ticket_id,transcript\nT1,"Customer: halo\nAgent: ya"\nT2,Customer: halo, kak\n'
    read = read_content(table, JAKARTA, "t.csv")
    assert [each.reason for each in read.asides] == ["3 cells where the header has 2"]
    assert [each.id for each in read.conversations] == ["T1"]


def test_times_without_a_zone_are_remarked_beside_a_phones(read_paths, tmp_path):
    """What was assumed for a phone says nothing of a table: each is told with its own remedy, once."""
    chat = "20/08/24 14.30 - CS: halo\n20/08/24 14.31 - Budi: ya\n"
    (tmp_path / "a.txt").write_text(chat, encoding="utf-8")
    for name in ("b.csv", "c.csv"):
        row = f"{name},2024-08-20 14:30,agent,ya"
        (tmp_path / name).write_text(f"conversation_id,timestamp,role,text\n{row}\n", encoding="utf-8")
    read = read_paths([tmp_path], ImportOptions(agents=("CS",)))
    told = [(Path(flaw.span.file).name, flaw.hint) for flaw in read.flaws if flaw.code == "EXP114"]
    assert told == [
        ("a.txt", "say where the phone was: --tz Asia/Makassar"),
        ("b.csv", "say where the clock was: --tz Asia/Makassar"),
    ]


def test_a_table_of_unknown_columns_says_at_once_how_to_name_them(read_content):
    """Naming the format alone would only lead to the next error; naming the columns is enough."""
    table = "kode,siapa,isian\nc1,agen,halo\n"
    (flaw,) = read_content(table, JAKARTA, "t.csv").asides
    assert flaw.code == "EXP106"
    assert '"columns"' in flaw.hint
    assert "--format" not in flaw.hint
    columns = {"conversation": "kode", "role": "siapa", "text": "isian"}
    read = read_content(table, ImportOptions(columns=columns), "t.csv")
    assert [(each.id, each.messages[0].text) for each in read.conversations] == [("c1", "halo")]


def test_parquet_keeps_its_types(read_content):
    """Zoned times, dictionary roles, null authors, and a private flag."""
    table = pa.table(
        {
            "conversation_id": ["P1", "P1"],
            "created_at": pa.array(
                [1724139000000000, 1724139060000000], pa.timestamp("us", tz="Asia/Jakarta")
            ),
            "sender_type": pa.array(["visitor", "staff"]).dictionary_encode(),
            "name": pa.array([None, "Rina"]),
            "message": ["halo", "cek gudang"],
            "is_private": [False, True],
        }
    )
    held = io.BytesIO()
    pq.write_table(table, held)
    read = read_content(held.getvalue(), JAKARTA, "messages.parquet")
    messages = read.conversations[0].messages
    assert [(each.role.value, each.author, each.kind.value) for each in messages] == [
        ("customer", "", "text"),
        ("agent", "Rina", "note"),
    ]
    assert messages[0].at.isoformat() == "2024-08-20T14:30:00+07:00"
    broken = read_content(held.getvalue()[:-40], JAKARTA, "broken.parquet")
    assert [each.code for each in broken.asides] == ["ROW103"]


def workbook(*sheets, merged=""):
    """Return the bytes of a workbook: names and rows of cells, texts inline, numbers as numbers.

    `merged` is a range such as A2:A3 that is one cell on each sheet.
    """
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        listed = "".join(
            f'<sheet name="{name}" sheetId="{n}" r:id="r{n}"/>' for n, (name, _) in enumerate(sheets, 1)
        )
        main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
        office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
        package = "http://schemas.openxmlformats.org/package/2006"
        archive.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{package}/content-types"><Default Extension="xml" ContentType="a/b"/></Types>',
        )
        archive.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{package}/relationships">'
            f'<Relationship Id="r" Type="{office}/officeDocument" '
            'Target="xl/workbook.xml"/></Relationships>',
        )
        archive.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets>{listed}</sheets></workbook>',
        )
        links = "".join(
            f'<Relationship Id="r{n}" Type="{office}/worksheet" Target="worksheets/s{n}.xml"/>'
            for n in range(1, len(sheets) + 1)
        )
        archive.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships xmlns="{package}/relationships">{links}</Relationships>',
        )
        for n, (_, rows) in enumerate(sheets, 1):
            data = "".join(f"<row>{''.join(map(_cell, row))}</row>" for row in rows)
            joined = f'<mergeCells><mergeCell ref="{merged}"/></mergeCells>' if merged else ""
            archive.writestr(
                f"xl/worksheets/s{n}.xml",
                f'<worksheet xmlns="{main}"><sheetData>{data}</sheetData>{joined}</worksheet>',
            )
    return held.getvalue()


def _cell(value):
    if isinstance(value, str):
        return f'<c t="inlineStr"><is><t>{escape(value)}</t></is></c>'
    return f"<c><v>{value}</v></c>"


SHEET = [
    ["Laporan"],
    ["No Tiket", "Waktu", "Dari", "Peran", "Pesan"],
    [1001, 45524.604166666664, "Budi", "pelanggan", "halo"],
    [1001, "20/08/2024 14.31", "Rina", "agen", 8891],
]


def test_a_workbook_gives_every_sheet_that_holds_chats(read_content):
    """Titles, day numbers, numbers as ids and texts; other sheets are passed over, one can be chosen."""
    data = workbook(
        ("Info", [["Dibuat oleh", "Sari"]]),
        ("Agu", SHEET),
        ("Sep", [SHEET[1], [7, 45550.5, "A", "agen", "x"]]),
    )
    read = read_content(data, JAKARTA, "chat.xlsx")
    assert said(read) == [
        (
            "1001",
            [
                ("2024-08-20T14:30:00+07:00", "customer", "halo"),
                ("2024-08-20T14:31:00+07:00", "agent", "8891"),
            ],
        ),
        ("7", [("2024-09-15T12:00:00+07:00", "agent", "x")]),
    ]
    chosen = read_content(data, ImportOptions(tz="Asia/Jakarta", sheet="Sep"), "chat.xlsx")
    assert [each.id for each in chosen.conversations] == ["7"]
    missing = read_content(data, ImportOptions(tz="Asia/Jakarta", sheet="Okt"), "chat.xlsx")
    assert [each.code for each in missing.asides] == ["ROW106"]


def test_a_table_that_runs_newest_first_is_turned_round(read_content):
    """Rows of one minute keep the order in which they were written, the older below the newer."""
    rows = ["14.32,agen,tiga", "14.31,pelanggan,dua", "14.31,pelanggan,satu", "14.30,pelanggan,nol"]
    table = "id_chat,waktu,peran,pesan\n" + "".join(f"c,20/08/2024 {row}\n" for row in rows)
    messages = read_content(table, JAKARTA, "c.csv").conversations[0].messages
    assert [message.text for message in messages] == ["nol", "satu", "dua", "tiga"]
    assert {message.precision.total_seconds() for message in messages} == {60.0}


def test_a_line_too_long_costs_itself(read_content):
    """What stands above and below a line without end is read."""
    long = b"x" * (LONGEST_LINE * 2 + 9)
    content = b"conversation_id,role,text\n1,agent,a\n2,agent," + long + b"\n3,agent,b\n"
    read = read_content(content, ImportOptions(), "chat.csv")
    assert [each.id for each in read.conversations] == ["1", "3"]
    assert [(each.code, each.position) for each in read.asides] == [("ROW104", "line 3")]


def test_a_quotation_mark_never_closed_swallows_nothing_silently(read_content):
    """The row that runs to the end of the file is set aside, and says over how many lines it goes."""
    rows = '1,agent,"two\nlines"\n2,agent,"never closed\n3,agent,a\n4,agent,b\n'
    read = read_content(f"conversation_id,role,text\n{rows}".encode(), ImportOptions(), "chat.csv")
    assert [each.id for each in read.conversations] == ["1"]
    assert [(each.code, each.position) for each in read.asides] == [("ROW104", "line 4")]
    assert "2 lines below it" in read.asides[0].reason


def test_what_a_quotation_mark_swallows_costs_its_conversations(read_content):
    """Rows that stand inside a text that never ends are lost to conversations that have other rows."""
    rows = '1,agent,a\n2,customer,b\n3,agent,c\n1,agent,"never closed\n2,agent,d\n4,agent,e\n2,agent,f\n'
    read = read_content(f"conversation_id,role,text\n{rows}".encode(), ImportOptions(), "chat.csv")
    assert [each.id for each in read.conversations] == ["3"]
    assert aside(read) == [("ROW104", "line 5"), ("ROW104", "line 6")]
    assert "part of line 5" in read.asides[1].reason


def test_two_encodings_in_one_table_are_both_read(read_content):
    """A row of another encoding among rows of UTF-8 is read as Windows-1252, and that is remarked."""
    content = b"conversation_id,role,text\n1,agent,caf\xc3\xa9\n1,agent,caf\xe9\n"
    read = read_content(content, ImportOptions(), "chat.csv")
    assert [each.text for each in read.conversations[0].messages] == ["café", "café"]
    assert [flaw.code for flaw in read.flaws] == ["EXP115"]


def test_who_is_only_called_by_a_role_may_stand_among_names(read_content):
    """A sender "agent" is the agent; a name beside it is nobody known, and is asked for."""
    content = b"chat_id,sender,message\n1,agent,halo\n1,Budi,ya\n"
    asked = read_content(content, ImportOptions(), "chat.csv")
    assert [each.code for each in asked.asides] == ["EXP118"]
    told = read_content(content, ImportOptions(agents=("Rina",)), "chat.csv")
    assert [each.role.value for each in told.conversations[0].messages] == ["agent", "customer"]


def test_html_in_a_cell_is_read_as_what_people_see(read_content):
    """Tags between words would hide them from every check."""
    rows = '1,agent,"<p>Halo&nbsp;Kak,</p>kirim <b>kode</b> <b>OTP</b> &amp; PIN"\n1,customer,<3 <nama>\n'
    read = read_content(f"conversation_id,role,text\n{rows}", ImportOptions(), "chat.csv")
    texts = [each.text for each in read.conversations[0].messages]
    assert texts == ["Halo Kak,\nkirim kode OTP & PIN", "<3 <nama>"]


BLANK = [["No Tiket", "Peran", "Pesan"], [1, "pelanggan", "halo"], ["", "agen", "ya"], [2, "pelanggan", "p"]]


def test_a_merged_cell_holds_for_all_its_rows(read_content):
    """Excel writes the value of merged cells into the first of them only."""
    read = read_content(workbook(("Agu", BLANK), merged="A2:A3"), JAKARTA, "chat.xlsx")
    assert [(each.id, len(each.messages)) for each in read.conversations] == [("1", 2), ("2", 1)]
    assert read.asides == []


def test_a_blank_id_costs_the_conversation_right_before(read_content):
    """Half a conversation gets wrong verdicts; it is told once, and no other one is touched."""
    rows = [*BLANK[:3], ["", "pelanggan", "oke"], BLANK[3]]
    read = read_content(workbook(("Agu", rows)), JAKARTA, "chat.xlsx")
    assert (aside(read), [each.id for each in read.conversations]) == ([("ROW102", "Agu row 3")], ["2"])
    assert "right before" in read.asides[0].reason
    assert "into every row" in read.asides[0].hint


def test_a_blank_id_among_mixed_rows_costs_itself(read_content):
    """Where conversations alternate, a row without an id may be of any; a foot line is of none."""
    rows = "1,agent,a\n2,agent,b\n,agent,c\n1,agent,d\n"
    read = read_content(f"conversation_id,role,text\n{rows}", ImportOptions(), "chat.csv")
    assert [each.id for each in read.conversations] == ["2", "1"]
    read = read_content("conversation_id,role,text\n1,agent,a\n,3,\n", ImportOptions(), "chat.csv")
    assert ([each.id for each in read.conversations], aside(read)) == (["1"], [("ROW102", "line 3")])


def test_the_same_id_on_two_sheets_is_remarked(read_content):
    """It may be one chat that goes on, or two that are counted anew."""
    read = read_content(workbook(("Jan", BLANK[:2]), ("Feb", BLANK[:2])), JAKARTA, "chat.xlsx")
    assert [len(each.messages) for each in read.conversations] == [2]
    assert [(each.code, each.message[:8]) for each in read.flaws] == [("ROW201", "an id st")]


STRAY = "conversation_id,timestamp,role,text\n" + "".join(
    f"c{day},{day}/3/2026 09:00,customer,halo\n" for day in (13, 14, 15)
)


def test_a_date_of_another_order_is_named(read_content):
    """Who is asked for the order learns which date contradicts the others, and where it stands."""
    (asked,) = read_content(STRAY + "c4,3/16/2026 09:00,agent,ya\n", JAKARTA, "chat.csv").asides
    assert asked.code == "ROW107"
    assert "'3/16/2026' (line 5)" in asked.reason


def test_a_stated_order_costs_only_what_it_does_not_fit(read_content):
    """The order was said: it is not asked for again."""
    said_so = ImportOptions(tz="Asia/Jakarta", date_order="dmy")
    read = read_content(STRAY + "c4,3/16/2026 09:00,agent,ya\n", said_so, "chat.csv")
    assert ([each.id for each in read.conversations], aside(read)) == (
        ["c13", "c14", "c15"],
        [("CAN107", "line 5")],
    )
