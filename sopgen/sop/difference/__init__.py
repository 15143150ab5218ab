"""What lies between two versions of an SOP: typed changes, part by part.

    Sop, Sop -> Outline (parts with their values) -> pairs -> Change

Decisions

- **Identity is the id.** A clause with another id is another clause, unless `was=` says that it goes on under
  a new one. Only where an id was made from the words (a clause without one, a quick reply, a heading) do the
  words decide. Prose and examples go by their order under the part that they explain.
- **What follows from something else is no change.** Numbers, lines and comments are left out.
- **The list is complete.** `application.applied(old, changes)` rebuilds what the new version says from the
  old one and the list alone; a test holds it against the new version for any sources.
- **The category is proposed by rule** (`category`), with its reason, and decided by people: by an option of
  `sopgen diff` and `sopgen release`, not by an attribute in the source. A category belongs to a pair of
  versions; in the source it would outlive the release that it was meant for, and a removed clause has no
  place to carry one.
"""

from sopgen.sop.difference.change import Change, ChangeKind, Subject
from sopgen.sop.difference.comparison import differences
from sopgen.sop.difference.decision import decided, unknown_names, weightiest
from sopgen.sop.difference.word import Mark, Marked

__all__ = [
    "Change",
    "ChangeKind",
    "Mark",
    "Marked",
    "Subject",
    "decided",
    "differences",
    "unknown_names",
    "weightiest",
]
