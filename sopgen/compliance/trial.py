"""One clause held against conversations: what becomes of it, how sure that is, and what is said of it."""

import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from sopgen.compliance.binding import BoundClause
from sopgen.compliance.bits import Bits, first_in, from_on, last_in, positions
from sopgen.compliance.certainty import Doubts, Hanging
from sopgen.compliance.constraints.outcome import HOLDS, Mark, Outcome, Outcomes, marks_of
from sopgen.compliance.constraints.response import end_of
from sopgen.compliance.model import Demand, Evidence, Judgement, Subject, Verdict
from sopgen.compliance.pack import Pack
from sopgen.compliance.reason import say_elsewhere, say_remedy, say_unsure
from sopgen.compliance.timeline import NO_ACTS, Reads, Timeline, Work
from sopgen.compliance.timelines import State, Timelines, joined
from sopgen.compliance.wording import Wording, wording_of
from sopgen.conversation.model import Kind, Message, Role

LEAST_CERTAINTY = 0.3
"""Below it a verdict is undecided: two acts could as well be otherwise (our decision, 2026-11-22)."""

_NOTHING_SHOWN = Outcome(holds=False)
_NOTHING_APPLIES = Outcome(holds=False, applies=False)
_WRITTEN_ELSEWHERE = Outcome(holds=False, applies=False)
_NOT_CALLED_FOR = (Verdict.NA, _NOTHING_SHOWN)
_VERDICTS = (Verdict.PASS, Verdict.FAIL, Verdict.NA, Verdict.UNDECIDED)

_Decision = tuple[Verdict, Outcome]
"""A verdict, and the outcome that shows why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """Which conversations get which verdict, told by their ends.

    `silent` are those passed of which there is nothing to see; `called_for`: the clause is called for there.
    """

    passed: Bits
    failed: Bits
    na: Bits
    undecided: Bits
    silent: Bits
    called_for: Bits

    @property
    def verdicts(self) -> tuple[Bits, ...]:
        """Return the conversations of each verdict."""
        return self.passed, self.failed, self.na, self.undecided


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """A clause, ready to be held against conversations.

    `broken` gives the demand with the reply that would have passed, which only a violation asks for.
    `is_open` tells whether later messages may still come. `confidence` is that of every verdict, where it
    hangs on no act that the trained model has a say in. Else `called_for` is what the activation asks of the
    model, and `asked` what it and the expectation ask. `kept` is the reason of a pass of which there is
    nothing to see.
    """

    bound: BoundClause
    demand: Demand
    broken: Callable[[], Demand]
    wording: Wording
    is_open: State
    confidence: float | None
    called_for: Reads
    asked: Reads
    kept: str

    def judge(
        self, talks: Timelines, decided: Decided, subjects: Sequence[Subject], doubts: Doubts
    ) -> list[Judgement]:
        """Return a judgement on each conversation; a verdict that could as well be another is undecided."""
        certainties = self._certainties(decided, doubts) if self.asked else {}
        sure = 1.0 if self.asked else self.confidence
        alike, told = self._alike(talks, decided), self._told(talks, decided)
        judgements = []
        for number, (timeline, subject) in enumerate(zip(talks.rows, subjects, strict=True)):
            certainty, known = certainties.get(number, sure), alike.get(timeline.end)
            if known is None:
                judgements.append(self._judge(timeline, subject, certainty, told))
                continue
            verdict, reason = known
            if certainty is not None and certainty < LEAST_CERTAINTY:
                verdict, reason = self._unless_unsure(verdict, reason, certainty)
            judgements.append(self._judged(timeline, subject, (verdict, reason, certainty), ()))
        return judgements

    def _alike(self, talks: Timelines, decided: Decided) -> dict[int, tuple[Verdict, str]]:
        """Return the verdict and its reason where nothing of the conversation itself is told, by its end."""
        if self.bound.choosing.wanted or talks.era is not None:
            return {}
        not_called_for = dict.fromkeys(positions(decided.na), (Verdict.NA, self.wording.na))
        return not_called_for | dict.fromkeys(positions(decided.silent), (Verdict.PASS, self.kept))

    def _told(self, talks: Timelines, decided: Decided) -> Callable[[Timeline], _Decision]:
        """Return what tells the verdict on one of the conversations, and the outcome that shows why."""
        if talks.era is not None or not decided.called_for:
            return self._decision_on
        detail = talks[self.bound.expect].detail
        known = dict.fromkeys(positions(decided.passed), Verdict.PASS)
        known |= dict.fromkeys(positions(decided.failed), Verdict.FAIL)

        def tell(timeline: Timeline) -> _Decision:
            verdict = known.get(timeline.end)
            return self._decision_on(timeline) if verdict is None else (verdict, detail(timeline))

        return tell

    def _certainties(self, decided: Decided, doubts: Doubts) -> dict[int, float]:
        hanging = Hanging(called_for=decided.called_for, asked=self.asked, to_be_called=self.called_for)
        return doubts.certainties(decided.verdicts, lambda twins: self.decide(twins).verdicts, hanging)

    def _unless_unsure(self, verdict: Verdict, reason: str, certainty: float | None) -> tuple[Verdict, str]:
        """Return the verdict and its reason, or that a person has to look."""
        if certainty is None or certainty >= LEAST_CERTAINTY or verdict is Verdict.UNDECIDED:
            return verdict, reason
        return Verdict.UNDECIDED, say_unsure(reason, self.demand.language)

    def _judge(
        self,
        timeline: Timeline,
        subject: Subject,
        certainty: float | None,
        told: Callable[[Timeline], _Decision],
    ) -> Judgement:
        choosing, language = self.bound.choosing, self.demand.language
        if choosing.wanted:
            elsewhere = choosing.turns_away(timeline.conversation, language)
            if elsewhere:
                return self._judged(timeline, subject, (Verdict.NA, elsewhere, 1.0), ())
        verdict, outcome = told(timeline)
        marks = outcome.show(timeline)
        due = self._due(timeline) if verdict is Verdict.FAIL else ()
        reason = self._say(timeline, verdict, outcome, marks)
        reason += self.wording.say_due(_words_at(timeline, due))
        verdict, reason = self._unless_unsure(verdict, reason, certainty)
        return self._judged(timeline, subject, (verdict, reason, certainty), marks, due=due)

    def _due(self, timeline: Timeline) -> tuple[Mark, ...]:
        """Return the words that made the clause due, where its rule tells them."""
        due = self.bound.due
        if due is None:
            return ()
        return tuple([mark for unit in due.units(timeline) for mark in marks_of(timeline, unit, due.acts)])

    def decide(self, talks: Timelines) -> Decided:
        """Return the verdicts on all conversations."""
        when, rows = talks[self.bound.when], talks.talks.ends
        called_for = when.holds & ~when.doubted
        if talks.era is not None:
            return self._decided_in_era(talks, called_for)
        expect = talks[self.bound.expect] if called_for else when
        held = called_for & ~expect.doubted
        open_still = talks[self.is_open]
        lacking = held & ~expect.applies
        broken = held & expect.applies & ~expect.holds
        pending = ((broken & expect.curable) | lacking) & open_still
        passed = held & expect.applies & expect.holds
        return Decided(
            passed=passed,
            failed=broken & ~pending,
            na=(rows & ~called_for & ~when.doubted) | (lacking & ~pending),
            undecided=when.doubted | (called_for & expect.doubted) | pending,
            silent=passed & expect.silent,
            called_for=called_for,
        )

    def _decided_in_era(self, talks: Timelines, called_for: Bits) -> Decided:
        """Return the verdict on the one conversation of which a version governs an era."""
        (timeline,), rows = talks.rows, talks.talks.ends
        verdict = self._decision_on(timeline)[0]
        passed, failed, na, undecided = (rows if verdict is each else 0 for each in _VERDICTS)
        return Decided(
            passed=passed, failed=failed, na=na, undecided=undecided, silent=0, called_for=called_for
        )

    def _decision_on(self, timeline: Timeline) -> _Decision:
        """Return the verdict on one conversation, and the outcome that shows why."""
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
            return Verdict.UNDECIDED if timeline[self.is_open] else Verdict.NA, _NOTHING_APPLIES
        if outcome.holds:
            return Verdict.PASS, outcome
        if outcome.curable and timeline[self.is_open]:
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
            when: Outcomes = joined(timeline).narrowed()[self.bound.when]
            return when.holds != 0
        return timeline.owns(end_of(timeline))

    def _say(self, timeline: Timeline, verdict: Verdict, outcome: Outcome, marks: tuple[Mark, ...]) -> str:
        """Return the reason for the verdict."""
        if outcome is HOLDS:
            return self.kept
        if outcome is _WRITTEN_ELSEWHERE:
            return say_elsewhere(self.demand.language)
        if not marks:
            return self.wording.say(verdict, outcome, "")
        return self.wording.say(verdict, outcome, _words_at(timeline, marks))

    def _judged(
        self,
        timeline: Timeline,
        subject: Subject,
        found: tuple[Verdict, str, float | None],
        marks: tuple[Mark, ...],
        *,
        due: tuple[Mark, ...] = (),
    ) -> Judgement:
        verdict, reason, confidence = found
        shown = (*marks, *due) if due else marks
        return Judgement(
            subject=subject,
            demand=self.broken() if verdict is Verdict.FAIL else self.demand,
            agent=_answerable(timeline, marks) if marks else timeline[_FIRST_AGENT],
            verdict=verdict,
            evidence=tuple([_evidence(timeline.messages[mark.position], mark) for mark in shown])
            if shown
            else (),
            reason=reason,
            confidence=confidence,
        )


def trial_of(bound: BoundClause, pack: Pack, doubtable: frozenset[str], is_open: State) -> Trial:
    """Return the clause ready to be held against conversations.

    `doubtable` are the acts that its rule hangs on and the trained model has a say in.
    """
    source, language = bound.rule.source, bound.sop.language
    called_for = frozenset(ask for ask in bound.when.reads if ask[0] in doubtable)
    expected = frozenset(ask for ask in bound.expect.reads if ask[0] in doubtable)
    wording = wording_of(source, bound.said, language)
    model_has_a_say = bool(doubtable) and not source.clocked
    demand = _demand_of(bound, pack.version)
    return Trial(
        bound=bound,
        demand=demand,
        broken=functools.cache(lambda: replace(demand, suggestion=bound.suggestion)),
        wording=wording,
        is_open=is_open,
        confidence=1.0 if source.clocked or doubtable else None,
        called_for=called_for,
        asked=called_for | expected if model_has_a_say else NO_ACTS,
        kept=wording.say(Verdict.PASS, HOLDS, ""),
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


def _words_at(timeline: Timeline, marks: tuple[Mark, ...]) -> str:
    """Return the words that are marked, each once; whole messages are not quoted."""
    said = [
        timeline.messages[mark.position].text[mark.range[0] : mark.range[1]]
        for mark in marks
        if mark.range is not None
    ]
    return " … ".join(dict.fromkeys(said))


def _evidence(message: Message, mark: Mark) -> Evidence:
    start, end = mark.range or (0, len(message.text))
    return Evidence(message=message.id, start=start, end=end, text=message.text[start:end], at=message.at)


def _first_agent(timeline: Timeline) -> str:
    agents = timeline[_AGENTS]
    return timeline.messages[first_in(agents)].author if agents else ""


_AGENTS = Work(lambda timeline: timeline.roles[Role.AGENT] & ~timeline.kinds[Kind.NOTE])
"""What agents said or did, other than notes."""

_FIRST_AGENT = Work(_first_agent)
"""The author of the first message of an agent."""


def _answerable(timeline: Timeline, marks: tuple[Mark, ...]) -> str:
    """Return the author of the evidence's agent message, else of the one before it, else the first agent."""
    agents = timeline[_AGENTS]
    marked = [mark.position for mark in marks]
    answerable = [at for at in marked if agents >> at & 1]
    if answerable:
        return timeline.messages[min(answerable)].author
    earlier = agents & ~from_on(min(marked))
    return timeline.messages[last_in(earlier)].author if earlier else timeline[_FIRST_AGENT]
