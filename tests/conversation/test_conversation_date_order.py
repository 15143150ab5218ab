"""Day, month and year are told apart by evidence, or not at all."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sopgen.conversation.date_order import DateOrder, Evidence, date_in, date_order_of

FORMS = {"dmy": "%d/%m/%y", "mdy": "%m/%d/%y", "ymd": "%Y-%m-%d"}
DAYS = st.lists(st.dates(date(2005, 1, 1), date(2099, 12, 31)), min_size=1, max_size=40)


@pytest.mark.parametrize(
    ("dates", "order", "evidence"),
    [
        (["20/01/19", "01/02/19"], "dmy", Evidence.PARTS),
        (["01/20/19", "02/01/19"], "mdy", Evidence.PARTS),
        (["2019/01/02"], "ymd", Evidence.PARTS),
        (["99-01-02"], "ymd", Evidence.PARTS),
        (["1/2/2019"], "", Evidence.UNCLEAR),
        (["03/07/24", "04/07/24", "05/07/24"], "", Evidence.UNCLEAR),
        (["20/08/24", "08/20/24"], "", Evidence.IMPOSSIBLE),
        (["45.45.2024"], "", Evidence.IMPOSSIBLE),
        (["31/02/24", "01/02/24"], "", Evidence.IMPOSSIBLE),
    ],
)
def test_the_numbers_themselves(dates, order, evidence):
    """A part above 31 is a year, a first above 12 a day, a second above 12 a day behind a month."""
    assert date_order_of(dates) == DateOrder(order=order, evidence=evidence)


def test_a_user_decides_what_the_numbers_leave_open_and_no_more():
    """The stated order is taken where it is possible; proof wins over it."""
    assert date_order_of(["03/07/24"], stated="mdy").evidence is Evidence.STATED
    assert date_order_of(["20/07/24"], stated="mdy") == DateOrder(order="dmy", evidence=Evidence.PARTS)
    assert date_order_of(["03/07/24"], stated="mdy", language="dmy").order == "mdy"
    assert date_order_of(["03/07/24"], language="dmy").evidence is Evidence.LANGUAGE


def test_a_long_course_decides_only_when_it_is_clear():
    """Dates that run on day by day in one order only decide; the 7th of each month does not mislead."""
    running = [f"{day:02}/07/24" for day in range(1, 7) for _ in range(4)]
    assert date_order_of(running) == DateOrder(order="dmy", evidence=Evidence.COURSE)
    assert date_order_of(running[:12]).evidence is Evidence.UNCLEAR
    assert date_order_of(list(reversed(running))).evidence is Evidence.UNCLEAR
    assert date_order_of(["07/08/24"] * 30).evidence is Evidence.UNCLEAR


def test_one_pasted_date_among_many_does_not_matter():
    """A single line of another order is a stray, two of three are a contradiction."""
    chat = [f"08/{day}/24" for day in range(10, 32)]
    assert date_order_of([*chat, "25/12/24"]).order == "mdy"
    assert date_order_of(["08/20/24", "25/12/24"]).evidence is Evidence.IMPOSSIBLE


@given(DAYS, st.sampled_from(sorted(FORMS)))
def test_an_order_that_is_proved_is_the_true_one(days, order):
    """Whatever the dates, what the numbers prove is the order in which they were written."""
    written = [day.strftime(FORMS[order]) for day in days]
    found = date_order_of(written)
    assert found.evidence is not Evidence.IMPOSSIBLE
    if found.evidence is Evidence.PARTS:
        assert found.order == order
        assert [date_in(each, order) for each in written] == days


@given(st.integers(2005, 2090), st.integers(1, 12), st.integers(20, 60))
def test_a_chat_that_runs_day_by_day_is_never_read_wrongly(year, month, length):
    """A daily chat is read in its true order or asked about, never in the other one."""
    days = [date(year, month, 1) + timedelta(days=each) for each in range(length)]
    found = date_order_of([day.strftime("%d/%m/%y") for day in days])
    assert found.order in ("dmy", "")
