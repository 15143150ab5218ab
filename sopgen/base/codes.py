"""The codes of chat notation and of YAML, which several folders read through this one.

The snippets of NOT1xx are chat notation, those of YML1xx are YAML.
"""

from sopgen.base.code import Code

CODES: tuple[Code, ...] = (
    Code(
        code="NOT101",
        title="A line is no chat notation",
        why="A line of a chat begins with a time, then says who speaks. A line that begins with blanks goes "
        "on with the message above it. A line that is neither would be lost, so it is refused.",
        breaks="halo kak, mau tanya",
        keeps="09:00 pelanggan  halo kak,\n                 mau tanya",
    ),
    Code(
        code="NOT102",
        title="Nobody of that name speaks in a chat",
        why="Every verdict hangs on who said what. Speakers are pelanggan/customer, agen/agent, bot, "
        "sistem/system, and catatan/note for a note that the customer never sees.",
        breaks="09:00 admin  halo kak",
        keeps="09:00 agen  halo kak",
    ),
    Code(
        code="NOT103",
        title="A time that no clock shows",
        why="Response times are measured between the lines of a chat. Hours go from 0 to 23, minutes and "
        "seconds from 0 to 59; a chat passes midnight when the next line shows an earlier time.",
        breaks="24:10 agen  halo kak",
        keeps="23:59 agen  halo kak\n00:01 agen  masih di sini, Kak",
    ),
    Code(
        code="YML101",
        title="The text is not YAML",
        why="Front matter, release indexes and checks are YAML. Usual slips: a tab or an uneven indentation, "
        "and a text with ': ' or '#' that is not in quotes.",
        breaks="title: SOP: Pelayanan",
        keeps='title: "SOP: Pelayanan"',
    ),
    Code(
        code="YML102",
        title="A key stands twice",
        why="YAML would keep the last of the two in silence, and the author would wonder why the first has "
        "no effect.",
        breaks="owner: Rina\nowner: Dimas",
        keeps="owner: Rina\napprover: Dimas",
    ),
    Code(
        code="YML103",
        title="A YAML file cannot be read",
        why="It is a folder, it may not be opened, or it is not saved as UTF-8. It is left out. No snippet "
        "of text can show that.",
    ),
    Code(
        code="TML101",
        title="The text is not TOML",
        why="`sopgen.toml` is TOML: tables in brackets, one setting a line, texts in quotes.",
        breaks="[manual]\nname = Toko Sumber Rejeki",
        keeps='[manual]\nname = "Toko Sumber Rejeki"',
    ),
    Code(
        code="TML102",
        title="A TOML file cannot be read",
        why="It is a folder, it may not be opened, it is not saved as UTF-8, or it is larger than 1 MiB. No "
        "snippet of text can show that.",
    ),
)
