"""The lint: what is missing from, odd in, or badly said by an SOP. Its flaws of form come from the reader.

Only the draft is looked over: a release is frozen. What an author allows in the source, with a reason, is set
apart (`allowance`). What needs the checks themselves is the business of `sopgen.compliance`.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from sopgen.base.diagnostic import Diagnostic, in_reading_order
from sopgen.sop import lint_history, lint_naming, lint_slip, lint_structure, lint_wording
from sopgen.sop.allowance import Allowed, report_allowances, set_apart
from sopgen.sop.lint_codes import LINT_CODES
from sopgen.sop.model import Sop, SopHistory

RULES: tuple[Callable[[Sop], Iterator[Diagnostic]], ...] = (
    *lint_structure.RULES,
    *lint_slip.RULES,
    *lint_wording.RULES,
    *lint_naming.RULES,
)
"""Every rule that looks at the draft alone."""

_OWN = frozenset(code.code for code in LINT_CODES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspection:
    """What a lint found: the flaws to mend, and those that the authors allow, each in reading order."""

    flaws: tuple[Diagnostic, ...]
    allowed: tuple[Allowed, ...] = ()


def lint(histories: Iterable[SopHistory], *, at: datetime | None = None) -> tuple[Diagnostic, ...]:
    """Return the flaws that `inspect` finds in the drafts by themselves, those that are allowed left out."""
    return inspect(histories, at=at).flaws


def inspect(
    histories: Iterable[SopHistory],
    *,
    at: datetime | None = None,
    further: Iterable[Diagnostic] = (),
    codes: Collection[str] = _OWN,
) -> Inspection:
    """Return what is wrong in the drafts: SOP201 to SOP253.

    `at` is the day on which reviews are due or overdue; without it nobody asks. `further` are flaws that
    others found in the same drafts, which authors may allow as well; `codes` are all that can be found, so
    that an allowance of another code is a slip.
    """
    drafts = [history for history in histories if history.draft]
    found = [*further, *(flaw for history in drafts for flaw in _found(history, at))]
    allowances = [
        each for history in drafts if history.draft for each in report_allowances(history.draft, codes)
    ]
    past = {flaw for history in drafts for flaw in lint_history.dropped_before(history)}
    kept, allowed, slips = set_apart([*found, *sorted(past, key=lambda flaw: flaw.message)], allowances)
    return Inspection(
        flaws=in_reading_order({*kept, *slips} - past),
        allowed=tuple(each for each in allowed if each.flaw not in past),
    )


def _found(history: SopHistory, at: datetime | None) -> Iterator[Diagnostic]:
    if history.draft is None:
        return
    for rule in RULES:
        yield from rule(history.draft)
    yield from lint_history.look_back(history)
    if at is not None:
        yield from lint_history.overdue(history, at)
