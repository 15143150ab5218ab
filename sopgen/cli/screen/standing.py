"""How SOPs stand, one a row."""

from collections.abc import Iterable

from sopgen.cli.screen.console import show_table
from sopgen.cli.screen.plain import one_line
from sopgen.cli.standing import Standing

_COLUMNS = ("sop", "title", "in force", "since", "clauses#", "checked#", "excused#", "open#")


def show_standings(standings: Iterable[Standing]) -> None:
    """Print a table of SOPs: what is in force since when, and how many clauses are checked."""
    show_table(_COLUMNS, map(_row, standings))


def _row(standing: Standing) -> tuple[str, ...]:
    since = f"{standing.since:%Y-%m-%d}" if standing.since else "-"
    counts = (standing.clauses, standing.checked, standing.excused, standing.open)
    return (standing.sop, one_line(standing.title), standing.version or "not yet", since, *map(str, counts))
