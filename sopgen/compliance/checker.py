"""The checker: SOPs and a pack in, a function from a conversation to its judgements out."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from sopgen.base.cache.store import NO_CACHE, Cache
from sopgen.base.diagnostic import Diagnostic, Level, Report
from sopgen.compliance.account import Account, Examination, account_of
from sopgen.compliance.binding import BoundClause
from sopgen.compliance.bindings import Bindings, Key
from sopgen.compliance.bits import Bits, bits_of, first_in
from sopgen.compliance.certainty import Doubts
from sopgen.compliance.choosing import channel_names
from sopgen.compliance.clock import ALWAYS
from sopgen.compliance.era import Share, shares_of, span_of
from sopgen.compliance.model import Judgement, Subject
from sopgen.compliance.pack import Pack
from sopgen.compliance.rule import Rule
from sopgen.compliance.timeline import Timeline, said_in
from sopgen.compliance.timelines import State, Timelines
from sopgen.compliance.trial import Trial, trial_of
from sopgen.conversation.event import happening_of
from sopgen.conversation.model import Conversation
from sopgen.sop.model import Routing, Sop, SopHistory

COMPLAINT = "complaint"
"""The moment (`checks/moments/complaint.yaml`) in which a customer says that something went wrong."""

STILL_OPEN = timedelta(hours=1)
"""How long after its last message an unclosed conversation counts as going on (our decision, 2026-11-21)."""


class Checker:
    """Judges conversations by the SOP versions in force; built by `make_checker`."""

    def __init__(
        self,
        histories: Sequence[SopHistory],
        bound: Mapping[Key, tuple[BoundClause, ...]],
        pack: Pack,
        as_of: datetime | None,
    ) -> None:
        self._histories = tuple((each, _only_share(each)) for each in histories)
        self._bound = bound
        self._pack = pack
        self._as_of = as_of
        self._is_open = State(self._open_among)
        self._trials: dict[Key, tuple[Trial, ...]] = {}

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
        self._pack.recognise.prepare(said_in(each)[0] for each in conversations)

    def judge(self, conversation: Conversation) -> tuple[Judgement, ...]:
        """Return one judgement per bound clause of every SOP version that governs part of the conversation.

        Empty when no SOP governs it, by `applies_to` or because none was in force yet.
        """
        return self.examine(conversation).judgements

    def examine(self, conversation: Conversation) -> Examination:
        """Return the judgements, and what the conversation came to besides."""
        return self.examine_all([conversation])[0]

    def examine_all(self, conversations: Sequence[Conversation]) -> list[Examination]:
        """Return the examinations of conversations, in their order; many cost little more than one."""
        groups: dict[object, list[int]] = {}
        governing = [tuple(self._governing(each)) for each in conversations]
        for number, shares in enumerate(governing):
            alone = number if any(share.era is not None for share in shares) else None
            key = (alone, *((share.sop.id, share.sop.version) for share in shares))
            groups.setdefault(key, []).append(number)
        found: dict[int, Examination] = {}
        for numbers in groups.values():
            together = [Timeline(conversations[number], self._pack.recognise) for number in numbers]
            examined = self._examined(together, governing[numbers[0]])
            found.update(zip(numbers, examined, strict=True))
        return [found[number] for number in range(len(conversations))]

    def _examined(self, timelines: Sequence[Timeline], shares: Sequence[Share]) -> Iterator[Examination]:
        """Yield the examination of each of the conversations, which the same versions govern."""
        whole = Timelines(timelines)
        subjects = [_subject_of(each.conversation) for each in timelines]
        parts = [_share_of(whole, share) for share in shares]
        judged = [self._judged(part, share.sop, subjects) for part, share in zip(parts, shares, strict=True)]
        clauses = [each for share in shares for each in self._bound[share.sop.id, share.sop.version]]
        complains = self._pack.moments.get(COMPLAINT) if clauses else None
        for number, timeline in enumerate(timelines):
            yield Examination(
                judgements=tuple([each[number] for trials in judged for each in trials]),
                account=_account(clauses, timeline, timeline[complains] if complains is not None else 0),
            )
        for part in (whole, *parts):
            part.let_go()

    def _judged(self, talks: Timelines, sop: Sop, subjects: Sequence[Subject]) -> list[list[Judgement]]:
        """Return for each clause of an SOP version its judgements on the conversations."""
        trials = self._trials_of((sop.id, sop.version))
        decided = [trial.decide(talks) for trial in trials]
        doubts = Doubts(talks, [reads for trial in trials for reads in (trial.asked, trial.called_for)])
        judged = [
            trial.judge(talks, each, subjects, doubts) for trial, each in zip(trials, decided, strict=True)
        ]
        doubts.let_go()
        return judged

    def _trials_of(self, key: Key) -> tuple[Trial, ...]:
        if key not in self._trials:
            pack = self._pack
            self._trials[key] = tuple(
                trial_of(each, pack, _judged_by_model(pack, each.rule), self._is_open)
                for each in self._bound[key]
            )
        return self._trials[key]

    def _governing(self, conversation: Conversation) -> Iterator[Share]:
        """Yield the versions that govern, each with its part of the conversation."""
        span = span_of(conversation)
        for history, only in self._histories:
            for share in (only,) if only else shares_of(history, conversation, span):
                if governs(share.sop.applies_to, conversation):
                    yield share

    def _open_among(self, talks: Timelines) -> Bits:
        """Return the conversations that are going on, by their ends."""
        if self._as_of is None:
            return 0
        return bits_of([each.end for each in talks.rows if self._goes_on(each.conversation, self._as_of)])

    @staticmethod
    def _goes_on(conversation: Conversation, now: datetime) -> bool:
        if _is_closed(conversation):
            return False
        times = [message.at for message in conversation.messages if message.at is not None]
        return bool(times) and now - max(times) < STILL_OPEN


def make_checker(
    histories: Sequence[SopHistory],
    pack: Pack,
    report: Report,
    *,
    draft: bool = False,
    as_of: datetime | None = None,
    cache: Cache = NO_CACHE,
) -> Checker:
    """Return the checker of these SOPs; a version whose flaws are in the `cache` is bound when it is needed.

    `draft` judges by the drafts, whatever has been released. `as_of` is the instant the export stands for:
    unclosed conversations with a message in the hour before it are still open. Diagnostics: those of `bind`
    and BND104, an SOP without a release.
    """
    chosen = [SopHistory(draft=each.draft) for each in histories if each.draft] if draft else list(histories)
    bound = Bindings(pack, report, cache)
    for history in chosen:
        if not history.releases and not draft:
            report(_unreleased(history))
        for sop in _governing_versions(history):
            bound.add(sop)
    return Checker(chosen, bound, pack, as_of)


def governs(routing: Routing, conversation: Conversation) -> bool:
    """Return whether an SOP with this routing governs the conversation; nothing given matches anything."""
    if routing.channels and channel_names(conversation.channel).isdisjoint(routing.channels):
        return False
    return not routing.teams or not conversation.team or conversation.team in routing.teams


def _judged_by_model(pack: Pack, rule: Rule) -> frozenset[str]:
    """Return the acts that a rule hangs on and the trained model has a say in."""
    return frozenset(
        name for name in pack.acts_of(rule) if name in pack.acts and pack.acts[name].source.model is not None
    )


def _only_share(history: SopHistory) -> Share | None:
    """Return the share of a draft without releases: it governs the whole of every conversation."""
    return Share(sop=history.draft, era=None) if history.draft and not history.releases else None


def _governing_versions(history: SopHistory) -> tuple[Sop, ...]:
    """Return the versions that may judge: the sound editions, the draft only before the first release."""
    if history.releases or history.draft is None:
        return tuple(edition.sop for edition in history.editions)
    return (history.draft,)


def _unreleased(history: SopHistory) -> Diagnostic:
    return Diagnostic(
        code="BND104",
        level=Level.WARNING,
        span=history.newest.span,
        message=f"'{history.id}' has no release; conversations are checked against its draft",
        hint=f"release it: sopgen release {history.id}; or pass --draft to check, if drafts are meant",
    )


def _share_of(whole: Timelines, share: Share) -> Timelines:
    """Return the conversations as a version judges them."""
    return whole if share.era is None else Timelines([each.again(share.era) for each in whole.rows])


def _account(clauses: Sequence[BoundClause], timeline: Timeline, complaints: Bits) -> Account:
    return account_of(
        timeline.conversation,
        clock=next((each.clock for each in clauses if each.clock.opening is not None), ALWAYS),
        complaint=timeline.messages[first_in(complaints)] if complaints else None,
    )


def _subject_of(conversation: Conversation) -> Subject:
    return Subject(
        conversation=conversation.id,
        source=conversation.source,
        channel=conversation.channel,
        team=conversation.team,
        opened_at=conversation.started_at(),
    )


def _is_closed(conversation: Conversation) -> bool:
    """Return whether it has been closed and not reopened since."""
    happenings = map(happening_of, conversation.messages)
    changes = [each for each in happenings if each in ("closed", "reopened")]
    return changes[-1] == "closed" if changes else conversation.closed_at is not None
