"""Many sheets become PDFs: those made before are taken from the store, the others are rendered side by side.

The store is a folder of PDFs by the digest of what went into them, so an entry can never be out of date. An
entry that was damaged is made again.
"""

import hashlib
import json
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing import get_all_start_methods, get_context
from multiprocessing.context import BaseContext
from pathlib import Path

from sopgen.base.diagnostic import Diagnostic, Level, diagnostic_record
from sopgen.base.errors import RenderError
from sopgen.base.span import Span
from sopgen.manual.sheet import Printed, Sheet, digest_of

KEPT = 400
"""PDFs in the store, the most recently used: some 80 MB (our decision, 2026-11-22)."""

FEW = 2
"""Up to so many sheets are rendered in this process: others take half a second each to start."""

Advance = Callable[[str], None]
"""Told the name of each PDF when it is there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Press:
    """A store of PDFs, and how many processes render at once."""

    store: Path
    workers: int = 1

    def print_all(self, sheets: Sequence[Sheet], advance: Advance) -> tuple[Printed, ...]:
        """Return what came of each sheet, in their order.

        Raises RenderError MAN201 without Pango, MAN204 when a process that renders ends by itself.
        """
        digests = tuple(map(digest_of, sheets))
        made = {digest: self._kept(digest) for digest in digests}
        for sheet, digest in zip(sheets, digests, strict=True):
            if made[digest] is not None:
                advance(sheet.name)
        todo = {digest: sheet for sheet, digest in zip(sheets, digests, strict=True) if made[digest] is None}
        for (digest, sheet), printed in zip(todo.items(), self._rendered(tuple(todo.values())), strict=True):
            made[digest] = self._keep(digest, printed)
            advance(sheet.name)
        return tuple(printed for digest in digests for printed in (made[digest],) if printed is not None)

    def _rendered(self, sheets: Sequence[Sheet]) -> Iterator[Printed]:
        """Yield what came of each sheet, as soon as it and those before it are there."""
        workers = min(self.workers, len(sheets))
        if workers < 2 or len(sheets) <= FEW:
            yield from map(_print, sheets)
            return
        try:
            with ProcessPoolExecutor(workers, mp_context=_context()) as pool:
                yield from pool.map(_print, sheets)
        except BrokenProcessPool as error:
            raise RenderError(
                "MAN204",
                "a process that renders PDFs ended by itself, most likely for want of memory",
                hint="render one at a time: --workers 1",
            ) from error

    def _kept(self, digest: str) -> Printed | None:
        """Return what the store has under the digest, or None when it has nothing, or nothing sound."""
        pdf, about = self.store / f"{digest}.pdf", self.store / f"{digest}.json"
        try:
            record, data = json.loads(about.read_bytes()), pdf.read_bytes()
            if hashlib.sha256(data).hexdigest() != record["sha256"]:
                return None
            flaws = tuple(map(diagnostic_of, record["flaws"]))
            os.utime(about)
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return Printed(pdf=data, flaws=flaws)

    def _keep(self, digest: str, printed: Printed) -> Printed:
        """Return the print, kept in the store when it is whole; raise what ends the run."""
        if printed.fatal:
            code, message, hint = printed.fatal
            raise RenderError(code, message, hint=hint)
        if printed.pdf is None:
            return printed
        record = {
            "sha256": hashlib.sha256(printed.pdf).hexdigest(),
            "flaws": [diagnostic_record(flaw) for flaw in printed.flaws],
        }
        self.store.mkdir(parents=True, exist_ok=True)
        _write(self.store / f"{digest}.pdf", printed.pdf)
        _write(self.store / f"{digest}.json", json.dumps(record).encode())
        return printed

    def tidy(self) -> None:
        """Take away the entries that were not used for longest, beyond KEPT."""
        entries = sorted(self.store.glob("*.json"), key=lambda path: path.stat().st_mtime_ns, reverse=True)
        for entry in entries[KEPT:]:
            entry.with_suffix(".pdf").unlink(missing_ok=True)
            entry.unlink(missing_ok=True)


def diagnostic_of(record: dict[str, str | int]) -> Diagnostic:
    """Return the diagnostic that `diagnostic_record` wrote."""
    span = Span(file=str(record["file"]), line=int(record["line"]), column=int(record["column"]))
    code, message, hint = (str(record[key]) for key in ("code", "message", "hint"))
    return Diagnostic(code=code, level=Level(str(record["level"])), span=span, message=message, hint=hint)


def _print(sheet: Sheet) -> Printed:
    from sopgen.manual.pdf import print_sheet  # noqa: PLC0415  # the renderer, only where something is rendered

    return print_sheet(sheet)


def _context() -> BaseContext:
    """Return how processes are started: from one that has loaded the renderer, where the system can."""
    if "forkserver" not in get_all_start_methods():
        return get_context("spawn")
    context = get_context("forkserver")
    context.set_forkserver_preload(["sopgen.manual.pdf", "weasyprint"])
    return context


def _write(place: Path, data: bytes) -> None:
    part = place.with_name(f".{place.name}.{os.getpid()}")
    part.write_bytes(data)
    part.replace(place)
