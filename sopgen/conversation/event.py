"""What happens in a conversation besides words: the names that exports, people and checks use for it.

An importer writes the `event` of its platform's notice into a message's details (EVENTS), its sentence into
the text. Checks ask `happening_of`, which knows that, the one word that sopgen's own form uses, and the
sentence that a system may write there in its place ("blocked customer", "transferred: Claims").
"""

import functools
import re

from sopgen.conversation.model import Kind, Message
from sopgen.conversation.notice import read_notice

EVENTS = frozenset(
    {
        "notice", "join", "leave", "assign", "close", "rating", "rating_request", "rating_comment", "deleted",
        "call", "form", "reaction", "other",
    }
)  # fmt: skip
"""What `details["event"]` may be."""

ACTIONS = frozenset({"assigned", "transferred", "closed", "reopened", "blocked", "rated"})
"""What checks ask for; an event whose name does not tell it says so in `details["action"]`."""

_DENIED = re.compile(r"\b(?:not|never|un\w+|belum|tidak|batal)\b|\?", re.IGNORECASE)
_CHAT = r"chat|conversation|ticket|case|room|session|percakapan|obrolan|tiket|sesi"
_WRITER = r"customer|client|user|visitor|contact|member|sender|pelanggan|pengguna|pengunjung|kontak"
_SURE = {
    "blocked": r"^\s*\S+\s*$"
    rf"|^\s*(?:blocked|banned|muted) (?:the |this )?(?:{_WRITER})\b"
    rf"|^\s*(?:{_WRITER})\b.{{0,30}}\b(?:blocked|banned|muted|diblokir|dibisukan)"
    rf"|\b(?:memblokir|membisukan) (?:nomor )?(?:{_WRITER})\b",
    "closed": rf"^\s*(?:auto[- ])?(?:closed|resolved|ended|archived|ditutup|selesai)\b|\b(?:{_CHAT})\b",
    "transferred": rf"^\s*(?:transferred|handed over|dialihkan|diteruskan|dipindahkan)\b|\b(?:{_CHAT})\b",
    "reopened": rf"^\s*(?:re-?opened|dibuka kembali)\b|\b(?:{_CHAT})\b",
}
"""What a sentence must hold for such an action to be believed: that it is about the chat, or who wrote it."""

_MEANINGS = {"assign": "assigned", "close": "closed", "rating": "rated"}


def happening_of(message: Message) -> str:
    """Return the action that an event message is (one of ACTIONS), else its text; "" when no event."""
    if message.kind is not Kind.EVENT:
        return ""
    details, text = message.details, message.text
    if details and (action := details.get("action") or _MEANINGS.get(str(details.get("event")))):
        return str(action)
    return text if text in ACTIONS or "event" in details else _told_by(text)


@functools.lru_cache(maxsize=1 << 10)
def _told_by(sentence: str) -> str:
    notice = read_notice(sentence)
    action = notice.action or _MEANINGS.get(notice.event, "")
    if not action or _DENIED.search(sentence):
        return sentence
    sure = _SURE.get(action)
    return action if sure is None or re.search(sure, sentence, re.IGNORECASE) else sentence
