"""WhatsApp and WhatsApp Business: the text that "Export chat" writes, alone or in its zip.

There is no specification; phones differ in language, clock and system. Rooms: `stamp` finds where messages
begin, `phrase` holds WhatsApp's own sentences, `body` says what a message is, `cast` who speaks, `title` what
the file is called after, `chat` puts it together. Decisions: one file is one conversation, silences and all;
the order of the file is kept; of a zip only chat texts are read, in memory, never its media. Codes: WA101 to
WA106 set a chat aside, WA201 to WA207 are remarks.
"""

from collections.abc import Iterator
from pathlib import PurePath

from sopgen.base.diagnostic import Report
from sopgen.conversation.archive import LARGEST_ENTRY
from sopgen.conversation.encoding import decode
from sopgen.conversation.importer import NO, ExportFile, Head, Sniff, Tree, UnreadableError
from sopgen.conversation.importers.whatsapp.place import Place
from sopgen.conversation.importers.whatsapp.stamp import STAMP
from sopgen.conversation.importers.whatsapp.title import title_of
from sopgen.conversation.line import Tick
from sopgen.conversation.model import Reading
from sopgen.conversation.options import ImportOptions
from sopgen.conversation.text import tidy

_LINES_LOOKED_AT = 30
_IPHONE_CHAT = "_chat.txt"


def sniff(head: Head) -> Sniff:
    """Return how sure it is: by the chat's name in an archive, else by the first lines."""
    if head.start.startswith(b"PK"):
        return _sniff_archive(head)
    lines = [line for line in tidy(head.text).split("\n") if line.strip()][:_LINES_LOOKED_AT]
    stamps = [found for line in lines if (found := STAMP.match(line))]
    if not stamps:
        return NO
    if not stamps[0]["bracket"] and stamps[0]["seconds"]:
        return Sniff(score=50, reason="lines begin with a date and a dash, but also seconds, as logs do")
    if STAMP.match(lines[0]):
        return Sniff(score=90, reason="the first line begins with a date and time as WhatsApp writes them")
    return Sniff(score=65, reason="a later line begins with a date and time as WhatsApp writes them")


def read(file: ExportFile, options: ImportOptions, report: Report, tick: Tick) -> Iterator[Reading]:
    """Yield the chat of a text file, or each chat of an archive."""
    if file.head.start.startswith(b"PK"):
        yield from _read_archive(file, options, report)
        return
    with file.open() as stream:
        data = stream.read(LARGEST_ENTRY + 1)
    tick(len(data))
    if len(data) > LARGEST_ENTRY:
        reason = f"larger than {LARGEST_ENTRY >> 20} MiB, more than any chat that WhatsApp exports"
        yield UnreadableError("WA105", reason, "split the file").aside(data, source=file.source, position="")
        return
    folder = PurePath(file.source).parent.name
    names = (file.head.name, folder) if title_of(folder) else (file.head.name,)
    yield _read_text(data, Place(source=file.source, names=names), options, report)


def _sniff_archive(head: Head) -> Sniff:
    if _chats_in(head.entries):
        return Sniff(score=95, reason="the archive holds a chat named as WhatsApp names it")
    if any(name.lower().endswith(".txt") for name in head.entries) and title_of(head.name):
        return Sniff(score=80, reason="the archive is named as WhatsApp names it and holds a text")
    return NO


def _read_archive(file: ExportFile, options: ImportOptions, report: Report) -> Iterator[Reading]:
    with file.tree() as archive:
        chats = _chats_in(archive.names) or _texts_in(archive.names)
        for name in chats:
            yield _read_entry(archive, name, file, options, report)
    if not chats:
        missing = UnreadableError("WA106", "no chat in the archive", "export the chat from WhatsApp again")
        yield missing.aside(", ".join(file.head.entries), source=file.source, position="")


def _read_entry(
    archive: Tree, name: str, file: ExportFile, options: ImportOptions, report: Report
) -> Reading:
    place = Place(source=file.source, entry=name, names=(name, file.head.name))
    try:
        data = archive.read(name)
    except UnreadableError as error:
        return error.aside("", source=file.source, position=name)
    return _read_text(data, place, options, report)


def _read_text(data: bytes, place: Place, options: ImportOptions, report: Report) -> Reading:
    from sopgen.conversation.importers.whatsapp.chat import read_chat  # noqa: PLC0415 -- most files are no chat

    decoded = decode(data)
    if decoded.note:
        report(place.remark("EXP115", decoded.note))
    return read_chat(decoded.text, place, options, report)


def _chats_in(names: tuple[str, ...]) -> list[str]:
    """Return the entries that WhatsApp names as chats, sorted."""
    return sorted(
        name
        for name in names
        if PurePath(name).name == _IPHONE_CHAT or (name.lower().endswith(".txt") and title_of(name))
    )


def _texts_in(names: tuple[str, ...]) -> list[str]:
    return sorted(name for name in names if name.lower().endswith(".txt"))
