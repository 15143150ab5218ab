"""One clause held against conversations: what becomes of it, how sure that is, and what is said of it."""

import functools
from collections.abc import Callable
from dataclasses import dataclass, replace

from sopgen.compliance.binding import BoundClause
from sopgen.compliance.bits import first_in, from_on, last_in
from sopgen.compliance.certainty import Doubts
from sopgen.compliance.constraints.outcome import Mark, Outcome
from sopgen.compliance.constraints.response import end_of
from sopgen.compliance.model import Demand, Evidence, Judgement, Subject, Verdict
from sopgen.compliance.pack import Pack
from sopgen.compliance.reason import say_elsewhere, say_remedy, say_unsure
from sopgen.compliance.timeline import NO_ACTS, Reads, Timeline, Twin
from sopgen.compliance.wording import Wording, wording_of
from sopgen.conversation.model import Kind, Message, Role

LEAST_CERTAINTY = 0.3
"""Below it a verdict is undecided: two acts could as well be otherwise (our decision, 2026-11-22)."""

_NOTHING_SHOWN = Outcome(holds=False)
_NOTHING_APPLIES = Outcome(holds=False, applies=False)
_WRITTEN_ELSEWHERE = Outcome(holds=False, applies=False)
_NOT_CALLED_FOR = (Verdict.NA, _NOTHING_SHOWN)

IsOpen = Callable[[Timeline], bool]
"""Whether later messages may still come."""

_Decision = tuple[Verdict, Outcome]
"""A verdict, and the outcome that shows why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """A clause, ready to be held against conversations.

    `broken` gives the demand with the reply that would have passed, which only a violation asks for.
    `confidence` is that of every verdict, where it hangs on no act that the trained model has a say in. Else
    `called_for` is what the activation asks of the model, and `asked` what it and the expectation ask.
    """

    bound: BoundClause
    demand: Demand
    broken: Callable[[], Demand]
    wording: Wording
    is_open: IsOpen
    confidence: float | None
    called_for: Reads
    asked: Reads

    def judge(self, timeline: Timeline, subject: Subject, doubts: Doubts) -> Judgement:
        """Return the judgement on a conversation; a verdict that could as well be another is undecided."""
        choosing, language = self.bound.choosing, self.demand.language
        if choosing.wanted:
            elsewhere = choosing.turns_away(timeline.conversation, language)
            if elsewhere:
                return self._judged(timeline, subject, (Verdict.NA, elsewhere, 1.0), ())
        verdict, outcome = self.decide(timeline)
        marks = outcome.show(timeline)
        reason = self._say(timeline, verdict, outcome, marks)
        certainty = self.confidence if not self.asked else self._certainty(timeline, verdict, doubts)
        if certainty is not None and certainty < LEAST_CERTAINTY and verdict is not Verdict.UNDECIDED:
            verdict, reason = Verdict.UNDECIDED, say_unsure(reason, language)
        return self._judged(timeline, subject, (verdict, reason, certainty), marks)

    def decide(self, timeline: Timeline) -> _Decision:
        """Return the verdict, and the outcome that shows why."""
        outcome = timeline[self.bound.when]
        active = outcome.holds and outcome.doubt is None
        if active:
            outcome = timeline[self.bound.expect]
        elif outcome.doubt is None:
            return _NOT_CALLED_FOR
        decision = self._decided(timeline, outcome)
        if timeline.era is None or self._is_owed(timeline, *decision):
            return decision
        return Verdict.NA, _WRITTEN_ELSEWHERE

    def _decided(self, timeline: Timeline, outcome: Outcome) -> _Decision:
        if outcome.doubt is not None:
            return Verdict.UNDECIDED, outcome
        if not outcome.applies:
            return Verdict.UNDECIDED if self.is_open(timeline) else Verdict.NA, _NOTHING_APPLIES
        if outcome.holds:
            return Verdict.PASS, outcome
        if outcome.curable and self.is_open(timeline):
            return Verdict.UNDECIDED, outcome
        return Verdict.FAIL, outcome

    def _is_owed(self, timeline: Timeline, verdict: Verdict, outcome: Outcome) -> bool:
        """Return whether the judging version governs what decides: the words, else what called for them."""
        if verdict is Verdict.NA:
            return False
        marks = outcome.show(timeline)
        if marks:
            return timeline.owns(marks[0].position)
        if verdict is Verdict.PASS:
            return timeline.narrowed()[self.bound.when].holds
        return timeline.owns(end_of(timeline))

    def _certainty(self, timeline: Timeline, verdict: Verdict, doubts: Doubts) -> float:
        activation = timeline[self.bound.when]
        active = activation.holds and activation.doubt is None
        return doubts.certainty_of(verdict, self._verdict, self.asked if active else self.called_for)

    def _verdict(self, twin: Twin) -> Verdict:
        """Return the verdict on a twin; it is called for there as here unless that asks for what differs."""
        bound = self.bound
        if twin.era is not None or twin.ask in bound.when.reads:
            return self.decide(twin)[0]
        return self._decided(twin, twin[bound.expect])[0]

    def _say(self, timeline: Timeline, verdict: Verdict, outcome: Outcome, marks: tuple[Mark, ...]) -> str:
        """Return the reason for the verdict."""
        if outcome is _WRITTEN_ELSEWHERE:
            return say_elsewhere(self.demand.language)
        said = [
            timeline.messages[mark.position].text[mark.range[0] : mark.range[1]]
            for mark in marks
            if mark.range is not None
        ]
        return self.wording.say(verdict, outcome, " … ".join(dict.fromkeys(said)) if said else "")

    def _judged(
        self,
        timeline: Timeline,
        subject: Subject,
        found: tuple[Verdict, str, float | None],
        marks: tuple[Mark, ...],
    ) -> Judgement:
        verdict, reason, confidence = found
        return Judgement(
            subject=subject,
            demand=self.broken() if verdict is Verdict.FAIL else self.demand,
            agent=_answerable(timeline, marks),
            verdict=verdict,
            evidence=tuple([_evidence(timeline.messages[mark.position], mark) for mark in marks]),
            reason=reason,
            confidence=confidence,
        )


def trial_of(bound: BoundClause, pack: Pack, doubtable: frozenset[str], is_open: IsOpen) -> Trial:
    """Return the clause ready to be held against conversations.

    `doubtable` are the acts that its rule hangs on and the trained model has a say in.
    """
    source, language = bound.rule.source, bound.sop.language
    called_for = frozenset(ask for ask in bound.when.reads if ask[0] in doubtable)
    expected = frozenset(ask for ask in bound.expect.reads if ask[0] in doubtable)
    model_has_a_say = bool(doubtable) and not source.clocked
    demand = _demand_of(bound, pack.version)
    return Trial(
        bound=bound,
        demand=demand,
        broken=functools.cache(lambda: replace(demand, suggestion=bound.suggestion)),
        wording=wording_of(source.say, bound.said, language),
        is_open=is_open,
        confidence=1.0 if source.clocked or doubtable else None,
        called_for=called_for,
        asked=called_for | expected if model_has_a_say else NO_ACTS,
    )


def _demand_of(bound: BoundClause, pack_version: str) -> Demand:
    source, language = bound.rule.source, bound.sop.language
    return Demand(
        sop=bound.sop.id,
        version=bound.sop.version,
        clause=bound.clause.id,
        clause_number=bound.clause.number,
        clause_text=bound.clause.text,
        check=bound.rule.name,
        code=bound.rule.code,
        severity=bound.severity,
        error_class=source.error_class,
        weight=source.weight,
        remedy=say_remedy(source.remedy, bound.said, language),
        language=language,
        pack_version=pack_version,
    )


def _evidence(message: Message, mark: Mark) -> Evidence:
    start, end = mark.range or (0, len(message.text))
    return Evidence(message=message.id, start=start, end=end, text=message.text[start:end], at=message.at)


def _answerable(timeline: Timeline, marks: tuple[Mark, ...]) -> str:
    """Return the author of the evidence's agent message, else of the one before it, else the first agent."""
    agents = timeline.roles[Role.AGENT] & ~timeline.kinds[Kind.NOTE]
    if not agents:
        return ""
    marked = 0
    for mark in marks:
        marked |= 1 << mark.position
    if marked & agents:
        return timeline.messages[first_in(marked & agents)].author
    earlier = agents & ~from_on(first_in(marked)) if marked else 0
    return timeline.messages[last_in(earlier) if earlier else first_in(agents)].author
