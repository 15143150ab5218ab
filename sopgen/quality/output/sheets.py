"""The tables of each reader: the columns are literals one can read."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from sopgen.compliance.model import ErrorClass, Titles
from sopgen.quality.figure.change import Change
from sopgen.quality.figure.clause import ClauseFacts, ClauseFigure, DayCounts
from sopgen.quality.figure.coaching import Coaching, Example, Habit
from sopgen.quality.figure.figures import Excluded, Figures, LeadFigures, OwnerFigures, QaFigures
from sopgen.quality.figure.health import ClauseHealth
from sopgen.quality.figure.heat import Cell
from sopgen.quality.figure.risk import RiskyConversation
from sopgen.quality.figure.scope import Scope
from sopgen.quality.figure.scorecard import Scorecard
from sopgen.quality.figure.service import Service, ServiceDay, ServiceFigure, Waits
from sopgen.quality.interval import Estimate
from sopgen.quality.output.sheet import (
    Column,
    Sheet,
    count,
    day,
    estimate,
    flag,
    moment,
    number,
    seconds,
    sheet,
    text,
)

T = TypeVar("T")

_SCOPE: tuple[Column[Scope], ...] = (
    day("first_day", "Hari pertama", "First day", lambda each: each.first),
    day("last_day", "Hari terakhir", "Last day", lambda each: each.last),
    count("runs", "Pemeriksaan", "Runs", lambda each: len(each.runs)),
    text("newest_run", "Pemeriksaan terakhir", "Newest run", lambda each: each.newest.id),
    count("conversations", "Percakapan", "Conversations", lambda each: each.conversations),
    count("governed", "Diatur SOP", "Governed by an SOP", lambda each: each.governed),
    count("messages", "Pesan", "Messages", lambda each: each.messages),
    count("set_aside", "Disisihkan", "Set aside", lambda each: each.set_aside),
    count("verdicts", "Putusan", "Verdicts", lambda each: each.verdicts),
    count("findings", "Temuan", "Findings", lambda each: each.findings),
    count("critical", "Temuan kritis", "Critical findings", lambda each: each.critical),
    count("with_findings", "Percakapan dengan temuan", "Conversations with findings",
          lambda each: each.with_findings),
)  # fmt: skip


def _clause(of: Callable[[T], ClauseFacts]) -> tuple[Column[T], ...]:
    return (
        text("sop", "SOP", "SOP", lambda each: of(each).key.sop),
        text("version", "Versi", "Version", lambda each: of(each).version),
        text("number", "Nomor", "Number", lambda each: of(each).number),
        text("clause", "Klausul", "Clause", lambda each: of(each).key.clause),
        text("text", "Bunyi", "Text", lambda each: of(each).text),
        text("check", "Pemeriksa", "Check", lambda each: of(each).key.check),
        text("code", "Kode", "Code", lambda each: of(each).code),
        text("severity", "Tingkat", "Severity", lambda each: str(of(each).severity)),
        text("class", "Golongan", "Class", lambda each: str(of(each).error_class)),
    )


def _change(
    key: str, indonesian: str, english: str, of: Callable[[T], Change | None]
) -> tuple[Column[T], ...]:
    def part(take: Callable[[Change], object]) -> Callable[[T], object]:
        def told(row: T) -> object:
            change = of(row)
            return None if change is None else take(change)

        return told

    return (
        number(f"{key}_difference", f"{indonesian}: selisih", f"{english}: difference",
               part(lambda change: change.difference)),
        number(f"{key}_low", f"{indonesian}: paling rendah", f"{english}: low",
               part(lambda change: change.low)),
        number(f"{key}_high", f"{indonesian}: paling tinggi", f"{english}: high",
               part(lambda change: change.high)),
        text(f"{key}_called", indonesian, english, part(lambda change: str(change.direction))),
    )  # fmt: skip


_CLAUSES: tuple[Column[ClauseFigure], ...] = (
    *_clause(lambda each: each.facts),
    count("pass", "Dipenuhi", "Pass", lambda each: each.counts.passed),
    count("fail", "Dilanggar", "Fail", lambda each: each.counts.failed),
    count("na", "Tidak berlaku", "Not activated", lambda each: each.counts.na),
    count("undecided", "Belum pasti", "Undecided", lambda each: each.counts.undecided),
    *estimate("passing", "Bagian dipenuhi", "Share kept", lambda each: each.passing),
    flag("few", "Sedikit", "Few cases", lambda each: each.passing.small),
    *_change("since_last", "Sejak pemeriksaan lalu", "Since the last run", lambda each: each.since_last),
    *_change(
        "same_weekday", "Dibanding hari yang sama", "Against the weekday", lambda each: each.same_weekday
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _ClauseDay:
    facts: ClauseFacts
    counted: DayCounts


_DAYS: tuple[Column[_ClauseDay], ...] = (
    day("day", "Hari", "Day", lambda each: each.counted.day),
    text("sop", "SOP", "SOP", lambda each: each.facts.key.sop),
    text("number", "Nomor", "Number", lambda each: each.facts.number),
    text("clause", "Klausul", "Clause", lambda each: each.facts.key.clause),
    text("check", "Pemeriksa", "Check", lambda each: each.facts.key.check),
    count("pass", "Dipenuhi", "Pass", lambda each: each.counted.counts.passed),
    count("fail", "Dilanggar", "Fail", lambda each: each.counted.counts.failed),
    count("na", "Tidak berlaku", "Not activated", lambda each: each.counted.counts.na),
    count("undecided", "Belum pasti", "Undecided", lambda each: each.counted.counts.undecided),
)
_CELLS: tuple[Column[Cell], ...] = (
    text("team", "Tim", "Team", lambda each: each.column.team),
    text("agent", "Agen", "Agent", lambda each: each.column.name),
    text("sop", "SOP", "SOP", lambda each: each.clause.sop),
    text("clause", "Klausul", "Clause", lambda each: each.clause.clause),
    text("check", "Pemeriksa", "Check", lambda each: each.clause.check),
    *estimate("failing", "Bagian dilanggar", "Share broken", lambda each: each.failing),
)
_RISKIEST: tuple[Column[RiskyConversation], ...] = (
    text("conversation", "Percakapan", "Conversation", lambda each: each.id),
    text("run", "Pemeriksaan", "Run", lambda each: each.run_id),
    moment("opened", "Dimulai", "Opened", lambda each: each.opened),
    text("channel", "Kanal", "Channel", lambda each: each.key.channel),
    text("team", "Tim", "Team", lambda each: each.team),
    text("agents", "Agen", "Agents", lambda each: ", ".join(each.agents)),
    text("customer", "Pelanggan", "Customer", lambda each: each.customer),
    count("critical", "Kritis", "Critical", lambda each: each.critical),
    count("major", "Besar", "Major", lambda each: each.major),
    count("minor", "Kecil", "Minor", lambda each: each.minor),
    number("lost", "Bobot hilang", "Weight lost", lambda each: each.lost),
    number("csat", "CSAT", "CSAT", lambda each: each.csat),
    flag("complains", "Keluhan", "Complaint", lambda each: each.complains),
    count("reopened", "Dibuka kembali", "Reopened", lambda each: each.reopened),
)
_EXCLUDED: tuple[Column[Excluded], ...] = (
    text("what", "Apa", "What", lambda each: each.what),
    text("reason", "Alasan", "Reason", lambda each: each.reason),
    count("count", "Banyaknya", "Count", lambda each: each.count),
)


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
    *_clause(lambda each: each.habit.clause),
    *estimate("failing", "Bagian dilanggar", "Share broken", lambda each: each.habit.failing),
    *estimate("others", "Rekan setim", "Others of the team", lambda each: each.habit.others),
    text("called", "Dibanding rekan", "Against the others",
         lambda each: str(each.habit.compared.direction) if each.habit.compared else None),
    text("bad", "Contoh kurang baik", "Bad example", lambda each: _words(each.habit.bad)),
    text("bad_conversation", "Percakapannya", "Its conversation", lambda each: _id(each.habit.bad)),
    text("good", "Contoh baik", "Good example", lambda each: _words(each.habit.good)),
    text("good_conversation", "Percakapan contoh baik", "Conversation of the good example",
         lambda each: _id(each.habit.good)),
    text("remedy", "Perbaikan", "Remedy", lambda each: each.habit.remedy),
    text("reply", "Jawaban siap pakai", "Quick reply", lambda each: each.habit.reply),
)  # fmt: skip
_HEALTHS: tuple[Column[ClauseHealth], ...] = (
    *_clause(lambda each: each.clause),
    count("conversations", "Percakapan", "Conversations", lambda each: each.conversations),
    *estimate("failing", "Bagian dilanggar", "Share broken", lambda each: each.failing),
    *estimate("activated", "Berlaku", "Activated", lambda each: each.activated),
    *estimate("undecided", "Belum pasti", "Undecided", lambda each: each.undecided),
    text("ailments", "Gejala", "Ailments", lambda each: ", ".join(each.ailments)),
)


def _taken(
    of: Callable[[ServiceFigure], Waits], take: Callable[[Waits], object]
) -> Callable[[ServiceFigure], object]:
    return lambda each: take(of(each))


def _waits(
    key: str, titles: tuple[str, str], of: Callable[[ServiceFigure], Waits]
) -> Iterator[Column[ServiceFigure]]:
    """Yield the columns of times on one clock, which `titles` name."""
    id_, en = titles
    spreads: tuple[tuple[str, str, str, Callable[[Waits], object]], ...] = (
        ("first_response_mean", "balasan pertama, rata-rata", "first response, mean",
         lambda each: each.first_response.mean),
        ("first_response_median", "balasan pertama, median", "first response, median",
         lambda each: each.first_response.median),
        ("first_response_p90", "balasan pertama, persentil 90", "first response, 90th percentile",
         lambda each: each.first_response.p90),
        ("first_response_p95", "balasan pertama, persentil 95", "first response, 95th percentile",
         lambda each: each.first_response.p95),
        ("response_mean", "balasan, rata-rata", "response, mean", lambda each: each.mean_response),
        ("resolution_mean", "penyelesaian, rata-rata", "resolution, mean", lambda each: each.resolution.mean),
        ("resolution_median", "penyelesaian, median", "resolution, median",
         lambda each: each.resolution.median),
        ("resolution_p90", "penyelesaian, persentil 90", "resolution, 90th percentile",
         lambda each: each.resolution.p90),
        ("resolution_p95", "penyelesaian, persentil 95", "resolution, 95th percentile",
         lambda each: each.resolution.p95),
    )  # fmt: skip
    for name, indonesian, english, take in spreads:
        yield seconds(f"{key}{name}", f"{id_}{indonesian}".capitalize(), f"{en}{english}".capitalize(),
                      _taken(of, take))  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    kind: str
    figure: ServiceFigure


_SERVICE: tuple[Column[ServiceFigure], ...] = (
    count("conversations", "Percakapan", "Conversations", lambda each: each.conversations),
    *estimate("complaints", "Keluhan", "Complaints", lambda each: each.complaints),
    *_waits("", ("", ""), lambda each: each.waits),
    *_waits("business_", ("jam layanan: ", "opening hours: "), lambda each: each.business),
    *estimate("csat", "CSAT (nilai 4 dan 5)", "CSAT (ratings 4 and 5)", lambda each: each.satisfied),
    number("csat_mean", "CSAT rata-rata", "CSAT mean", lambda each: each.mean_rating),
    *estimate("nps", "NPS", "NPS", lambda each: each.promoters),
    *estimate("first_contact", "Selesai pada kontak pertama", "First-contact resolution",
              lambda each: each.first_contact),
    *estimate("returning", "Pelanggan yang kembali", "Returning customers", lambda each: each.returning),
    *estimate("closed", "Ditutup", "Closed", lambda each: each.closed),
    *estimate("reopened", "Dibuka kembali", "Reopened", lambda each: each.reopened),
    *estimate("transferred", "Dialihkan", "Transferred", lambda each: each.transferred),
)  # fmt: skip
_SERVICE_DAYS: tuple[Column[ServiceDay], ...] = (
    day("day", "Hari", "Day", lambda each: each.day),
    count("conversations", "Percakapan", "Conversations", lambda each: each.conversations),
    count("complaints", "Keluhan", "Complaints", lambda each: each.complaints),
    seconds("first_response", "Balasan pertama (median)", "First response (median)",
            lambda each: each.first_response),
    *estimate("csat", "CSAT", "CSAT", lambda each: each.satisfied),
)  # fmt: skip


def sheets(figures: Figures) -> tuple[Sheet, ...]:
    """Return the tables of a reader, the scope first."""
    match figures:
        case QaFigures():
            return tuple(_qa(figures))
        case LeadFigures():
            return tuple(_lead(figures))
        case OwnerFigures():
            return tuple(_owner(figures))


def _qa(figures: QaFigures) -> Iterator[Sheet]:
    yield _scope(figures.scope)
    yield sheet("clauses", Titles(id="Klausul", en="Clauses"), _CLAUSES, figures.clauses)
    days = (
        _ClauseDay(facts=each.facts, counted=counted) for each in figures.clauses for counted in each.days
    )
    yield sheet("days", Titles(id="Hari", en="Days"), _DAYS, days)
    yield sheet(
        "agents", Titles(id="Klausul per agen", en="Clauses by agent"), _CELLS, figures.heat_by_agent.cells
    )
    yield sheet(
        "teams", Titles(id="Klausul per tim", en="Clauses by team"), _CELLS, figures.heat_by_team.cells
    )
    yield sheet("riskiest", Titles(id="Paling berisiko", en="Riskiest"), _RISKIEST, figures.riskiest)
    yield sheet("set_aside", Titles(id="Disisihkan", en="Set aside"), _EXCLUDED, figures.set_aside)
    yield sheet("not_governed", Titles(id="Tanpa SOP", en="No SOP"), _EXCLUDED, figures.not_governed)


def _lead(figures: LeadFigures) -> Iterator[Sheet]:
    yield _scope(figures.scope)
    yield sheet("agents", Titles(id="Agen", en="Agents"), _CARDS, figures.agents)
    yield sheet("teams", Titles(id="Tim", en="Teams"), _CARDS, figures.teams)
    habits = (_OneHabit(page=page, habit=habit) for page in figures.coaching for habit in page.habits)
    yield sheet("coaching", Titles(id="Pembinaan", en="Coaching"), _HABITS, habits)


def _owner(figures: OwnerFigures) -> Iterator[Sheet]:
    yield _scope(figures.scope)
    yield sheet("health", Titles(id="Kesehatan klausul", en="Clause health"), _HEALTHS, figures.healths)
    parts: tuple[Column[_Part], ...] = (
        text("part", "Bagian", "Part", lambda each: each.kind),
        text("name", "Nama", "Name", lambda each: each.figure.name),
        *(_of_figure(column) for column in _SERVICE),
    )
    yield sheet("service", Titles(id="Layanan", en="Service"), parts, _parts(figures.service))
    yield sheet(
        "service_days",
        Titles(id="Layanan per hari", en="Service by day"),
        _SERVICE_DAYS,
        figures.service.days,
    )


def _scope(scope: Scope) -> Sheet:
    return sheet("scope", Titles(id="Cakupan", en="Scope"), _SCOPE, (scope,))


def _of_figure(column: Column[ServiceFigure]) -> Column[_Part]:
    return Column(
        key=column.key, title=column.title, kind=column.kind, of=lambda each: column.of(each.figure)
    )


def _parts(service: Service) -> Iterator[_Part]:
    yield _Part(kind="whole", figure=service.whole)
    yield from (_Part(kind="team", figure=each) for each in service.teams)
    yield from (_Part(kind="channel", figure=each) for each in service.channels)
