"""The checker: SOPs and a pack in, a function from a conversation to its judgements out."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sopgen.base.diagnostic import Diagnostic, Level, Report
from sopgen.compliance.account import Account, Examination, account_of
from sopgen.compliance.binding import BoundClause, bind
from sopgen.compliance.bits import first_in
from sopgen.compliance.certainty import Doubts
from sopgen.compliance.choosing import channel_names
from sopgen.compliance.clock import ALWAYS
from sopgen.compliance.constraints.outcome import Mark, Outcome
from sopgen.compliance.constraints.response import end_of
from sopgen.compliance.era import shares_of, span_of
from sopgen.compliance.model import Evidence, Judgement, Verdict
from sopgen.compliance.pack import Pack
from sopgen.compliance.reason import (
    say_broken,
    say_doubt,
    say_elsewhere,
    say_held,
    say_open,
    say_remedy,
    say_unsure,
)
from sopgen.compliance.rule import Rule
from sopgen.compliance.timeline import Timeline, View, Work, asked_in
from sopgen.conversation.event import happening_of
from sopgen.conversation.model import Conversation, Kind, Message, Role
from sopgen.sop.model import Routing, Sop, SopHistory

LEAST_CERTAINTY = 0.3
"""Below it a verdict is undecided: two acts could as well be otherwise (our decision, 2026-11-22)."""

COMPLAINT = "complaint"
"""The moment (`checks/moments/complaint.yaml`) in which a customer says that something went wrong."""

STILL_OPEN = timedelta(hours=1)
"""How long after its last message an unclosed conversation counts as going on (our decision, 2026-11-21)."""


_NOTHING_SHOWN = Outcome(holds=False)
_NOTHING_APPLIES = Outcome(holds=False, applies=False)
_WRITTEN_ELSEWHERE = Outcome(holds=False, applies=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Decision:
    verdict: Verdict
    outcome: Outcome
    reason: str


class Checker:
    """Judges conversations by the SOP versions in force; built by `make_checker`."""

    def __init__(
        self,
        histories: Sequence[SopHistory],
        bound: dict[tuple[str, str], tuple[BoundClause, ...]],
        pack: Pack,
        as_of: datetime | None,
    ) -> None:
        self._histories = tuple(histories)
        self._bound = bound
        self._pack = pack
        self._as_of = as_of
        self._judged_by_model = {name: _judged_by_model(pack, rule) for name, rule in pack.rules.items()}

    @property
    def pack_version(self) -> str:
        """Return the version of the pack that judges."""
        return self._pack.version

    @property
    def clauses(self) -> tuple[BoundClause, ...]:
        """Return every clause that is held against conversations, of every version, in reading order."""
        return tuple(clause for clauses in self._bound.values() for clause in clauses)

    def prepare(self, conversations: Iterable[Conversation]) -> None:
        """Recognise together what judging these conversations will ask for; that changes no verdict."""
        self._pack.recognise.prepare(asked for each in conversations for asked in asked_in(each))

    def judge(self, conversation: Conversation) -> tuple[Judgement, ...]:
        """Return one judgement per bound clause of every SOP version that governs part of the conversation.

        Empty when no SOP governs it, by `applies_to` or because none was in force yet.
        """
        return self.examine(conversation).judgements

    def examine(self, conversation: Conversation) -> Examination:
        """Return the judgements, and what the conversation came to besides."""
        whole = Timeline(conversation, self._pack.recognise)
        governing = [
            (clause, timeline)
            for sop, timeline in self._governing(whole)
            for clause in self._bound[sop.id, sop.version]
        ]
        doubts = {id(timeline): Doubts(timeline) for _, timeline in governing}
        return Examination(
            judgements=tuple(
                self._judgement(clause, timeline, doubts[id(timeline)]) for clause, timeline in governing
            ),
            account=self._account([clause for clause, _ in governing], whole),
        )

    def _account(self, clauses: Sequence[BoundClause], timeline: Timeline) -> Account:
        complains = self._pack.moments.get(COMPLAINT)
        found = timeline[complains] if complains is not None and clauses else 0
        return account_of(
            timeline.conversation,
            clock=next((each.clock for each in clauses if each.clock.opening is not None), ALWAYS),
            complaint=timeline.messages[first_in(found)] if found else None,
        )

    def _governing(self, whole: Timeline) -> Iterator[tuple[Sop, Timeline]]:
        """Yield the versions that govern, each with the conversation as it judges it."""
        conversation = whole.conversation
        span = span_of(conversation)
        for history in self._histories:
            for share in shares_of(history, conversation, span):
                if governs(share.sop.applies_to, conversation):
                    yield share.sop, whole if share.era is None else View(whole, share.era)

    def _judgement(self, bound: BoundClause, timeline: Timeline, doubts: Doubts) -> Judgement:
        conversation = timeline.conversation
        decision, confidence = self._weighed(bound, timeline, doubts)
        marks = decision.outcome.show(timeline)
        source, language, failed = bound.rule.source, bound.sop.language, decision.verdict is Verdict.FAIL
        evidence = tuple(_evidence(timeline, mark) for mark in marks)
        return Judgement(
            conversation=conversation.id,
            source=conversation.source,
            channel=conversation.channel,
            team=conversation.team,
            agent=_answerable(timeline, marks),
            opened_at=conversation.started_at(),
            sop=bound.sop.id,
            version=bound.sop.version,
            clause=bound.clause.id,
            clause_number=bound.clause.number,
            clause_text=bound.clause.text,
            check=bound.rule.name,
            code=bound.rule.code,
            verdict=decision.verdict,
            severity=bound.severity,
            error_class=source.error_class,
            weight=source.weight,
            evidence=evidence,
            reason=decision.reason,
            remedy=say_remedy(source.remedy, bound.said, language) if failed else "",
            suggestion=bound.suggestion if failed else "",
            confidence=confidence,
            language=language,
            pack_version=self._pack.version,
        )

    def _weighed(
        self, bound: BoundClause, timeline: Timeline, doubts: Doubts
    ) -> tuple[_Decision, float | None]:
        """Return the decision and its confidence; one that could as well be another is undecided."""
        elsewhere = bound.choosing.turns_away(timeline.conversation, bound.sop.language)
        if elsewhere:
            return _Decision(verdict=Verdict.NA, outcome=Outcome(holds=False), reason=elsewhere), 1.0
        verdict, outcome = self._decide(bound, timeline)
        reason = _say(bound, timeline, verdict, outcome)
        decision = _Decision(verdict=verdict, outcome=outcome, reason=reason)
        if bound.rule.source.clocked:
            return decision, 1.0
        acts = self._judged_by_model[bound.rule.name]
        if not acts:
            return decision, None
        activation = timeline[bound.when]
        asked = bound.when.reads
        if activation.holds and activation.doubt is None:
            asked |= bound.expect.reads
        reads = frozenset(ask for ask in asked if ask[0] in acts)
        certainty = doubts.certainty_of(verdict, lambda other: self._decide(bound, other)[0], reads)
        if certainty >= LEAST_CERTAINTY or verdict is Verdict.UNDECIDED:
            return decision, certainty
        unsure = say_unsure(reason, bound.sop.language)
        return _Decision(verdict=Verdict.UNDECIDED, outcome=outcome, reason=unsure), certainty

    def _decide(self, bound: BoundClause, timeline: Timeline) -> tuple[Verdict, Outcome]:
        """Return the verdict, and the outcome that shows why."""
        activation = timeline[bound.when]
        active = activation.holds and activation.doubt is None
        outcome = timeline[bound.expect] if active else activation
        decision = self._decided(timeline, outcome, active=active)
        if timeline.era is None or _is_owed(bound, timeline, *decision, active=active):
            return decision
        return Verdict.NA, _WRITTEN_ELSEWHERE

    def _decided(self, timeline: Timeline, outcome: Outcome, *, active: bool) -> tuple[Verdict, Outcome]:
        if outcome.doubt is not None:
            return Verdict.UNDECIDED, outcome
        if not active:
            return Verdict.NA, _NOTHING_SHOWN
        if not outcome.applies:
            still = self._is_open(timeline.conversation)
            return Verdict.UNDECIDED if still else Verdict.NA, _NOTHING_APPLIES
        if outcome.holds:
            return Verdict.PASS, outcome
        if outcome.curable and self._is_open(timeline.conversation):
            return Verdict.UNDECIDED, outcome
        return Verdict.FAIL, outcome

    def _is_open(self, conversation: Conversation) -> bool:
        if self._as_of is None or _is_closed(conversation):
            return False
        times = [message.at for message in conversation.messages if message.at is not None]
        return bool(times) and self._as_of - max(times) < STILL_OPEN


def make_checker(
    histories: Sequence[SopHistory],
    pack: Pack,
    report: Report,
    *,
    draft: bool = False,
    as_of: datetime | None = None,
) -> Checker:
    """Return the checker of these SOPs.

    `draft` judges by the drafts, whatever has been released. `as_of` is the instant the export stands for:
    unclosed conversations with a message in the hour before it are still open. Diagnostics: those of `bind`
    and BND104, an SOP without a release.
    """
    chosen = [SopHistory(draft=each.draft) for each in histories if each.draft] if draft else list(histories)
    bound: dict[tuple[str, str], tuple[BoundClause, ...]] = {}
    for history in chosen:
        if not history.releases and not draft:
            report(_unreleased(history))
        for sop in _governing_versions(history):
            bound[sop.id, sop.version] = bind(sop, pack, report)
    return Checker(chosen, bound, pack, as_of)


def governs(routing: Routing, conversation: Conversation) -> bool:
    """Return whether an SOP with this routing governs the conversation; nothing given matches anything."""
    if routing.channels and not channel_names(conversation.channel) & set(routing.channels):
        return False
    return not routing.teams or not conversation.team or conversation.team in routing.teams


def _judged_by_model(pack: Pack, rule: Rule) -> frozenset[str]:
    """Return the acts that a rule hangs on and the trained model has a say in."""
    return frozenset(
        name for name in pack.acts_of(rule) if name in pack.acts and pack.acts[name].source.model is not None
    )


def _governing_versions(history: SopHistory) -> tuple[Sop, ...]:
    """Return the versions that may judge: the sound editions, the draft only before the first release."""
    if history.releases or history.draft is None:
        return tuple(edition.sop for edition in history.editions)
    return (history.draft,)


def _is_owed(
    bound: BoundClause, timeline: Timeline, verdict: Verdict, outcome: Outcome, *, active: bool
) -> bool:
    """Return whether the version that judges governs what decides: the words, else what called for them."""
    if verdict is Verdict.NA:
        return not active
    marks = outcome.show(timeline)
    if marks:
        return timeline.owns(marks[0].position)
    if verdict is Verdict.PASS:
        return timeline.narrowed()[bound.when].holds
    return timeline.owns(end_of(timeline))


def _unreleased(history: SopHistory) -> Diagnostic:
    return Diagnostic(
        code="BND104",
        level=Level.WARNING,
        span=history.newest.span,
        message=f"'{history.id}' has no release; conversations are checked against its draft",
        hint="pass --draft to say that drafts are meant",
    )


def _say(bound: BoundClause, timeline: Timeline, verdict: Verdict, outcome: Outcome) -> str:
    """Return the reason for the verdict, in the language of the SOP."""
    sayings, language = bound.rule.source.say, bound.sop.language
    if verdict is Verdict.UNDECIDED:
        doubt = outcome.doubt
        return say_open(language) if doubt is None else say_doubt(doubt, outcome.values, language)
    if outcome is _WRITTEN_ELSEWHERE:
        return say_elsewhere(language)
    if verdict is Verdict.NA:
        return sayings.na.of(language)
    words = _words(timeline, outcome.show(timeline))
    say = say_held if verdict is Verdict.PASS else say_broken
    return say(sayings, {**bound.said, **outcome.values}, words, language)


def _evidence(timeline: Timeline, mark: Mark) -> Evidence:
    message = timeline.messages[mark.position]
    start, end = mark.range or (0, len(message.text))
    return Evidence(message=message.id, start=start, end=end, text=message.text[start:end], at=message.at)


def _words(timeline: Timeline, marks: tuple[Mark, ...]) -> str:
    ranged = [_evidence(timeline, mark).text for mark in marks if mark.range is not None]
    return " … ".join(dict.fromkeys(ranged))


def _answerable(timeline: Timeline, marks: tuple[Mark, ...]) -> str:
    """Return the author of the evidence's agent message, else of the one before it, else the first agent."""
    agents = timeline[_SAID_BY_AGENTS]
    marked = {mark.position for mark in marks}
    for at in agents:
        if at in marked:
            return timeline.messages[at].author
    first = min(marked, default=0)
    earlier = [at for at in agents if at < first]
    chosen = earlier[-1:] or agents[:1]
    return timeline.messages[chosen[0]].author if chosen else ""


_SAID_BY_AGENTS = Work(
    lambda timeline: [at for at, message in enumerate(timeline.messages) if _by_agent(message)]
)


def _is_closed(conversation: Conversation) -> bool:
    """Return whether it has been closed and not reopened since."""
    happenings = map(happening_of, conversation.messages)
    changes = [each for each in happenings if each in ("closed", "reopened")]
    return changes[-1] == "closed" if changes else conversation.closed_at is not None


def _by_agent(message: Message) -> bool:
    return message.role is Role.AGENT and message.kind is not Kind.NOTE
