"""What another version of an SOP would change in the findings of past conversations, clause by clause.

Both versions judge every conversation, whatever was in force then: the question is what the one would have
said where the other said something else. A clause goes by its id, which is never reused.
"""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from sopgen.compliance.model import Judgement, Verdict
from sopgen.conversation.model import Conversation, Reading
from sopgen.quality.disposition import Decision, Disposition
from sopgen.quality.interval import Estimate, paired_change, share
from sopgen.quality.known import Known
from sopgen.runs.finding import Finding, findings_of
from sopgen.runs.fingerprint import fingerprint_of
from sopgen.runs.judge import Judge, examine_all, prepare
from sopgen.runs.tally import number_order
from sopgen.runs.worker import BATCH_SIZE, in_batches
from sopgen.sop.model import Severity

EXAMPLES = 3
"""Conversations of each kind that are shown for a clause (our decision, 2026-11-22)."""

Shift = tuple[Verdict | None, Verdict | None]
"""A clause's verdict by the old version and by the new one; None where that version does not judge it."""

_DECIDED = (Verdict.PASS, Verdict.FAIL)


class Kind(StrEnum):
    """Which way a conversation changed sides."""

    NEWLY_FAILING = "newly failing"
    NEWLY_PASSING = "newly passing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A conversation that changed sides: the finding of the one version, and the other's verdict."""

    kind: Kind
    finding: Finding
    other: Verdict | None
    other_reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClauseShift:
    """What becomes of one clause: how many conversations went from which verdict to which.

    `is_old` and `is_new` say which versions judge by it at all; text, number, check and severity are the new
    version's where it does. `decided` counts how people have decided about findings that the new version has
    no more: confirmed ones are departures that it would miss.
    """

    clause: str
    number: str
    text: str
    check: str
    severity: Severity
    is_old: bool
    is_new: bool
    shifts: Mapping[Shift, int]
    examples: tuple[Example, ...]
    decided: Mapping[Decision, int] = field(default_factory=dict)

    @property
    def newly_failing(self) -> int:
        """Return how many conversations the new version fails and the old one did not."""
        return sum(count for (old, new), count in self.shifts.items() if new is Verdict.FAIL is not old)

    @property
    def newly_passing(self) -> int:
        """Return how many conversations the old version failed and the new one does not."""
        return sum(count for (old, new), count in self.shifts.items() if old is Verdict.FAIL is not new)

    @property
    def changed(self) -> int:
        """Return how many conversations get another verdict."""
        return sum(count for (old, new), count in self.shifts.items() if old is not new)

    @property
    def old_rate(self) -> Estimate:
        """Return the share of fails among what the old version decides."""
        return self._rate(0)

    @property
    def new_rate(self) -> Estimate:
        """Return the share of fails among what the new version decides."""
        return self._rate(1)

    @property
    def change(self) -> Estimate:
        """Return by how much the share of fails changes where both versions decide."""
        of = sum(self.shifts.get((old, new), 0) for old in _DECIDED for new in _DECIDED)
        more = self.shifts.get((Verdict.PASS, Verdict.FAIL), 0)
        return paired_change(more, self.shifts.get((Verdict.FAIL, Verdict.PASS), 0), of)

    def _rate(self, side: int) -> Estimate:
        counts = Counter[Verdict | None]()
        for shift, count in self.shifts.items():
            counts[shift[side]] += count
        return share(counts[Verdict.FAIL], counts[Verdict.FAIL] + counts[Verdict.PASS])


@dataclass(frozen=True, slots=True, kw_only=True)
class Backtest:
    """What a new version would change. `old_only` and `new_only` count conversations that one alone governs.

    `old_findings` and `new_findings` count conversations with at least one; `joined` those that have one by
    the new version alone, `left` by the old one alone. Clauses stand in reading order. `erased` were left
    out before, being of people who were erased.
    """

    sop: str
    old: str
    new: str
    language: str
    conversations: int
    set_aside: int
    both: int
    old_only: int
    new_only: int
    old_findings: int
    new_findings: int
    joined: int
    left: int
    clauses: tuple[ClauseShift, ...]
    erased: int = 0

    @property
    def change(self) -> Estimate:
        """Return by how much the share of governed conversations with a finding changes."""
        return paired_change(self.joined, self.left, self.both + self.old_only + self.new_only)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sides:
    """Two judges, and by which name the version of each goes."""

    sop: str
    language: str
    old_version: str
    new_version: str
    old: Judge
    new: Judge


def backtest(
    readings: Iterable[Reading],
    sides: Sides,
    progress: Callable[[int], None] = lambda _: None,
    *,
    known: Known | None = None,
) -> Backtest:
    """Return what the new side changes; `progress` is called with the number of conversations so far.

    `known` has what people decided about findings.
    """
    count = _Count(known.dispositions if known is not None else {})
    for batch in in_batches(readings, BATCH_SIZE):
        talks = [each for each in batch if isinstance(each, Conversation)]
        count.set_aside += len(batch) - len(talks)
        prepare(talks, sides.old)
        prepare(talks, sides.new)
        old, new = examine_all(talks, sides.old), examine_all(talks, sides.new)
        for conversation, before, after in zip(talks, old, new, strict=True):
            count.take(conversation, before.judgements, after.judgements)
            progress(count.conversations)
    return count.sum_up(sides)


class _Count:
    """The counts so far, and the conversations that may be shown."""

    def __init__(self, dispositions: Mapping[str, Disposition]) -> None:
        self._dispositions = dispositions
        self._decided: dict[str, Counter[Decision]] = {}
        self.conversations = self.set_aside = self.both = self.old_only = self.new_only = 0
        self.old_findings = self.new_findings = self.joined = self.left = 0
        self._shifts: dict[str, Counter[Shift]] = {}
        self._told: dict[str, tuple[bool, bool, Judgement]] = {}
        self._shown: dict[tuple[str, Kind], list[tuple[bytes, Example]]] = {}

    def take(self, conversation: Conversation, old: Sequence[Judgement], new: Sequence[Judgement]) -> None:
        """Count a conversation by what both sides say of it."""
        self.conversations += 1
        self.both += bool(old and new)
        self.old_only += bool(old and not new)
        self.new_only += bool(new and not old)
        failed, fails = (any(each.verdict is Verdict.FAIL for each in side) for side in (old, new))
        self.old_findings += failed
        self.new_findings += fails
        self.joined += fails and not failed
        self.left += failed and not fails
        before = {each.clause: each for each in old}
        after = {each.clause: each for each in new}
        for clause in before.keys() | after.keys():
            self._shift(conversation, before.get(clause), after.get(clause))

    def _shift(self, conversation: Conversation, old: Judgement | None, new: Judgement | None) -> None:
        told = new or old
        assert told is not None
        was_old, was_new, known = self._told.get(told.clause, (False, False, told))
        self._told[told.clause] = (was_old or old is not None, was_new or new is not None, new or known)
        shift = (old.verdict if old else None, new.verdict if new else None)
        self._shifts.setdefault(told.clause, Counter())[shift] += 1
        if new is not None and new.verdict is Verdict.FAIL is not shift[0]:
            self._show(conversation, new, old, Kind.NEWLY_FAILING)
        elif old is not None and old.verdict is Verdict.FAIL is not shift[1]:
            self._show(conversation, old, new, Kind.NEWLY_PASSING)
            self._note_decision(conversation, old)

    def _note_decision(self, conversation: Conversation, failing: Judgement) -> None:
        if not self._dispositions:
            return
        (finding,) = findings_of(conversation, (failing,))
        decided = self._dispositions.get(fingerprint_of(finding))
        if decided is not None:
            self._decided.setdefault(failing.clause, Counter())[decided.decision] += 1

    def _show(
        self, conversation: Conversation, failing: Judgement, other: Judgement | None, kind: Kind
    ) -> None:
        """Keep the conversation as an example if its lot is low enough: a fair draw, always the same."""
        held = self._shown.setdefault((failing.clause, kind), [])
        lot = hashlib.blake2b(f"{failing.clause}\0{conversation.id}".encode("utf-8", "replace")).digest()
        if len(held) >= EXAMPLES and lot >= held[-1][0]:
            return
        (finding,) = findings_of(conversation, (failing,))
        verdict, reason = (other.verdict, other.reason) if other else (None, "")
        held.append((lot, Example(kind=kind, finding=finding, other=verdict, other_reason=reason)))
        held.sort(key=lambda each: each[0])
        del held[EXAMPLES:]

    def sum_up(self, sides: Sides) -> Backtest:
        """Return what was counted."""
        order = sorted(
            self._told, key=lambda clause: (number_order(self._told[clause][2].clause_number), clause)
        )
        return Backtest(
            sop=sides.sop,
            old=sides.old_version,
            new=sides.new_version,
            language=sides.language,
            conversations=self.conversations,
            set_aside=self.set_aside,
            both=self.both,
            old_only=self.old_only,
            new_only=self.new_only,
            old_findings=self.old_findings,
            new_findings=self.new_findings,
            joined=self.joined,
            left=self.left,
            clauses=tuple(map(self._clause, order)),
        )

    def _clause(self, clause: str) -> ClauseShift:
        is_old, is_new, told = self._told[clause]
        examples = (each for kind in Kind for _, each in self._shown.get((clause, kind), ()))
        return ClauseShift(
            clause=clause,
            number=told.clause_number,
            text=told.clause_text,
            check=told.check,
            severity=told.severity,
            is_old=is_old,
            is_new=is_new,
            shifts=self._shifts[clause],
            examples=tuple(examples),
            decided=self._decided.get(clause, {}),
        )
