"""The codes of imports, IMP1xx: what keeps a document from becoming a draft. Snippets are documents."""

from sopgen.base.code import Code

CODES: tuple[Code, ...] = (
    Code(
        code="IMP101",
        title="A document shows no text",
        why="There is nothing to make a draft of: the file is empty, or all that it holds is hidden, or "
        "scripts "
        "and menus. A Word file that is a scan holds pictures only.",
        breaks="<html><script>start()</script></html>",
        keeps="<html><h2>Tujuan</h2><p>Melayani dengan cepat.</p></html>",
    ),
    Code(
        code="IMP102",
        title="A format that is not imported",
        why="Word (.docx), HTML, Markdown and plain text are. Old Word files (.doc), rich text and PDFs keep "
        "their words in ways that lose headings and lists; their programs save .docx.",
        breaks="%PDF-1.7",
        keeps="Tujuan\n\nMelayani dengan cepat.",
    ),
    Code(
        code="IMP103",
        title="The bytes are no text",
        why="Control characters do not stand in text: the file is a program's own, or damaged. A snippet "
        "is text "
        "already, so none can show this.",
    ),
    Code(
        code="IMP104",
        title="A Word file is damaged",
        why="A .docx is an archive of parts. Where one is cut off or is no XML, what it said is not "
        "guessed at. "
        "No snippet of text can show an archive.",
    ),
    Code(
        code="IMP105",
        title="A document is nested too deeply",
        why="People put some ten lists and tables inside one another; hundreds are made to exhaust the "
        "program "
        "that reads them.",
        breaks="<html>" + "<div>" * 300 + "Tujuan",
        keeps="<html>" + "<div>" * 30 + "Tujuan",
    ),
    Code(
        code="IMP106",
        title="A document is too big",
        why="A file may hold 32 MiB, its text 2 MiB (64 MiB and 16 MiB a part when unpacked, at most a "
        "hundred times its packed size). A table has 200 columns at most, and merged cells tell at most a "
        "million characters again. More is no SOP, or made to fill the disk. No snippet can show that.",
    ),
    Code(
        code="IMP107",
        title="A Word file holds macros, or is encrypted",
        why="Macros are never run, and a file that brings some is refused as a whole: saving it as .docx "
        "takes "
        "them out. What is encrypted cannot be read. No snippet of text can show an archive.",
    ),
    Code(
        code="IMP108",
        title="The id given to a draft is none",
        why="An id names a folder, a web address and every finding: small letters and digits, joined by "
        "hyphens. "
        "It is an option of the call, so no snippet of a document can show it.",
    ),
    Code(
        code="IMP109",
        title="There is a draft of that id already",
        why="An import never overwrites what somebody wrote. It depends on the folder, so no snippet can "
        "show "
        "this; choose another id or folder, or take the old draft away yourself.",
    ),
    Code(
        code="IMP110",
        title="Several documents, and an option that is for one",
        why="An id, and standard output, are for a single draft. It is about the call, so no snippet of a "
        "document can show it.",
    ),
)
