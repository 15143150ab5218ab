"""The report says what the run found, masked and escaped, and is bounded."""

import re
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest
from small_checker import SmallChecker, conversations, run

from sopgen.base.errors import StorageError, UsageError
from sopgen.compliance.model import Judgement, Verdict, changed
from sopgen.conversation.model import Conversation, Kind, Message, Role
from sopgen.quality.figure.figures import Reader
from sopgen.quality.hypertext import render
from sopgen.quality.report import REPORT, Assignment, opened, write_report
from sopgen.quality.risk import RISKIEST
from sopgen.quality.veil import Veil
from sopgen.runs.store import open_run


def html_of(folder: Path, **options: object) -> str:
    return write_report(folder, **options).read_text(encoding="utf-8")  # type: ignore[arg-type]


def text_of(html: str) -> str:
    """Return the words of the page without its style, script and tags."""
    body = re.sub(r"(?s)<(style|script)>.*?</\1>", "", html)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", body))


def test_the_report_stands_beside_the_results(folder: Path) -> None:
    """One file, no other; a second report replaces the first and has the same bytes."""
    path = write_report(folder)
    first = path.read_bytes()
    assert path == folder / REPORT
    assert write_report(folder).read_bytes() == first
    assert sorted(each.name for each in folder.iterdir()) == [
        "conversations.parquet",
        "findings.jsonl",
        "report.html",
        "set_aside.jsonl",
        "summary.json",
        "transcripts.parquet",
        "verdicts.parquet",
    ]


def test_it_opens_with_what_matters(folder: Path) -> None:
    """Critical findings first, then the share with its range and the sums."""
    words = text_of(html_of(folder))
    assert "1 temuan kritis perlu dilihat lebih dulu." in words
    assert (
        "2 dari 4 percakapan yang dinilai memuat sedikitnya satu temuan: 50% (rentang 95%: 15% sampai 85%)"
        in words
    )
    assert (
        "Dibaca 7 = 6 percakapan diperiksa + 1 catatan disisihkan; percakapan diperiksa = 4 dinilai + "
        "2 tanpa SOP. Pesan: 21." in words
    )


def test_what_could_not_be_read_is_told_in_the_reports_language(folder: Path) -> None:
    """Sentence and place are Indonesian; what the tool itself says is a detail, marked as English."""
    words = text_of(html_of(folder))
    detail = "Rincian dari sopgen (bahasa Inggris): not JSON: unexpected end of data; export the file again"
    told = "Baris ini bukan JSON yang utuh, sehingga percakapannya tidak dapat dibaca."
    assert f"web.jsonl, baris 4 CAN101 {told} {detail}" in words
    english = text_of(html_of(folder, language="en"))
    assert "web.jsonl, line 4 CAN101 A line that is not JSON. Details:" in english


def test_it_speaks_english_too(folder: Path) -> None:
    """The page's own words follow the language; clauses and chats stay as they were written."""
    html = html_of(folder, language="en")
    words = text_of(html)
    assert '<html lang="en">' in html
    assert "1 critical finding to look at first." in words
    assert "2 of 4 judged conversations have at least one finding" in words
    assert "Wajib menyapa pelanggan." in words
    assert "Temuan" not in words


def test_another_language_is_refused(folder: Path) -> None:
    """Rather than a page half in one language and half in another."""
    with pytest.raises(UsageError) as refused:
        write_report(folder, language="fr")
    assert refused.value.code == "RPT101"


def test_every_clause_is_told_with_number_text_and_version(folder: Path) -> None:
    """And so is the check, its code, and the remedy of a finding."""
    words = text_of(html_of(folder))
    for said in ("cs-kecil", "versi 1.0", "4.2", "Wajib menyapa pelanggan.", "opening-greeting", "OPN101"):
        assert said in words
    assert "Seharusnya Halo Kak, ada yang bisa kami bantu?" in words


class Suggesting(SmallChecker):
    """The small checker with a quick reply for each departure."""

    def judge(self, conversation: Conversation) -> tuple[Judgement, ...]:
        """Return the verdicts, the departures with a reply that would have passed."""
        return tuple(
            changed(each, suggestion="Halo Kak, dengan {nama} & tim. CS 0811-2222-3333")
            if each.verdict is Verdict.FAIL
            else each
            for each in super().judge(conversation)
        )


def test_a_quick_reply_that_would_have_passed_is_shown_as_written(tmp_path: Path) -> None:
    """Below the remedy, escaped, with its places to fill in; the company's own number is nobody's secret."""
    run(tmp_path / "r", checker=Suggesting())
    html = html_of(tmp_path / "r")
    assert "Halo Kak, dengan {nama} &amp; tim. CS 0811-2222-3333" in html
    assert "Balasan cepat dari SOP" in text_of(html)


def test_findings_link_into_the_manual(folder: Path) -> None:
    """To the clause in the version that was in force; without a manual there is no link."""
    assert 'href="../../site/cs-kecil/1.0/index.html#clean"' in html_of(folder, manual_url="../../site/")
    assert "index.html#" not in html_of(folder)


def test_the_words_are_marked_and_the_rest_is_not(folder: Path) -> None:
    """Exactly the characters of the evidence; a message that lacks something is marked as a whole."""
    html = html_of(folder)
    assert "sabar dong, <mark>goblok</mark> banget sih" in html
    assert "ya elah <mark>goblok</mark></p>" in html
    assert html.count("<mark class=whole>") == 1


def test_a_case_shows_its_whole_conversation(tmp_path: Path) -> None:
    """What is far from the evidence is folded; on paper, and for runs that kept no words, it is counted."""
    second = list(conversations())[1]
    more = tuple(
        replace(second.messages[0], id=f"x{place}", text=f"pesan ke-{place} dari Sari Dewi")
        for place in range(40)
    )
    run(tmp_path / "r", iter([replace(second, messages=(*second.messages, *more))]))
    html = html_of(tmp_path / "r")
    assert html.count('<li class="rest">') == 1
    assert "pesan ke-39 dari S•••" in html
    assert "39 pesan lagi" in html
    with opened(Assignment(runs=(tmp_path / "r",), veil=Veil(key=b"k" * 32))) as pages:
        paper = render(pages.page(Reader.QA), paper=True)
    assert "pesan ke-39" not in paper
    assert "39 pesan dilewati" in paper
    (tmp_path / "r" / "transcripts.parquet").unlink()
    assert "pesan ke-39" not in html_of(tmp_path / "r")


def test_the_riskiest_are_shown_whole_as_far_as_a_page_bears_it(tmp_path: Path) -> None:
    """However long the chats are, the page stays below two megabytes; every case is worked through."""
    second = list(conversations())[1]
    more = tuple(
        replace(second.messages[0], id=f"x{place}", text="lama <b> sekali " * 100) for place in range(90)
    )
    talks = (replace(second, id=f"c-{number}", messages=(*second.messages, *more)) for number in range(70))
    run(tmp_path / "r", talks)
    html = html_of(tmp_path / "r")
    assert html.count('<details class="case"') == RISKIEST
    assert 0 < html.count('<li class="rest">') < RISKIEST
    assert len(html.encode()) < 2_000_000


def test_customers_have_no_name_and_no_number(folder: Path) -> None:
    """Neither as speakers nor in what is said, in reasons, ids and file names."""
    html = html_of(folder)
    words = text_of(html)
    assert "Pelanggan" in words
    for private in ("Sari", "0813 9876 5432", "0813", "Budi", "0812-1111-2222", "Santoso"):
        assert private not in words
    assert "•••• •••• ••32" in words


def test_names_of_customers_are_masked_in_ids_and_sources(tmp_path: Path) -> None:
    """WhatsApp names an export, and so the conversation, after the customer."""
    second = list(conversations())[1]
    named = replace(
        second, id="WhatsApp Chat with Sari Dewi", source="night/WhatsApp Chat with Sari Dewi.txt"
    )
    run(tmp_path / "r", iter([named]))
    words = text_of(html_of(tmp_path / "r"))
    assert "Sari" not in words
    assert "Dewi" not in words
    assert "WhatsApp Chat with S••• D•••" in words
    assert "night/WhatsApp Chat with S••• D•••.txt" in words


def test_a_customer_who_wrote_nothing_is_masked_too(tmp_path: Path) -> None:
    """The file is called after them, the chat's id is their name, and the agent says it."""
    second = list(conversations())[1]
    said = tuple(
        replace(message, text=message.text + " kak Wulan")
        for message in second.messages
        if message.role is Role.AGENT
    )
    source = "WhatsApp_Chat_with_Wulan_Pertiwi.txt"
    named = replace(second, id="Wulan_Pertiwi", messages=said)
    run(tmp_path / "r", iter([replace(named, source=source)]))
    words = text_of(html_of(tmp_path / "r"))
    assert "W••••" in words
    assert "Wulan" not in words
    assert "Pertiwi" not in words


def test_numbers_are_masked_where_they_name_a_channel_or_a_team(tmp_path: Path) -> None:
    """Some gateways call a channel after its number; governed or not, nobody's is shown."""
    governed, other = list(conversations())[1], list(conversations())[3]
    named = {"channel": "livechat", "team": "+62 812 3456 7890"}
    run(tmp_path / "r", iter([replace(governed, **named), replace(other, channel="sms:6281234567890")]))
    words = text_of(html_of(tmp_path / "r"))
    assert "sms:•••••••••••90" in words
    assert "+•• ••• •••• ••90" in words
    assert "3456" not in words


def test_where_files_lie_on_the_machine_is_not_told(tmp_path: Path) -> None:
    """Name and folder are enough to find a file again."""
    run(
        tmp_path / "r", iter([replace(list(conversations())[1], source="/srv/budi/secret/night/chats.jsonl")])
    )
    html = html_of(tmp_path / "r")
    assert "night/chats.jsonl" in html
    assert "/srv/budi" not in html


def test_markup_stays_text(folder: Path) -> None:
    """In messages, authors, clauses and reasons: nothing that anyone wrote becomes a tag."""
    html = html_of(folder)
    assert "&lt;script&gt;alert(1)&lt;/script&gt; mau tanya &amp; pesan &#34;dua&#34;" in html
    assert "Dilarang memaki &lt;pelanggan&gt;." in html
    assert "<img" not in html
    assert html.count("<script>") == 1


def hostile() -> Conversation:
    said = '"><svg onload=alert(1)> {{ 7919 * 7907 }} </style> \u202ereversed goblok'
    messages = (
        Message(id="m<1>", at=None, role=Role.CUSTOMER, text="<b>", author="'\"><i>"),
        Message(id="m2", at=None, role=Role.AGENT, text=said, author="<u onclick=x>"),
        Message(id="m3", at=None, role=Role.AGENT, text="<i>closed", kind=Kind.EVENT),
    )
    return Conversation(id="<id>", channel="<livechat>", messages=messages, source="<file>", team='"<team>')


def test_markup_in_ids_channels_and_authors_stays_text(tmp_path: Path) -> None:
    """Every text of an export goes through the same escape."""
    run(tmp_path / "r", iter([hostile()]))
    html = html_of(tmp_path / "r")
    for tag in (
        "<svg onload",
        "<u onclick",
        "<id>",
        "<livechat>",
        "<file>",
        '"<team>',
        "<i>closed",
        "62615533",
    ):
        assert tag not in html
    assert "{{ 7919 * 7907 }}" in html


def test_control_characters_do_not_reach_the_page(tmp_path: Path) -> None:
    """HTML forbids them, and a page with a NUL counts as a binary file to whoever searches it."""
    said = (Message(id="m1", at=None, role=Role.AGENT, text="goblok\0\x1b[31m\x7f\tya", author="Doni\x07"),)
    run(tmp_path / "r", iter([Conversation(id="c\0", channel="livechat", messages=said)]))
    html = html_of(tmp_path / "r")
    assert not [each for each in html if (each < " " and each not in "\t\n\r") or each == "\x7f"]
    assert "goblok" in html


def test_what_was_not_judged_is_listed_with_reasons(folder: Path) -> None:
    """Broken records with place and reason, but without their words; ungoverned chats by channel and team."""
    words = text_of(html_of(folder))
    assert "web.jsonl, baris 4 CAN101" in words
    assert "hubungi" not in words
    assert "Saluran email, tim mail: 2 c4, c6" in words


def test_few_cases_are_said_to_be_few(folder: Path) -> None:
    """A share of four chats is marked."""
    words = text_of(html_of(folder))
    assert "n = 4 75% 30,1% sampai 95,4% sampel kecil" in words


def test_a_page_is_bounded(folder: Path) -> None:
    """With room for one conversation, the riskiest is shown, and the page says where the rest is."""
    html = html_of(folder, limit=1)
    assert html.count('<details class="case"') == 1
    assert 'data-severity="critical"' in html
    words = text_of(html)
    assert "Halaman ini memuat 3 dari 4 temuan, dalam 1 dari 2 percakapan" in words
    assert "FROM 'findings.jsonl'" in words.replace("&#39;", "'")


def test_the_query_for_the_rest_works(folder: Path) -> None:
    """What the page offers to paste finds the findings of the clause that has most."""
    html = html_of(folder, limit=1)
    match = re.search(r"(?s)<pre[^>]*>(.*?)</pre>", html)
    assert match is not None
    query = match[1].replace("&#39;", "'").replace("'findings.jsonl'", "findings")
    table = duckdb.read_json(str(folder / "findings.jsonl"))
    assert sorted(row[0] for row in table.query("findings", query).fetchall()) == ["c2", "c3"]


def test_a_night_without_findings_says_so(tmp_path: Path) -> None:
    """No empty lists, no division by nothing."""
    run(tmp_path / "clean", iter(list(conversations())[:1]))
    words = text_of(html_of(tmp_path / "clean"))
    assert "Tidak ada temuan." in words
    assert "Tidak ada percakapan yang menyimpang dari SOP." in words
    assert "Semua catatan terbaca dan semua percakapan dinilai." in words


def test_a_night_without_conversations_says_so(tmp_path: Path) -> None:
    """An empty inbox gives a page too."""
    run(tmp_path / "empty", iter(()))
    words = text_of(html_of(tmp_path / "empty", language="en"))
    assert "No conversation could be judged." in words
    assert "No clause judged any conversation." in words


def test_figures_that_the_table_does_not_bear_out_are_not_shown(folder: Path, tmp_path: Path) -> None:
    """Summary and Parquet of different runs: the report refuses rather than choose one."""
    run(tmp_path / "other", iter(list(conversations())[:1]))
    (folder / "verdicts.parquet").write_bytes((tmp_path / "other/verdicts.parquet").read_bytes())
    with pytest.raises(StorageError) as refused:
        write_report(folder)
    assert refused.value.code == "STO202"
    assert "differ" in refused.value.message


def test_a_folder_without_a_run_has_no_report(tmp_path: Path) -> None:
    """The error names the folder."""
    with pytest.raises(StorageError) as refused:
        write_report(tmp_path)
    assert refused.value.code == "STO201"
    assert not (tmp_path / REPORT).exists()


def test_the_riskiest_conversation_comes_first(folder: Path) -> None:
    """One with a critical finding, worked through from the gravest to the lightest."""
    html = html_of(folder)
    found = re.findall(r'id="(case-\d+-\d+)" data-severity="(\w+)"', html)
    assert found == [
        ("case-1-1", "critical"),
        ("case-1-2", "major"),
        ("case-1-3", "minor"),
        ("case-2-1", "major"),
    ]
    assert open_run(folder).summary.totals.findings == len(found)


def test_a_case_shows_its_chat_once(folder: Path) -> None:
    """Three findings of one conversation stand beside one chat, each message with the findings it proves."""
    html = html_of(folder)
    case = html[html.index('id="case-1"') : html.index('id="case-2"')]
    assert case.count("sabar dong") == 1
    assert re.findall(r'<a class="ref" href="#(case-1-\d)"', case)[:1] == ["case-1-1"]


def test_critical_errors_are_counted_apart(folder: Path) -> None:
    """Before everything else: the clause, whom it hurts, who broke it, and where to read about it."""
    words = text_of(html_of(folder))
    critical = words[words.index("Kesalahan kritis lebih dulu") : words.index("Percakapan paling berisiko")]
    assert "1 n = 4 Dilarang memaki &lt;pelanggan&gt;. merugikan pelanggan cs-kecil 6.1 Doni" in critical
    assert "lihat percakapan 1" in critical
