"""What the pages of leads and owners say, lines over days, and the same pages on paper."""

import io
import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pypdf
import pytest
from figure_month import VEIL, runs
from hypothesis import given
from hypothesis import strategies as st

from sopgen.cli.printing import printed
from sopgen.quality.figure.change import change
from sopgen.quality.figure.figures import Reader
from sopgen.quality.interval import share
from sopgen.quality.lead_page import LeadPage
from sopgen.quality.line import LEAST_CASES, PLOT, SPARK, Line, plot, pooled, spark
from sopgen.quality.owner_page import OwnerPage
from sopgen.quality.page import QaPage
from sopgen.quality.report import Assignment, opened
from sopgen.quality.wording import Wording

MONDAY = date(2026, 10, 5)
NARROW = 280 / PLOT[0]
"""Pixels of a phone to a unit of a large line."""
DAYS = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 9), st.integers(0, 9)), max_size=40)


def listed(days: list[tuple[int, int, int]]) -> list[tuple[date, int, int]]:
    by_day = {MONDAY + timedelta(days=at): (part, part + rest) for at, part, rest in days}
    return [(day, *by_day[day]) for day in sorted(by_day)]


@given(DAYS)
def test_pooled_days_lose_nothing(days: list[tuple[int, int, int]]) -> None:
    """Ten stretches at most hold every case of every day."""
    series = listed(days)
    stretches = pooled(series)
    assert len(stretches) <= 10
    assert sum(each.of for _, each in stretches) == sum(of for _, _, of in series)


@given(DAYS)
def test_a_line_stays_in_its_frame(days: list[tuple[int, int, int]]) -> None:
    """Whatever the shares: points and bands within the picture, and no large line of fewer than two days.

    A day of a large line has enough cases. A small line has a line in it, three days and 30 cases at least.
    """
    series = [(day, share(part, of)) for day, part, of in listed(days)]
    known = [each for _, each in series if each.of]
    enough = [each for each in known if each.of >= LEAST_CASES]
    drawn = (spark(series, Wording("id")), plot(series, Wording("en"), dotted=lambda _: True))
    assert (drawn[1] is None) == (len(enough) < 2)
    if drawn[0] is not None:
        assert len(known) >= 3
        assert sum(each.of for each in known) >= 30
        assert drawn[0].lines
    for line, (width, height) in zip(drawn, (SPARK, PLOT), strict=True):
        for points in () if line is None else (*line.lines, *line.bands):
            for pair in points.split():
                x, y = map(float, pair.split(","))
                assert 0 <= x <= width
                assert 0 <= y <= height


@pytest.mark.parametrize("count", [2, 3, 30])
def test_the_words_below_a_line_stand_apart(count: int) -> None:
    """The first day, the last, and one between them where there is one: no day twice."""
    line = plotted((at, 1, 10) for at in range(count))
    assert [each.anchor for each in line.days] == ["start", *(["middle"] if count > 2 else []), "end"]
    assert len({each.label for each in line.days}) == len(line.days)


def plotted(days: Iterable[tuple[int, int, int]], *, dotted: bool = True) -> Line:
    """Return the large line of shares (day, part, of), days counted from a Monday."""
    series = [(MONDAY + timedelta(days=at), share(part, of)) for at, part, of in days]
    line = plot(series, Wording("en"), dotted=lambda _: dotted)
    assert line is not None
    return line


@given(st.sets(st.integers(0, 400), min_size=2, max_size=60))
def test_labels_of_days_never_touch(days: set[int]) -> None:
    """On a phone a label of 48 pixels leaves air to the next, wherever the days lie."""
    told = plotted((at, 1, 20) for at in sorted(days)).days
    before = {"start": 0, "middle": 24, "end": 48}
    left = [each.x * NARROW - before[each.anchor] for each in told]
    assert all(there - here >= 48 + 6 for here, there in pairwise(left))
    assert {told[0].anchor, told[-1].anchor} == {"start", "end"}


def test_days_with_few_cases_are_points_beside_the_line() -> None:
    """One conversation is all or nothing: it stands where it is, and the line goes on without it."""
    line = plotted(((0, 4, 20), (1, 1, 1), (2, 5, 20)))
    assert [points.count(",") for points in line.lines] == [2]
    assert [each.label for each in line.few] == ["6 Oct: 100%, n\N{NO-BREAK SPACE}=\N{NO-BREAK SPACE}1"]
    assert len(line.dots) == 2
    assert line.notes == ("Pale circles: days with fewer than 10 conversations, not part of the line.",)
    assert line.label == "5 Oct: 20%, 7 Oct: 25%; lowest 20%, highest 25%"
    assert plotted(((0, 4, 20), (1, 5, 20))).notes == ()


def test_a_line_ends_at_a_long_gap_and_goes_on_over_a_weekend() -> None:
    """Friday to Monday is one line; a week is not crossed, and a day on its own is a dot."""
    line = plotted(((0, 4, 20), (3, 5, 20), (10, 5, 20), (40, 5, 20), (41, 5, 20)), dotted=False)
    assert [points.count(",") for points in line.lines] == [2, 2]
    assert [each.label for each in line.dots] == ["15 Oct: 25%, n\N{NO-BREAK SPACE}=\N{NO-BREAK SPACE}20"]
    assert line.notes == ("The line breaks where more than 3 days lie between; a day on its own is a dot.",)


def test_a_day_without_cases_interrupts_the_line() -> None:
    """Nothing is drawn where nothing is known."""
    line = small_line(10, 10, 0, 10, 10)
    assert line is not None
    assert len(line.lines) == 2
    assert len(line.dots) == 1


def small_line(*cases: int) -> Line | None:
    """Return the small line of days with so many cases each."""
    series = [(MONDAY + timedelta(days=at), share(of, of)) for at, of in enumerate(cases)]
    return spark(series, Wording("id"))


def test_a_small_line_dots_every_day_that_stands_alone() -> None:
    """Not only the newest, which would look like a slip of the pen; the newest comes last."""
    line = small_line(20, 20, 0, 20, 0, 20)
    assert line is not None
    assert [points.count(",") for points in line.lines] == [2]
    places = [dot.x for dot in line.dots]
    assert len(places) == 2
    assert places == sorted(places)


@pytest.mark.parametrize("cases", [(40, 40), (1, 1, 1), (9, 10, 10), (20, 0, 20, 20, 0)[:3], (30, 0, 0, 30)])
def test_few_days_or_cases_give_no_small_line(cases: tuple[int, ...]) -> None:
    """Two days, or a handful of conversations, show no direction."""
    assert small_line(*cases) is None


@pytest.fixture(scope="module")
def month() -> dict[Reader, object]:
    """Return the page of each reader over twelve generated days."""
    with opened(Assignment(runs=tuple(runs()), veil=VEIL, limit=6)) as pages:
        return {reader: pages.page(reader) for reader in Reader}


def test_pages_say_that_their_data_was_generated(month: dict[Reader, object]) -> None:
    """Nobody takes them for real."""
    assert {page.head.sample for page in month.values()} == {
        "Data contoh yang dibuat mesin, bukan percakapan nyata."
    }


def test_a_lines_other_runs_are_told(month: dict[Reader, object]) -> None:
    """A page over all runs has no others; one over the newest looks back to those before it, and says so."""
    assert month[Reader.QA].others == 0
    with opened(Assignment(runs=tuple(runs())[-1:], history=tuple(runs())[:-1], veil=VEIL, limit=1)) as pages:
        assert pages.page(Reader.QA).others == len(tuple(runs())) - 1


def test_agents_with_few_conversations_have_no_rank_and_no_score(month: dict[Reader, object]) -> None:
    """Ranks count from 1 within each team, among the others."""
    lead = month[Reader.LEAD]
    assert isinstance(lead, LeadPage)
    for team in lead.cards:
        assert [row.rank for row in team.ranked] == [str(place + 1) for place in range(len(team.ranked))]
        assert all(row.rank == "" and row.score is None for row in team.unranked)
        assert all(row.conversations < 30 for row in team.unranked)


def test_a_critical_error_is_beside_the_score_not_in_it(month: dict[Reader, object]) -> None:
    """Every card has the share of all classes and of each; none adds up to less than its classes' most."""
    lead = month[Reader.LEAD]
    assert isinstance(lead, LeadPage)
    for row in lead.teams:
        by_class = {each.name: each.count for each in row.criticals}
        assert list(by_class) == ["any", "customer", "business", "compliance"]
        assert by_class["any"] >= max(count for name, count in by_class.items() if name != "any")


def test_coaching_names_three_habits_at_most(month: dict[Reader, object]) -> None:
    """With the agent's own words, masked, and what would have passed."""
    lead = month[Reader.LEAD]
    assert isinstance(lead, LeadPage)
    habits = [habit for coach in lead.coaching for habit in coach.habits]
    assert habits
    assert max(len(coach.habits) for coach in lead.coaching) <= 3
    assert any(habit.bad and habit.good for habit in habits)
    assert all(habit.remedy for habit in habits if habit.bad)


def test_owners_see_what_is_broken_most_first(month: dict[Reader, object]) -> None:
    """By the lower bound: certain shares before high ones of few cases."""
    owner = month[Reader.OWNER]
    assert isinstance(owner, OwnerPage)
    lows = [row.failing.estimate.low for row in owner.broken]
    assert lows == sorted(lows, reverse=True)
    assert [each.name for each in owner.ailments] == [
        "never_activated",
        "often_undecided",
        "more_broken_than_kept",
    ]
    assert owner.topics
    assert sum(topic.count for topic in owner.topics) <= owner.complaints


def test_every_clause_of_the_map_was_broken_there(month: dict[Reader, object]) -> None:
    """Few cases are a fraction without a colour; the others a share with one."""
    qa = month[Reader.QA]
    assert isinstance(qa, QaPage)
    cells = [cell for each in qa.maps for row in each.rows for cell in row.cells if cell.text]
    assert cells
    for cell in cells:
        assert (cell.step is None) == cell.small == ("/" in cell.text)
    for each in qa.maps:
        assert all(any(cell.filter for cell in row.cells) for row in each.rows)


def test_a_change_is_told_only_beyond_chance() -> None:
    """The same share of few cases is no change; of many it is."""
    few, many = change((9, 10), (7, 10)), change((900, 1000), (700, 1000))
    assert few is not None
    assert many is not None
    assert (few.direction, many.direction) == ("unclear", "worse")


def test_a_page_on_paper_is_a_tagged_document(month: dict[Reader, object]) -> None:
    """With title, language and headings as bookmarks; the same page gives the same bytes."""
    page = month[Reader.OWNER]
    created = datetime(2026, 11, 22, tzinfo=UTC)
    pdf = printed(page, name="report-owner.pdf", created=created)
    read = pypdf.PdfReader(io.BytesIO(pdf))
    root = read.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "id"
    assert "Kesehatan SOP dan layanan" in str(read.metadata.title)
    text = re.sub(r"\s+", " ", " ".join(each.extract_text() for each in read.pages))
    assert "Klausul yang paling sering dilanggar" in text
    assert printed(page, name="report-owner.pdf", created=created) == pdf
