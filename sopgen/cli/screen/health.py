"""How ready a machine is, part by part."""

from collections.abc import Sequence

from sopgen.cli.machine import Part, remedy
from sopgen.cli.screen.console import BAD, GOOD, coloured, results, say


def show_health(parts: Sequence[Part], *, system: str) -> None:
    """Print a line for each part, and below one that is missing the line to type."""
    for part in parts:
        mark = coloured("ready    ", GOOD) if part.ready else coloured("missing  ", BAD)
        results().print(mark, coloured(f"{part.name}: {part.found}", ""), sep="", soft_wrap=True)
        if not part.ready:
            say(f"         {remedy(part, system=system)}")
    missing = sum(not part.ready for part in parts)
    say("Ready." if not missing else f"{missing} of {len(parts)} parts are missing.")
