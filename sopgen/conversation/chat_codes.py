"""The codes of messengers and team chats. A snippet is the text of a file: TLG of Telegram, MET of Meta."""

from sopgen.base.code import Code

_ROWS = (
    '"messages": [{"id": 1, "type": "message", "date_unixtime": "1700000000", "from": "CS", "text": "halo"}'
)
_CHAT = f'"name": "Budi", "type": "personal_chat", "id": 7, {_ROWS}'
_META = '"messages": [{"sender_name": "CS", "timestamp_ms": 1700000000000, "content": "halo"}]'

CHAT_CODES = (
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
