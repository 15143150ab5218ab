"""Everything that can be said about SOPs before a conversation is held against them: the whole lint."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sopgen.base.diagnostic import Diagnostic
from sopgen.compliance.binding import bind
from sopgen.compliance.codes import CODES
from sopgen.compliance.consistency import look_for_conflicts
from sopgen.compliance.pack import Pack
from sopgen.sop.lint import Inspection, inspect
from sopgen.sop.lint_codes import LINT_CODES
from sopgen.sop.model import SopHistory
from sopgen.sop.source_codes import SOURCE_CODES

KNOWN = frozenset(entry.code for entry in (*SOURCE_CODES, *LINT_CODES, *CODES))
"""Every code that an author may allow: those of sources, of the lint, of bindings and of consistency."""


def survey(
    histories: Sequence[SopHistory],
    pack: Pack,
    *,
    at: datetime | None = None,
    further: Collection[Diagnostic] = (),
) -> Inspection:
    """Return what is wrong in the drafts: their form, their bindings, their consistency.

    `further` are the flaws that were met when the sources were read. `at` is the day of the review.
    """
    found = list(further)
    for history in histories:
        if history.draft is not None:
            bind(history.draft, pack, found.append)
    found += look_for_conflicts(histories, pack)
    return inspect(histories, at=at, further=dict.fromkeys(found), codes=KNOWN)
