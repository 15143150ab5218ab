"""Who speaks in a chat, and in which role.

A line belongs to a speaker when a name and a colon stand before its words. Notices have neither, or a colon
of their own; what is a name is told by the whole chat, not by the line.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sopgen.base.diagnostic import Report
from sopgen.conversation.importer import UnreadableError
from sopgen.conversation.importers.whatsapp.body import MARK, is_notice, said, sender_of
from sopgen.conversation.importers.whatsapp.phrase import OWNER, VERB
from sopgen.conversation.importers.whatsapp.place import Place
from sopgen.conversation.importers.whatsapp.stamp import Entry
from sopgen.conversation.model import Kind, Role
from sopgen.conversation.options import ImportOptions
from sopgen.conversation.speaker import Staff, key_of, name_of, staff_of
from sopgen.conversation.text import clean

_MOST_SHOWN = 8


class Line(NamedTuple):
    """An entry, the name before its words as written ("" for a notice), and the words."""

    entry: Entry
    name: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Cast:
    """The speakers of a chat: name as written, to clean name and role."""

    parts: Mapping[str, tuple[str, Role]]


def lines_of(entries: Iterable[Entry], stated: Iterable[str]) -> list[Line]:
    """Return the entries with their speakers; `stated` are names that the user or the file's name gives."""
    colons = tuple(f"{name}:" for name in stated if ":" in name)
    raw = [_line_of(entry, colons) for entry in entries]
    spoken = Counter(line.name for line in raw if line.name and line.words[:1].isspace())
    voices = {line.name for line in raw if line.name and not line.words.lstrip().startswith(MARK)}
    return [line if _is_spoken(line, spoken, voices) else Line(line.entry, "", _whole(line)) for line in raw]


def cast_of(lines: Sequence[Line], title: str, place: Place, options: ImportOptions, report: Report) -> Cast:
    """Return the speakers with their roles.

    Staff is who the options name. Without options, a title that is a speaker's name makes them the customer
    and the others agents (note WA203). UnreadableError WA104: neither tells who is staff.
    """
    names = {line.name: name_of(line.name) for line in lines if line.name}
    if options.agents or options.bots:
        staff = staff_of(options)
        _report_absence(names.values(), staff, place, report)
    else:
        staff = _proposed(lines, sorted(set(names.values())), title, place, report)
    return Cast(parts={raw: (name, staff.role_of(name)) for raw, name in names.items()})


def _line_of(entry: Entry, colons: tuple[str, ...]) -> Line:
    for each in colons:
        if clean(entry.body[: len(each) + 4]).startswith(each):
            name, _, words = entry.body.partition(each)
            return Line(entry, name + each[:-1], words)
    return Line(entry, *sender_of(entry.body))


def _is_spoken(line: Line, spoken: Counter[str], voices: set[str]) -> bool:
    """Return whether the words before the colon are a name and the words after it that person's."""
    if not line.name or line.name not in spoken:
        return False
    if spoken[line.name] < 2 and VERB.search(line.name):
        return False
    if is_notice(line.words):
        return False
    return line.name in voices or said(line.words).kind is not Kind.TEXT


def _whole(line: Line) -> str:
    """Return the sentence of a notice: without the name that an iPhone puts before it, else all of it."""
    return line.words if line.words.lstrip().startswith(MARK) or is_notice(line.words) else line.entry.body


def _proposed(lines: Sequence[Line], names: list[str], title: str, place: Place, report: Report) -> Staff:
    customer = next((name for name in names if title and key_of(name) == key_of(title)), None)
    if customer is None:
        raise _question(lines, names)
    agents = [name for name in names if name != customer]
    shown = _listed(agents) if agents else "nobody"
    message = f"by the file's name, '{customer}' is the customer and {shown} the agent"
    report(place.remark("WA203", message))
    return Staff(agents=frozenset(map(key_of, agents)), bots=frozenset())


def _question(lines: Sequence[Line], names: list[str]) -> UnreadableError:
    owners = sorted({name_of(line.name) for line in lines if line.name and _is_owners(line.words)})
    told = f" ('{owners[0]}' owns the phone)" if len(owners) == 1 else ""
    reason = f"nothing tells who is staff; speakers: {_listed(names) or 'none'}{told}"
    who = owners[0] if len(owners) == 1 else "NAME"
    return UnreadableError("WA104", reason, f'name the staff: --agent "{who}"')


def _is_owners(words: str) -> bool:
    return len(words) < 60 and clean(words).rstrip(".").casefold() in OWNER


def _report_absence(names: Iterable[str], staff: Staff, place: Place, report: Report) -> None:
    """Report a chat of several people none of whom is staff: their agent may write under another name."""
    speakers = sorted(set(names))
    if len(speakers) > 1 and all(staff.role_of(name) is Role.CUSTOMER for name in speakers):
        report(place.remark("WA207", f"no agent among the speakers: {_listed(speakers)}"))


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(f"'{name}'" for name in names[:_MOST_SHOWN])
    return shown + (f" and {len(names) - _MOST_SHOWN} more" if len(names) > _MOST_SHOWN else "")
