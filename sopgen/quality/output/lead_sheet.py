"""The tables of team leads: scorecards of agents and teams, and what to work on."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sopgen.compliance.model import ErrorClass, Titles
from sopgen.quality.figure.coaching import Coaching, Example, Habit
from sopgen.quality.figure.figures import LeadFigures
from sopgen.quality.figure.scorecard import Scorecard
from sopgen.quality.interval import Estimate
from sopgen.quality.output.shared_column import clause_columns, scope_sheet
from sopgen.quality.output.sheet import Column, Sheet, count, estimate, flag, seconds, sheet, text, word


def _critical(error_class: ErrorClass) -> Callable[[Scorecard], Estimate]:
    return lambda each: each.critical[error_class]


_CARDS: tuple[Column[Scorecard], ...] = (
    text("team", "Tim", "Team", lambda each: each.who.team),
    text("name", "Nama", "Name", lambda each: each.who.name),
    count("rank", "Peringkat", "Rank", lambda each: each.rank),
    count("conversations", "Percakapan", "Conversations", lambda each: each.conversations),
    count("decided", "Putusan pasti", "Decided verdicts", lambda each: each.decided),
    count("failed", "Dilanggar", "Broken", lambda each: each.failed),
    *estimate("score", "Nilai", "Score", lambda each: each.score),
    *estimate("any_critical", "Galat kritis", "Critical errors", lambda each: each.any_critical),
    flag("more_critical", "Kritis melebihi rekan", "More critical than the team",
         lambda each: each.more_critical),
    *(
        column
        for error_class, indonesian, english in (
            (ErrorClass.CUSTOMER, "Kritis bagi pelanggan", "Customer-critical"),
            (ErrorClass.BUSINESS, "Kritis bagi usaha", "Business-critical"),
            (ErrorClass.COMPLIANCE, "Kritis bagi kepatuhan", "Compliance-critical"),
        )
        for column in estimate(
            f"critical_{error_class}",
            indonesian,
            english,
            _critical(error_class),
        )
    ),
    *estimate("satisfied", "CSAT", "CSAT", lambda each: each.satisfied),
    seconds("first_response", "Balasan pertama (median)", "First response (median)",
            lambda each: each.first_response),
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class _OneHabit:
    page: Coaching
    habit: Habit


def _words(example: Example | None) -> str | None:
    return None if example is None else " … ".join(example.words)


def _id(example: Example | None) -> str | None:
    return None if example is None else example.id


_HABITS: tuple[Column[_OneHabit], ...] = (
    text("team", "Tim", "Team", lambda each: each.page.who.team),
    text("agent", "Agen", "Agent", lambda each: each.page.who.name),
    *clause_columns(lambda each: each.habit.clause),
    *estimate("failing", "Bagian dilanggar", "Share broken", lambda each: each.habit.failing),
    *estimate("others", "Rekan setim", "Others of the team", lambda each: each.habit.others),
    word("called", "Dibanding rekan", "Against the others", "direction_",
         lambda each: str(each.habit.compared.direction) if each.habit.compared else None),
    text("bad", "Contoh kurang baik", "Bad example", lambda each: _words(each.habit.bad)),
    text("bad_conversation", "Percakapannya", "Its conversation", lambda each: _id(each.habit.bad)),
    text("good", "Contoh baik", "Good example", lambda each: _words(each.habit.good)),
    text("good_conversation", "Percakapan contoh baik", "Conversation of the good example",
         lambda each: _id(each.habit.good)),
    text("remedy", "Perbaikan", "Remedy", lambda each: each.habit.remedy),
    text("reply", "Jawaban siap pakai", "Quick reply", lambda each: each.habit.reply),
)  # fmt: skip


def lead_sheets(figures: LeadFigures) -> Iterator[Sheet]:
    """Yield the tables."""
    yield scope_sheet(figures.scope)
    yield sheet("agents", Titles(id="Agen", en="Agents"), _CARDS, figures.agents)
    yield sheet("teams", Titles(id="Tim", en="Teams"), _CARDS, figures.teams)
    habits = (_OneHabit(page=page, habit=habit) for page in figures.coaching for habit in page.habits)
    yield sheet("coaching", Titles(id="Pembinaan", en="Coaching"), _HABITS, habits)
