"""On what a verdict hangs: which one act of which message, taken the other way, would change it.

A rule speaks of acts; whoever says that its finding is right, or that it is a false alarm, says something
about the acts that it hangs on. Each act of each message is taken the other way, one at a time, and the
conversation judged again.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from sopgen.base.diagnostic import Diagnostic
from sopgen.compliance.checker import Checker, make_checker
from sopgen.compliance.model import Judgement, Verdict
from sopgen.compliance.pack import Pack
from sopgen.compliance.timeline import flipped, said_in
from sopgen.conversation.model import Conversation
from sopgen.language.recognition import Asked, Recogniser, Recognition, heard_together
from sopgen.sop.model import DRAFT, SopHistory

MOST_TRIED = 1_000
"""Acts of messages that are taken the other way for one judgement: some seconds; of a longer chat none, since
what was not tried might be what it hangs on (our decision, 2026-11-22)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hinge:
    """An act on which a verdict hangs: who says what, to which words, and what the verdict would be instead.

    `performed`: whether the words perform the act, as they were heard; `otherwise` is the verdict if not so.
    """

    role: str
    text: str
    before: str
    act: str
    performed: bool
    otherwise: Verdict


class _Otherwise:
    """A recogniser that hears one act of one message of a conversation otherwise, when told to."""

    def __init__(self, recognise: Recogniser) -> None:
        self._recognise = recognise
        self._heard: tuple[list[Asked], Sequence[Recognition]] = ([], ())
        self.change: tuple[int, str] | None = None

    def __call__(self, role: str, text: str, before: str = "") -> Recognition:
        return self._recognise(role, text, before)

    def hear(self, said: Sequence[Asked]) -> Sequence[Recognition]:
        if list(said) != self._heard[0]:
            self._heard = (list(said), heard_together(self._recognise, said))
        if self.change is None:
            return self._heard[1]
        place, act = self.change
        return [_otherwise(found, act) if at == place else found for at, found in enumerate(self._heard[1])]

    def hear_all(self, conversations: Sequence[Sequence[Asked]]) -> Sequence[Sequence[Recognition]]:
        return self._recognise.hear_all(conversations)

    def prepare(self, conversations: Iterable[Sequence[Asked]]) -> None:
        self._recognise.prepare(conversations)


class Assayer:
    """Tells on what judgements hang, by the SOPs and the pack that made them."""

    def __init__(self, histories: Sequence[SopHistory], pack: Pack) -> None:
        self._ears = _Otherwise(pack.recognise)
        self._pack = replace(pack, recognise=self._ears)
        self._histories = {history.id: history for history in histories}
        self._checkers: dict[tuple[str, bool], Checker] = {}

    def judged(self, conversation: Conversation, sop: str, version: str) -> tuple[Judgement, ...]:
        """Return the judgements on a conversation by one SOP, none where there is no such SOP."""
        history = self._histories.get(sop)
        if history is None:
            return ()
        draft = version == DRAFT
        checker = self._checkers.get((sop, draft))
        if checker is None:
            checker = make_checker([history], self._pack, _told_before, draft=draft)
            self._checkers[sop, draft] = checker
        return checker.judge(conversation)

    def hinges_of(self, conversation: Conversation, judgement: Judgement) -> Iterator[Hinge]:
        """Yield each act that alone would change the verdict; only those of which a model has an opinion."""
        said, _ = said_in(conversation)
        heard = self._ears.hear(said)
        for place, act in self._doubtable(said, judgement):
            self._ears.change = (place, act)
            try:
                again = self.judged(conversation, judgement.sop, judgement.version)
            finally:
                self._ears.change = None
            otherwise = next((each.verdict for each in again if _is_same(each, judgement)), judgement.verdict)
            if otherwise is not judgement.verdict:
                role, text, before = said[place]
                yield Hinge(
                    role=role,
                    text=text,
                    before=before,
                    act=act,
                    performed=act in heard[place].acts,
                    otherwise=otherwise,
                )

    def _doubtable(self, said: Sequence[Asked], judgement: Judgement) -> list[tuple[int, str]]:
        """Return the messages and acts to try, in the order of the conversation; none where too many."""
        rule = self._pack.rules.get(judgement.check)
        acts = sorted(self._pack.acts_of(rule) & self._pack.acts.keys()) if rule else []
        asked = [name for name in acts if self._pack.acts[name].source.model is not None]
        found = [
            (place, act)
            for place, (role, _, _) in enumerate(said)
            for act in asked
            if self._pack.acts[act].source.role in ("any", role)
        ]
        return found if len(found) <= MOST_TRIED else []


def _otherwise(found: Recognition, act: str) -> Recognition:
    """Return the recognition with the act taken the other way, and no doubt about it."""
    chances = {name: chance for name, chance in found.chances.items() if name != act}
    return found.with_hits(flipped(found, act).hits, chances)


def _is_same(one: Judgement, other: Judgement) -> bool:
    """Return whether two judgements are of the same clause by the same check."""
    return (one.demand.sop, one.version, one.clause, one.check) == (
        other.sop, other.version, other.clause, other.check,
    )  # fmt: skip


def _told_before(_: Diagnostic) -> None:
    """Ignore a flaw of the SOPs: whoever read them has told it."""
