"""How SOPs stand, one a row."""

from collections.abc import Iterable
from datetime import datetime

from rich.text import Text

from sopgen.cli.screen.console import BAD, DOUBTFUL, coloured, show_table
from sopgen.cli.screen.plain import one_line
from sopgen.cli.standing import Standing, Unreleased

_COLUMNS = ("sop", "in force", "since", "next", "review due", "owner", "approved by", "unreleased", "checked")


def show_standings(standings: Iterable[Standing]) -> None:
    """Print a table of SOPs: what governs, what comes next, what is due, and how much is checked."""
    show_table(_COLUMNS, map(_row, standings))


def _row(standing: Standing) -> tuple[str | Text, ...]:
    return (
        standing.sop,
        _in_force(standing),
        _day(standing.since),
        f"{standing.next_version} on {_day(standing.next_from)}" if standing.next_version else "-",
        _review(standing),
        one_line(standing.owner) or "-",
        one_line(standing.approved_by) or "-",
        _unreleased(standing.unreleased),
        "-" if standing.broken else f"{standing.checked} of {standing.clauses}",
    )


def _in_force(standing: Standing) -> str | Text:
    if standing.broken:
        return coloured("broken", BAD)
    if not standing.withheld:
        return standing.version or "not yet"
    damaged = f"damaged: {', '.join(standing.withheld)}"
    return coloured(f"{standing.version} ({damaged})" if standing.version else damaged, BAD)


def _review(standing: Standing) -> str | Text:
    day = _day(standing.review_due)
    return coloured(f"{day} overdue", BAD) if standing.overdue else day


def _unreleased(unreleased: Unreleased | None) -> str | Text:
    if unreleased is None:
        return coloured("unknown", DOUBTFUL)
    if unreleased.changes is None:
        return coloured("never released", DOUBTFUL)
    return f"{unreleased.changes}, {unreleased.category}" if unreleased.category else "none"


def _day(instant: datetime | None) -> str:
    return f"{instant:%Y-%m-%d}" if instant else "-"
