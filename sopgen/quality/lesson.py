"""What people decided about findings, as labelled messages that the model learns from.

A decision is about a verdict, and a model knows acts. What a decision says of acts follows from what the
verdict hangs on (`compliance.hinge`):

- a departure, confirmed or accepted: every act whose absence or presence alone would have changed the verdict
  was heard rightly;
- a false alarm: one of these acts was heard wrongly. Where only one leads to the verdict that people gave
  instead, it is that one; where several do, nobody said which, and nothing is learnt.

What is learnt from is what the run kept of the conversation. Nobody stands in the messages any more
(`stand_in`); each keeps the finding and the decision that it comes from, so that people can look it over,
take it out, or take the decision back.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from sopgen.compliance.hinge import Assayer, Hinge
from sopgen.compliance.model import Judgement, Verdict
from sopgen.compliance.pack import Pack
from sopgen.conversation.model import Conversation, Role
from sopgen.language.personal.given_secret import given_secrets
from sopgen.quality.decided_finding import Decided
from sopgen.quality.disposition import Decision
from sopgen.quality.stand_in import StandIn
from sopgen.quality.veil import Veil
from sopgen.runs.finding import Finding
from sopgen.runs.fingerprint import fingerprint_of

MOST_ALIKE = 3
"""Lines that teach a label of the same words: a reply that is pasted a thousand times is misheard once (our
decision, 2026-11-22)."""

_STAFF = (Role.AGENT, Role.BOT)


class Why(StrEnum):
    """Why a decision teaches nothing."""

    GONE = "the run that found it is gone, or kept no whole conversation"
    CHANGED = "the SOPs and checks of today do not find it"
    NO_ACT = "it hangs on no single act that the model knows, or the chat is too long to tell"
    SEVERAL = "several messages could be what was heard wrongly; say --instead pass or na"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """A message and what is known of it: of the `asked` labels it has `labels`, by a decision on a day."""

    role: str
    before: str
    text: str
    labels: frozenset[str]
    asked: frozenset[str]
    finding: str
    decision: Decision
    on: date

    def as_dict(self) -> dict[str, Any]:
        """Return the lesson as a line of a file of labelled lines."""
        return {
            "role": self.role,
            "before": self.before,
            "text": self.text,
            "labels": sorted(self.labels),
            "asked": sorted(self.asked),
            "finding": self.finding,
            "decision": str(self.decision),
            "on": self.on.isoformat(),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Lessons:
    """What decisions teach. `found` are the findings that could be looked at again, by fingerprint.

    `silent` counts decisions that teach nothing, by the reason; `contradicted` counts labels of messages
    about which decisions disagree: they are left out.
    """

    lessons: tuple[Lesson, ...]
    decisions: int
    found: frozenset[str]
    silent: Mapping[Why, int]
    contradicted: int

    @property
    def repeated(self) -> int:
        """Return how many decisions tell only what others tell, or what others contradict."""
        told = {each.finding for each in self.lessons}
        return self.decisions - sum(self.silent.values()) - len(told)

    def as_dict(self) -> dict[str, Any]:
        """Return the counts for a JSON document."""
        return {
            "decisions": self.decisions,
            "lines": len(self.lessons),
            "silent": {each.name.lower(): self.silent.get(each, 0) for each in Why},
            "repeated": self.repeated,
            "contradicted": self.contradicted,
        }


def lessons_of(decided: Iterable[Decided], assayer: Assayer, pack: Pack, *, decisions: int) -> Lessons:
    """Return what decisions teach, each label of a message once.

    `decisions` counts all of them; `decided` are those whose findings could be found again.
    """
    silent: Counter[Why] = Counter()
    taught: list[Lesson] = []
    found: set[str] = set()
    for each in decided:
        found.add(each.disposition.finding)
        taught += _lessons(each, assayer, pack, silent)
    silent[Why.GONE] = decisions - len(found)
    lessons, contradicted = agreed(taught)
    return Lessons(
        lessons=lessons,
        decisions=decisions,
        found=frozenset(found),
        silent=silent,
        contradicted=contradicted,
    )


def _lessons(decided: Decided, assayer: Assayer, pack: Pack, silent: Counter[Why]) -> Iterator[Lesson]:
    disposition = decided.disposition
    judgement = _found_again(decided, assayer)
    if judgement is None:
        silent[Why.CHANGED] += 1
        return
    hinges = tuple(assayer.hinges_of(decided.conversation, judgement))
    right = disposition.decision is not Decision.FALSE_ALARM
    taught = hinges if right else _mistaken(hinges, disposition.instead)
    if not taught:
        silent[Why.SEVERAL if hinges else Why.NO_ACT] += 1
        return
    yield from _told(taught, decided, pack, right=right)


def _found_again(decided: Decided, assayer: Assayer) -> Judgement | None:
    """Return the same finding, as it is judged today; None where it is none any more."""
    wanted, before = decided.disposition.finding, decided.finding.judgement
    judged = assayer.judged(decided.conversation, before.sop, before.version)
    failed = (Finding(judgement=each, context=(), customers=()) for each in judged if _is_fail(each))
    return next((each.judgement for each in failed if fingerprint_of(each) == wanted), None)


def _is_fail(judgement: Judgement) -> bool:
    return judgement.verdict is Verdict.FAIL


def _mistaken(hinges: Sequence[Hinge], instead: Verdict | None) -> tuple[Hinge, ...]:
    """Return the one act that must have been heard wrongly, or nothing where it could be several."""
    wanted = (Verdict.PASS, Verdict.NA) if instead is None else (instead,)
    fitting = tuple(each for each in hinges if each.otherwise in wanted)
    return fitting if len(fitting) == 1 else ()


def _told(taught: Iterable[Hinge], decided: Decided, pack: Pack, *, right: bool) -> Iterator[Lesson]:
    """Yield a lesson for each message that hinges speak of."""
    stand_in = _stand_in(decided.conversation, decided.customers)
    known: dict[tuple[str, str, str], dict[str, bool]] = {}
    for each in taught:
        model = pack.acts[each.act].source.model
        assert model is not None, "a hinge is an act of which a model has an opinion"
        said = (each.role, stand_in(each.before), stand_in(each.text))
        known.setdefault(said, {})[model.label] = each.performed if right else not each.performed
    for (role, before, text), labels in known.items():
        yield Lesson(
            role=role,
            before=before,
            text=text,
            labels=frozenset(label for label, is_so in labels.items() if is_so),
            asked=frozenset(labels),
            finding=decided.disposition.finding,
            decision=decided.disposition.decision,
            on=decided.disposition.on,
        )


def _stand_in(conversation: Conversation, customers: Iterable[str]) -> StandIn:
    """Return what takes the people out of a conversation: its customers, and its agents too."""
    staff = {each.author for each in conversation.messages if each.role in _STAFF and each.author}
    secrets = given_secrets((each.role, each.text) for each in conversation.messages)
    return StandIn(Veil(key=b"").mask({*customers, *staff}, secrets))


def agreed(taught: Sequence[Lesson]) -> tuple[tuple[Lesson, ...], int]:
    """Return the lessons with each label of a message told once, and how many decisions disagree about.

    Of the same words in other surroundings the first MOST_ALIKE are kept.
    """
    votes: dict[tuple[_Said, str], set[bool]] = {}
    for each in taught:
        for label in each.asked:
            votes.setdefault((_said(each), label), set()).add(label in each.labels)
    wanted = {key for key, vote in votes.items() if len(vote) == 1}
    contradicted = len(votes) - len(wanted)
    alike: Counter[tuple[str, str]] = Counter()
    agreed: list[Lesson] = []
    for each in taught:
        asked = frozenset(
            label
            for label in each.asked
            if (_said(each), label) in wanted and alike[each.text, label] < MOST_ALIKE
        )
        wanted -= {(_said(each), label) for label in asked}
        alike.update((each.text, label) for label in asked)
        if asked:
            agreed.append(replace(each, labels=each.labels & asked, asked=asked))
    return tuple(agreed), contradicted


_Said = tuple[str, str, str]


def _said(lesson: Lesson) -> _Said:
    return lesson.role, lesson.before, lesson.text
