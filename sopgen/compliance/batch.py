"""Conversations judged by the batch: what is worked out of many together costs each of them a fraction."""

from collections.abc import Iterable, Iterator
from itertools import islice

from sopgen.compliance.checker import Checker
from sopgen.compliance.model import Judgement
from sopgen.conversation.model import Conversation

MOST = 128
"""Conversations that are judged together; memory stays as flat as with one (our decision, 2026-11-22)."""


def judged(conversations: Iterable[Conversation], checker: Checker) -> Iterator[tuple[Judgement, ...]]:
    """Yield the judgements on each conversation, in their order; the same as one by one."""
    stream = iter(conversations)
    while batch := list(islice(stream, MOST)):
        checker.prepare(batch)
        for examination in checker.examine_all(batch):
            yield examination.judgements
