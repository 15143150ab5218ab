"""What stands behind a stamp: who says it, and what it is: words, a file, an edit, a deletion, a notice."""

from typing import Any, NamedTuple

from sopgen.conversation.importers.whatsapp import phrase
from sopgen.conversation.model import Kind
from sopgen.conversation.text import clean

MARK = "\u200e"
"""What iPhones put before words that WhatsApp writes itself."""

_LONGEST_NAME = 120
_LONGEST_FIXED = 120


class Said(NamedTuple):
    """A message's clean text, its kind, and its details."""

    text: str
    kind: Kind
    details: dict[str, Any]


def sender_of(body: str) -> tuple[str, str]:
    """Return the name before the first colon and the words after it; "" as name when there can be none."""
    name, colon, words = body.partition(":")
    if not colon or not name.strip() or len(name) > _LONGEST_NAME or "\n" in name or words.startswith("//"):
        return "", body
    return name, words


def said(words: str) -> Said:
    """Return what a speaker's words are."""
    text = clean(words)
    if MARK in words or "<" in text or " (" in text or text.endswith(phrase.OMITTED_ENDS) or _is_fixed(text):
        return _special(text, words)
    return Said(text, Kind.TEXT, {})


def notice(sentence: str) -> Said:
    """Return a sentence of WhatsApp's own as an event: notice, join, leave or call."""
    text = clean(sentence)
    if phrase.CALL.fullmatch(text):
        return Said(text, Kind.EVENT, {"event": "call"})
    if phrase.UNMISTAKABLE.match(text) or not phrase.NOTICE.match(text):
        return Said(text, Kind.EVENT, {"event": "notice"})
    if phrase.BLOCK.match(text):
        return Said(text, Kind.EVENT, {"event": "notice", "action": "blocked"})
    join, leave = phrase.JOIN.search(text), phrase.LEAVE.search(text)
    return Said(text, Kind.EVENT, {"event": "join" if join else "leave" if leave else "notice"})


def is_notice(words: str) -> bool:
    """Return whether words behind a name are WhatsApp's own all the same."""
    text = words.lstrip()
    if phrase.UNMISTAKABLE.match(text.lstrip(MARK)):
        return True
    return text.startswith(MARK) and phrase.NOTICE.match(text.lstrip(MARK)) is not None


def _is_fixed(text: str) -> bool:
    return len(text) < _LONGEST_FIXED and (text == "null" or _is_deleted(text))


def _special(text: str, words: str) -> Said:
    """Return the message, which may be more than words: deleted, a call, edited, a file."""
    if _is_deleted(text):
        return Said(text, Kind.EVENT, {"event": "deleted"})
    if words.lstrip().startswith(MARK) and phrase.CALL.fullmatch(text):
        return Said(text, Kind.EVENT, {"event": "call"})
    unedited = _without_edit_mark(text)
    details: dict[str, Any] = {"edited": True} if unedited != text else {}
    media = _media(unedited, words)
    if media is not None:
        caption, name = media
        return Said(caption, Kind.MEDIA, details | {"attachments": [{"name": name}]})
    return Said(unedited, Kind.TEXT, details)


def _without_edit_mark(text: str) -> str:
    before, opened, last = text.rpartition("<")
    return before.rstrip() if (opened + last).casefold() in phrase.EDITED else text


def _is_deleted(text: str) -> bool:
    sentence = text.rstrip(".").casefold()
    return sentence in phrase.DELETED or phrase.DELETED_BY_ADMIN.fullmatch(text) is not None


def _media(text: str, words: str) -> tuple[str, str | None] | None:
    """Return caption and file name (None: not told) of a message with a file, else None."""
    if text == "null":  # view-once media, and what the phone could not show
        return "", None
    tag = phrase.ATTACHED_TAG.search(text)
    if tag is not None:
        return _without_pages(_around(text, tag.start(), tag.end())), tag[1].strip()
    first, _, rest = text.partition("\n")
    for pattern in (phrase.ATTACHED_LINE, phrase.ATTACHED_OLD):
        attached = pattern.fullmatch(first)
        if attached is not None:
            return rest.strip(), attached[1]
    return _omitted(words, first, rest)


def _omitted(words: str, first: str, rest: str) -> tuple[str, str | None] | None:
    """Return caption and file name of a placeholder: the whole first line, or marked at the end."""
    if phrase.OMITTED.fullmatch(first):
        return rest.strip(), None
    before, mark, last = words.rpartition(MARK)
    if not mark or not phrase.OMITTED.fullmatch(clean(last)):
        return None
    pages = phrase.PAGES.match(clean(before))
    return _without_pages(clean(before)), pages[1] if pages else None


def _around(text: str, start: int, end: int) -> str:
    return f"{text[:start].rstrip()}\n{text[end:].lstrip()}".strip()


def _without_pages(caption: str) -> str:
    return phrase.PAGES.sub("", caption, count=1).strip()
