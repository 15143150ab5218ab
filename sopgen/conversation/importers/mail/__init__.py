"""E-mail: single mails (.eml, .msg), mailboxes (.mbox), folders of mails; one thread is one conversation.

Threads go by Message-ID, In-Reply-To and References; a reply that names none goes by its subject. The id is
the Message-ID of the thread's first mail, known even where only answers to it were exported. What somebody
wrote is told from what they quoted (`reply`); mail that a machine sent says so in its headers. Courtesies
above a signature stay: checks look for them. That is why no library cuts here: those that know replies take
"Best regards" for a signature, and their patterns can be made to run forever.

A mailbox is walked twice, once for the threads and once for the words, so that only open threads are held.
"""

from codecs import BOM_UTF8
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from sopgen.base.diagnostic import Report
from sopgen.conversation.desk import Desk
from sopgen.conversation.importer import NO, ExportFile, Head, Sniff, UnreadableError
from sopgen.conversation.importers.mail.mailbox import (
    FROM_LINE,
    LETTER_SUFFIXES,
    Item,
    header_names,
    items_of,
)
from sopgen.conversation.line import Tick
from sopgen.conversation.model import Reading, Role, SetAside
from sopgen.conversation.options import ImportOptions

if TYPE_CHECKING:
    from sopgen.conversation.importers.mail.letter import Letter

_CERTAIN = frozenset({"message-id", "received", "mime-version", "return-path", "delivered-to"})
_LIKELY = frozenset({"from", "to", "date", "subject"})
_OLE = b"\xd0\xcf\x11\xe0"
_MSG_NAME = "__substg1.0_".encode("utf-16-le")


def sniff(head: Head) -> Sniff:
    """Return how sure it is: by the first line of a mailbox, header lines, or Outlook's storage names."""
    if head.start.startswith(_OLE):
        if _MSG_NAME in head.start or head.name.lower().endswith(".msg"):
            return Sniff(score=90, reason="an Outlook message")
        return NO
    if FROM_LINE.match(head.start.removeprefix(BOM_UTF8)):
        names = header_names(head.start.partition(b"\n")[2])
        return Sniff(score=95, reason="a mailbox: a From line and headers") if names & _LIKELY else NO
    names = header_names(head.start)
    if names & _CERTAIN and names & _LIKELY:
        return Sniff(score=90, reason="header lines of a mail")
    if len(names & _LIKELY) > 2 and head.name.lower().endswith(LETTER_SUFFIXES):
        return Sniff(score=80, reason="header lines of a mail, and named as one")
    return NO


def bundle(names: object) -> Iterator[tuple[str, ...]]:
    """Yield the mails of each folder: a thread is scattered over them."""
    folders: dict[str, list[str]] = {}
    for name in names if isinstance(names, list | tuple) else ():
        if name.lower().endswith(LETTER_SUFFIXES):
            folders.setdefault(name.rpartition("/")[0], []).append(name)
    yield from (tuple(members) for members in folders.values() if len(members) > 1)


def read(file: ExportFile, options: ImportOptions, report: Report, tick: Tick) -> Iterator[Reading]:
    """Yield each thread when its last mail has come, and each mail that cannot be read."""
    from sopgen.conversation.importers.mail.threading import Threads  # noqa: PLC0415 -- most files are no mail

    desk = Desk(file, options, report)
    threads = Threads()
    for item in items_of(file, tick):
        if isinstance(item, Item):
            threads.see(item.headers())
    left = Counter(threads.root_of(number) for number in range(len(threads)))
    held: dict[str, dict[str, Letter]] = {}
    number = 0
    for item in items_of(file):
        if isinstance(item, SetAside):
            yield item
            continue
        root = threads.root_of(number) if number < len(threads) else f"mail {number + 1}"
        number += 1
        left[root] -= 1
        letter = item.letter(desk)
        if isinstance(letter, SetAside):
            yield letter
        else:
            held.setdefault(root, {}).setdefault(letter.id or item.position, letter)
        if left[root] <= 0 and root in held:
            yield _reading(root, list(held.pop(root).values()), desk)
    for root, letters in held.items():
        yield _reading(root, list(letters.values()), desk)


def _named(root: str, desk: Desk) -> str:
    """Return the thread's id: its first Message-ID, else the file's name and the place of its first mail."""
    if root.startswith("<"):
        return root
    number = root.removeprefix("mail ")
    return desk.stem() if number == "1" else f"{desk.stem()}#{number}"


def _reading(root: str, letters: "list[Letter]", desk: Desk) -> Reading:
    """Return the thread, or set aside where nothing tells who is staff (EXP118)."""
    letters.sort(key=lambda letter: (letter.at is None, letter.at.timestamp() if letter.at else 0.0))
    first = letters[0]
    try:
        desk.need_staff(letter.address or letter.name for letter in letters if not letter.is_automatic)
        thread = desk.thread(id=_named(root, desk), channel="email", is_ticket=True)
        thread.subject = first.subject
        for letter in letters:
            told = Role.BOT if letter.is_automatic else None
            role = desk.role(told, letter.address, letter.name)
            author = letter.name or letter.address
            thread.say(letter.text, at=letter.at, role=role, author=author, id=letter.id, files=letter.files)
        return thread.conversation(first.position)
    except UnreadableError as error:
        return error.aside(first.subject, source=desk.file.source, position=first.position)
