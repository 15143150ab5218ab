"""How an SOP stands at a moment: what governs, what comes next, what is due, how much a machine checks."""

from collections.abc import Container
from dataclasses import dataclass
from datetime import datetime

from sopgen.sop.difference import differences, weightiest
from sopgen.sop.model import Category, Clause, Release, SopHistory

_NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Unreleased:
    """What the draft says that no release says: how many changes, and the weightiest kind of them.

    `changes` is None without a release to compare with, and `category` is None where nothing differs.
    """

    changes: int | None
    category: Category | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """An SOP at a moment.

    `version` is the one in force, "draft" without any release, "" before the first takes effect or while the
    one whose time it is is withheld; `since` is when it took effect, `approved_by` who approved it.
    `next_version` takes effect after the moment, at `next_from`. `review_due` is when the version in force is
    due for review. `withheld` are the releases that were damaged. `unreleased` is None when the draft cannot
    be read, or the release to compare it with is withheld. Of an SOP that is `broken` only the id is known.
    Of the `clauses` of the version in force, `checked` are judged by a check that exists, `excused` say why
    none judges them, `open` say neither.
    """

    sop: str
    title: str
    version: str
    since: datetime | None
    next_version: str
    next_from: datetime | None
    owner: str
    approver: str
    approved_by: str
    review_due: datetime | None
    overdue: bool
    unreleased: Unreleased | None
    withheld: tuple[str, ...]
    clauses: int
    checked: int
    excused: int
    open: int
    broken: bool = False


def broken_standing(sop: str) -> Standing:
    """Return how an SOP stands that cannot be used: its index was changed, or its only draft has errors."""
    return Standing(
        sop=sop,
        title="",
        version="",
        since=None,
        next_version="",
        next_from=None,
        owner="",
        approver="",
        approved_by="",
        review_due=None,
        overdue=False,
        unreleased=None,
        withheld=(),
        clauses=0,
        checked=0,
        excused=0,
        open=0,
        broken=True,
    )


def standing_of(history: SopHistory, checks: Container[str], *, at: datetime) -> Standing:
    """Return how the SOP stands at the instant `at`, before `checks` that exist."""
    governing = history.in_force(at)
    sop = governing or history.newest
    edition = history.edition_of(history.release_at(at))
    following = _next(history, at)
    due = edition.review_due if edition else None
    clauses = tuple(sop.clauses())
    checked = sum(clause.check in checks for clause in clauses)
    excused = sum(_is_excused(clause) for clause in clauses)
    return Standing(
        sop=history.id,
        title=sop.title,
        version=governing.version if governing else "",
        since=edition.release.effective if edition else None,
        next_version=following.version if following else "",
        next_from=following.effective if following else None,
        owner=sop.owner,
        approver=sop.approver,
        approved_by=edition.release.approved_by if edition else "",
        review_due=due,
        overdue=due is not None and due < at,
        unreleased=_unreleased(history),
        withheld=tuple(release.version for release in history.withheld),
        clauses=len(clauses),
        checked=checked,
        excused=excused,
        open=len(clauses) - checked - excused,
    )


def _next(history: SopHistory, at: datetime) -> Release | None:
    """Return the release that takes effect first after `at`; of several at once the last one counts."""
    later = [release for release in reversed(history.releases) if release.effective > at]
    return min(later, key=lambda release: release.effective, default=None)


def _unreleased(history: SopHistory) -> Unreleased | None:
    if history.draft is None:
        return None
    if not history.releases:
        return Unreleased(changes=None, category=Category.SUBSTANTIVE)
    newest = history.edition_of(history.releases[-1])
    if newest is None:
        return None
    changes = differences(newest.sop, history.draft)
    return Unreleased(changes=len(changes), category=weightiest(changes))


def _is_excused(clause: Clause) -> bool:
    return clause.check in ("", _NONE) and bool(clause.reason)
