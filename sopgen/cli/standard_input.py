"""Exports that are no files here, `-` and URLs, kept in files of their own while a command runs; results too.

They are read twice, and by importers that want files, so they need that much room in the temporary folder.
"""

import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from sopgen.conversation.location import Location
from sopgen.runs.trouble import storing

DASH = Path("-")
_CALLED = "standard input"


@contextmanager
def with_standard_input(exports: Sequence[Path | str]) -> Iterator[tuple[Path | Location, ...]]:
    """Give the exports, those that are no files here as files that are gone afterwards.

    StorageError: STO101, STO102. Of URLs ExportError NGT104, MachineError NGT105.
    """
    if all(isinstance(each, Path) and each != DASH for each in exports):
        yield tuple(map(Path, exports))
        return
    with tempfile.TemporaryDirectory(prefix="sopgen-") as folder:
        yield tuple(
            place
            for number, each in enumerate(dict.fromkeys(exports))
            for place in _brought(each, Path(folder) / str(number))
        )


@contextmanager
def with_results_at(out: Path | str) -> Iterator[Path]:
    """Give a folder for results: `out` itself, or one that is taken to the URL when the block ends well.

    Of URLs StorageError STO105, MachineError STO106.
    """
    if isinstance(out, Path):
        yield out
        return
    with tempfile.TemporaryDirectory(prefix="sopgen-") as folder:
        yield Path(folder)
        from sopgen.runs.distant import send  # noqa: PLC0415 -- most results stay here

        send(Path(folder) / "runs", f"{out.rstrip('/')}/runs")  # and never the key of the pseudonyms


def _brought(export: Path | str, folder: Path) -> Iterator[Path | Location]:
    """Yield an export as files here, fetched into the folder where it is elsewhere."""
    if isinstance(export, str):
        yield from _fetched(export, folder)
    elif export == DASH:
        folder.mkdir()
        held = folder / "stdin"
        with storing(held), held.open("wb") as stream:
            shutil.copyfileobj(sys.stdin.buffer, stream)
        yield Location(path=held, source=_CALLED)
    else:
        yield export


def _fetched(url: str, folder: Path) -> Iterator[Location]:
    """Yield what lies at a URL: a file, a folder's files, those that fit a pattern."""
    from sopgen.conversation.options import ImportOptions  # noqa: PLC0415 -- with the one below
    from sopgen.runs.night.remote import RemoteInbox  # noqa: PLC0415 -- most exports are files here
    from sopgen.runs.night.setting import Inbox, shown_url  # noqa: PLC0415 -- as above

    inbox = RemoteInbox(Inbox(name=shown_url(url), path=url, options=ImportOptions()), url, folder)
    for arrival in inbox.arrivals():
        inbox.fetch(arrival)
        yield arrival.location
