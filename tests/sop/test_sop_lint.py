"""The lint where the snippets of its codes do not tell the whole story."""

import time
from pathlib import Path

import pytest

from sopgen.base.diagnostic import Diagnostic, Level
from sopgen.sop.lint import lint
from sopgen.sop.model import SopHistory
from sopgen.sop.reader import read_sop

HEAD = "---\nid: a\ntitle: b\nlanguage: {}\nowner: c\napprover: d\nreview_every: 1d\n---\n"


def look_over(body: str, *, language: str = "id") -> list[Diagnostic]:
    flaws: list[Diagnostic] = []
    sop = read_sop(HEAD.format(language) + body, file="sop.md", report=flaws.append)
    assert sop is not None
    return [each for each in lint([SopHistory(draft=sop)]) if each.code != "SOP201"]


def test_missing_sections_are_named_in_the_sops_language() -> None:
    """The heading that is proposed can be pasted."""
    sop = read_sop(HEAD.format("en") + "## Scope\n\nAll.", file="sop.md", report=lambda _: None)
    assert sop is not None
    hints = [each.hint for each in lint([SopHistory(draft=sop)])]
    assert "add a heading '## Tools'" in hints
    assert "add a heading '## Scope'" not in hints
    assert len(hints) == 6


def test_a_placeholder_is_no_content() -> None:
    """A required section that holds a dot, an ellipsis or TODO is an error, another one a warning."""
    found = look_over("## Tujuan\n\n…\n\n## Alat\n\nTODO\n\n## Definisi\n\n-\n\n## Larangan\n\nMemaki.")
    assert [(each.span.line, each.level) for each in found] == [
        (9, Level.ERROR),
        (13, Level.ERROR),
        (17, Level.WARNING),
    ]


def test_a_misspelt_check_is_recognised() -> None:
    """A clause with `cheek=` is asked whether it means `check`."""
    (found,) = look_over("## Standar\n\n- Wajib ramah. {#ramah cheek=calm-tone}")
    assert (found.code, found.hint) == ("SOP205", "'cheek': did you mean 'check'?")


def test_what_is_only_allowed_needs_no_check() -> None:
    """A permission cannot be broken, so nothing has to judge it."""
    assert look_over("## Standar\n\n- Boleh memakai emoji. {#emoji}") == []


def test_one_example_asks_for_the_other() -> None:
    """A clause that only shows what passes gets a note, one without examples a warning."""
    chat = "\n\n  ```chat pass\n  09:00 agen  halo\n  ```"
    (one,) = look_over(f"## Standar\n\n- Wajib ramah. {{#ramah check=x}}{chat}")
    (none,) = look_over("## Standar\n\n- Wajib ramah. {#ramah check=x}")
    assert (one.level, none.level) == (Level.NOTE, Level.WARNING)
    assert "no example that fails" in one.message


def test_links_in_fences_and_code_are_left_alone() -> None:
    """Only links that a reader can follow are looked at; the column is that of the target."""
    body = "## Tujuan\n\n`[a](#b)`\n\n```text\n[a](#b)\n```\n\n[baik](#purpose) [mati](#mati)\n"
    (found,) = look_over(body)
    assert (found.code, str(found.span)) == ("SOP209", "sop.md:17:25")


def test_long_words_are_looked_over_quickly() -> None:
    """A word of 40,000 letters, and as many capitals, take no longer than their length."""
    started = time.process_time()
    look_over("## Tujuan\n\n" + "a" * 40_000 + " " + "A" * 20_000 + " " + "ya" * 20_000 + "\n")
    assert time.process_time() - started < 5


def test_no_provisional_id_is_offered_for_a_dead_link() -> None:
    """It changes with the words of its clause, so a link to it would die again."""
    body = "## Standar\n\n- Wajib menyapa. {check=none reason=y}\n\n[sapa](#provisional-wajib-menyapa-x)\n"
    (found,) = (each for each in look_over(body) if each.code == "SOP209")
    assert "provisional" not in found.hint


def test_every_undecided_value_of_the_front_matter_is_told() -> None:
    """Each at its place; a comment that says TODO is no value."""
    head = (
        HEAD.format("id").replace("owner: c", "owner: 'Todo: siapa'").replace("approver: d", "approver: TBD")
    )
    head = head.replace("title: b", "title: TODOLIST # TODO: periksa").replace("1d", "1d # TODO")
    sop = read_sop(head, file="sop.md", report=lambda _: None)
    assert sop is not None
    found = [each for each in lint([SopHistory(draft=sop)]) if each.code == "SOP215"]
    assert [(each.span.line, each.level) for each in found] == [(5, Level.ERROR), (6, Level.ERROR)]


def test_links_lead_to_clauses_procedures_and_replies() -> None:
    """Every id of the SOP is a place to go."""
    body = (
        "## Prosedur\n\n### A. Sapa {#sapa}\n\nPelaksana: agen.\n\n"
        "1. Sapa. {#langkah check=none reason=x}\n\n"
        "Keluaran: disapa.\n\n> [!TEMPLATE] Salam\n> Halo\n\n"
        "## Larangan\n\n[a](#sapa) [b](#langkah) [c](#reply-salam) [d](#procedures)"
    )
    assert look_over(body) == []


def test_a_link_to_no_file_is_named(tmp_path: Path) -> None:
    """A picture or document that does not lie beside the source is an error; one that does is none."""
    (tmp_path / "alur kerja.png").write_bytes(b"")
    body = "## Tujuan\n\nLihat [alur](alur%20kerja.png), [formulir](formulir.pdf#2) dan [situs](https://a.example).\n"
    body += f"\n[{'a' * 9}]({'a' * 5000}.pdf)\n"
    path = tmp_path / "sop.md"
    path.write_text(HEAD.format("id") + body, encoding="utf-8")
    sop = read_sop(path.read_text(encoding="utf-8"), file=str(path), report=lambda _: None)
    assert sop is not None
    found = [each for each in lint([SopHistory(draft=sop)]) if each.code == "SOP209"]
    assert [(each.span.line, "formulir.pdf" in each.message) for each in found] == [
        (11, True),
        (13, False),
    ]


def told(body: str, code: str) -> list[tuple[str, str]]:
    """Return place and hint of the flaws of a code in an SOP with the body."""
    return [(str(each.span), each.hint) for each in look_over(body) if each.code == code]


def test_placeholders_are_told_wherever_they_stand() -> None:
    """In a reply over two lines and in a table as well; ordinary brackets are none."""
    body = (
        "## Perangkat\n\n| A |\n|---|\n| [aplikasi obrolan] |\n\n"
        "> [!TEMPLATE] Salam\n> Halo dari [nama\n> usaha].\n"
    )
    assert [place for place, _ in told(body, "SOP217")] == ["sop.md:13:3", "sop.md:16:13"]
    ordinary = (
        "## Tujuan\n\n- [ ] belum\n- [x] sudah\n\n[nama usaha](https://example.com) "
        "[lihat][1] [2] [nama toko]\n\n"
        "> [!NOTE]\n> Catatan.\n\n<!-- [nama usaha] -->\n"
    )
    assert told(ordinary, "SOP217") == []
    named = (
        "## Tujuan\n\nTulis `[nama usaha]` atau ``[nama\nusaha] ` ``.\n\n[nama usaha]: https://a.example\n"
        '[nama usaha]: <b> "Toko"\n'
    )
    assert told(named, "SOP217") == []


@pytest.mark.parametrize(
    "line",
    [
        "[nama usaha]: Toko Melati",
        "Hubungi [nama usaha]: Toko",
        "[nama usaha](toko kita)",
        "[nama usaha](",
        "[nama usaha][aplikasi obrolan]",
        "Sebuah ` lepas, [nama usaha]\n\nlalu ` lagi",
    ],
)
def test_a_placeholder_beside_other_marks_is_one(line: str) -> None:
    """A colon, a bracket or a lone backtick beside it makes neither a link nor code of it."""
    assert told(f"## Tujuan\n\n{line}\n", "SOP217")


def test_a_placeholder_in_an_example_is_told() -> None:
    """Chats are printed in the manual as well; a block of another kind, or a chat shown in one, is code."""
    clause = "## Standar\n\n- Wajib ramah. {#ramah check=none reason=x}\n\n"
    chat = "  ```chat pass\n  09:00 agen  Halo dari [nama usaha]\n  ```\n"
    assert [place for place, _ in told(f"{clause}{chat}", "SOP217")] == ["sop.md:14:25"]
    assert told(f"{clause}  ````markdown\n{chat}  ````\n", "SOP217") == []


def test_a_misspelt_callout_is_recognised() -> None:
    """Also without its exclamation mark and in a list; quotations of other words are left alone."""
    body = "## Standar\n\n> [!TEMPLAT] Salam\n> Halo\n\n> [TEMPLATE] Salam\n> Halo\n\n> [!XYZ]\n> Halo\n"
    assert told(body, "SOP218") == [
        ("sop.md:11:3", "did you mean '[!TEMPLATE]'?"),
        ("sop.md:14:3", "did you mean '[!TEMPLATE]'?"),
        (
            "sop.md:17:3",
            "use one of: [!TEMPLATE], [!NOTE], [!TIP], [!IMPORTANT], [!WARNING], [!CAUTION]",
        ),
    ]
    fine = "## Standar\n\n> [!note]\n> Halo [!XYZ]\n> [!ABC]\n\n> [KTP] wajib.\n\n> [nama](#standards) ada.\n"
    fine += "\n> [NOTA] asli wajib dilampirkan\n\n> [TIPE] produk\n"
    assert told(fine, "SOP218") == []


def test_a_misspelt_chat_is_recognised() -> None:
    """A block that expects something, or holds times, is meant as a chat; a chart is none."""
    clause = "## Standar\n\n- Wajib ramah. {#ramah check=none reason=x}\n\n"
    for word, inside in (("chta pass", "halo"), ("Chat", "09:00 agen  halo")):
        body = f"{clause}  ```{word}\n  {inside}\n  ```\n"
        assert told(body, "SOP219") == [("sop.md:13:6", "did you mean 'chat'?")]
    shown = f"````markdown\n{clause}  ```chta pass\n  09:00 agen  halo\n  ```\n````\n"
    for fine in ("  ```chart\n  a -> b\n  ```\n", "  ```chart\n  09:00 buka\n  ```\n", shown):
        assert told(f"{clause}{fine}", "SOP219") == []


def test_a_misspelt_heading_is_where_the_section_is_missing() -> None:
    """The flaw points at the heading that was probably meant, and at the top where there is none."""
    flaws: list[Diagnostic] = []
    body = "## Tujuan\n\nA.\n\n## Laranagn\n\nMemaki.\n"
    sop = read_sop(HEAD.format("id") + body, file="sop.md", report=flaws.append)
    assert sop is not None
    found = [each for each in lint([SopHistory(draft=sop)]) if each.code == "SOP201"]
    (near,) = [each for each in found if each.span.line > 1]
    assert (str(near.span), near.message) == ("sop.md:13:4", "the section 'Larangan' is missing")
    assert near.hint == "'Laranagn': did you mean 'Larangan'?"
