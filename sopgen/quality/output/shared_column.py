"""Columns that the tables of several readers have: what was counted, which clause, which verdicts."""

from collections.abc import Callable
from typing import TypeVar

from sopgen.compliance.model import Titles, Verdict
from sopgen.quality.figure.clause import ClauseFacts
from sopgen.quality.figure.scope import Scope
from sopgen.quality.output.sheet import Column, Sheet, count, day, sheet, text, word
from sopgen.quality.wording import words
from sopgen.runs.summary import VerdictCounts

T = TypeVar("T")

SCOPE: tuple[Column[Scope], ...] = (
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


def scope_sheet(scope: Scope) -> Sheet:
    """Return the table of what was counted, one row."""
    return sheet("scope", Titles(id="Cakupan", en="Scope"), SCOPE, (scope,))


def clause_columns(of: Callable[[T], ClauseFacts]) -> tuple[Column[T], ...]:
    """Return the columns of a clause: which it is, what it says, and what it weighs."""
    return (
        text("sop", "SOP", "SOP", lambda each: of(each).key.sop),
        text("version", "Versi", "Version", lambda each: of(each).version),
        text("number", "Nomor", "Number", lambda each: of(each).number),
        text("clause", "Klausul", "Clause", lambda each: of(each).key.clause),
        text("text", "Bunyi", "Text", lambda each: of(each).text),
        text("check", "Pemeriksa", "Check", lambda each: of(each).key.check),
        text("code", "Kode", "Code", lambda each: of(each).code),
        word("severity", "Tingkat", "Severity", "severity_", lambda each: str(of(each).severity)),
        word("class", "Golongan", "Class", "class_", lambda each: str(of(each).error_class)),
    )


def verdict_columns(of: Callable[[T], VerdictCounts]) -> tuple[Column[T], ...]:
    """Return the columns of the verdicts of one clause, under the names that pages have for them."""

    def counted(verdict: Verdict) -> Column[T]:
        title = words()[f"verdict_{verdict}"]
        return count(
            str(verdict),
            title["id"].capitalize(),
            title["en"].capitalize(),
            lambda each: of(each).as_dict()[verdict],
        )

    return tuple(map(counted, (Verdict.PASS, Verdict.FAIL, Verdict.NA, Verdict.UNDECIDED)))
