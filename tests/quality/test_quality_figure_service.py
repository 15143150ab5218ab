"""How well people were served: opening hours apart, who came back, what was solved at once."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from small_checker import SmallChecker, conversations, run

from sopgen.compliance.account import Examination, Times, account_of
from sopgen.compliance.model import Judgement
from sopgen.conversation.model import Conversation, Role
from sopgen.quality.figure.figures import owner_figures
from sopgen.quality.figure.service import ServiceFigure
from sopgen.quality.veil import Veil
from sopgen.runs.judge import Judge
from sopgen.runs.results import open_results

VEIL = Veil(key=b"k" * 32)
MONDAY = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)


def served(folder: Path, chats: Iterator[Conversation], checker: Judge | None = None) -> ServiceFigure:
    """Return the figures of these chats."""
    run(folder / "runs" / "r1", chats, checker)
    with open_results([folder / "runs" / "r1"]) as results:
        return owner_figures(results, VEIL).service.whole


class Timed(SmallChecker):
    """A checker whose service is open for half of the time."""

    def examine(self, conversation: Conversation) -> Examination:
        """Return the judgements, and each time halved on the clock of the service."""
        account = account_of(conversation)
        judgements: tuple[Judgement, ...] = self.judge(conversation)
        halved = tuple(None if each is None else each / 2 for each in account.times.responses)
        resolution = None if account.times.resolution is None else account.times.resolution / 2
        business = Times(responses=halved, resolution=resolution)
        return Examination(judgements=judgements, account=replace(account, business=business))


def test_opening_hours_are_counted_apart(tmp_path: Path) -> None:
    """Both clocks are told; without hours the second has nothing to tell."""
    timed = served(tmp_path / "a", conversations(), Timed())
    assert timed.business.first_response.of == timed.waits.first_response.of
    assert timed.business.first_response.mean == (timed.waits.first_response.mean or 0) / 2
    assert timed.business.resolution.median == (timed.waits.resolution.median or 0) / 2
    plain = served(tmp_path / "b", conversations())
    assert (plain.business.first_response.of, plain.business.first_response.mean) == (0, None)
    assert plain.business.mean_response is None


def on(day: int, customer: str, category: str) -> Conversation:
    """Return a chat that began so many days after a Monday."""
    first, *_ = conversations()
    messages = tuple(
        replace(each, author=customer) if each.role is Role.CUSTOMER else each for each in first.messages
    )
    return replace(
        first,
        id=f"{customer}-{day}-{category}",
        opened_at=MONDAY + timedelta(days=day),
        category=category,
        messages=messages,
    )


def test_the_first_contact_resolved_what_nobody_wrote_about_again(tmp_path: Path) -> None:
    """Within seven days, the same person, the same thing; the last seven days of the results do not count."""
    chats = (
        on(0, "Budi", "refund"), on(3, "budi ", "refund"),  # again on the third day: not resolved
        on(0, "Sari", "refund"), on(3, "Sari", "promo"),  # about something else: resolved
        on(0, "Eko", "refund"), on(8, "Eko", "refund"),  # a week later: resolved
        on(20, "Gita", "refund"),
    )  # fmt: skip
    whole = served(tmp_path, iter(chats))
    assert whole.first_contact.of == 6
    assert whole.first_contact.value == 5 / 6


def test_returning_customers_wrote_on_several_days(tmp_path: Path) -> None:
    """Twice on one day is no return, and somebody without a name is nobody."""
    chats = (
        on(0, "Budi", "a"), on(2, "Budi", "b"), on(0, "Sari", "a"), on(0, "Sari", "b"), on(0, "", "a"),
        on(1, "", "a"),
    )  # fmt: skip
    whole = served(tmp_path, iter(chats))
    assert (whole.returning.value, whole.returning.of) == (0.5, 2)


def test_nothing_checked_has_no_figures(tmp_path: Path) -> None:
    """A night without conversations is no zero."""
    whole = served(tmp_path, iter(()))
    assert (whole.conversations, whole.satisfied.value, whole.waits.first_response.mean) == (0, None, None)
