"""The export formats that sopgen reads, in the order in which people are told of them.

Decisions: one module a format, named like it; a module has `sniff` and `read` (see
`sopgen.conversation.importer`) and knows no other importer; adding one is adding its row here, its item
to the README, its name to the `importers` contract of pyproject.toml, and its cases to
`tests/cases/importers/`. The order decides nothing: detection goes by score alone.

A JSON format is a sniff by paths and a function that turns one record into conversations:

    def sniff(head: Head) -> Sniff:
        return sniffed(head, 90, "tickets with comments", "ticket comments[].author_id", "tickets[].comments")

    def read(file: ExportFile, options: ImportOptions, report: Report, tick: Tick) -> Iterator[Reading]:
        desk = Desk(file, options, report)
        yield from read_records(desk, tick, _threads, lists=("tickets",), sides=("users",))

    def _threads(record: Node, origin: Record, desk: Desk) -> Iterator[Thread]:
        thread = desk.thread(id=record.text("id"), channel="email", is_ticket=True)
        thread.subject = record.text("subject")
        for comment in record.nodes("comments"):
            name = comment.text("author.name")
            role = desk.role(_ROLES.get(comment.text("author.role")), name, comment.text("author_id"))
            thread.say(comment.text("body"), at=comment.get("created_at"), role=role, author=name,
                       id=comment.text("id"), internal=not comment.flag("public"),
                       files=[each.text("name") for each in comment.nodes("attachments")])
        thread.tell("close", at=record.get("closed_at"), by=record.text("closed_by.name"))
        yield thread

- `sniffed(head, score, reason, *alternatives)`: 90 for what only this platform writes, 75 for what another
  could write too; two within 15 of one another are asked for, never guessed. `fits(head, path, …)` for more.
- `read_records` reads a single object, an array, JSON Lines, and arrays in an object (`lists`, "chats.list"
  where nested); `sides` are read before, wherever they stand, and come as `origin.sides`. A broken record
  costs itself. `repair` gets the bytes of a record that is no JSON and returns them mended.
- `Node` answers every question: what is missing or of another sort is "", None, {} or [].
- `desk.role(told, *names)`: `told` is the platform's (None: it does not say), `names` are names and ids as
  the options may name them. A platform without roles first calls `desk.need_staff(names of all speakers)`.
- `thread.say` and `thread.tell` clean, date, sort and number; times are given as the file has them (ISO,
  seconds, milliseconds, microseconds). Times without a zone are read in the option's, unless the platform
  says which: `desk.thread(zone=UTC)`. `is_ticket` where words beside a file stay a text; `in_order` where the
  file's order counts. `html=True` turns a body into text.
- Private notes are `internal=True` (Kind.NOTE here, `visibility: internal` where written). Events are those
  of `sopgen.conversation.event`; what checks should see and the name does not tell goes into `action`.
- Where a record is one message, or a list holds those of many conversations: `Threads` and `read_pieces` of
  `sopgen.conversation.piece`. Where a sentence is all that tells what happened: `notice.read_notice`.
- UnreadableError sets the record aside; nothing else may be raised, whatever the bytes (the fuzz test asks
  every importer of the table).
- Several files that are one export: `bundle` in the row says which names; `read` then takes `file.tree()`.

Importers of one's own are found through the entry point group `sopgen.importers`: each names an Importer.

    [project.entry-points."sopgen.importers"]
    acme = "acme_sopgen:IMPORTER"
"""

from functools import cache

from sopgen.base.errors import UsageError
from sopgen.base.offer import offers
from sopgen.conversation.importer import Importer
from sopgen.conversation.importers import (
    canonical,
    chatwoot,
    crisp,
    discord,
    freshchat,
    freshdesk,
    gorgias,
    hubspot,
    instagram,
    intercom,
    kommo,
    line,
    livechat,
    mail,
    messenger,
    qiscus,
    qontak,
    rows,
    slack,
    tawk,
    teams,
    telegram,
    vcon,
    whatsapp,
    zendesk,
    zendesk_chat,
)
from sopgen.conversation.meta import bundle as thread_parts

GROUP = "sopgen.importers"
"""The entry point group in which other packages offer importers."""

IMPORTERS: tuple[Importer, ...] = (
    Importer(name="canonical", title="sopgen's own JSON Lines", sniff=canonical.sniff, read=canonical.read),
    Importer(
        name="rows",
        title="tables: CSV, XLSX, Parquet, JSON Lines",
        sniff=rows.sniff,
        read=rows.read,
        trees=True,
    ),
    Importer(name="vcon", title="vCon containers", sniff=vcon.sniff, read=vcon.read),
    Importer(
        name="whatsapp",
        title="WhatsApp chat (.txt, .zip)",
        sniff=whatsapp.sniff,
        read=whatsapp.read,
        endless=True,
        trees=True,
    ),
    Importer(name="zendesk", title="Zendesk Support tickets", sniff=zendesk.sniff, read=zendesk.read),
    Importer(name="zendesk_chat", title="Zendesk Chat", sniff=zendesk_chat.sniff, read=zendesk_chat.read),
    Importer(name="intercom", title="Intercom conversations", sniff=intercom.sniff, read=intercom.read),
    Importer(name="freshdesk", title="Freshdesk tickets", sniff=freshdesk.sniff, read=freshdesk.read),
    Importer(name="freshchat", title="Freshchat messages", sniff=freshchat.sniff, read=freshchat.read),
    Importer(name="livechat", title="LiveChat archives", sniff=livechat.sniff, read=livechat.read),
    Importer(name="tawk", title="tawk.to transcripts", sniff=tawk.sniff, read=tawk.read),
    Importer(name="crisp", title="Crisp messages", sniff=crisp.sniff, read=crisp.read),
    Importer(name="chatwoot", title="Chatwoot conversations", sniff=chatwoot.sniff, read=chatwoot.read),
    Importer(name="hubspot", title="HubSpot threads", sniff=hubspot.sniff, read=hubspot.read),
    Importer(name="gorgias", title="Gorgias tickets", sniff=gorgias.sniff, read=gorgias.read),
    Importer(name="kommo", title="Kommo chat history", sniff=kommo.sniff, read=kommo.read),
    Importer(name="qontak", title="Mekari Qontak rooms", sniff=qontak.sniff, read=qontak.read),
    Importer(name="qiscus", title="Qiscus rooms", sniff=qiscus.sniff, read=qiscus.read),
    Importer(name="line", title="LINE chat (.txt)", sniff=line.sniff, read=line.read, endless=True),
    Importer(
        name="mail",
        title="e-mail (.eml, .mbox, .msg)",
        sniff=mail.sniff,
        read=mail.read,
        bundle=mail.bundle,
    ),
    Importer(
        name="telegram",
        title="Telegram Desktop's result.json",
        sniff=telegram.sniff,
        read=telegram.read,
        endless=True,
    ),
    Importer(
        name="messenger",
        title="Messenger, from a Facebook download",
        sniff=messenger.sniff,
        read=messenger.read,
        endless=True,
        bundle=thread_parts,
    ),
    Importer(
        name="instagram",
        title="Instagram, from its download",
        sniff=instagram.sniff,
        read=instagram.read,
        endless=True,
        bundle=thread_parts,
    ),
    Importer(
        name="slack",
        title="Slack export (.zip, folder)",
        sniff=slack.sniff,
        read=slack.read,
        endless=True,
        trees=True,
        bundle=slack.bundle,
    ),
    Importer(
        name="discord",
        title="Discord, by DiscordChatExporter (JSON)",
        sniff=discord.sniff,
        read=discord.read,
        endless=True,
        bundle=discord.bundle,
    ),
    Importer(name="teams", title="Microsoft Teams (Graph)", sniff=teams.sniff, read=teams.read, endless=True),
)


@cache
def all_importers() -> tuple[Importer, ...]:
    """Return sopgen's importers and those that installed packages offer, these by name.

    UsageError EXP121: an entry point that gives no importer, or one of a name that is taken.
    """
    found = offers(GROUP)
    importers = list(IMPORTERS)
    for point in found:
        try:
            offered = point.load()
        except Exception as error:
            raise _unusable(point.name, f"cannot be loaded: {error}") from error
        if not isinstance(offered, Importer):
            raise _unusable(point.name, f"is a {type(offered).__name__}, no Importer")
        if any(each.name == offered.name for each in importers):
            raise _unusable(point.name, f"offers '{offered.name}', which is taken")
        importers.append(offered)
    return tuple(importers)


def _unusable(name: str, why: str) -> UsageError:
    hint = "mend or uninstall the package that offers it"
    return UsageError("EXP121", f"the importer '{name}' of another package {why}", hint=hint)
