"""Who speaks in a chat, and in which role.

A line belongs to a speaker when a name and a colon stand before its words. Notices have neither, or a colon
of their own; what is a name is told by the whole chat, not by the line.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from sopgen.base.diagnostic import Report
from sopgen.conversation.importer import UnreadableError
from sopgen.conversation.importers.whatsapp.body import is_notice, said
from sopgen.conversation.importers.whatsapp.phrase import OWNER, VERB
from sopgen.conversation.importers.whatsapp.place import Place
from sopgen.conversation.importers.whatsapp.stamp import Entry
from sopgen.conversation.model import Kind, Role
from sopgen.conversation.options import ImportOptions
from sopgen.conversation.speaker import Staff, key_of, name_of, staff_of
from sopgen.conversation.text import MARK, clean

Cast = Mapping[str, tuple[str, Role]]
"""The speakers of a chat: name as written, to clean name and role."""

_MOST_SHOWN = 8


def with_speakers(entries: Iterable[Entry], stated: Iterable[str]) -> list[Entry]:
    """Return the entries, those that nobody speaks without a name.

    `stated` are names that the user or the file's name gives; such a name may hold a colon.
    """
    colons = tuple(f"{name}:" for name in stated if ":" in name)
    if colons:
        entries = [_with_stated_name(entry, colons) for entry in entries]
    entries = list(entries)
    spoken = Counter(name for _, _, _, name, words in entries if words[:1].isspace())
    voices = {name for _, _, _, name, words in entries if MARK not in words[:2]}
    doubted = {name for name in spoken if name not in voices or (spoken[name] < 2 and VERB.search(name))}
    certain = {name for name in spoken if name.strip()} - doubted
    return [
        entry if entry.name in certain and not is_notice(entry.words) else _doubted(entry, doubted)
        for entry in entries
    ]


def cast_of(
    entries: Sequence[Entry], title: str, place: Place, options: ImportOptions, report: Report
) -> Cast:
    """Return the speakers with their roles.

    Staff is who the options name. Without options, a title that is a speaker's name makes them the customer
    and the others agents (note WA203). UnreadableError WA104: neither tells who is staff.
    """
    names = {raw: name_of(raw) for raw in sorted({entry.name for entry in entries}) if raw}
    speakers = sorted(set(names.values()))
    staff = staff_of(options)
    if options.anyone:
        return {raw: (name, staff.role_of(name)) for raw, name in names.items()}
    if staff:
        _report_absence(speakers, staff, place, report)
    else:
        staff = _proposed(entries, speakers, title, place, report)
    return {raw: (name, staff.role_of(name)) for raw, name in names.items()}


def _with_stated_name(entry: Entry, colons: tuple[str, ...]) -> Entry:
    sentence = entry.sentence().lstrip(MARK)
    for each in colons:
        if sentence.startswith(each):
            return entry._replace(name=each[:-1], words=sentence[len(each) :])
    return entry


def _doubted(entry: Entry, doubted: set[str]) -> Entry:
    """Return the entry with its name if that much is spoken after all (a file, a deletion), else without."""
    if not entry.name:
        return entry
    marked = entry.words.lstrip().startswith(MARK)
    if is_notice(entry.words):
        return entry._replace(name="")
    if entry.name in doubted and marked and said(entry.words)[1] is not Kind.TEXT:
        return entry
    return entry._replace(name="", words=entry.words if marked else entry.sentence())


def _proposed(
    entries: Sequence[Entry], speakers: list[str], title: str, place: Place, report: Report
) -> Staff:
    customer = next((name for name in speakers if title and key_of(name) == key_of(title)), None)
    if customer is None:
        raise _question(entries, speakers)
    agents = [name for name in speakers if name != customer]
    shown = _listed(agents) if agents else "nobody"
    report(place.remark("WA203", f"by the file's name, '{customer}' is the customer and {shown} the agent"))
    return Staff(agents=frozenset(map(key_of, agents)), bots=frozenset())


def _question(entries: Sequence[Entry], speakers: list[str]) -> UnreadableError:
    owners = sorted({name_of(entry.name) for entry in entries if entry.name and _is_owners(entry.words)})
    owner = owners[0] if len(owners) == 1 else ""
    told = f" ('{owner}' owns the phone)" if owner else ""
    reason = f"nothing tells who is staff; speakers: {_listed(speakers) or 'none'}{told}"
    return UnreadableError("WA104", reason, f'name the staff: --agent "{owner or "NAME"}", or see --who')


def _is_owners(words: str) -> bool:
    return len(words) < 60 and clean(words).rstrip(".").casefold() in OWNER


def _report_absence(speakers: list[str], staff: Staff, place: Place, report: Report) -> None:
    """Report a chat of several people none of whom is staff: their agent may write under another name."""
    if len(speakers) > 1 and all(staff.role_of(name) is Role.CUSTOMER for name in speakers):
        report(place.remark("WA207", f"no agent among the speakers: {_listed(speakers)}"))


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(f"'{name}'" for name in names[:_MOST_SHOWN])
    return shown + (f" and {len(names) - _MOST_SHOWN} more" if len(names) > _MOST_SHOWN else "")
