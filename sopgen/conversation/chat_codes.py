"""The codes of messengers and team chats. A snippet is a text: LNE of LINE, TLG of Telegram, MET of Meta.

LNE201 and LNE202 do not cost the chat, the others that begin so do.
"""

from sopgen.base.code import Code

_ROWS = (
    '"messages": [{"id": 1, "type": "message", "date_unixtime": "1700000000", "from": "CS", "text": "halo"}'
)
_CHAT = f'"name": "Budi", "type": "personal_chat", "id": 7, {_ROWS}'
_META = '"messages": [{"sender_name": "CS", "timestamp_ms": 1700000000000, "content": "halo"}]'

_LINE = "[LINE] Chat history with Budi\n\n{}\n09:00 Budi halo\n09:01 CS halo kak\n"

CHAT_CODES = (
    Code(
        code="LNE101",
        title="No row of a LINE chat",
        why="Every message of LINE's export is a row of time, name and text. A text without any was copied "
        "from the screen, or is no chat.",
        breaks="[LINE] Chat history with Budi\n\n2026.01.15 Thursday\n",
        keeps=_LINE.format("2026.01.15 Thursday"),
    ),
    Code(
        code="LNE102",
        title="Dates of a LINE chat that fit no single order",
        why="One phone writes one order of day, month and year. Dates of two orders mean that two exports "
        "were put together, and half of the times would be wrong.",
        breaks=_LINE.format("Tue, 20/01/2026") + _LINE.format("Tue, 01/20/2026"),
        keeps=_LINE.format("Tue, 20/01/2026"),
    ),
    Code(
        code="LNE103",
        title="Day or month first in a LINE chat?",
        why="03/07/2026 is the 3rd of July or the 7th of March. Where neither another date nor the weekday "
        "beside it settles that, only you can: `--date-order`.",
        breaks=_LINE.format("03/07/2026"),
        keeps=_LINE.format("Fri, 03/07/2026"),
    ),
    Code(
        code="LNE104",
        title="A LINE chat that is too big",
        why="A chat is held in memory as a whole, and one above 256 MiB is something else; no snippet of "
        "that size is shown.",
    ),
    Code(
        code="LNE201",
        title="Rows without a day",
        why="Rows have a time only, their day stands in a line above. What comes before the first such line "
        "has no time that could be measured.",
        breaks="[LINE] Chat history with Budi\n08:59 Budi p\n" + _LINE.format("2026.01.15 Thursday"),
        keeps=_LINE.format("2026.01.15 Thursday"),
    ),
    Code(
        code="LNE202",
        title="The date order of a LINE chat was taken from the file",
        why="A long chat whose dates run on smoothly in one order only is in that order, and dates that "
        "cannot be in the stated one are in the other. Good evidence, but not proof, so it is said.",
        breaks=_LINE.format("20/01/2026"),
        keeps=_LINE.format("2026.01.15 Thursday"),
    ),
    Code(
        code="TLG201",
        title="Rows that Telegram could not export",
        why="What the app that exported did not know yet (a new kind of message) stands in the file as a row "
        "without sender, time or words. Nothing can be judged by it, so it is left out of the chat.",
        breaks=f'{{{_CHAT}, {{"id": 2, "type": "unsupported"}}]}}',
        keeps=f"{{{_CHAT}]}}",
    ),
    Code(
        code="MET201",
        title="Messenger or Instagram?",
        why="Both are Meta's and write the same file. Where neither its folders nor its files name the "
        "product, the thread counts as Messenger's; only which SOPs govern the channel depends on it.",
        breaks=f'{{"participants": [{{"name": "CS"}}], {_META}}}',
        keeps=f'{{"participants": [{{"name": "CS"}}], {_META}, "thread_type": "Regular"}}',
    ),
)
