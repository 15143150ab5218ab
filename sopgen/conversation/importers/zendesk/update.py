"""What one update of a ticket adds: a comment, a change of assignee or status, a rating."""

from collections.abc import Mapping
from types import MappingProxyType

from sopgen.conversation.document.node import Node
from sopgen.conversation.hypertext import unescaped
from sopgen.conversation.importers.zendesk.people import SYSTEM, People
from sopgen.conversation.model import Role
from sopgen.conversation.thread import Thread

UNRATED = ("offered", "unoffered")
"""Scores of tickets that nobody has rated."""

_FIELDS = ("assignee_id", "status")
"""The fields whose changes are told."""

_NOTHING = Node({})
_NO_COMMENTS: Mapping[tuple[str, str], Node] = MappingProxyType({})
_AUTOMATIC = ("rule", "trigger", "automation")
_DONE = ("solved", "closed")
_VOICE = ("VoiceComment", "TpeVoiceComment")


def add_all(thread: Thread, comments: list[Node], audits: list[Node], people: People) -> None:
    """Add comments and audits; a comment that an audit repeats stands where it stands there, once."""
    by_audit = {comment.text("audit_id"): comment for comment in comments if comment.text("audit_id")}
    by_id = {comment.text("id"): comment for comment in comments}
    placed: dict[tuple[str, str], Node] = {}
    for audit in audits:
        for event in filter(is_comment, audit.nodes("events")):
            comment = by_audit.get(audit.text("id")) or by_id.get(event.text("id"))
            if comment is not None:
                placed[audit.text("id"), event.text("id")] = comment
    seen = {id(comment) for comment in placed.values()}
    for comment in comments:
        if id(comment) not in seen:
            add_comment(thread, comment, people)
    for audit in audits:
        add_audit(thread, audit, people, placed)


def add_comment(thread: Thread, comment: Node, people: People, audit: Node = _NOTHING) -> None:
    """Add a comment; what it does not say itself is said by the audit that it stands in."""
    author = author_of(comment) or author_of(audit)
    people.know(comment.node("author"))
    name = people.name(author) or comment.text("author.name")
    at = comment.get("created_at") or audit.get("created_at", "timestamp")
    text, html = _words(comment)
    if _kind(comment) in _VOICE or comment.has("data.call_duration"):
        thread.tell("call", at=at, text=text, id=comment.text("id"), by=people.name(author))
        return
    role = people.role(author, comment.text("author.role"))
    if (comment.text("via.channel") or audit.text("via.channel")) in _AUTOMATIC and author != SYSTEM:
        role = Role.BOT
    thread.say(
        text,
        at=at,
        role=role,
        author=name,
        id=comment.text("id"),
        html=html,
        internal=_is_internal(comment),
        files=[each.text("file_name", "filename", "name") for each in comment.nodes("attachments")],
    )


def _words(comment: Node) -> tuple[str, bool]:
    """Return the comment's words, and whether they are HTML."""
    plain = comment.text("plain_body")
    if plain:
        return plain.replace("&nbsp;", " "), False
    body = comment.text("body")
    return (unescaped(body), False) if body else (comment.text("html_body"), True)


def _is_internal(comment: Node) -> bool:
    """Return whether the customer never saw it; one that does not say is public, as in Zendesk."""
    for key in ("public", "is_public", "comment_public"):
        if comment.has(key):
            return comment.get(key) is not None and not comment.flag(key)
    return False


def add_audit(
    thread: Thread, audit: Node, people: People, placed: Mapping[tuple[str, str], Node] = _NO_COMMENTS
) -> None:
    """Add what happened in one update; `placed` are the comments that stand in full beside the audits."""
    for event in audit.nodes("events", "child_events"):
        kind = _kind(event)
        if is_comment(event):
            comment = placed.get((audit.text("id"), event.text("id")), event)
            add_comment(thread, comment, people, audit)
        elif kind == "SatisfactionRating":
            _add_rating(thread, event, audit, people)
        elif kind in ("Change", "Create"):
            _add_change(thread, event, audit, people)


def _kind(event: Node) -> str:
    return event.text("event_type", "type")


def author_of(holder: Node) -> str:
    """Return the id of who wrote a comment or made an update."""
    return holder.text("author_id", "author.id", "updater_id")


def is_comment(event: Node) -> bool:
    """Return whether the event of an update is a comment with words."""
    return _kind(event) in ("Comment", *_VOICE) and bool(event.text("body", "plain_body", "html_body"))


def _add_rating(thread: Thread, event: Node, audit: Node, people: People) -> None:
    at, score = audit.get("created_at", "timestamp"), event.text("score")
    author = author_of(audit)
    if score in UNRATED:
        if score == "offered":
            thread.tell("rating_request", at=at, by=people.name(author))
        return
    author = author if people.role(author) is Role.CUSTOMER else people.requester
    text = event.text("body", "comment")
    thread.tell(
        "rating", at=at, text=text, role=Role.CUSTOMER, author=people.name(author), rating=score or None
    )


def _add_change(thread: Thread, event: Node, audit: Node, people: People) -> None:
    field = event.text("field_name") or next((key for key in _FIELDS if event.has(key)), "")
    value, before = event.text("value", field or "value"), event.text("previous_value")
    told = {"at": audit.get("created_at", "timestamp"), "by": people.name(author_of(audit))}
    if field == "assignee_id" and value:
        thread.tell("assign", to=people.name(value), action="transferred" if before else None, **told)
    elif field == "status" and value in _DONE:
        if before not in _DONE:
            thread.tell("close", **told)
    elif field == "status" and before in _DONE:
        thread.tell("other", action="reopened", **told)
