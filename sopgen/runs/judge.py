"""What a run needs of a checker."""

from collections.abc import Iterable, Sequence
from typing import Protocol

from sopgen.compliance.account import Account, Examination, Times, account_of
from sopgen.compliance.model import Judgement
from sopgen.conversation.model import Conversation, Reading


class Judge(Protocol):
    """Anything that holds clauses against a conversation.

    One that also has `examine(conversation) -> Examination` tells complaints and opening hours besides, from
    the work that judging does anyway, and one that has `examine_all(conversations)` does so for many
    together, at a fraction of what each alone would cost. One that has `prepare(conversations)` is told
    beforehand which ones come next.
    """

    def judge(self, conversation: Conversation) -> tuple[Judgement, ...]:
        """Return one judgement for every clause that is bound and applies; none when no SOP governs it."""
        ...


NOTHING = Examination(judgements=(), account=Account(times=Times()))
"""What is told of a record that was set aside."""


def examine(reading: Reading, checker: Judge) -> Examination:
    """Return what the checker tells of a reading."""
    if not isinstance(reading, Conversation):
        return NOTHING
    return examine_all([reading], checker)[0]


def examine_all(conversations: Sequence[Conversation], checker: Judge) -> Sequence[Examination]:
    """Return what the checker tells of conversations, in their order."""
    together = getattr(checker, "examine_all", None)
    if together is not None:
        examinations: Sequence[Examination] = together(conversations)
        return examinations
    thorough = getattr(checker, "examine", None)
    if thorough is not None:
        return [thorough(each) for each in conversations]
    return [Examination(judgements=checker.judge(each), account=account_of(each)) for each in conversations]


def prepare(readings: Iterable[Reading], checker: Judge) -> None:
    """Tell the checker which conversations come next, if it wants to know."""
    together = getattr(checker, "prepare", None)
    if together is not None:
        together([each for each in readings if isinstance(each, Conversation)])
