"""Exports into conversations: every file found, its importer chosen, every record read or set aside.

In: paths as the user wrote them, and options. Out: a stream of readings in constant memory. A file that
cannot be used costs that file: it comes as one SetAside and the run goes on. What the *call* gets wrong ends
the run before anything is read: EXP101 to EXP105.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from stat import S_ISREG

from sopgen.base.diagnostic import Diagnostic, Report
from sopgen.conversation.detection import HEAD_LENGTH, head_of, importer_called, importer_for
from sopgen.conversation.importer import ExportFile, Head, UnreadableError
from sopgen.conversation.line import Tick, no_tick
from sopgen.conversation.location import Location, find_exports, size_of
from sopgen.conversation.model import Reading, SetAside
from sopgen.conversation.options import ImportOptions, check_date_order

_ONCE_A_RUN = frozenset({"EXP114"})
"""Codes of assumptions that hold for the run, not for a file: the first report is enough."""


def read_exports(
    paths: Iterable[str | Path], options: ImportOptions, report: Report, *, tick: Tick = no_tick
) -> Iterator[Reading]:
    """Return the records of all files, in order, each a Conversation or a SetAside.

    `tick` is told of bytes as they are read; they add up to `export_size`. Raised at once, before the first
    record is asked for: UsageError EXP101, EXP102, EXP104, EXP105, ExportError EXP103.
    """
    options.zone()
    check_date_order(options.date_order)
    if options.format:
        importer_called(options.format)
    locations = find_exports(paths, report)
    return _readings(locations, options, _thinned(report), tick)


def export_size(paths: Iterable[str | Path]) -> int:
    """Return the bytes that reading the paths will tick. Raises what `read_exports` does for paths."""
    return size_of(find_exports(paths, _ignore))


def _readings(
    locations: Iterable[Location], options: ImportOptions, report: Report, tick: Tick
) -> Iterator[Reading]:
    for location in locations:
        meter = _Meter(size_of([location]), tick)
        yield from _file_readings(location, options, report, meter.count)
        meter.count(meter.left)


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


def _file_readings(
    location: Location, options: ImportOptions, report: Report, tick: Tick
) -> Iterator[Reading]:
    file = _opened(location)
    if isinstance(file, SetAside):
        yield file
        return
    importer = importer_called(options.format) if options.format else importer_for(file)
    if isinstance(importer, SetAside):
        yield importer
        return
    try:
        yield from importer.read(file, options, report, tick)
    except OSError as error:
        yield _unreadable(location, error)


def _opened(location: Location) -> ExportFile | SetAside:
    """Return the file with its head, or why it cannot be used: EXP108 to EXP112, EXP116."""
    try:
        if not S_ISREG(location.path.stat().st_mode) and not location.path.is_dir():
            return _aside(location, "EXP116", "not a file but a device or a pipe", "name a file")
        head = head_of(location.path)
    except OSError as error:
        return _unreadable(location, error)
    except UnreadableError as error:
        return error.aside("", source=location.source, position="")
    if _is_blank(head):
        return _aside(location, "EXP108", "the file is empty", "export it again")
    return ExportFile(path=location.path, source=location.source, head=head)


def _is_blank(head: Head) -> bool:
    return not head.entries and not head.text.strip() and len(head.start) < HEAD_LENGTH


def _unreadable(location: Location, error: OSError) -> SetAside:
    reason = f"cannot be read: {error.strerror or error}"
    return _aside(location, "EXP109", reason, "check that you may read it and that its disk is sound")


def _aside(location: Location, code: str, reason: str, hint: str) -> SetAside:
    return UnreadableError(code, reason, hint).aside("", source=location.source, position="")


def _thinned(report: Report) -> Report:
    """Return a report that passes on each assumption about the run once."""
    told: set[str] = set()

    def pass_on(diagnostic: Diagnostic) -> None:
        if diagnostic.code in told:
            return
        if diagnostic.code in _ONCE_A_RUN:
            told.add(diagnostic.code)
        report(diagnostic)

    return pass_on


def _ignore(diagnostic: Diagnostic) -> None:
    """Leave the diagnostic to the reading itself."""
