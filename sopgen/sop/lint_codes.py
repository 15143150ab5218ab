"""The codes of the lint, SOP2xx: what is missing from, or odd in, an SOP that can be read."""

from sopgen.base.code import Code
from sopgen.sop.lint_history_codes import HISTORY_CODES
from sopgen.sop.lint_wording_codes import WORDING_CODES

_HEAD = "---\nid: a\ntitle: b\nlanguage: id\nowner: Kepala\napprover: Direksi\nreview_every: 90d\n---\n\n"
_WHOLE = """## Tujuan

Melayani dengan cepat.

## Ruang Lingkup

Semua agen.

## Tanggung Jawab

Agen melayani, supervisor memantau.

## Perangkat

Live Chat.

## Standar Pelayanan

Ramah.

## Prosedur

Sapa, jawab, tutup.

## Larangan

Memaki pelanggan.
"""
_CHAT = """- Wajib menyapa. {#sapa check=opening-greeting}

  ```chat pass
  09:00 pelanggan  halo
  09:01 agen       halo Kak
  ```
"""
_CHATS = f"""{_CHAT}
  ```chat fail
  09:00 pelanggan  halo
  09:01 agen       ya?
  ```
"""

LINT_CODES: tuple[Code, ...] = (
    Code(
        code="SOP201",
        title="A required section is missing",
        why="Every SOP says what it is for, whom it governs, who does what, with which tools, to which "
        "standards, step by step, and what is forbidden.",
        breaks=_WHOLE.replace("## Larangan\n\nMemaki pelanggan.\n", ""),
        keeps=_WHOLE,
    ),
    Code(
        code="SOP202",
        title="A section is empty",
        why="A heading alone, or with a placeholder below it, tells readers that the SOP is not finished.",
        breaks="## Tujuan\n\n## Larangan\n\nMemaki pelanggan.",
        keeps="## Tujuan\n\nMelayani dengan cepat.\n\n## Larangan\n\nMemaki pelanggan.",
    ),
    Code(
        code="SOP203",
        title="A procedure names no output",
        why="Who follows the steps needs to know what must be there at the end.",
        breaks="## Prosedur\n\n### A. Menyapa {#menyapa}\n\n1. Sapa pelanggan. {#sapa}",
        keeps="## Prosedur\n\n### A. Menyapa {#menyapa}\n\n1. Sapa. {#sapa}\n\nKeluaran: pelanggan disapa.",
    ),
    Code(
        code="SOP204",
        title="A procedure has no steps",
        why="A procedure is followed step by step; a numbered list lets people say which step they mean.",
        breaks="## Prosedur\n\n### A. Menyapa {#menyapa}\n\nSapalah.\n\nKeluaran: pelanggan disapa.",
        keeps="## Prosedur\n\n### A. Menyapa {#menyapa}\n\n1. Sapa. {#sapa}\n\nKeluaran: pelanggan disapa.",
    ),
    Code(
        code="SOP205",
        title="A clause has neither a check nor a reason for having none",
        why="Readers see beside every clause how it is checked. Where no check can judge it, they see why.",
        breaks="## Standar\n\n- Wajib menyapa. {#sapa}",
        keeps='## Standar\n\n- Wajib menyapa. {#sapa check=none reason="dinilai QA lewat sampel"}',
    ),
    Code(
        code="SOP206",
        title="A checked clause has no examples",
        why="An example that passes and one that fails show readers what is meant, and test the check.",
        breaks=f"## Standar\n\n{_CHAT}",
        keeps=f"## Standar\n\n{_CHATS}",
    ),
    Code(
        code="SOP207",
        title="A quick reply is empty",
        why="Agents would copy nothing.",
        breaks="## Standar\n\n> [!TEMPLATE] Salam pembuka",
        keeps="## Standar\n\n> [!TEMPLATE] Salam pembuka\n> Halo Kak, ada yang bisa dibantu?",
    ),
    Code(
        code="SOP208",
        title="Text was read in a wrong encoding",
        why="Quotes and emoji that went through an old program come out as mojibake, and agents would copy "
        "it into chats.",
        breaks="## Tujuan\n\nMenyapa dengan β€œHalo Kakβ€\x9d.",
        keeps="## Tujuan\n\nMenyapa dengan “Halo Kak”.",
    ),
    Code(
        code="SOP209",
        title="A link inside the SOP leads nowhere",
        why="`[text](#id)` leads to a section, procedure, clause or quick reply of the same SOP, and "
        "`[text](form.pdf)` to a file beside its source.",
        breaks="## Tujuan\n\nLihat [larangan](#larang).\n\n## Larangan\n\nMemaki.",
        keeps="## Tujuan\n\nLihat [larangan](#prohibitions).\n\n## Larangan\n\nMemaki.",
    ),
    Code(
        code="SOP210",
        title="An example that no check can judge",
        why="The example promises readers a verdict that nobody gives.",
        breaks="## Standar\n\n" + _CHAT.replace("check=opening-greeting", 'check=none reason="dinilai QA"'),
        keeps=f"## Standar\n\n{_CHATS}",
    ),
    Code(
        code="SOP211",
        title="A parameter that no check reads",
        why="A limit without a check has no effect.",
        breaks='## Standar\n\n- Wajib cepat. {#cepat check=none limit=2m reason="dinilai QA"}',
        keeps='## Standar\n\n- Wajib cepat. {#cepat check=none reason="dinilai QA"}',
    ),
    Code(
        code="SOP212",
        title="A fill-in is not closed or has no name",
        why="Agents fill in what stands in braces; a brace that is left over goes to the customer.",
        breaks="## Standar\n\n> [!TEMPLATE] Salam\n> Halo Kak {nama, ada yang bisa dibantu?",
        keeps="## Standar\n\n> [!TEMPLATE] Salam\n> Halo Kak {nama}, ada yang bisa dibantu?",
    ),
    Code(
        code="SOP213",
        title="Two sections of the same kind",
        why="Readers look for a demand in one place.",
        breaks="## Larangan\n\nMemaki.\n\n## Hal yang dilarang\n\nMengancam.",
        keeps="## Larangan\n\nMemaki dan mengancam.",
    ),
    Code(
        code="SOP214",
        title="A step that nobody is said to do",
        why="Everybody's work is nobody's. A line 'Pelaksana: …' (Carried out by: …) below the heading of a "
        "procedure says who does its steps; a step that another does names that role itself.",
        breaks="## Prosedur\n\n### A. Menyapa {#menyapa}\n\n1. Sapa. {#sapa}\n\nKeluaran: pelanggan disapa.",
        keeps="## Prosedur\n\n### A. Menyapa {#menyapa}\n\nPelaksana: agen penerima.\n\n1. Sapa. {#sapa}\n\n"
        "Keluaran: pelanggan disapa.",
    ),
    Code(
        code="SOP215",
        title="A value of the front matter is not decided",
        why="Who owns an SOP, and who approves it, stands on its first page. No release may say TODO there.",
        breaks=_HEAD.replace("Kepala", '"TODO: siapa pemiliknya"') + _WHOLE,
        keeps=_HEAD + _WHOLE,
    ),
    Code(
        code="SOP216",
        title="A character that nobody sees",
        why="Marks that turn the writing direction show readers other words than the machine checks; a space "
        "of no width cuts a phrase in two for the machine alone.",
        breaks="## Tujuan\n\nAgen \u202edilarang\u202c menjanjikan bonus.",
        keeps="## Tujuan\n\nAgen dilarang menjanjikan bonus.",
    ),
    Code(
        code="SOP217",
        title="A placeholder of the skeleton is left",
        why="What `sopgen init` leaves in [square brackets] is for your own words. Readers would see it, and "
        "agents would copy '[nama usaha]' to customers. A release is refused while one is left.",
        breaks="## Tujuan\n\nSetiap pelanggan [nama usaha] dilayani sama baiknya.",
        keeps="## Tujuan\n\nSetiap pelanggan Toko Melati dilayani [sama baiknya](https://example.com).",
    ),
    Code(
        code="SOP218",
        title="A callout that there is none of",
        why="A quotation that begins with [!TEMPLATE] is a quick reply, one with [!NOTE], [!TIP], "
        "[!IMPORTANT], [!WARNING] or [!CAUTION] a remark. Any other name is shown to readers as it stands, "
        "and a reply that is meant is not among the quick replies.",
        breaks="## Standar\n\n> [!TEMPLAT] Salam pembuka\n> Halo Kak, ada yang bisa dibantu?",
        keeps="## Standar\n\n> [!TEMPLATE] Salam pembuka\n> Halo Kak, ada yang bisa dibantu?",
    ),
    Code(
        code="SOP219",
        title="A fenced block that looks like an example chat is none",
        why="Only a block called `chat` is an example; by another name it is plain text and tests nothing.",
        breaks="## Standar\n\n" + _CHAT.replace("```chat", "```chta"),
        keeps=f"## Standar\n\n{_CHATS}",
    ),
    *WORDING_CODES,
    *HISTORY_CODES,
)
