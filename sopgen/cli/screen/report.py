"""What a report was made of, and where it is."""

from sopgen.cli.reporting import Written
from sopgen.cli.screen.console import say
from sopgen.cli.screen.plain import counted


def show_report(written: Written) -> None:
    """Print of how many runs and conversations the report is, and where its files are."""
    say(f"{counted(len(written.runs), 'run')}, {counted(written.conversations, 'conversation')}")
    for path in written.files:
        say(f"  {path}", style="bold")
