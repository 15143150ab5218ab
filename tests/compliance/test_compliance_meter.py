"""How long something took: on the wall's clock, in opening hours, without the wait for the customer."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sopgen.compliance.bits import bits_of
from sopgen.compliance.clock import ALWAYS, Clock
from sopgen.compliance.gap import Doubt
from sopgen.compliance.holiday import no_holidays
from sopgen.compliance.meter import Measure, Meter
from sopgen.compliance.opening import Opening
from sopgen.compliance.pack import Pack
from sopgen.compliance.selection import Selection
from sopgen.compliance.timeline import Timeline
from sopgen.conversation.model import MINUTE, SECOND, Conversation, Message, Role
from sopgen.sop.hours import read_week
from sopgen.sop.model import BusinessHours

START = datetime(2026, 1, 5, tzinfo=UTC)
MESSAGES = st.lists(
    st.builds(
        lambda minute, role, precision: Message(
            id="m", at=START + minute * MINUTE, role=role, text="halo", precision=precision
        ),
        st.integers(0, 3_000),
        st.sampled_from([Role.CUSTOMER, Role.AGENT]),
        st.sampled_from([SECOND, MINUTE]),
    ),
    min_size=2,
    max_size=9,
).map(lambda messages: sorted(messages, key=lambda message: message.at or START))


def office() -> Clock:
    hours = BusinessHours(timezone="UTC", weekly=read_week({"mon-fri": ["09:00-17:00"]}, lambda *_: None))
    return Clock(Opening(hours, no_holidays, lambda _: None))


OFFICE = office()


def laid_out(messages: list[Message], pack: Pack) -> Timeline:
    return Timeline(Conversation(id="c", channel="livechat", messages=tuple(messages)), pack.recognise)


OF_AGENTS = Selection(lambda timeline: timeline.roles[Role.AGENT])


def length_of(measure: Measure | Doubt) -> timedelta:
    assert isinstance(measure, Measure)
    return measure.stamped


@given(MESSAGES, st.sampled_from([ALWAYS, OFFICE]))
def test_a_meter_without_pauses_is_its_clock(pack: Pack, messages: list[Message], clock: Clock) -> None:
    """The bounds are the clock's, and the stamps lie between them."""
    timeline = laid_out(messages, pack)
    measure = Meter(clock).read(timeline, 0, len(messages) - 1)
    assert isinstance(measure, Measure)
    assert (measure.least, measure.greatest) == clock.gap(messages[0], messages[-1])
    assert measure.least <= measure.stamped <= measure.greatest


@given(MESSAGES, st.sampled_from([ALWAYS, OFFICE]))
def test_pauses_are_what_the_customer_took(pack: Pack, messages: list[Message], clock: Clock) -> None:
    """With every agent message asking, only the time after customers' messages is left."""
    exact = [replace(message, precision=SECOND) for message in messages]
    timeline = laid_out(exact, pack)
    for start in range(len(exact) - 1):
        expected = timedelta()
        for at in range(start, len(exact) - 1):
            if exact[at].role is Role.CUSTOMER:
                expected += clock.stamped(exact[at], exact[at + 1])
        assert length_of(Meter(clock, OF_AGENTS).read(timeline, start, len(exact) - 1)) == expected


@given(MESSAGES)
def test_a_coarse_clock_keeps_its_bounds_with_pauses(pack: Pack, messages: list[Message]) -> None:
    """What is read from the stamps lies between the least and the greatest time that can have passed."""
    measure = Meter(ALWAYS, OF_AGENTS).read(laid_out(messages, pack), 0, len(messages) - 1)
    assert isinstance(measure, Measure)
    assert timedelta() <= measure.least <= measure.stamped <= measure.greatest


@pytest.mark.parametrize(
    ("start", "end", "minutes"), [(0, 4, 41), (0, 2, 1), (1, 4, 40), (2, 3, 0), (3, 4, 40), (4, 5, 10)]
)
def test_the_agents_second_reminder_does_not_end_the_pause(
    pack: Pack, chat: Callable[[str], Conversation], start: int, end: int, minutes: int
) -> None:
    """From the first question to the answer the clock stands still, whatever the agent writes meanwhile."""
    said = chat(
        "09:00 pelanggan  barangnya pecah\n"
        "09:01 agen  boleh kirim fotonya?\n"
        "10:00 agen  halo, fotonya?\n"
        "12:00 pelanggan  (foto)\n"
        "12:40 agen  kami kirim penggantinya\n"
        "12:50 pelanggan  ok"
    )
    meter = Meter(ALWAYS, Selection(lambda _: bits_of((1, 2))))
    assert length_of(meter.read(Timeline(said, pack.recognise), start, end)) == minutes * MINUTE


def test_a_pause_that_nobody_ends_lasts(pack: Pack, chat: Callable[[str], Conversation]) -> None:
    """While the customer owes an answer, no time counts, to the end of the conversation."""
    said = chat("09:00 pelanggan  pecah\n09:01 agen  fotonya?\n15:00 sistem  (ditutup)")
    assert length_of(Meter(ALWAYS, OF_AGENTS).read(Timeline(said, pack.recognise), 0, 2)) == MINUTE


def test_a_doubtful_clock_is_a_doubt(pack: Pack, chat: Callable[[str], Conversation]) -> None:
    """A pause without a time cannot be left out, so nothing can be told."""
    said = chat(
        "09:00 pelanggan  pecah\n09:01 agen  fotonya?\n09:05 pelanggan  ini\n09:06 agen  sip"
    ).messages
    timeless = [replace(message, at=None) if n == 2 else message for n, message in enumerate(said)]
    assert Meter(ALWAYS, OF_AGENTS).read(laid_out(timeless, pack), 0, 3) is Doubt.NO_TIME
    far = [replace(message, at=datetime(2150, 1, 1, tzinfo=UTC)) for message in said]
    assert Meter(OFFICE).read(laid_out(far, pack), 0, 0) == Measure()
