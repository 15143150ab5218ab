"""How an SOP stands at a moment: which version governs, and how much of it a machine checks."""

from collections.abc import Container
from dataclasses import dataclass
from datetime import datetime

from sopgen.sop.model import Clause, SopHistory

_NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """An SOP at a moment.

    `version` is the one in force, "draft" without any release, "" before the first takes effect; `since` is
    when it took effect. Of its `clauses`, `checked` are judged by a check that exists, `excused` say why none
    judges them, `open` say neither.
    """

    sop: str
    title: str
    version: str
    since: datetime | None
    clauses: int
    checked: int
    excused: int
    open: int


def standing_of(history: SopHistory, checks: Container[str], *, at: datetime) -> Standing:
    """Return how the SOP stands at the instant `at`, before `checks` that exist."""
    governing = history.in_force(at)
    sop = governing or history.newest
    clauses = tuple(sop.clauses())
    checked = sum(clause.check in checks for clause in clauses)
    excused = sum(_is_excused(clause) for clause in clauses)
    since = (each.release.effective for each in history.editions if each.sop is governing)
    return Standing(
        sop=history.id,
        title=sop.title,
        version=governing.version if governing else "",
        since=next(since, None),
        clauses=len(clauses),
        checked=checked,
        excused=excused,
        open=len(clauses) - checked - excused,
    )


def _is_excused(clause: Clause) -> bool:
    return clause.check in ("", _NONE) and bool(clause.reason)
