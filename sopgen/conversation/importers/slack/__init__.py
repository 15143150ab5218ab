"""Slack's export: a zip or folder with users.json, lists of channels, and folders with a file a day.

Rooms: `directory` knows people and channels, `words` turns Slack's markup into text, `row` puts one row into
its channel. Decisions: a channel, group or direct message is one conversation, its threads in the order of
time; a channel's folder or a day file alone is read too. Rows whose subtype says so are notices, of the
system; what an integration or Slackbot posts is a bot's, and where it has no text, what its attachments and
blocks say. Of files only names are kept: their addresses carry tokens.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import replace

from sopgen.base.diagnostic import Report
from sopgen.conversation.chat import concluded
from sopgen.conversation.desk import Desk, written
from sopgen.conversation.document.glimpse import sniffed
from sopgen.conversation.document.node import Node
from sopgen.conversation.document.record import Record, records_of
from sopgen.conversation.importer import ExportFile, Head, Sniff, Tree, UnreadableError
from sopgen.conversation.importers.slack.directory import INDEXES, Directory
from sopgen.conversation.importers.slack.row import add_row
from sopgen.conversation.line import Tick
from sopgen.conversation.model import Reading, SetAside
from sopgen.conversation.options import ImportOptions
from sopgen.conversation.origin import Entry
from sopgen.conversation.thread import Thread

_DAY = re.compile(r"(?:(?P<root>.*)/)?(?P<channel>[^/]+)/\d{4}-\d{2}-\d{2}\.json")


def sniff(head: Head) -> Sniff:
    """Return how sure it is: by the names in an archive or folder, else by what a row has."""
    days = any(map(_DAY.fullmatch, head.entries))
    if days and any(name.rpartition("/")[2] in INDEXES for name in head.entries):
        return Sniff(score=95, reason="lists of users or channels, and a file a day in folders")
    if head.start.startswith(b"PK"):
        return Sniff(score=70 if days else 0, reason="a file a day in folders")
    rows = ("type=message ts user", "type=message ts bot_id", "type=message ts subtype")
    return sniffed(head, 90, "rows of type message with ts", *rows)


def bundle(names: Sequence[str]) -> Iterable[tuple[str, ...]]:
    """Yield the files of each export, else of each channel's folder."""
    indexes = {name: root_of(name) for name in names if name.rpartition("/")[2] in INDEXES}
    groups: dict[str, list[str]] = {}
    for name in names:
        day = _DAY.fullmatch(name)
        if day:
            root = day["root"] or ""
            place = root if root in indexes.values() else name.rpartition("/")[0]
            groups.setdefault(place, []).append(name)
    for place, days in groups.items():
        beside = [name for name in names if name.endswith(".json") and root_of(name) == place]
        yield (*beside, *sorted(days)) if place in indexes.values() else tuple(sorted(days))


def root_of(name: str) -> str:
    """Return the folder of a name in a tree."""
    return name.rpartition("/")[0]


def read(file: ExportFile, options: ImportOptions, report: Report, tick: Tick) -> Iterator[Reading]:
    """Yield each channel, behind its rows and files that are broken."""
    desk = Desk(file, options, report)
    with file.tree() if file.head.entries else nullcontext() as tree:
        if tree is None:
            yield from _channel(desk, Directory(), desk.stem(), [(file, "")], tick)
        else:
            yield from _export(desk, tree, tick)


def _export(desk: Desk, tree: Tree, tick: Tick) -> Iterator[Reading]:
    directory = Directory()
    for name in tree.names:
        if name.rpartition("/")[2] in INDEXES:
            yield from _listed(directory, _entry(desk, tree, name), name)
    channels: dict[str, list[str]] = {}
    for name in sorted(tree.names):
        day = _DAY.fullmatch(name)
        if day:
            channels.setdefault(day["channel"], []).append(name)
    for channel, days in channels.items():
        files = [(_entry(desk, tree, name), f"{channel}/{name.rpartition('/')[2]}") for name in days]
        yield from _channel(desk, directory, channel, files, tick)
    if not channels:
        none = UnreadableError("JSN105", "no folder of a channel holds a file a day", "export it again")
        yield none.aside(", ".join(tree.names), source=desk.file.source, position="")


def _entry(desk: Desk, tree: Tree, name: str) -> ExportFile:
    head = Head(name=name, start=b"", text="")
    return replace(desk.file, head=head, origin=Entry(within=tree, entry=name))


def _listed(directory: Directory, file: ExportFile, name: str) -> Iterator[SetAside]:
    """Take up a list of people or channels; yield its broken records."""
    for record in records_of(file):
        if isinstance(record, SetAside):
            yield replace(record, position=f"{name} {record.position}".strip())
        else:
            directory.add(Node(record.value), is_person="users" in name)


def _channel(
    desk: Desk, directory: Directory, channel: str, files: list[tuple[ExportFile, str]], tick: Tick
) -> Iterator[Reading]:
    thread = desk.thread(id=directory.id_of(channel), channel="slack")
    thread.details["title"] = directory.title_of(channel)
    asides = 0
    for file, place in files:
        for record in records_of(file, tick):
            for aside in _added(desk, directory, thread, record):
                asides += 1
                yield replace(aside, position=f"{place} {record.position}".strip())
    if len(thread) or not asides:
        yield concluded(thread, desk, channel if files[0][1] else "")


def _added(desk: Desk, directory: Directory, thread: Thread, record: Record | SetAside) -> Iterator[SetAside]:
    if isinstance(record, SetAside):
        yield record
        return
    flaw = UnreadableError("JSN105", "the row is no message", "leave it out")
    row = Node(record.value)
    if row.has("ts") or row.has("text"):
        try:
            add_row(row, thread, directory, desk)
        except UnreadableError as error:
            flaw = error
        else:
            return
    yield flaw.aside(written(record.value), source=desk.file.source, position=record.position)
