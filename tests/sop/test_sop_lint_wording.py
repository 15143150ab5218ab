"""Wording, names and allowances where the snippets of their codes do not tell the whole story."""

import pytest
from sop_versions import versions_of

from sopgen.base.diagnostic import Diagnostic, Level
from sopgen.sop.lint import inspect
from sopgen.sop.model import SopHistory
from sopgen.sop.reader import read_sop

HEAD = "---\nid: a\ntitle: b\nlanguage: {}\nowner: c\napprover: d\nreview_every: 1d\n---\n"
TERMS = "## Definisi\n\n| Istilah | Arti |\n|---|---|\n{}\n\n"


def found_in(body: str, *codes: str, language: str = "id") -> list[Diagnostic]:
    """Return the flaws of these codes in an SOP with this body."""
    flaws: list[Diagnostic] = []
    sop = read_sop(HEAD.format(language) + body, file="sop.md", report=flaws.append)
    assert sop is not None, flaws
    return [each for each in inspect([SopHistory(draft=sop)]).flaws if each.code in codes]


def demand(text: str) -> str:
    """Return a section with one demand."""
    return f"## Standar\n\n- {text} {{#x check=none reason=y}}\n"


@pytest.mark.parametrize(
    ("language", "text", "word"),
    [
        ("id", "Wajib membalas **segera** setelah pesan masuk.", "segera"),
        ("id", "Wajib membalas\n  secepat mungkin.", "secepat mungkin"),
        ("id", "Minta bukti, bila perlu.", "bila perlu"),
        ("id", "Wajib menulis sebaik-baiknya.", "sebaik-baiknya"),
        ("id", "Laporkan secara berkala.", "secara berkala"),
        ("id", "Catat nama, alamat, dll.", "dll."),
        ("en", "Agents must answer as soon as possible.", "as soon as possible"),
        ("en", "Escalate if necessary.", "if necessary"),
        ("en", "Write appropriate answers.", "appropriate"),
        ("id", "Wajib membalas as soon as possible.", "as soon as possible"),
        ("id", "Balas chat ASAP.", "ASAP"),
        ("en", "Agents must answer secepatnya.", "secepatnya"),
    ],
)
def test_words_that_nobody_can_check_are_told(language: str, text: str, word: str) -> None:
    """The word is named, and the hint asks for something that can be kept."""
    (flaw,) = found_in(demand(text), "SOP221", language=language)
    assert f"'{word}'" in " ".join(flaw.message.split())
    assert flaw.hint.startswith(("write", "list"))


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("id", "Bila perlu waktu lebih lama, kabari pelanggan dalam 5 menit."),
        ("id", 'Kata "segera" dan “secepatnya” bukan estimasi.'),
        ("id", "Wajib menulis `segera` di kolom prioritas."),
        ("id", "Buka [panduan](segera.md)."),
        ("id", "Laporkan asap di ruang peladen dalam 5 menit."),
        ("en", "If necessary data is missing, ask for it within 5 minutes."),
        ("en", "Agents must answer within 5 minutes."),
    ],
)
def test_words_with_a_measure_and_words_that_are_mentioned_are_not(language: str, text: str) -> None:
    """A condition that says what is needed can be checked; a quotation demands nothing."""
    assert found_in(demand(text), "SOP221", language=language) == []


def test_the_place_is_that_of_the_word() -> None:
    """Line and column lead to the word, also on the second line of a clause."""
    (flaw,) = found_in(demand("Wajib membalas pesan\n  dengan segera."), "SOP221")
    assert (flaw.span.line, flaw.span.column) == (12, 10)


def test_quick_replies_and_outputs_are_read_too() -> None:
    """A promise without a number is one, whoever makes it; prose may say what it likes."""
    body = (
        "## Tujuan\n\nMelayani dengan segera.\n\n## Prosedur\n\n### A. Sapa {#sapa}\n\nPelaksana: agen.\n\n"
        "1. Sapa. {#s check=none reason=y}\n\nKeluaran: pelanggan segera puas.\n\n"
        "> [!TEMPLATE] Tunggu\n> Segera kami kabari, Kak.\n"
    )
    owners = [flaw.message.split(" says ")[0] for flaw in found_in(body, "SOP221")]
    assert owners == ["the output of the procedure 'Sapa'", "the quick reply 'Tunggu'"]


@pytest.mark.parametrize(
    ("language", "text", "demands"),
    [
        ("id", "Wajib menyapa dan wajib menanyakan kebutuhan.", 2),
        ("id", "Cocokkan data, lalu ubah akunnya.", 2),
        ("id", "Wajib menangani masalah yang harus selesai hari ini.", 1),
        ("id", "Jangan menulis tentang lalu lintas.", 1),
        ("id", "Dilarang meminta PIN dan OTP.", 1),
        ("en", "Agents must greet and must not argue.", 2),
        ("en", "Check the order, then tell the customer.", 2),
        ("en", "Agents must answer what must be answered.", 1),
    ],
)
def test_a_second_demand_is_told(language: str, text: str, demands: int) -> None:
    """A second modal word or a second action makes two; a relative clause does not."""
    assert len(found_in(demand(text), "SOP224", language=language)) == demands - 1


def test_long_sentences_are_counted_one_by_one() -> None:
    """Thirty words are fine, thirty-one are not; two sentences are two."""
    thirty = " ".join(["kata"] * 30)
    assert found_in(f"## Tujuan\n\nA {thirty[5:]}. B {thirty[5:]}.\n", "SOP222") == []
    (flaw,) = found_in(f"## Tujuan\n\nSatu.\n\nPendek saja. A {thirty}.\n", "SOP222")
    assert (flaw.span.line, flaw.span.column, flaw.level) == (13, 14, Level.NOTE)


@pytest.mark.parametrize(
    ("text", "unknown"),
    [
        ("Tim BKP dan tim BKP lain.", ["BKP"]),
        ("Quality Control (QC) menilai. QC melapor.", []),
        ("ABC (anggaran biaya) dipakai.", []),
        ("Bagian IV, nama TOKO MAJU, kode P1, dan `XYZ`.", []),
        ("Simpan KTP dan PDF.", []),
    ],
)
def test_abbreviations_are_told_once(text: str, unknown: list[str]) -> None:
    """Brackets explain; names in capitals, numerals, code and what everybody knows are left alone."""
    assert [flaw.message.split("'")[1] for flaw in found_in(f"## Tujuan\n\n{text}\n", "SOP223")] == unknown


def test_attributes_and_examples_hold_no_abbreviations() -> None:
    """Only what readers read is looked at."""
    clause = '- Ramah. {#x check=calm-tone reason="uji QZX"}'
    body = f"## Standar\n\n{clause}\n\n  ```chat pass\n  09:00 agen  ZQX\n  ```\n"
    assert found_in(f"<!-- QQQ -->\n\n{body}", "SOP223") == []


def test_what_the_definitions_name_keeps_its_name() -> None:
    """A second name is told with the first; one that is defined, or part of a longer term, is not."""
    rows = "| Pelanggan | Orang |\n| ID member | Nomor |"
    (flaw,) = found_in(TERMS.format(rows) + demand("Tanyakan ID member kepada member."), "SOP225")
    assert "'member' for what the definitions call 'pelanggan'" in flaw.message
    both = "| Pelanggan | Orang |\n| Member | Pelanggan yang terdaftar |"
    assert found_in(TERMS.format(both) + demand("Sapa member."), "SOP225") == []


def allowed_in(body: str) -> tuple[list[str], list[str]]:
    """Return the reasons that were accepted, and the codes of SOP22x and SOP25x that are left."""
    sop = read_sop(HEAD.format("id") + body, file="sop.md", report=lambda _: None)
    assert sop is not None
    inspection = inspect([SopHistory(draft=sop)])
    left = [flaw.code for flaw in inspection.flaws if flaw.code.startswith(("SOP22", "SOP25"))]
    return [each.reason for each in inspection.allowed], left


ALLOW = "<!-- sopgen: allow SOP221 because diukur di klausul lain -->"
CLAUSE = "- Wajib membalas segera. {#x check=none reason=y}\n"


@pytest.mark.parametrize(
    "body",
    [
        f"## Standar\n\n{CLAUSE}  {ALLOW}\n",
        f"## Standar\n\n{ALLOW}\n{CLAUSE}",
        f"## Standar\n\n{ALLOW}\n\n{CLAUSE}",
        f"{ALLOW}\n\n## Standar\n\n{CLAUSE}",
    ],
)
def test_an_allowance_covers_the_paragraph_it_stands_at(body: str) -> None:
    """Below, above, above with an empty line between, and for the whole file."""
    assert allowed_in(body) == (["diukur di klausul lain"], [])


def test_an_allowance_reaches_no_further() -> None:
    """The next clause but one is not covered; what covers nothing is told."""
    body = f"## Standar\n\n{ALLOW}\n\n- Ramah. {{#r check=none reason=y}}\n\n{CLAUSE}"
    assert allowed_in(body) == ([], ["SOP253", "SOP221"])


@pytest.mark.parametrize(
    "body",
    [
        f"{CLAUSE}- Wajib ramah segera. {{#y check=none reason=y}}\n  {ALLOW}\n{CLAUSE.replace('#x', '#z')}",
        f"{CLAUSE}{ALLOW}\n- Wajib ramah segera. {{#y check=none reason=y}}\n{CLAUSE.replace('#x', '#z')}",
        f"{CLAUSE}{CLAUSE.replace('#x', '#z')}- Wajib ramah segera. {{#y check=none reason=y}}\n{ALLOW}\n",
        f"{ALLOW}\n\n{CLAUSE}{CLAUSE.replace('#x', '#y')}{CLAUSE.replace('#x', '#z')}",
    ],
)
def test_an_allowance_covers_one_item_of_a_list(body: str) -> None:
    """Of three demands without empty lines between them, the one that it stands at; the others are told."""
    assert allowed_in(f"## Standar\n\n{body}") == (["diukur di klausul lain"], ["SOP221", "SOP221"])


def test_an_allowance_can_name_what_it_is_about() -> None:
    """A word in the allowance must stand in the message."""
    about = ALLOW.replace("SOP221", "SOP221 segera")
    assert allowed_in(f"## Standar\n\n{CLAUSE}  {about}\n") == (["diukur di klausul lain"], [])
    about = ALLOW.replace("SOP221", "SOP221 secepatnya")
    assert allowed_in(f"## Standar\n\n{CLAUSE}  {about}\n") == ([], ["SOP221", "SOP253"])


def test_an_error_cannot_be_allowed() -> None:
    """A missing section stays an error."""
    body = "<!-- sopgen: allow SOP201 because nanti -->\n\n## Tujuan\n\nA."
    sop = read_sop(HEAD.format("id") + body, file="sop.md", report=lambda _: None)
    assert sop is not None
    inspection = inspect([SopHistory(draft=sop)])
    assert inspection.allowed == ()
    assert "SOP201" in {flaw.code for flaw in inspection.flaws}


def test_a_comment_in_an_example_allows_nothing() -> None:
    """Fenced blocks show text; they give no orders."""
    assert allowed_in(f"## Standar\n\n{CLAUSE}\n  ```text\n  {ALLOW}\n  ```\n") == ([], ["SOP221"])


def test_a_dropped_clause_stays_explained_after_the_next_release() -> None:
    """The reason above the first section is still needed once a release without the clause is out."""
    history, _ = versions_of(
        "=== 1.0, effective 2026-01-01\n## Standar\n\n"
        "- A. {#a check=none reason=y}\n- B. {#b check=none reason=y}\n"
        "=== 2.0, effective 2026-02-01\n## Standar\n\n- A. {#a check=none reason=y}\n"
        "=== draft\n<!-- sopgen: allow SOP231 b because digabung dengan A -->\n\n"
        "## Standar\n\n- A. {#a check=none reason=y}\n"
    )
    inspection = inspect([history])
    assert inspection.allowed == ()
    assert not {flaw.code for flaw in inspection.flaws} & {"SOP231", "SOP253"}


def test_a_dropped_clause_can_be_allowed_by_its_id() -> None:
    """`allow SOP231 id because …` above the first section tells why a clause is gone."""
    history, _ = versions_of(
        "=== 1.0, effective 2026-01-01\n## Standar\n\n"
        "- A. {#a check=none reason=y}\n- B. {#b check=none reason=y}\n"
        "=== draft\n<!-- sopgen: allow SOP231 b because digabung dengan A -->\n\n"
        "## Standar\n\n- A. {#a check=none reason=y}\n"
    )
    inspection = inspect([history])
    assert [each.reason for each in inspection.allowed] == ["digabung dengan A"]
    assert not {flaw.code for flaw in inspection.flaws} & {"SOP231", "SOP251", "SOP253"}


@pytest.mark.parametrize(
    "body",
    [
        "## TUJUAN\n\n### ALUR\n\nMelayani.",
        "## Tujuan\n\nAgen **WAJIB** ramah, *CEPAT*, __SABAR__.",
        "## Tujuan\n\nAgen TIDAK BOLEH memaki. Agen HARUS ramah.",
        "## Tujuan\n\nBalas CEPAT. Jawaban yang cepat menenangkan.",
    ],
)
def test_headings_and_stress_in_capitals_are_no_abbreviations(body: str) -> None:
    """What can be pronounced and is stressed, or is written small elsewhere, is a word."""
    assert found_in(body, "SOP223") == []


@pytest.mark.parametrize(
    ("body", "word"),
    [
        ("## Tujuan\n\nNilai **CSAT** naik.", "CSAT"),
        ("## TUJUAN\n\nNilai NPS naik.", "NPS"),
        ("## Tujuan\n\nTunjukkan SIUP, dilarang KERAS tanpa itu.", "SIUP"),
        ("## Tujuan\n\nKirim *OTP*, kode otp dari bank.", "OTP"),
    ],
)
def test_abbreviations_are_told_also_where_they_are_stressed(body: str, word: str) -> None:
    """Stress makes no word of what cannot be pronounced."""
    (flaw,) = found_in(body, "SOP223")
    assert f"'{word}'" in flaw.message
