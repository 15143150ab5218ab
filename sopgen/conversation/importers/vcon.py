"""vCon, the conversation container of the IETF: parties, dialog, analysis, attachments in one JSON object.

Read are the dialogs of type text, and what else happened as media or events; a body may be plain, base64url
or JSON. Who is staff is the `role` of a party where one is written, else the options'. A signed or encrypted
container (JWS, JWE) must be opened first.
"""

import base64
import binascii
import json
from collections.abc import Iterator

from sopgen.base.diagnostic import Report
from sopgen.conversation.canonical_form import read_record
from sopgen.conversation.desk import Desk
from sopgen.conversation.document.glimpse import sniffed
from sopgen.conversation.document.node import Node
from sopgen.conversation.document.record import Record, records_of
from sopgen.conversation.importer import ExportFile, Head, Sniff
from sopgen.conversation.line import Tick
from sopgen.conversation.model import Reading, Role, SetAside
from sopgen.conversation.options import ImportOptions
from sopgen.conversation.thread import Thread
from sopgen.conversation.vcon_form import PURPOSE
from sopgen.conversation.vocabulary import role_called

_LISTS = ("vcons",)


def sniff(head: Head) -> Sniff:
    """Return how sure it is: a version, parties and dialogs."""
    return sniffed(
        head, 95, "an object with a vCon version and parties", "vcon parties", "vcon dialog", "vcons[].vcon"
    )


def read(file: ExportFile, options: ImportOptions, report: Report, tick: Tick) -> Iterator[Reading]:
    """Yield the conversation of each container; what sopgen wrote comes back as it was."""
    desk = Desk(file, options, report)
    for record in records_of(file, tick, lists=_LISTS):
        kept = _kept(record.value) if isinstance(record, Record) else None
        if isinstance(record, SetAside):
            yield record
        elif kept is not None:
            yield read_record(kept, source=file.source, position=record.position)
        else:
            yield from desk.readings(record, _threads)


def _kept(record: object) -> object | None:
    """Return the canonical form that sopgen put into the container, None without."""
    attachments = Node(record).nodes("attachments")
    held = (each.get("body") for each in attachments if each.text("purpose") == PURPOSE)
    return next((body for body in held if isinstance(body, dict)), None)


def _threads(record: Node, origin: Record, desk: Desk) -> Iterator[Thread]:  # noqa: ARG001 -- the shape of a Convert
    if not record.has("dialog") or not record.has("vcon"):
        return
    parties = record.nodes("parties")
    if not any(role_called(party.text("role")) for party in parties):
        desk.need_staff(party.text("name", "mailto", "tel") for party in parties)
    thread = desk.thread(id=record.text("uuid"), channel=_channel(record), is_ticket=True)
    thread.subject = record.text("subject")
    thread.tags = _tags(record)
    for dialog in record.nodes("dialog"):
        _add(thread, dialog, parties, desk)
    yield thread


def _add(thread: Thread, dialog: Node, parties: list[Node], desk: Desk) -> None:
    party = _originator(dialog, parties)
    name = party.text("name", "mailto", "tel", "uuid")
    role = desk.role(role_called(party.text("role")), *(party.text(key) for key in ("name", "mailto", "tel")))
    at, name_of_file = dialog.get("start"), dialog.text("filename")
    match dialog.text("type"):
        case "text":
            is_html = "html" in dialog.text("mediatype", "mimetype")
            internal = dialog.text("visibility") == "internal"
            thread.say(
                body_of(dialog),
                at=at,
                role=role,
                author=name,
                id=dialog.text("id"),
                html=is_html,
                internal=internal,
            )
        case "transfer":
            thread.tell("assign", at=at, action="transferred", by=name)
        case "recording":
            thread.say("", at=at, role=role, author=name, files=[name_of_file or None])
        case other:
            thread.tell("other", at=at, text=dialog.text("disposition") or other, role=Role.SYSTEM)


def _originator(dialog: Node, parties: list[Node]) -> Node:
    """Return the party that speaks: the originator, else the first or only one."""
    listed = dialog.get("parties")
    index = dialog.number("originator")
    if index is None:
        first = listed[0] if isinstance(listed, list) and listed else listed
        index = first if isinstance(first, int) else None
    return parties[int(index)] if index is not None and 0 <= index < len(parties) else Node({})


def body_of(holder: Node) -> str:
    """Return the body of a dialog, analysis or attachment as text, whatever its encoding."""
    body, encoding = holder.get("body"), holder.text("encoding")
    if encoding == "base64url" and isinstance(body, str):
        try:
            padded = body + "=" * (-len(body) % 4)
            return base64.urlsafe_b64decode(padded).decode("utf-8", errors="replace")
        except (binascii.Error, ValueError):
            return body
    return body if isinstance(body, str) else "" if body is None else json.dumps(body, ensure_ascii=False)


def _tags(record: Node) -> tuple[str, ...]:
    for attachment in record.nodes("attachments"):
        if attachment.text("purpose", "type") == "tags":
            held = attachment.get("body")
            if isinstance(held, str):
                try:
                    held = json.loads(held)
                except (ValueError, RecursionError):
                    held = []
            return tuple(each for each in held if isinstance(each, str)) if isinstance(held, list) else ()
    return ()


def _channel(record: Node) -> str:
    return record.text("meta.channel", "channel") or "other"
