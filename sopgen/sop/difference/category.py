"""What kind of change a change is, proposed by rule; people may decide otherwise.

| change | proposed |
|---|---|
| a demand (clause, step, procedure) added or removed | substantive |
| modality, check, parameter, severity; what an example is expected to show | substantive |
| order of steps; a demand moved to another part | substantive |
| wording whose numbers, units, negations, modal words or bounds differ; mostly other words | substantive |
| whom the SOP governs, its opening hours, its id; the kind of a section | substantive |
| prose of the scope or the definitions added or removed | substantive |
| any other wording; examples, quick replies, other prose added or removed; reasons | clarification |
| owner, approver, review, title; ids, typography, order of what is not a step | administrative |

The rule on wording is blind to verbs: "menyapa" for "memeriksa" in a long sentence is proposed as a
clarification. That is why it is a proposal, shown with its reason.
"""

from sopgen.sop.difference.change import ChangeKind, Subject
from sopgen.sop.difference.outline import Part
from sopgen.sop.difference.word import carried, likeness, words
from sopgen.sop.model import Category, SectionKind

Proposal = tuple[Category, str]
"""A category, and why."""

OTHER_WORDS = 0.5
"""Likeness below which a wording counts as another demand (our decision, 2026-11-21)."""

_DEMANDS = frozenset({Subject.CLAUSE, Subject.STEP, Subject.PROCEDURE})
_BINDING = {
    ChangeKind.MODALITY: "how binding the clause is differs",
    ChangeKind.CHECK: "another check judges it, or none",
    ChangeKind.PARAMETER: "what its check demands differs",
    ChangeKind.SEVERITY: "how much a departure weighs differs",
}
_GOVERNING = ("id", "applies_to", "hours")
_DEFINING = frozenset({SectionKind.SCOPE, SectionKind.DEFINITIONS})
_INFORMING = frozenset({SectionKind.REFERENCES, SectionKind.REVIEW})


def propose_for_presence(part: Part) -> Proposal:
    """Return the category of a part that was added or removed."""
    if part.subject in _DEMANDS:
        return Category.SUBSTANTIVE, "a demand is there that was not, or is gone"
    if part.subject is Subject.PROSE and part.kind in _DEFINING:
        return Category.SUBSTANTIVE, "it says whom or what the demands are about"
    return Category.CLARIFICATION, "it demands nothing by itself"


def propose_for_place(old: Part, new: Part, *, elsewhere: bool) -> Proposal:
    """Return the category of a part that was moved; `elsewhere` says that it stands under another part."""
    if new.subject in _DEMANDS and elsewhere and (old.kind is not new.kind or new.subject is Subject.STEP):
        return Category.SUBSTANTIVE, "it belongs to another part now"
    if new.subject is Subject.STEP:
        return Category.SUBSTANTIVE, "the order of steps is part of what they demand"
    return Category.ADMINISTRATIVE, "only its place differs"


def propose_for_value(part: Part, kind: ChangeKind, name: str, values: tuple[str, str]) -> Proposal:
    """Return the category of a value that differs; `values` are the old and the new one, "" for none."""
    if kind in _BINDING:
        return Category.SUBSTANTIVE, _BINDING[kind]
    if kind is ChangeKind.RENAMED:
        return Category.ADMINISTRATIVE, "only its id differs"
    if kind is ChangeKind.REWORDED:
        return _rewording(part, *values)
    return _setting(part, name, values)


def _setting(part: Part, name: str, values: tuple[str, str]) -> Proposal:
    if part.subject is Subject.FRONT_MATTER:
        return _governance(name)
    if part.subject is Subject.SECTION:
        return Category.SUBSTANTIVE, "what the section is for differs"
    if name == "expected":
        return _expectation(*values)
    return Category.CLARIFICATION, "it explains what is demanded"


def _expectation(old: str, new: str) -> Proposal:
    if old.removeprefix("todo-") == new.removeprefix("todo-"):
        return Category.ADMINISTRATIVE, "only what the checker is known to miss differs"
    return Category.SUBSTANTIVE, "the same chat is judged otherwise"


def _governance(name: str) -> Proposal:
    if name.partition(".")[0] in _GOVERNING:
        return Category.SUBSTANTIVE, "whom the SOP governs, or when, differs"
    return Category.ADMINISTRATIVE, "who answers for the SOP, or what it is called, differs"


def _rewording(part: Part, old: str, new: str) -> Proposal:
    if words(old) == words(new):
        return Category.ADMINISTRATIVE, "only typography differs"
    if part.subject is Subject.EXAMPLE or (part.kind in _INFORMING and part.subject not in _DEMANDS):
        return Category.CLARIFICATION, "it explains what is demanded"
    if carried(old) != carried(new):
        return Category.SUBSTANTIVE, "numbers, negations or words that bind differ"
    if part.subject in _DEMANDS and likeness(old, new) < OTHER_WORDS:
        return Category.SUBSTANTIVE, "most of its words are others"
    return Category.CLARIFICATION, "numbers, negations and words that bind are kept"
