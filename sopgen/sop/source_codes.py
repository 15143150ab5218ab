"""The codes of an SOP's source, SOP1xx: what keeps it from being read.

A snippet is SOP source; one that begins with a section is read below a sound front matter.
"""

from sopgen.base.code import Code

_SOUND = """---
id: cs-contoh
title: Pelayanan
language: id
owner: Kepala Layanan
approver: Direktur Operasional
review_every: 90d
---
"""

SOURCE_CODES: tuple[Code, ...] = (
    Code(
        code="SOP101",
        title="The file has no front matter",
        why="The front matter says what the SOP is called, who answers for it and whom it governs. Without "
        "it no finding could name its SOP.",
        breaks="SOP Pelayanan\n\n## Tujuan\n\nMelayani.",
        keeps=_SOUND,
    ),
    Code(
        code="SOP102",
        title="The front matter is not closed",
        why="Without its closing line the whole SOP would be read as front matter.",
        breaks="---\nid: cs-contoh\ntitle: Pelayanan",
        keeps=_SOUND,
    ),
    Code(
        code="SOP103",
        title="A key of the front matter is missing, unknown or of the wrong shape",
        why="Required are id, title, language (id or en), owner, approver and review_every; applies_to "
        "(channels, teams) and hours (timezone, weekly, holidays) may be added. An unknown key is most "
        "likely a misspelt one, whose effect would be missing in silence.",
        breaks=_SOUND.replace("owner:", "pemilik:"),
        keeps=_SOUND,
    ),
    Code(
        code="SOP104",
        title="A value of the front matter makes no sense",
        why="An id is kebab-case because it names a folder and addresses; lengths of time are written 90d or "
        "26w; opening hours are intervals within a day, such as 08:00-17:00, that do not overlap.",
        breaks=_SOUND.replace("90d", "tiga bulan"),
        keeps=_SOUND.replace("90d", "13w"),
    ),
    Code(
        code="SOP105",
        title="Text stands before the first section",
        why="A manual shows sections; what stands above the first has no place in it and is left out.",
        breaks=_SOUND + "\nBerlaku untuk semua agen.\n\n## Tujuan\n\nMelayani.",
        keeps="## Tujuan\n\nMelayani. Berlaku untuk semua agen.",
    ),
    Code(
        code="SOP106",
        title="The file is empty",
        why="An SOP needs at least a front matter. An empty file is most likely one that was not saved, and "
        "a snippet that shows it would be empty too.",
    ),
    Code(
        code="SOP107",
        title="The file is not UTF-8",
        why="Word processors on older machines save other encodings, in which quotes and emoji turn into "
        "mojibake. A snippet is text already, so none can show this.",
    ),
    Code(
        code="SOP108",
        title="A link definition is left out",
        why="Sections are rendered one by one, so that a definition at the end of the file is out of sight "
        "of the link that uses it.",
        breaks="## Tujuan\n\nLihat [panduan].\n\n[panduan]: https://example.com/panduan",
        keeps="## Tujuan\n\nLihat [panduan](https://example.com/panduan).",
    ),
    Code(
        code="SOP109",
        title="The file cannot be read",
        why="It is missing, forbidden, or larger than an SOP may be (4 MiB). What the machine holds cannot "
        "be shown by a snippet.",
    ),
    Code(
        code="SOP111",
        title="An attribute block cannot be read",
        why="The block at the end of a clause binds it to its check. When it cannot be read, what the clause "
        "demands from a chat is open, and the SOP judges nobody until it is mended.",
        breaks="## Standar Pelayanan\n- Wajib membalas ramah. {#Ramah check=calm-tone}",
        keeps="## Standar Pelayanan\n- Wajib membalas ramah. {#ramah check=calm-tone}",
    ),
    Code(
        code="SOP112",
        title="Text follows an attribute block",
        why="A block stands at the end of its paragraph. Text behind it is often the next paragraph, whose "
        "empty line is missing.",
        breaks="## Standar Pelayanan\n- Wajib membalas ramah. {#ramah} Selalu.",
        keeps="## Standar Pelayanan\n- Wajib membalas ramah. Selalu. {#ramah}",
    ),
    Code(
        code="SOP113",
        title="A clause or procedure has no id",
        why="Findings, links and comparisons hold on to ids. A provisional one is made from the first words, "
        "and changes with them.",
        breaks="## Standar Pelayanan\n- Wajib membalas ramah.",
        keeps="## Standar Pelayanan\n- Wajib membalas ramah. {#ramah}",
    ),
    Code(
        code="SOP114",
        title="Two parts have the same id",
        why="A finding that names the id would name two demands.",
        breaks="## Standar Pelayanan\n- Wajib ramah. {#ramah}\n- Wajib cepat. {#ramah}",
        keeps="## Standar Pelayanan\n- Wajib ramah. {#ramah}\n- Wajib cepat. {#cepat}",
    ),
    Code(
        code="SOP115",
        title="Unknown severity",
        why="A departure is minor, major or critical; critical ones are counted apart from the score.",
        breaks="## Larangan\n- Dilarang memaki. {#maki check=no-profanity severity=fatal}",
        keeps="## Larangan\n- Dilarang memaki. {#maki check=no-profanity severity=critical}",
    ),
    Code(
        code="SOP116",
        title="Unknown kind of section",
        why="`kind=` on a heading says what its section is for when the heading itself does not.",
        breaks="## Aturan main {kind=aturan}\n\n- Wajib ramah. {#ramah}",
        keeps="## Aturan main {kind=standards}\n\n- Wajib ramah. {#ramah}",
    ),
    Code(
        code="SOP117",
        title="A clause has no text",
        why="Nobody can follow a demand that says nothing.",
        breaks="## Larangan\n- {#maki check=no-profanity}",
        keeps="## Larangan\n- Dilarang memaki. {#maki check=no-profanity}",
    ),
    Code(
        code="SOP118",
        title="An attribute means nothing on a heading",
        why="Checks are bound to clauses. On a heading they would be without effect.",
        breaks="## Prosedur\n### A. Menyapa {#sapa check=opening-greeting}\n\n1. Sapa. {#salam}",
        keeps="## Prosedur\n### A. Menyapa {#sapa}\n\n1. Sapa. {#salam check=opening-greeting}",
    ),
    Code(
        code="SOP119",
        title="The output stands inside a step",
        why="Markdown joins a line to the list item above it unless an empty line parts them.",
        breaks="## Prosedur\n### A. Menyapa {#sapa}\n1. Sapa pelanggan.\nKeluaran: pelanggan disapa.",
        keeps="## Prosedur\n### A. Menyapa {#sapa}\n1. Sapa pelanggan.\n\nKeluaran: pelanggan disapa.",
    ),
    Code(
        code="SOP121",
        title="A chat block stands under no clause",
        why="An example shows what one clause means. It belongs to the clause whose text it lines up with; "
        "anywhere else it is left out.",
        breaks='## Larangan\n- Dilarang memaki. {#maki}\n\n```chat pass "sopan"\n09:00 agen  halo kak\n```',
        keeps='## Larangan\n- Dilarang memaki. {#maki}\n\n  ```chat pass "sopan"\n  09:00 agen  halo\n  ```',
    ),
    Code(
        code="SOP122",
        title="It is not clear what a chat is expected to do",
        why="An example says pass or fail; todo-pass and todo-fail mark what the checker is known to miss.",
        breaks="## Larangan\n- Dilarang memaki. {#maki}\n\n  ```chat bagus\n  09:00 agen  halo kak\n  ```",
        keeps="## Larangan\n- Dilarang memaki. {#maki}\n\n  ```chat pass\n  09:00 agen  halo kak\n  ```",
    ),
    Code(
        code="SOP123",
        title="A fenced block is not closed",
        why="All that follows becomes part of the block, and clauses below it are lost.",
        breaks="## Larangan\n- Dilarang memaki. {#maki}\n\n  ```chat pass\n  09:00 agen  halo kak",
        keeps="## Larangan\n- Dilarang memaki. {#maki}\n\n  ```chat pass\n  09:00 agen  halo kak\n  ```",
    ),
    Code(
        code="SOP124",
        title="A chat is empty",
        why="An example without a message shows nothing.",
        breaks="## Larangan\n- Dilarang memaki. {#maki}\n\n  ```chat pass\n  ```",
        keeps="## Larangan\n- Dilarang memaki. {#maki}\n\n  ```chat pass\n  09:00 agen  halo kak\n  ```",
    ),
    Code(
        code="SOP125",
        title="`was=` names no earlier id",
        why="`was=` tells histories and comparisons that a clause goes on under a new id. What is no id, or "
        "is the id that the clause has now, leads to no earlier clause.",
        breaks="## Larangan\n- Dilarang memaki. {#tanpa-makian was=Maki}",
        keeps="## Larangan\n- Dilarang memaki. {#tanpa-makian was=maki}",
    ),
)
