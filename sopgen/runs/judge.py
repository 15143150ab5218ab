"""What a run needs of a checker."""

from typing import Protocol

from sopgen.compliance.model import Judgement
from sopgen.conversation.model import Conversation


class Judge(Protocol):
    """Anything that holds clauses against a conversation."""

    def judge(self, conversation: Conversation) -> tuple[Judgement, ...]:
        """Return one judgement for every clause that is bound and applies; none when no SOP governs it."""
        ...
