"""Outlook's .msg as a mail of the standard library: its headers as they came, or as Outlook keeps them."""

import io
import struct
from datetime import datetime
from email.message import Message
from email.utils import format_datetime, formataddr
from typing import Any

from sopgen.conversation.importer import UnreadableError

_BROKEN = (
    OSError,
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    RecursionError,
    struct.error,
    AssertionError,
)
_ID, _ANSWERED, _REFERENCES = 0x1035, 0x1042, 0x1039
_SENDER_ADDRESS, _SENDER_NAME = 0x5D01, 0x0C1A
_ZERO_YEAR = 1601


def message_of(raw: bytes) -> Message:
    """Return the mail; UnreadableError ML101 when it cannot be read."""
    try:
        return _rebuilt(raw)
    except _BROKEN as error:
        reason = f"no Outlook message that can be read: {error}"
        raise UnreadableError("ML101", reason, "save it again from Outlook") from error
    except Exception as error:
        if type(error).__module__.partition(".")[0] not in ("olefile", "oxmsg"):
            raise
        raise UnreadableError(
            "ML101", f"a damaged Outlook message: {error}", "save it again from Outlook"
        ) from error


def _rebuilt(raw: bytes) -> Message:
    import oxmsg  # noqa: PLC0415 -- only for .msg

    stored: Any = oxmsg.Message.load(io.BytesIO(raw))
    mail = Message()
    headers = {str(name).casefold(): str(value) for name, value in dict(stored.message_headers).items()}
    known = stored.properties
    sender = known.str_prop_value(_SENDER_ADDRESS)
    kept = {
        "From": headers.get("from")
        or stored.sender
        or formataddr((known.str_prop_value(_SENDER_NAME), sender)),
        "Subject": stored.subject,
        "Message-ID": headers.get("message-id") or known.str_prop_value(_ID),
        "In-Reply-To": headers.get("in-reply-to") or known.str_prop_value(_ANSWERED),
        "References": headers.get("references") or known.str_prop_value(_REFERENCES),
        "Date": headers.get("date") or _written(stored.sent_date),
    }
    kept |= {
        name: headers.get(name.casefold(), "") for name in ("Auto-Submitted", "Precedence", "X-Autoreply")
    }
    for name, value in kept.items():
        if value:
            mail[name] = " ".join(str(value).split())
    return _with_body(mail, stored)


def _written(sent: datetime | None) -> str:
    """Return a date as mails write it; Outlook's zero, the year 1601, is none."""
    return format_datetime(sent) if sent is not None and sent.year > _ZERO_YEAR else ""


def _with_body(mail: Message, stored: Any) -> Message:
    """Return the mail with its words, and a part for each file."""
    kind, text = ("text/plain", stored.body) if stored.body else ("text/html", stored.html_body or "")
    if not stored.attachment_count:
        _fill(mail, kind, text)
        return mail
    mail["Content-Type"] = "multipart/mixed"
    words = Message()
    _fill(words, kind, text)
    mail.attach(words)
    for attachment in stored.attachments:
        part = Message()
        part.add_header("Content-Type", "application/octet-stream")
        part.add_header("Content-Disposition", "attachment", filename=str(attachment.file_name or ""))
        part.set_payload("")
        mail.attach(part)
    return mail


def _fill(part: Message, kind: str, text: str) -> None:
    """Give a part its words, as bytes in the way in which the standard library holds them."""
    part.add_header("Content-Type", kind, charset="utf-8")
    part["Content-Transfer-Encoding"] = "8bit"
    part.set_payload(text.encode("utf-8", errors="replace").decode("ascii", errors="surrogateescape"))
