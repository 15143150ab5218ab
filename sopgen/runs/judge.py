"""What a run needs of a checker."""

from collections.abc import Iterable
from typing import Protocol

from sopgen.compliance.account import Account, Examination, Times, account_of
from sopgen.compliance.model import Judgement
from sopgen.conversation.model import Conversation, Reading


class Judge(Protocol):
    """Anything that holds clauses against a conversation.

    One that also has `examine(conversation) -> Examination` tells complaints and opening hours besides, from
    the work that judging does anyway. One that has `prepare(conversations)` is told beforehand which ones
    come next, and may do for all of them together what is the dearer for each alone.
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
    thorough = getattr(checker, "examine", None)
    if thorough is None:
        return Examination(judgements=checker.judge(reading), account=account_of(reading))
    examination: Examination = thorough(reading)
    return examination


def prepare(readings: Iterable[Reading], checker: Judge) -> None:
    """Tell the checker which conversations come next, if it wants to know."""
    together = getattr(checker, "prepare", None)
    if together is not None:
        together([each for each in readings if isinstance(each, Conversation)])
