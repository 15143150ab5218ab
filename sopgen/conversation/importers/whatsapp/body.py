"""What a message is: words, a file, an edit, a deletion, a call, or a notice of WhatsApp's own.

Words come tidied (`sopgen.conversation.text.tidy`), with an iPhone's MARK before WhatsApp's own words.
"""

from typing import Any

from sopgen.conversation.importers.whatsapp import phrase
from sopgen.conversation.model import Kind
from sopgen.conversation.text import MARK, composed

_LONGEST_FIXED = 120


Said = tuple[str, Kind, dict[str, Any]]
"""A message's clean text, its kind, and its details."""


def said(words: str) -> Said:
    """Return what a speaker's words are."""
    text = composed(words.strip())
    if MARK in words:
        return _special(text.replace(MARK, "").strip(), words)
    if text in phrase.PLACEHOLDERS:
        return "", Kind.MEDIA, {"attachments": [{"name": None}]}
    return (text, Kind.TEXT, {}) if _is_plain(text) else _special(text, words)


def notice(sentence: str) -> Said:
    """Return a sentence of WhatsApp's own as an event: notice, join, leave or call."""
    text = composed(sentence.replace(MARK, "").strip())
    if phrase.CALL.fullmatch(text):
        return text, Kind.EVENT, {"event": "call"}
    if phrase.UNMISTAKABLE.match(text) or not phrase.NOTICE.match(text):
        return text, Kind.EVENT, {"event": "notice"}
    if phrase.BLOCK.match(text):
        return text, Kind.EVENT, {"event": "notice", "action": "blocked"}
    join, leave = phrase.JOIN.search(text), phrase.LEAVE.search(text)
    return text, Kind.EVENT, {"event": "join" if join else "leave" if leave else "notice"}


def is_notice(words: str) -> bool:
    """Return whether words behind a name are WhatsApp's own all the same."""
    text = words.lstrip()
    bare = text.lstrip(MARK)
    if bare[:4].casefold() in phrase.UNMISTAKABLE_STARTS and phrase.UNMISTAKABLE.match(bare):
        return True
    return text.startswith(MARK) and phrase.NOTICE.match(bare) is not None


def _is_plain(text: str) -> bool:
    """Return whether the text is surely nothing but words."""
    if "<" in text or " (file " in text or text.endswith(phrase.OMITTED_ENDS):
        return False
    return text[:1] not in phrase.DELETED_STARTS or not _is_fixed(text)


def _is_fixed(text: str) -> bool:
    """Return whether the text is one of WhatsApp's own sentences that nothing marks."""
    return text == "null" or _is_deleted(text)


def _is_deleted(text: str) -> bool:
    if len(text) > _LONGEST_FIXED:
        return False
    sentence = text.rstrip(".").casefold()
    if sentence in phrase.DELETED:
        return True
    return " admin " in sentence and phrase.DELETED_BY_ADMIN.fullmatch(sentence) is not None


def _special(text: str, words: str) -> Said:
    """Return the message, which may be more than words: deleted, a call, edited, a file."""
    if _is_deleted(text):
        return text, Kind.EVENT, {"event": "deleted"}
    if words.lstrip().startswith(MARK) and phrase.CALL.fullmatch(text):
        return text, Kind.EVENT, {"event": "call"}
    unedited = _without_edit_mark(text)
    details: dict[str, Any] = {"edited": True} if unedited != text else {}
    media = _media(unedited, words)
    if media is not None:
        caption, name = media
        return caption, Kind.MEDIA, details | {"attachments": [{"name": name}]}
    return unedited, Kind.TEXT, details


def _without_edit_mark(text: str) -> str:
    if not text.endswith(">"):
        return text
    before, opened, last = text.rpartition("<")
    return before.rstrip() if (opened + last).casefold() in phrase.EDITED else text


def _media(text: str, words: str) -> tuple[str, str | None] | None:
    """Return caption and file name (None: not told) of a message with a file, else None."""
    if text == "null":  # view-once media, and what the phone could not show
        return "", None
    tag = phrase.ATTACHED_TAG.search(text) if "<" in text else None
    if tag is not None:
        around = f"{text[: tag.start()].rstrip()}\n{text[tag.end() :].lstrip()}".strip()
        return _without_pages(around), tag[1].strip()
    first, _, rest = text.partition("\n")
    attached = phrase.ATTACHED_LINE.fullmatch(first) if first.endswith((")", ">")) else None
    if attached is not None:
        return rest.strip(), attached[1]
    return _omitted(words, first, rest)


def _omitted(words: str, first: str, rest: str) -> tuple[str, str | None] | None:
    """Return caption and file name of a placeholder: the whole first line, or marked at the end."""
    if first.endswith(phrase.OMITTED_ENDS) and phrase.OMITTED.fullmatch(first):
        return rest.strip(), None
    before, mark, last = words.rpartition(MARK)
    if not mark or not phrase.OMITTED.fullmatch(last.strip()):
        return None
    caption = before.replace(MARK, "").strip()
    pages = phrase.PAGES.match(caption)
    return _without_pages(caption), pages[1] if pages else None


def _without_pages(caption: str) -> str:
    return phrase.PAGES.sub("", caption, count=1).strip()
