"""Diagnostics and errors as people mend them: the place first, then what is wrong, then what to do."""

import sys
import traceback
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Self

from rich.text import Text

from sopgen import __version__
from sopgen.base.diagnostic import Diagnostic, Level, has_error, in_reading_order
from sopgen.base.errors import SopgenError
from sopgen.cli.screen.console import BAD, DOUBTFUL, QUIET, notice, notices
from sopgen.cli.screen.plain import counted, plain
from sopgen.cli.screen.source import excerpt_of

_STYLES = {Level.ERROR: BAD, Level.WARNING: DOUBTFUL, Level.NOTE: QUIET}
_LEVELS = tuple(Level)
_SHOWN_OF_A_KIND = 20
"""Diagnostics of one code in one file that are printed before the rest is only counted (2026-11-21)."""


class Gathered:
    """The diagnostics of a call: a `report` that remembers them and prints them in reading order.

    `diagnostics` is the list itself, which grows while a stage reports. As a context it prints at its end
    what has not been printed yet, so that an error stands below the diagnostics that led to it; a `quiet` one
    prints only when the call ends with an error.
    """

    def __init__(self, *, quiet: bool = False) -> None:
        self.diagnostics: list[Diagnostic] = []
        self._known: set[Diagnostic] = set()
        self._shown = 0
        self._quiet = quiet

    def __call__(self, diagnostic: Diagnostic) -> None:
        """Remember a diagnostic; the same one twice counts once."""
        if diagnostic not in self._known:
            self._known.add(diagnostic)
            self.diagnostics.append(diagnostic)

    def __enter__(self) -> Self:
        """Return the diagnostics themselves."""
        return self

    def __exit__(self, error: type[BaseException] | None, *_: object) -> None:
        """Print what has not been printed yet."""
        if error is not None or not self._quiet:
            self.show()

    def take(self, diagnostics: Iterable[Diagnostic]) -> None:
        """Remember several diagnostics."""
        for diagnostic in diagnostics:
            self(diagnostic)

    def in_order(self) -> tuple[Diagnostic, ...]:
        """Return the diagnostics in reading order."""
        return in_reading_order(self.diagnostics)

    def show(self) -> None:
        """Print to standard error those that have not been printed yet."""
        fresh, self._shown = self.diagnostics[self._shown :], len(self.diagnostics)
        show_diagnostics(in_reading_order(fresh))

    def has_error(self) -> bool:
        """Return whether any is an error."""
        return has_error(self.diagnostics)

    def reaches(self, threshold: Level) -> bool:
        """Return whether any is at or above the threshold."""
        return any(_LEVELS.index(each.level) <= _LEVELS.index(threshold) for each in self.diagnostics)


def show_diagnostics(diagnostics: Sequence[Diagnostic]) -> None:
    """Print diagnostics to standard error: `file:line:col: level CODE message`, the line itself, the hint."""
    if not diagnostics:
        return
    from sopgen.quality.veiled_summary import shown_on_a_screen  # noqa: PLC0415 -- only where there are any

    surface = notices()
    seen: Counter[tuple[str, str]] = Counter()
    for each in map(shown_on_a_screen, diagnostics):
        seen[each.code, each.span.file] += 1
        if seen[each.code, each.span.file] <= _SHOWN_OF_A_KIND:
            surface.print(_drawn(each), soft_wrap=True)
    for (code, file), count in seen.items():
        if count > _SHOWN_OF_A_KIND:
            notice(f"{file}: {count - _SHOWN_OF_A_KIND} more of {code}", style=QUIET)


def _drawn(diagnostic: Diagnostic) -> Text:
    drawn = Text()
    drawn.append(f"{plain(str(diagnostic.span))}: ", style="bold")
    drawn.append(f"{diagnostic.level} {diagnostic.code}", style=_STYLES[diagnostic.level])
    drawn.append(f" {plain(diagnostic.message)}")
    excerpt = excerpt_of(diagnostic.span)
    if excerpt:
        drawn.append(f"\n{excerpt}", style=QUIET)
    if diagnostic.hint:
        drawn.append(f"\n  hint: {plain(diagnostic.hint)}", style=QUIET)
    return drawn


def tally(diagnostics: Iterable[Diagnostic]) -> str:
    """Return how many there are of each level: "2 errors, 1 warning"; "" when there are none."""
    counts = Counter(each.level for each in diagnostics)
    return ", ".join(counted(counts[level], str(level)) for level in Level if counts[level])


def show_error(error: SopgenError) -> None:
    """Print why the run cannot go on: what is wrong, one hint, and the code that `sopgen explain` opens."""
    notice(f"error: {error.message}", style=BAD)
    if error.hint:
        notice(f"  hint: {error.hint}")
    notice(f"  code: {error.code} (sopgen explain {error.code})", style=QUIET)


def show_misuse(message: str, *, command: str) -> None:
    """Print what is wrong with a call, and where its help is."""
    notice(f"error: {message}", style=BAD)
    notice(f"  hint: see {command} --help")


def show_bug() -> None:
    """Print the traceback of the exception being handled, and what to send to whom."""
    traceback.print_exc(file=sys.stderr)
    notice(f"error: this is a bug in sopgen {__version__}, not in what you gave it", style=BAD)
    notice("  hint: report it with the lines above, after removing what is private in them")
