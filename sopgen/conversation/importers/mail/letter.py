"""One mail: who sent it, when, what it answers, and what its sender wrote."""

import email
import email.policy
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.errors import HeaderParseError, MessageError
from email.header import decode_header
from email.message import Message
from email.parser import BytesHeaderParser
from email.utils import parseaddr, parsedate_to_datetime
from typing import TYPE_CHECKING

from sopgen.conversation.hypertext import text_of_html
from sopgen.conversation.importer import UnreadableError
from sopgen.conversation.importers.mail.charset import decoded
from sopgen.conversation.importers.mail.reply import own_words
from sopgen.conversation.text import clean

if TYPE_CHECKING:
    from sopgen.conversation.desk import Desk

_OLE = b"\xd0\xcf\x11\xe0"
_ID = re.compile(r"<[^<>\s]{1,900}>")
_BULK = frozenset({"auto_reply", "bulk", "junk"})
_MOST_PARTS = 2000
_BROKEN = (MessageError, ValueError, LookupError, TypeError, AttributeError, RecursionError)
"""What the standard library's parser raises on mails that no program should have written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Headers:
    """What threads go by: ids with their angle brackets, references root first."""

    id: str
    references: tuple[str, ...]
    subject: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A mail as far as a conversation needs it."""

    id: str
    at: datetime | None
    name: str
    address: str
    subject: str
    text: str
    files: tuple[str | None, ...]
    is_automatic: bool
    position: str


def headers_of(raw: bytes) -> Headers:
    """Return the headers of a mail; UnreadableError ML101 when it has none."""
    with_headers = _outlook(raw) if raw.startswith(_OLE) else _parsed_headers(raw)
    return _headers(with_headers)


def letter_of(raw: bytes, position: str, desk: "Desk") -> Letter:
    """Return the mail; UnreadableError ML101 where it cannot be read."""
    try:
        message = _outlook(raw) if raw.startswith(_OLE) else email.message_from_bytes(raw)
        headers = _headers(message)
        name, address = parseaddr(_text(message, "From"))
        _need_sender(name or address)
        text, files = _content(message)
        return Letter(
            id=headers.id,
            at=_date(message) or desk.instant(None),
            name=clean(name),
            address=address.lower(),
            subject=headers.subject,
            text=own_words(text),
            files=files,
            is_automatic=_is_automatic(message),
            position=position,
        )
    except UnreadableError:
        raise
    except _BROKEN as error:
        raise UnreadableError("ML101", f"no mail that can be read: {error}", "export it again") from error


def _need_sender(sender: str) -> None:
    if not sender:
        raise UnreadableError("ML101", "a mail without a sender", "export it again")


def _parsed_headers(raw: bytes) -> Message:
    try:
        return BytesHeaderParser(policy=email.policy.compat32).parsebytes(raw)
    except _BROKEN as error:
        raise UnreadableError("ML101", f"no mail that can be read: {error}", "export it again") from error


def _outlook(raw: bytes) -> Message:
    from sopgen.conversation.importers.mail.outlook import message_of  # noqa: PLC0415 -- only for .msg

    return message_of(raw)


def _headers(message: Message) -> Headers:
    ids = _ID.findall(_text(message, "Message-ID"))
    answered = _ID.findall(_text(message, "References")) + _ID.findall(_text(message, "In-Reply-To"))[:1]
    own = ids[0] if ids else ""
    references = tuple(dict.fromkeys(each for each in answered if each != own))
    return Headers(id=own, references=references, subject=clean(_text(message, "Subject")))


def _text(message: Message, name: str) -> str:
    """Return a header in plain characters, on one line; "" without."""
    value = message.get(name)
    if value is None:
        return ""
    try:
        parts = decode_header(value)
    except (HeaderParseError, ValueError, LookupError):
        return " ".join(str(value).split())
    words = (each if isinstance(each, str) else decoded(each, charset or "") for each, charset in parts)
    return " ".join("".join(words).split())


def _date(message: Message) -> datetime | None:
    """Return when it was sent: its Date, else when a server received it."""
    written = [
        _text(message, "Date"),
        *(str(each).rpartition(";")[2] for each in message.get_all("Received", [])),
    ]
    for each in written:
        try:
            found = parsedate_to_datetime(each)
            return found if found.tzinfo else found.replace(tzinfo=UTC)
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
    return None


def _is_automatic(message: Message) -> bool:
    """Return whether a machine sent it (RFC 3834, and what came before)."""
    said = _text(message, "Auto-Submitted").partition(";")[0].strip().casefold()
    if said and said != "no":
        return True
    if _text(message, "Precedence").casefold() in _BULK or message.get_content_type() == "multipart/report":
        return True
    if any(message.get(name) is not None for name in ("X-Autoreply", "X-Autorespond", "X-Auto-Reply-From")):
        return True
    return _text(message, "From").casefold().startswith("mailer-daemon")


def _content(message: Message) -> tuple[str, tuple[str | None, ...]]:
    """Return the words of the mail, plain before HTML, and the names of its files."""
    plain: list[str] = []
    html: list[str] = []
    files: list[str | None] = []
    for part in _leaves(message, 0):
        kind = part.get_content_type()
        name = _file_name(part)
        if _is_file(part, kind, name):
            files.append(name)
        elif kind == "text/html":
            html.append(text_of_html(_payload(part)))
        elif kind.startswith("text/") or not message.is_multipart():
            plain.append(_flowed(part))
    words = "\n".join(plain)
    return (words if words.strip() else "\n".join(html)), tuple(files)


def _leaves(message: Message, depth: int) -> Iterator[Message]:
    """Yield the parts that hold something; a mail in the mail is a file."""
    parts = message.get_payload() if message.is_multipart() else None
    if not isinstance(parts, list) or message.get_content_type() == "message/rfc822" or depth > 50:
        yield message
        return
    for part in parts[:_MOST_PARTS]:
        if isinstance(part, Message):
            yield from _leaves(part, depth + 1)


def _is_file(part: Message, kind: str, name: str | None) -> bool:
    """Return whether a part is a file to its reader; pictures of a signature are not."""
    shown = (part.get_content_disposition() or "") == "inline" or part.get("Content-ID") is not None
    if part.get_content_disposition() == "attachment" or kind == "message/rfc822":
        return True
    if kind.startswith("text/") and not name:
        return False
    return not (shown and kind.startswith("image/")) and (
        bool(name) or not kind.startswith(("text/", "multipart/"))
    )


def _file_name(part: Message) -> str | None:
    name = part.get_filename()
    if not name:
        return None
    try:
        parts = decode_header(name)
    except (HeaderParseError, ValueError, LookupError):
        return clean(name)
    return clean(
        "".join(each if isinstance(each, str) else decoded(each, charset or "") for each, charset in parts)
    )


def _payload(part: Message) -> str:
    raw = part.get_payload(decode=True)
    if isinstance(raw, bytes):
        return decoded(raw, part.get_content_charset() or "")
    return str(part.get_payload())


def _flowed(part: Message) -> str:
    """Return a plain text with its soft line ends joined (RFC 3676)."""
    text = _payload(part).replace("\r\n", "\n")
    if str(part.get_param("format", "")).casefold() != "flowed":
        return text
    glue = "" if str(part.get_param("delsp", "")).casefold() == "yes" else " "
    lines: list[str] = []
    soft = False
    for line in text.split("\n"):
        bare = line[1:] if line.startswith(" ") else line
        if soft and not bare.startswith(">"):
            lines[-1] += glue + bare.rstrip(" ") if bare.endswith(" ") else glue + bare
        else:
            lines.append(bare.rstrip(" ") if bare != "-- " else bare)
        soft = bare.endswith(" ") and bare != "-- " and not bare.startswith(">")
    return "\n".join(lines)
