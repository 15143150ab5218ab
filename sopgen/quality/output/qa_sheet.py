"""The tables of QA: clauses, days, who broke what, findings, the riskiest conversations, what is left out."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from sopgen.compliance.model import Titles
from sopgen.quality.figure.change import Change
from sopgen.quality.figure.clause import ClauseFacts, ClauseFigure, DayCounts
from sopgen.quality.figure.figures import Excluded, QaFigures
from sopgen.quality.figure.finding import FoundRow
from sopgen.quality.figure.heat import Cell
from sopgen.quality.figure.risk import RiskyConversation
from sopgen.quality.figure.scope import Scope
from sopgen.quality.output.shared_column import SCOPE, clause_columns, verdict_columns
from sopgen.quality.output.sheet import (
    Column,
    Sheet,
    count,
    day,
    estimate,
    flag,
    moment,
    number,
    sheet,
    text,
    word,
)
from sopgen.quality.remark import sentence_of
from sopgen.quality.wording import Wording

T = TypeVar("T")


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
        word(f"{key}_called", indonesian, english, "direction_", part(lambda change: str(change.direction))),
    )  # fmt: skip


_CLAUSES: tuple[Column[ClauseFigure], ...] = (
    *clause_columns(lambda each: each.facts),
    *verdict_columns(lambda each: each.counts),
    count("new", "Gagal yang baru", "New fails", lambda each: each.news),
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
    *verdict_columns(lambda each: each.counted.counts),
)
_CELLS: tuple[Column[Cell], ...] = (
    text("team", "Tim", "Team", lambda each: each.column.team),
    text("agent", "Agen", "Agent", lambda each: each.column.name),
    text("sop", "SOP", "SOP", lambda each: each.clause.sop),
    text("clause", "Klausul", "Clause", lambda each: each.clause.clause),
    text("check", "Pemeriksa", "Check", lambda each: each.clause.check),
    *estimate("failing", "Bagian dilanggar", "Share broken", lambda each: each.failing),
)
_FINDINGS: tuple[Column[FoundRow], ...] = (
    text("finding", "Temuan", "Finding", lambda each: each.fingerprint),
    word("severity", "Tingkat", "Severity", "severity_", lambda each: str(each.severity)),
    word("standing", "Kedudukan", "Standing", "stands_", lambda each: str(each.standing)),
    text("conversation", "Percakapan", "Conversation", lambda each: each.conversation),
    moment("opened", "Dimulai", "Opened", lambda each: each.opened),
    text("channel", "Saluran", "Channel", lambda each: each.channel),
    text("team", "Tim", "Team", lambda each: each.team),
    text("agent", "Agen", "Agent", lambda each: each.agent),
    text("customer", "Pelanggan", "Customer", lambda each: each.customer),
    text("sop", "SOP", "SOP", lambda each: each.sop),
    text("version", "Versi", "Version", lambda each: each.version),
    text("number", "Nomor", "Number", lambda each: each.number),
    text("clause", "Klausul", "Clause", lambda each: each.clause),
    text("text", "Bunyi", "Text", lambda each: each.text),
    text("check", "Pemeriksa", "Check", lambda each: each.check),
    word("class", "Golongan", "Class", "class_", lambda each: str(each.error_class)),
    number("weight", "Bobot", "Weight", lambda each: each.weight),
    number("confidence", "Keyakinan", "Confidence", lambda each: each.confidence),
    text("reason", "Alasan", "Reason", lambda each: each.reason),
    text("words", "Kata-kata", "Words", lambda each: " … ".join(each.words)),
    text("run", "Pemeriksaan", "Run", lambda each: each.run_id),
)
_RISKIEST: tuple[Column[RiskyConversation], ...] = (
    text("conversation", "Percakapan", "Conversation", lambda each: each.id),
    text("run", "Pemeriksaan", "Run", lambda each: each.run_id),
    moment("opened", "Dimulai", "Opened", lambda each: each.opened),
    text("channel", "Saluran", "Channel", lambda each: each.key.channel),
    text("team", "Tim", "Team", lambda each: each.team),
    text("agents", "Agen", "Agents", lambda each: ", ".join(each.agents)),
    text("customer", "Pelanggan", "Customer", lambda each: each.customer),
    count("critical", "Kritis", "Critical", lambda each: each.critical),
    count("major", "Mayor", "Major", lambda each: each.major),
    count("minor", "Minor", "Minor", lambda each: each.minor),
    count("new", "Baru", "New", lambda each: each.news),
    number("weight", "Bobot temuan", "Weight of findings", lambda each: each.weight),
    number("csat", "CSAT", "CSAT", lambda each: each.csat),
    flag("complains", "Keluhan", "Complaint", lambda each: each.complains),
    count("reopened", "Dibuka kembali", "Reopened", lambda each: each.reopened),
)
_EXCLUDED: tuple[Column[Excluded], ...] = (
    text("what", "Apa", "What", lambda each: each.what),
    text("reason", "Alasan", "Reason", lambda each: each.reason),
    count("count", "Banyaknya", "Count", lambda each: each.count),
)


def _aside(wording: Wording) -> tuple[Column[Excluded], ...]:
    """Return the columns of what was set aside: its code, what that means, and the reason in full."""
    what, reason, number_of = _EXCLUDED
    meaning: Column[Excluded] = text(
        "meaning", "Artinya", "Meaning", lambda each: sentence_of(each.what, wording)
    )
    return what, meaning, reason, number_of


def qa_sheets(figures: QaFigures, found: Sequence[FoundRow], wording: Wording) -> Iterator[Sheet]:
    """Yield the tables; `found` are the findings that are listed, the gravest first."""
    yield _scope(figures.scope, len(found))
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
    yield sheet("findings", Titles(id="Temuan", en="Findings"), _FINDINGS, found)
    yield sheet("riskiest", Titles(id="Paling berisiko", en="Riskiest"), _RISKIEST, figures.riskiest)
    yield sheet("set_aside", Titles(id="Disisihkan", en="Set aside"), _aside(wording), figures.set_aside)
    yield sheet("not_governed", Titles(id="Tanpa SOP", en="No SOP"), _EXCLUDED, figures.not_governed)


def _scope(scope: Scope, listed: int) -> Sheet:
    told: Column[Scope] = count("listed", "Temuan yang didaftar", "Findings listed", lambda _: listed)
    return sheet("scope", Titles(id="Cakupan", en="Scope"), (*SCOPE, told), (scope,))
