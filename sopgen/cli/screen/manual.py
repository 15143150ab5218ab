"""Which manuals were built, and where they are."""

from sopgen.cli.screen.console import BAD, say
from sopgen.cli.screen.plain import counted
from sopgen.manual.work import Built


def show_built(built: Built) -> None:
    """Print how many manuals there are, then the paths to open."""
    done = "as before: nothing has changed" if built.is_unchanged else "built"
    say(f"{counted(len(built.pages), 'page')} and {counted(len(built.pdfs), 'PDF')} {done}")
    for name in built.failed:
        say(f"  left out: {name}", style=BAD)
    if built.pdfs:
        say(f"  {built.home}", style="bold")
    for path in (*built.pdfs, *built.single_files):
        say(f"  {path}")
