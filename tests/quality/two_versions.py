"""Two versions that judge the same chats: the small checker, and one that asks for something else."""

from small_checker import SmallChecker, conversations

from sopgen.compliance.model import Judgement, Verdict, changed
from sopgen.conversation.model import Conversation
from sopgen.quality.backtest import Sides

SMALL = SmallChecker()
TALKS = list(conversations())


class Changed:
    """The small checker without its greeting, late replies forgiven, and with a clause that always fails."""

    def judge(self, conversation: Conversation) -> tuple[Judgement, ...]:
        """Return the small checker's judgements but for those."""
        judged = SMALL.judge(conversation)
        if not judged:
            return ()
        _, late, clean = judged
        forgiven = changed(late, verdict=Verdict.NA, evidence=(), version="2.0")
        strict = changed(clean, clause="new", clause_number="10.1", verdict=Verdict.FAIL, version="2.0")
        return forgiven, changed(clean, version="2.0"), strict


def sides(old: object = SMALL, new: object | None = None) -> Sides:
    """Return both versions as a backtest takes them."""
    return Sides(
        sop="s",
        language="id",
        old_version="1.0",
        new_version="2.0",
        old=old,  # type: ignore[arg-type]
        new=new or Changed(),  # type: ignore[arg-type]
    )
