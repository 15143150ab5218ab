"""Which manuals were built, and where they are."""

from sopgen.cli.screen.console import BAD, say
from sopgen.cli.screen.plain import counted
from sopgen.manual.build import Built


def show_built(built: Built) -> None:
    """Print how many manuals there are, then the paths to open."""
    say(f"{counted(len(built.pdfs), 'manual')} built")
    for name in built.failed:
        say(f"  left out: {name}", style=BAD)
    if built.pdfs:
        say(f"  {built.home}", style="bold")
    for path in built.pdfs:
        say(f"  {path}")
