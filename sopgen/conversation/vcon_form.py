"""Conversations as vCon containers: what was said as dialogs, findings as analysis. Written, not read.

`read` of the vcon importer gives back what is written here: what a vCon has no place for (events, tags, the
conversation's own id, details) stands in an attachment of purpose `sopgen`, which other readers pass over.
"""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from sopgen import __version__
from sopgen.conversation.canonical_form import write_record
from sopgen.conversation.model import Conversation, Kind, Message

VERSION = "0.4.0"
"""The version of the container (draft-ietf-vcon-vcon-core-02, January 2026)."""

PURPOSE = "sopgen"


def write_vcon(conversation: Conversation, findings: Iterable[Mapping[str, Any]] = ()) -> dict[str, Any]:
    """Return the container as a JSON object; `findings` are records as `findings.jsonl` holds them."""
    record = write_record(conversation)
    started = conversation.started_at()
    parties, places = _parties(conversation.messages)
    said = [message for message in conversation.messages if message.kind is not Kind.EVENT]
    written: dict[str, Any] = {
        "vcon": VERSION,
        "uuid": uuid_of(conversation),
        "created_at": started.isoformat() if started else None,
        "subject": conversation.details.get("subject"),
        "parties": parties,
        "dialog": [_dialog(message, places[_party(message)]) for message in said],
        "attachments": [_kept(record, conversation)],
    }
    numbers = {message.id: number for number, message in enumerate(said)}
    analysis = [_analysis(finding, numbers) for finding in findings]
    if analysis:
        written["analysis"] = analysis
    return {key: value for key, value in written.items() if value is not None}


def uuid_of(conversation: Conversation) -> str:
    """Return the conversation's id if it is a UUID, else one that is always the same for it."""
    try:
        return str(UUID(conversation.id))
    except ValueError:
        return str(uuid5(NAMESPACE_URL, f"sopgen:{conversation.channel}/{conversation.id}"))


def _party(message: Message) -> tuple[str, str]:
    return message.role.value, message.author


def _parties(messages: Iterable[Message]) -> tuple[list[dict[str, str]], dict[tuple[str, str], int]]:
    """Return the parties in the order in which they spoke, and the place of each."""
    places: dict[tuple[str, str], int] = {}
    for message in messages:
        if message.kind is not Kind.EVENT:
            places.setdefault(_party(message), len(places))
    parties = [{"name": name, "role": role} if name else {"role": role} for role, name in places]
    return parties, places


def _dialog(message: Message, party: int) -> dict[str, Any]:
    files = message.details.get("attachments") or [{}]
    written: dict[str, Any] = {
        "type": "text",
        "start": message.at.isoformat() if message.at else None,
        "parties": [party],
        "originator": party,
        "mediatype": "text/plain",
        "body": message.text,
        "encoding": "none",
        "filename": files[0].get("name") if isinstance(files[0], Mapping) else None,
    }
    return {key: value for key, value in written.items() if value is not None}


def _kept(record: Mapping[str, Any], conversation: Conversation) -> dict[str, Any]:
    """Return the attachment that holds the canonical form."""
    started = conversation.started_at()
    return {
        "purpose": PURPOSE,
        "start": started.isoformat() if started else None,
        "mediatype": "application/json",
        "encoding": "json",
        "body": dict(record),
    }


def _analysis(finding: Mapping[str, Any], numbers: Mapping[str, int]) -> dict[str, Any]:
    """Return a finding as an analysis of the dialogs that it names."""
    places = [numbers[each] for each in finding["message_ids"] if each in numbers]
    body = {key: value for key, value in finding.items() if key not in ("context", "customers")}
    return {
        "type": "sopgen-finding",
        "dialog": places,
        "vendor": "sopgen",
        "product": f"sopgen {__version__}",
        "mediatype": "application/json",
        "encoding": "json",
        "body": body,
    }
