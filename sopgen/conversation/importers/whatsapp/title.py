"""What a WhatsApp file is called after: the person or group at the other end."""

import unicodedata
from pathlib import PurePath

from sopgen.conversation.importers.whatsapp.phrase import TITLE
from sopgen.conversation.text import clean

_PLAIN = "_chat"


def title_of(*names: str) -> str:
    """Return the chat's title from the first name (of entry, file or folder) that has one, else ""."""
    for name in names:
        found = TITLE.fullmatch(_stem(name))
        if found is not None:
            return found[1].strip()
    return ""


def id_of(title: str, *names: str) -> str:
    """Return the conversation's id: the title, else the first stem that is not just _chat."""
    stems = [_stem(name) for name in names]
    return title or next((stem for stem in stems if stem not in ("", _PLAIN)), _PLAIN)


def _stem(name: str) -> str:
    """Return the last part of a name without its .txt or .zip, in NFC; dots in a title stay."""
    last = PurePath(name.replace("\\", "/")).name
    for suffix in (".txt", ".zip"):
        if last.lower().endswith(suffix):
            last = last[: -len(suffix)]
    return clean(unicodedata.normalize("NFC", last))
