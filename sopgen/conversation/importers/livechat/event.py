"""The events of a thread: messages, files, cards, forms, ratings, and what the system tells."""

from typing import Any

from sopgen.conversation.document.node import Node
from sopgen.conversation.importers.livechat.user import Users
from sopgen.conversation.model import Role
from sopgen.conversation.thread import Thread

_INTERNAL = ("agents", "agent")
_NOTICES: tuple[tuple[str, str, str], ...] = (
    ("archived", "close", ""),
    ("customer_banned", "close", "blocked"),
    ("transferred", "assign", "transferred"),
    ("unassigned", "other", ""),
    ("assigned", "assign", ""),
    ("agent_added", "join", ""),
    ("agent_joined", "join", ""),
    ("customer_added", "join", ""),
    ("agent_left", "leave", ""),
    ("agent_removed", "leave", ""),
    ("customer_removed", "leave", ""),
    ("chat_rated", "rating", ""),
    ("chat_commented", "rating_comment", ""),
)
"""What is in a system message's type, and what it means; the first that fits counts."""


def add_event(thread: Thread, event: Node, users: Users) -> None:
    """Add what an event of a thread says or tells."""
    author = event.text("author_id")
    at, role = event.get("created_at", "timestamp"), users.role(author)
    who: dict[str, Any] = {"role": role, "author": users.name(author)}
    seen = event.text("visibility") or event.text("recipients")
    is_internal = seen in _INTERNAL
    number = event.text("id")
    match event.text("type"):
        case "message":
            thread.say(event.text("text"), at=at, id=number, internal=is_internal, **who)
        case "file":
            files = [event.text("name", "url") or None]
            thread.say(event.text("text"), at=at, id=number, internal=is_internal, files=files, **who)
        case "rich_message":
            _add_rich(thread, event, is_internal=is_internal, **who)
        case "filled_form":
            thread.tell("form", at=at, text=_form(event), id=number, **who)
        case "form":
            thread.tell("form", at=at, text=_form(event), id=number, by=users.name(author))
        case "annotation":
            _add_annotation(thread, event, users)
        case "system_message":
            _add_notice(thread, event)
        case _:
            thread.tell("other", at=at, text=event.text("text"), id=number, by=users.name(author))


def _add_notice(thread: Thread, event: Node) -> None:
    kind = event.text("system_message_type")
    told = next(((name, action) for part, name, action in _NOTICES if part in kind), ("other", ""))
    told = ("other", "") if "cancel" in kind else told
    thread.tell(
        told[0],
        at=event.get("created_at", "timestamp"),
        text=event.text("text"),
        id=event.text("id"),
        by=event.text("text_vars.initiator", "text_vars.agent"),
        to=event.text("text_vars.targets", "text_vars.addedAgent", "text_vars.agent_added"),
        rating=event.text("text_vars.score"),
        action=told[1],
    )


def _add_rich(thread: Thread, event: Node, *, is_internal: bool, role: Role, author: str) -> None:
    elements = event.nodes("elements")
    lines = [each.text(key) for each in elements for key in ("title", "subtitle")]
    pictures = [each.text("image.name", "image.url") or None for each in elements if each.node("image")]
    thread.say(
        event.text("text") or "\n".join(filter(None, lines)),
        at=event.get("created_at", "timestamp"),
        role=role,
        author=author,
        id=event.text("id"),
        internal=is_internal,
        files=pictures,
        options=[
            button.text("text")
            for each in elements
            for button in each.nodes("buttons")
            if button.text("text")
        ],
    )


def _form(event: Node) -> str:
    return "\n".join(filter(None, (_field(each) for each in event.nodes("fields"))))


def _field(field: Node) -> str:
    """Return a field as "label answer", the answer being a text, one choice or several."""
    many = [each.text("label", "value") for each in field.nodes("answers", "answer")] or field.texts(
        "answers"
    )
    answer = field.text("answer", "answer.label", "answer.value") or ", ".join(filter(None, many))
    return f"{field.text('label', 'name', 'type')} {answer}".strip() if answer else ""


def _add_annotation(thread: Thread, event: Node, users: Users) -> None:
    rating = event.node("properties.rating")
    kind = event.text("annotation_type")
    who = event.text("author_id")
    thread.tell(
        "rating" if kind == "rating" else "other",
        at=event.get("created_at", "timestamp"),
        text=rating.text("comment.value", "comment") if kind == "rating" else event.text("text"),
        role=Role.CUSTOMER if kind == "rating" else Role.SYSTEM,
        author=(users.name(who) or users.customer) if kind == "rating" else "",
        id=event.text("id"),
        rating=rating.scalar("score.value", "score"),
    )
