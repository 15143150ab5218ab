"""Records that were set aside, told while a run goes by, in memory that does not grow with their number."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Self

from sopgen.base.diagnostic import Diagnostic, Level
from sopgen.base.span import Span
from sopgen.cli.screen.console import QUIET, notice
from sopgen.cli.screen.trouble import show_diagnostics
from sopgen.conversation.model import Reading, SetAside

_NUMBERED = re.compile(r"\w+ ([0-9]+)")
"""A position that is no more than a number in its file; one in a sheet or a part names that, too."""

SHOWN = 5
"""Records of one reason in one file that are shown; the rest is counted (our decision, 2026-11-21)."""


class Aside:
    """Sees readings go by and remembers enough of those that were set aside to tell a person."""

    def __init__(self) -> None:
        self.count = 0
        self._kinds: Counter[tuple[str, str]] = Counter()
        self._shown: list[Diagnostic] = []

    def __enter__(self) -> Self:
        """Return what watches."""
        return self

    def __exit__(self, *_: object) -> None:
        """Print what was set aside."""
        self.show()

    def watch(self, readings: Iterable[Reading]) -> Iterator[Reading]:
        """Yield the readings unchanged."""
        for reading in readings:
            if isinstance(reading, SetAside):
                self._remember(reading)
            yield reading

    def _remember(self, record: SetAside) -> None:
        self.count += 1
        kind = (record.source, record.code)
        self._kinds[kind] += 1
        if self._kinds[kind] <= SHOWN:
            self._shown.append(_told(record))

    def show(self) -> None:
        """Print the first of each kind as diagnostics, and how many more there are."""
        if not self._shown:
            return
        from sopgen.quality.mask import mask_place  # noqa: PLC0415 -- heavy, and mostly nothing is set aside

        show_diagnostics(self._shown)
        for (source, code), count in sorted(self._kinds.items()):
            if count > SHOWN:
                notice(
                    f"{mask_place(source)}: {count - SHOWN:,} more records set aside for {code}", style=QUIET
                )


def _told(record: SetAside) -> Diagnostic:
    numbered = _NUMBERED.fullmatch(record.position)
    line = int(numbered[1]) if numbered else 0
    place = Span(file=record.source, line=line)
    if record.position and not line:
        place = Span(file=f"{record.source} ({record.position})")
    message = f"set aside: {record.reason}"
    return Diagnostic(code=record.code, level=Level.ERROR, span=place, message=message, hint=record.hint)
