"""The codes of WhatsApp chats. A snippet is the text of `Chat WhatsApp dengan Budi.txt`.

Snippets are read with CS as the agent, except those of WA104 and WA203, which are about having none.
"""

from sopgen.base.code import Code

_CHAT = "20/08/24 14.30 - Budi: halo\n20/08/24 14.31 - CS: halo kak\n"

WHATSAPP_CODES = (
    Code(
        code="WA101",
        title="No message begins anywhere in the file",
        why="Every message of an exported chat begins with a date and a time. A text without any was copied "
        "from the screen, or is no chat.",
        breaks="Budi: halo\nCS: halo kak\n",
        keeps=_CHAT,
    ),
    Code(
        code="WA102",
        title="Dates that fit no single order",
        why="One phone writes one order of day, month and year. Dates of two orders mean that two exports "
        "were put together, and half of the times would be wrong.",
        breaks="20/08/24, 14:30 - Budi: halo\n08/20/24, 14:31 - CS: halo kak\n",
        keeps=_CHAT,
    ),
    Code(
        code="WA103",
        title="Day or month first?",
        why="03/07/24 is the 3rd of July or the 7th of March. Where no date of the file settles it, and the "
        "phone's language neither, only you can: `--date-order`. A wrong guess moves chats by months.",
        breaks="03/07/24, 09:00 - Budi: halo\n03/07/24, 09:01 - CS: halo kak\n",
        keeps="23/07/24, 09:00 - Budi: halo\n23/07/24, 09:01 - CS: halo kak\n",
    ),
    Code(
        code="WA104",
        title="Nothing tells who is staff",
        why="A chat names its speakers, not their roles. Name your staff with `--agent` or in `sopgen.toml`;"
        " only a file called after one of its speakers proposes itself who is the customer.",
        breaks="20/08/24 14.30 - Sari: halo\n20/08/24 14.31 - CS: halo kak\n",
        keeps=_CHAT,
    ),
    Code(
        code="WA105",
        title="A chat that is too big",
        why="WhatsApp exports some 40,000 messages at most, a few MiB. A file above 256 MiB is something "
        "else, and a chat is held in memory as a whole; no snippet of that size is shown.",
    ),
    Code(
        code="WA106",
        title="No chat in the archive",
        why="The zip of an exported chat holds _chat.txt or a text named after the chat; this one holds only"
        " media, or its text is missing; no text can show it.",
    ),
    Code(
        code="WA201",
        title="The date order was taken from the file",
        why="A phone set to Indonesian writes day, month, year; and a long chat whose dates run on smoothly "
        "in one order only is in that order. That is good evidence, but not proof, so it is said.",
        breaks="03/07/24 09.00 - Budi: halo\n03/07/24 09.01 - CS: halo kak\n",
        keeps=_CHAT,
    ),
    Code(
        code="WA202",
        title="Dated lines that are not the phone's own",
        why="One phone writes one style. A line dated otherwise was pasted into a message and stays text; "
        "but it could also be the beginning of a second export in the same file.",
        breaks=_CHAT + "[20/08/24, 14:32:10] Budi: dari hp satunya\n",
        keeps=_CHAT,
    ),
    Code(
        code="WA203",
        title="The customer was taken from the file's name",
        why='"Chat WhatsApp dengan Budi" is a chat with Budi, so Budi is the customer and the others are '
        "staff. That is wrong for a chat exported from the customer's phone, so it is said.",
        breaks=_CHAT,
        keeps="20/08/24 14.30 - Sari: halo\n20/08/24 14.31 - CS: halo kak\n",
    ),
    Code(
        code="WA204",
        title="Lines earlier than the one above",
        why="The order of the file is kept, for the phone knew it; but a clock that was set back makes "
        "waiting times between those lines meaningless.",
        breaks="20/08/24 14.30 - Budi: halo\n20/08/24 14.10 - CS: halo kak\n",
        keeps=_CHAT,
    ),
    Code(
        code="WA205",
        title="Lines before the first message",
        why="They belong to a message whose beginning is missing, so nobody knows who wrote them or when.",
        breaks="dan satu lagi kak\n" + _CHAT,
        keeps=_CHAT,
    ),
    Code(
        code="WA206",
        title="The stated date order cannot be this file's",
        why="The dates themselves are proof; they win over `--date-order`, which may be right for other "
        "files.",
        breaks="2024/08/20, 14:30 - Budi: halo\n2024/08/20, 14:31 - CS: halo kak\n",
        keeps=_CHAT,
    ),
    Code(
        code="WA207",
        title="No agent among the speakers",
        why="Several people write and none is staff by the names that were given; the agent may write under "
        "another name here, and would be judged as a customer.",
        breaks="20/08/24 14.30 - Budi: halo\n20/08/24 14.31 - Toko Melati: halo kak\n",
        keeps=_CHAT,
    ),
)
