"""A conversation while an importer puts it together: words and events in, a Conversation out.

    thread = desk.thread(id=node.text("id"), channel="webchat")
    thread.say("halo", at=1724139000, role=Role.CUSTOMER, author="Budi")
    thread.tell("close", at="2024-08-20T07:40:00Z", by="Rina")

Texts are cleaned, times read, messages sorted and told apart here, the same way for every platform.
"""

from collections.abc import Iterable
from datetime import timedelta, tzinfo
from typing import TYPE_CHECKING, Any

from sopgen.conversation.draft import MessageDraft, as_message
from sopgen.conversation.hypertext import text_of_html
from sopgen.conversation.model import SECOND, SPEAKING, Conversation, Kind, Message, Role
from sopgen.conversation.sequence import oldest_first, told_apart
from sopgen.conversation.speaker import name_of
from sopgen.conversation.text import clean

if TYPE_CHECKING:
    from sopgen.conversation.desk import Desk


_HIGHEST_CSAT = 1000
"""No scale goes further (our decision, 2026-11-22)."""


class Thread:
    """A conversation that is still written.

    `is_ticket`: words beside a file stay a text message, as in tickets and mail; in chats a file makes it
    media. `zone`: of local times, where the platform says which (else the desk asks). `in_order`: the order
    of the file stands; else messages are sorted by time, newest-first lists turned round.
    Fields with "" or None stay out of the conversation.
    """

    def __init__(
        self,
        desk: "Desk",
        *,
        id: str,  # noqa: A002 -- the field's name
        channel: str,
        is_ticket: bool = False,
        zone: tzinfo | None = None,
        in_order: bool = False,
        precision: timedelta = SECOND,
    ) -> None:
        self.id = id
        self.channel = channel
        self.subject = ""
        self.assignee = ""
        self.status = ""
        self.rating: Any = None
        self.csat: float | None = None
        self.team = desk.options.team
        self.category = ""
        self.priority = ""
        self.language = ""
        self.tags: Iterable[str] = ()
        self.opened_at: object = None
        self.closed_at: object = None
        self.details: dict[str, Any] = {}
        self._desk = desk
        self._is_ticket = is_ticket
        self._zone = zone
        self._in_order = in_order
        self._precision = precision
        self._messages: list[Message] = []
        self._seen: set[tuple[str, object, str]] = set()

    def __len__(self) -> int:
        """Return how many messages it has so far."""
        return len(self._messages)

    def strangers(self) -> tuple[str, ...]:
        """Return the names of all who speak where nobody is known to be an agent; () where somebody is."""
        spoken = [message for message in self._messages if message.kind in SPEAKING]
        if any(message.role is Role.AGENT for message in spoken):
            return ()
        return tuple({message.author: None for message in spoken if message.role is Role.CUSTOMER})

    def say(
        self,
        text: object,
        *,
        at: object,
        role: Role,
        author: object = "",
        id: object = "",  # noqa: A002 -- the field's name
        html: bool = False,
        internal: bool = False,
        files: Iterable[object] | None = (),
        **details: Any,
    ) -> None:
        """Add what somebody said. `files` are the names of what is attached, None for one without a name.

        `internal` makes it a note. `details` are edited, failed, options … as the canonical form has them;
        those that are None, False or empty are left out.
        """
        if self._desk.is_counting:
            return
        words = _words(text, html=html)
        names = [clean(str(each)) if each not in (None, "") else None for each in files or ()]
        if names:
            details["attachments"] = [{"name": name} for name in names]
        kind = Kind.MEDIA if names and not (self._is_ticket and words) else Kind.TEXT
        if internal:
            if kind is Kind.MEDIA:
                details["kind"] = kind.value
            kind = Kind.NOTE
        self._add(words, kind, details, at=at, role=role, author=author, name=id)

    def tell(
        self,
        event: str,
        *,
        at: object,
        text: object = "",
        role: Role = Role.SYSTEM,
        author: object = "",
        id: object = "",  # noqa: A002 -- the field's name
        **details: Any,
    ) -> None:
        """Add what happened: `event` is one of `sopgen.conversation.event.EVENTS`, `text` its sentence.

        `details` are by, to, rating, comment, and action (one of ACTIONS) where the event does not tell it:
        `tell("other", action="reopened", …)`.
        """
        if self._desk.is_counting:
            return
        told = {"event": event, **details}
        self._add(_words(text), Kind.EVENT, told, at=at, role=role, author=author, name=id)

    def conversation(self, position: str = "") -> Conversation:
        """Return the conversation; `position` is where its record stands in the file."""
        messages = self._messages if self._in_order else oldest_first(self._messages)
        details = {
            "subject": clean(self.subject),
            "assignee": clean(self.assignee),
            "status": self.status,
            "rating": self.rating,
            **self._desk.assumed(),
            **self.details,
        }
        return Conversation(
            id=clean(self.id),
            channel=self.channel,
            messages=tuple(told_apart(_numbered(messages))),
            source=self._desk.file.source,
            position=position,
            language=self.language,
            opened_at=self._desk.instant(self.opened_at, self._zone),
            closed_at=self._desk.instant(self.closed_at, self._zone),
            team=self.team,
            tags=tuple(dict.fromkeys(clean(tag) for tag in self.tags)),
            category=self.category,
            priority=self.priority,
            csat=_as_csat(self.csat),
            details=_without_nothing(details),
        )

    def take(self, other: "Thread") -> None:
        """Add the messages of another piece of the same conversation, and what it knows more of it."""
        for message in other._messages:  # noqa: SLF001 -- of the same class
            self._keep(message)
        for name in ("subject", "assignee", "status", "priority", "rating", "csat", "tags", "closed_at"):
            setattr(self, name, getattr(other, name) or getattr(self, name))
        self.opened_at = self.opened_at or other.opened_at
        if self.channel == "other":
            self.channel = other.channel
        self.details = {**self.details, **other.details}

    def _add(
        self,
        text: str,
        kind: Kind,
        details: dict[str, Any],
        *,
        at: object,
        role: Role,
        author: object,
        name: object,
    ) -> None:
        instant = self._desk.instant(at, self._zone)
        name = clean(str(name)) if name not in (None, "") else ""
        draft = MessageDraft()
        draft.id = name
        draft.at = instant
        draft.role = role
        draft.text = text
        draft.kind = kind
        draft.author = name_of(str(author)) if author not in (None, "") else ""
        draft.precision = self._precision
        draft.details = _without_nothing(details)
        self._keep(as_message(draft))

    def _keep(self, message: Message) -> None:
        """Append the message unless it is there already."""
        same = (message.id, message.at, message.text)
        if message.id and same in self._seen:
            self._desk.remark("JSN202", "messages that stand in the file twice counted once")
            return
        if message.id:
            self._seen.add(same)
        self._messages.append(message)


def _words(text: object, *, html: bool = False) -> str:
    if text is None:
        return ""
    return text_of_html(str(text)) if html else clean(str(text))


def _numbered(messages: Iterable[Message]) -> list[Message]:
    """Return the messages, those without an id called m1, m2 … by their place."""
    numbered = []
    for number, message in enumerate(messages, start=1):
        if not message.id:
            object.__setattr__(message, "id", f"m{number}")
        numbered.append(message)
    return numbered


def _as_csat(score: float | None) -> float | None:
    """Return the score as the canonical form has it; a number that is none (1e999) is left out."""
    return float(score) if score is not None and -_HIGHEST_CSAT <= score <= _HIGHEST_CSAT else None


def _without_nothing(details: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in details.items() if value is not None and not _is_nothing(value)}


def _is_nothing(value: Any) -> bool:
    """Return whether it says nothing; a rating of 0 says something."""
    return value is False or value in ("", [], ())
