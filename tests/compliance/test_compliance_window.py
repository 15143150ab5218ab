"""Standing after and before, against the plain definition."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sopgen.compliance.bits import bits_of, positions
from sopgen.compliance.checker import Checker
from sopgen.compliance.pack import Pack
from sopgen.compliance.selection import Among, Selection
from sopgen.compliance.timeline import Timeline
from sopgen.compliance.timelines import joined
from sopgen.compliance.window import Window, stands_after, stands_before, stands_right_after
from sopgen.conversation.model import MINUTE, SECOND, Conversation, Kind, Message, Role

START = datetime(2026, 1, 1, tzinfo=UTC)
MINUTES = st.integers(min_value=0, max_value=9).map(lambda count: count * MINUTE)
WINDOWS = st.none() | st.builds(Window, least=MINUTES) | st.builds(Window, least=MINUTES, most=MINUTES)
MESSAGES = st.lists(
    st.builds(
        Message,
        id=st.just("m"),
        at=st.none() | st.integers(0, 600).map(lambda second: START + timedelta(seconds=second)),
        role=st.sampled_from([Role.CUSTOMER, Role.AGENT]),
        text=st.just("halo"),
        precision=st.sampled_from([SECOND, MINUTE]),
    ),
    min_size=1,
    max_size=9,
)


def laid_out(messages: list[Message], pack: Pack) -> Timeline:
    return Timeline(Conversation(id="c", channel="livechat", messages=tuple(messages)), pack.recognise)


OF_AGENTS = Selection(lambda talks: talks.roles[Role.AGENT])


def everywhere(timeline: Timeline) -> int:
    """Return all positions of the conversation, as a set."""
    return (1 << len(timeline.messages)) - 1


@given(MESSAGES, WINDOWS)
def test_after_and_before_mean_what_they_say(
    pack: Pack, messages: list[Message], window: Window | None
) -> None:
    """Finding by bisection agrees with trying every pair, with odd clocks and messages without time."""
    timeline = laid_out(messages, pack)
    after, before = stands_after(OF_AGENTS, window), stands_before(OF_AGENTS, window, Among())

    def fits(earlier: int, later: int) -> bool:
        return window is None or window.fits(messages[earlier], messages[later])

    agents = [at for at, message in enumerate(messages) if message.role is Role.AGENT]
    later = [n for n in range(len(messages)) if any(at < n and fits(at, n) for at in agents)]
    earlier = [n for n in range(len(messages)) if any(at > n and fits(n, at) for at in agents)]
    assert positions(after.passing(joined(timeline), everywhere(timeline))) == later
    assert positions(before.passing(joined(timeline), everywhere(timeline))) == earlier


@given(MESSAGES)
def test_right_after_looks_at_one_turn_only(pack: Pack, messages: list[Message]) -> None:
    """A customer's turn follows the agent's turn before it, and no other."""
    timeline = laid_out(messages, pack)
    first = Selection(lambda talks: talks.talks.first(talks.turns.starts), among=Among(by_turn=True))
    found = stands_right_after(first).passing(joined(timeline), bits_of(timeline.turns))
    assert positions(found) == timeline.turns[1:2]


@pytest.mark.parametrize(
    ("ask", "answer"),
    [
        (("customer", "text", "kapan sampai?"), ("agent", "text", "besok kak")),
        (("customer", "text", "belum masuk"), ("agent", "text", "maaf kak, boleh nomornya?")),
        (("agent", "text", "ada lagi yang bisa dibantu?"), ("agent", "event", "closed")),
        (("customer", "text", "ok makasih"), ("agent", "text", "terima kasih telah menghubungi kami")),
        (("agent", "text", "halo"), ("customer", "note", "dasar")),
    ],
)
@pytest.mark.parametrize("order", ["alternating", "one after the other"])
def test_a_long_conversation_costs_in_proportion_to_its_length(
    whole_checker: Checker,
    ask: tuple[str, ...],
    answer: tuple[str, ...],
    order: str,
    calls_of: Callable[[Callable[[], object]], int],
) -> None:
    """Eight times the messages cost about eight times as much; quadratic work would cost sixty-four times."""

    def cost(length: int) -> int:
        half = length // 2
        said = [ask, answer] * half if order == "alternating" else [ask] * half + [answer] * half
        messages = tuple(
            Message(id=f"m{n}", at=START, role=Role(role), kind=Kind(kind), text=text)
            for n, (role, kind, text) in enumerate(said)
        )
        conversation = Conversation(id="c", channel="livechat", messages=messages)
        return calls_of(lambda: whole_checker.judge(conversation))

    assert cost(1_600) < 12 * cost(200)


def test_a_window_that_nothing_fits_costs_in_proportion(
    pack: Pack, calls_of: Callable[[Callable[[], object]], int]
) -> None:
    """Where even the nearest is too far, no other is tried, also where messages have no time."""

    def cost(length: int, step: timedelta | None) -> int:
        messages = [
            Message(id="m", at=None if step is None else START + n * step, role=Role.AGENT, text="halo")
            for n in range(length)
        ]
        timeline = laid_out(messages, pack)
        window = Window(most=MINUTE)
        sieves = (stands_after(OF_AGENTS, window), stands_before(OF_AGENTS, window, Among()))
        return calls_of(lambda: [each.passing(joined(timeline), everywhere(timeline)) for each in sieves])

    for step in (None, timedelta(hours=1)):
        assert cost(1_600, step) < 12 * cost(200, step)
