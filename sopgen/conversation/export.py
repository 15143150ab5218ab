"""Exports into conversations: every file found, its importer chosen, every record read or set aside.

In: paths as the user wrote them, and options. Out: a stream of readings in constant memory. A file that
cannot be used costs that file: it comes as one SetAside and the run goes on. What the *call* gets wrong ends
the run before anything is read: EXP101 to EXP105, EXP120, EXP121.

What is known of a file comes from three places: the call's options, the options beside the file
(`X.options.json`), and defaults (a project's `sopgen.toml`), the first that says something winning. An
archive that no importer reads as a whole is opened, three levels deep at most, and each of its entries is a
file of its own.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from stat import S_ISREG

import orjson

from sopgen.base.diagnostic import Diagnostic, Report
from sopgen.base.errors import UsageError
from sopgen.conversation.belonging import placed
from sopgen.conversation.detection import HEAD_LENGTH, head_of, importer_called, importer_for
from sopgen.conversation.importer import Bundler, ExportFile, Head, Importer, Tree, UnreadableError
from sopgen.conversation.importers import all_importers
from sopgen.conversation.line import Tick, no_tick
from sopgen.conversation.location import NO_CHATS, Location, find_exports, printable, size_of
from sopgen.conversation.model import Reading, SetAside
from sopgen.conversation.options import ImportOptions, OptionError, check_date_order, merged, options_from
from sopgen.conversation.origin import Bundle, Entry, Files, OnDisk, Origin
from sopgen.conversation.session import sessions_of, silence_of
from sopgen.conversation.speaker import staff_of

_ONCE_A_RUN = frozenset({"EXP114"})
"""Codes of assumptions that hold for the run, not for a file: the first report of a hint is enough."""


_NO_CHAT = UnreadableError(
    "EXP106", "no known format: nothing in the archive could be a chat", "name the file that holds the chat"
)
_DEEPEST = 3
"""Archives within archives that are opened."""

_MOST_OPTIONS = 1 << 20


def read_exports(
    paths: Iterable[str | Path | Location],
    options: ImportOptions,
    report: Report,
    *,
    defaults: ImportOptions = ImportOptions(),  # noqa: B008 -- frozen
    tick: Tick = no_tick,
) -> Iterator[Reading]:
    """Return the records of all files, in order, each a Conversation or a SetAside.

    `tick` is told of bytes as they are read; they add up to `export_size`. Raised at once, before the first
    record is asked for: UsageError EXP101, EXP102, EXP104, EXP105, EXP120, EXP121, ExportError EXP103.
    """
    check_options(merged(options, defaults))
    locations = find_exports(paths, report, bundlers())
    return _readings(locations, (options, defaults), thinned(report), tick)


def export_size(paths: Iterable[str | Path | Location]) -> int:
    """Return the bytes that reading the paths will tick. Raises what `read_exports` does for paths."""
    return size_of(find_exports(paths, _ignore, bundlers()))


def check_options(options: ImportOptions) -> None:
    """Raise UsageError EXP101, EXP104, EXP105, EXP120 or EXP122 where an option names what there is not."""
    options.zone()
    check_date_order(options.date_order)
    staff_of(options)
    silence_of(options.split)
    if options.format:
        importer_called(options.format)


def bundlers() -> list[Bundler]:
    """Return what tells, for each format of several files, which of them belong together."""
    return [each.bundle for each in all_importers() if each.bundle is not None]


def _readings(
    locations: Iterable[Location],
    options: tuple[ImportOptions, ImportOptions],
    report: Report,
    tick: Tick,
) -> Iterator[Reading]:
    for location in locations:
        meter = _Meter(size_of([location]), tick)
        try:
            said = _with_beside(location, *options)
        except UnreadableError as error:
            yield error.aside("", source=location.source, position="")
        else:
            yield from _location_readings(location, said, report, meter.count)
        meter.count(meter.left)


def _with_beside(location: Location, options: ImportOptions, defaults: ImportOptions) -> ImportOptions:
    """Return the options with those beside the file; UnreadableError EXP117 when these cannot be used."""
    if location.options is None:
        return merged(options, defaults)
    try:
        raw = location.options.read_bytes()[:_MOST_OPTIONS]
        said = merged(options, ImportOptions(**options_from(orjson.loads(raw))), defaults)
        check_options(said)
    except (OSError, orjson.JSONDecodeError, OptionError, UsageError) as error:
        hint = getattr(error, "hint", "") or "mend it, or take it away"
        raise UnreadableError(
            "EXP117", f"the options beside it ({location.options.name}): {error}", hint
        ) from error
    return said


class _Meter:
    """Ticks no more than a file's size: importers count what they decode, which UTF-16 makes more."""

    def __init__(self, size: int, tick: Tick) -> None:
        self.left = size
        self._tick = tick

    def count(self, read: int) -> None:
        """Tick the bytes."""
        told = min(read, self.left)
        self.left -= told
        self._tick(told)


def _location_readings(
    location: Location, options: ImportOptions, report: Report, tick: Tick
) -> Iterator[Reading]:
    if not location.members:
        origin = OnDisk(path=location.path, called=printable(Path(location.path.name)))
        yield from _Opening(options, report, tick).readings(origin, location.source)
        return
    files = Files(paths={printable(each): each for each in location.members})
    yield from _Opening(options, report, tick).group(files, files.names, location.source)


class _Opening:
    """Files opened under the same options: told apart, read, and what is in them opened in turn."""

    def __init__(self, options: ImportOptions, report: Report, tick: Tick) -> None:
        self._options = options
        self._silence = silence_of(options.split)
        self._report = report
        self._tick = tick

    def readings(self, origin: Origin, source: str, depth: int = 0) -> Iterator[Reading]:
        """Yield what a file holds, or the file set aside."""
        file = _opened(origin, source)
        if isinstance(file, SetAside):
            yield file
            return
        importer = self._importer(file)
        is_archive = bool(file.head.entries) and not isinstance(origin, Bundle)
        unread = isinstance(importer, SetAside) or not importer.trees
        if is_archive and unread and (depth < _DEEPEST) and not _is_tie(importer):
            yield from self._entries(file, depth + 1)
        elif isinstance(importer, SetAside):
            yield importer
        else:
            yield from self._read(file, importer)

    def group(self, tree: Tree, names: tuple[str, ...], source: str, depth: int = 0) -> Iterator[Reading]:
        """Yield what files hold that belong together by name, if an importer agrees; else each alone."""
        origin = Bundle(within=tree, names=names)
        file = _opened(origin, source)
        if isinstance(file, ExportFile):
            importer = self._importer(file)
            if isinstance(importer, Importer) and importer.bundle is not None:
                yield from self._read(file, importer)
                return
        for name in names:
            yield from self.readings(Entry(within=tree, entry=name), name, depth)

    def _importer(self, file: ExportFile) -> Importer | SetAside:
        if self._options.format:
            return importer_called(self._options.format)
        said = self._options
        return importer_for(file, platform=said.platform, has_columns=bool(said.columns))

    def _read(self, file: ExportFile, importer: Importer) -> Iterator[Reading]:
        try:
            for reading in importer.read(file, self._options, self._report, self._tick):
                yield from self._cut(placed(reading, self._options), importer)
        except OSError as error:
            yield _unreadable(file.source, error)
        except UnreadableError as error:
            yield error.aside("", source=file.source, position="")
        for damage in file.damages[:1]:
            yield damage.aside("", source=file.source, position="")

    def _cut(self, reading: Reading, importer: Importer) -> Iterator[Reading]:
        """Yield the sessions of an endless thread where that is asked for, else the reading."""
        if self._silence is None or not importer.endless or isinstance(reading, SetAside):
            yield reading
        else:
            yield from sessions_of(reading, self._silence)

    def _entries(self, file: ExportFile, depth: int) -> Iterator[Reading]:
        """Yield what the entries of an archive hold; EXP106 when there is nothing that could be a chat."""
        try:
            with file.tree() as tree:
                names = [name for name in tree.names if _may_be_chat(name)]
                if not names:
                    yield UnreadableError(
                        "EXP106",
                        "no known format: an archive without anything that could be a chat",
                        "name a chat",
                    ).aside(", ".join(tree.names), source=file.source, position="")
                yield from self._all_of(tree, names, file.source, depth)
        except OSError as error:
            yield _unreadable(file.source, error)
        except UnreadableError as error:
            yield error.aside("", source=file.source, position="")

    def _all_of(self, tree: Tree, names: list[str], source: str, depth: int) -> Iterator[Reading]:
        groups = {group[0]: group for bundler in bundlers() for group in bundler(names)}
        grouped = {name for group in groups.values() for name in group}
        for name in names:
            place = f"{source}!{name}"
            if name in groups:
                yield from self.group(tree, groups[name], f"{source}!{name.rpartition('/')[0]}", depth)
            elif name not in grouped:
                yield from self.readings(Entry(within=tree, entry=name), place, depth)


def _is_tie(importer: Importer | SetAside) -> bool:
    return isinstance(importer, SetAside) and importer.code == "EXP107"


def _may_be_chat(name: str) -> bool:
    """Return whether an entry is no media, and not hidden as in a folder."""
    last = name.replace("\\", "/").rpartition("/")[2]
    suffix = last[last.rfind(".") :].lower() if "." in last else ""
    return (
        bool(last)
        and not last.startswith((".", "~$"))
        and not name.startswith("__MACOSX")
        and suffix not in NO_CHATS
    )


def _opened(origin: Origin, source: str) -> ExportFile | SetAside:
    """Return the file with its head, or why it cannot be used: EXP108 to EXP112, EXP116."""
    try:
        if isinstance(origin, OnDisk) and not _is_plain(origin.path):
            return _aside(source, "EXP116", "not a file but a device or a pipe", "name a file")
        head = head_of(origin)
    except OSError as error:
        return _unreadable(source, error)
    except UnreadableError as error:
        return error.aside("", source=source, position="")
    if _is_blank(head):
        return _aside(source, "EXP108", "the file is empty", "export it again")
    return ExportFile(source=source, head=head, origin=origin)


def _is_plain(path: Path) -> bool:
    return S_ISREG(path.stat().st_mode) or path.is_dir()


def _is_blank(head: Head) -> bool:
    return not head.entries and not head.text.strip() and len(head.start) < HEAD_LENGTH


def _unreadable(source: str, error: OSError) -> SetAside:
    reason = f"cannot be read: {error.strerror or error}"
    return _aside(source, "EXP109", reason, "check that you may read it and that its disk is sound")


def _aside(source: str, code: str, reason: str, hint: str) -> SetAside:
    return UnreadableError(code, reason, hint).aside("", source=source, position="")


def thinned(report: Report) -> Report:
    """Return a report that passes on each assumption about the run (EXP114) once, of phones and of systems.

    The two differ in their hints: a run of both is told of both.
    """
    told: set[tuple[str, str]] = set()

    def pass_on(diagnostic: Diagnostic) -> None:
        kind = (diagnostic.code, diagnostic.hint)
        if kind in told:
            return
        if diagnostic.code in _ONCE_A_RUN:
            told.add(kind)
        report(diagnostic)

    return pass_on


def _ignore(diagnostic: Diagnostic) -> None:
    """Leave the diagnostic to the reading itself."""
