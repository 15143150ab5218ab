"""One change between two versions of an SOP, as a value."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from sopgen.base.span import Span
from sopgen.sop.difference.word import Mark, mark
from sopgen.sop.model import Category

_NOWHERE = Span(file="")


class Subject(StrEnum):
    """What a change is about; a step is a clause of a procedure's ordered list."""

    FRONT_MATTER = "front-matter"
    SECTION = "section"
    PROCEDURE = "procedure"
    CLAUSE = "clause"
    STEP = "step"
    QUICK_REPLY = "quick-reply"
    PROSE = "prose"
    EXAMPLE = "example"


class ChangeKind(StrEnum):
    """What has happened. A `SETTING` is any other value: of the front matter, of a section, of an example."""

    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"
    RENAMED = "renamed"
    REWORDED = "reworded"
    MODALITY = "modality"
    CHECK = "check"
    PARAMETER = "parameter"
    SEVERITY = "severity"
    REASON = "reason"
    SETTING = "setting"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where an added or moved part stands now: under which part, and after which one ("" for the first)."""

    under: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One change: what has happened to which part.

    `id` is the part's id in the new version (in the old one when it was removed); prose and examples go by
    the id of the part that they stand under, the front matter by its key. `section` is the id of the section
    to show it in ("" for the front matter), `number` and `text` are the part's own. `name` says which value
    changed (a parameter, a key), `old` and `new` what it was and is; None where there is none. What was
    added or removed has its text there. `category` is proposed by a rule, which `why` tells.

    `fields` are all the values of a part that was added or removed, by name. `part` and `place` are for
    `application`: they say which part changes, and where it stands now.
    """

    kind: ChangeKind
    subject: Subject
    id: str
    section: str = ""
    number: str = ""
    text: str = ""
    name: str = ""
    old: str | None = None
    new: str | None = None
    category: Category
    why: str
    part: str
    place: Place | None = None
    fields: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    old_span: Span = field(default=_NOWHERE, compare=False)
    new_span: Span = field(default=_NOWHERE, compare=False)

    @property
    def words(self) -> tuple[Mark, ...]:
        """Return the words of `old` and `new` in one row, each kept, deleted or inserted."""
        return mark(self.old or "", self.new or "")
