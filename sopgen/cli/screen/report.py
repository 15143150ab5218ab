"""What a report was made of, and where it is."""

from sopgen.cli.reporting import Written
from sopgen.cli.screen.console import say
from sopgen.cli.screen.plain import counted


def show_report(written: Written) -> None:
    """Print of how many runs and conversations the report is, and where its files are."""
    checked = sum(run.totals.checked for run in written.runs)
    say(f"{counted(len(written.runs), 'run')}, {counted(checked, 'conversation')}")
    for path in written.files:
        say(f"  {path}", style="bold")
