"""The tables of SOP owners: how clauses and checks fare, how people are served, what they complain about."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sopgen.compliance.model import Titles
from sopgen.quality.figure.figures import OwnerFigures
from sopgen.quality.figure.health import ClauseHealth
from sopgen.quality.figure.service import Service, ServiceDay, ServiceFigure, Waits
from sopgen.quality.health import CheckHealth
from sopgen.quality.output.shared_column import clause_columns, scope_sheet
from sopgen.quality.output.sheet import (
    Column,
    Sheet,
    count,
    day,
    estimate,
    number,
    seconds,
    sheet,
    text,
    word,
)
from sopgen.quality.recurring import Group, Recurring, Week

_HEALTHS: tuple[Column[ClauseHealth], ...] = (
    *clause_columns(lambda each: each.clause),
    count("conversations", "Percakapan", "Conversations", lambda each: each.conversations),
    *estimate("failing", "Bagian dilanggar", "Share broken", lambda each: each.failing),
    *estimate("activated", "Berlaku", "Activated", lambda each: each.activated),
    *estimate("undecided", "Belum pasti", "Undecided", lambda each: each.undecided),
    word("ailments", "Gejala", "Ailments", "ailment_", lambda each: ", ".join(each.ailments)),
)


_TRUST: tuple[Column[CheckHealth], ...] = (
    text("check", "Pemeriksa", "Check", lambda each: each.check),
    count("confirmed", "Dibenarkan", "Confirmed", lambda each: each.confirmed),
    count("accepted", "Diterima", "Accepted", lambda each: each.accepted),
    count("false_alarms", "Alarm palsu", "False alarms", lambda each: each.false_alarms),
    *estimate("precision", "Presisi", "Precision", lambda each: each.precision),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _OneGroup:
    """A group of complaints, or a part of the one called `inside`."""

    group: Group
    name: str
    inside: str


_GROUPS: tuple[Column[_OneGroup], ...] = (
    text("matter", "Perkara", "Matter", lambda each: each.name),
    text("inside", "Bagian dari", "Part of", lambda each: each.inside),
    text("words", "Kata yang khas", "Telling words", lambda each: ", ".join(each.group.words)),
    count("complaints", "Keluhan", "Complaints", lambda each: each.group.count),
    *estimate("share", "Bagian keluhan", "Share of complaints", lambda each: each.group.share),
    text("example", "Contoh", "Example", lambda each: _quote(each.group, 0)),
    text("second", "Contoh kedua", "Second example", lambda each: _quote(each.group, 1)),
    text("third", "Contoh ketiga", "Third example", lambda each: _quote(each.group, 2)),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _OneWeek:
    name: str
    week: Week


_WEEKS: tuple[Column[_OneWeek], ...] = (
    day("week", "Minggu mulai", "Week of", lambda each: each.week.start),
    text("matter", "Perkara", "Matter", lambda each: each.name),
    count("complaints", "Keluhan", "Complaints", lambda each: each.week.complaints),
    *estimate("share", "Bagian percakapan", "Share of conversations", lambda each: each.week.share),
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


def owner_sheets(figures: OwnerFigures) -> Iterator[Sheet]:
    """Yield the tables."""
    yield scope_sheet(figures.scope)
    yield sheet("health", Titles(id="Kesehatan klausul", en="Clause health"), _HEALTHS, figures.healths)
    yield sheet("precision", Titles(id="Presisi", en="Precision"), _TRUST, figures.trust.checks)
    parts: tuple[Column[_Part], ...] = (
        word("part", "Bagian", "Part", "part_", lambda each: each.kind),
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
    groups = tuple(_groups(figures.recurring))
    yield sheet("complaints", Titles(id="Keluhan", en="Complaints"), _GROUPS, groups)
    weeks = (
        _OneWeek(name=each.name, week=week) for each in groups if not each.inside for week in each.group.weeks
    )
    yield sheet("complaint_weeks", Titles(id="Keluhan per minggu", en="Complaints by week"), _WEEKS, weeks)


def _groups(recurring: Recurring) -> Iterator[_OneGroup]:
    """Yield each group with its parts below it, and at last what fits none."""
    for group in recurring.groups:
        yield _OneGroup(group=group, name=group.name, inside="")
        for part in group.parts:
            yield _OneGroup(group=part, name=", ".join(part.words) or part.name, inside=group.name)
    if recurring.unsorted is not None:
        yield _OneGroup(group=recurring.unsorted, name="–", inside="")


def _quote(group: Group, place: int) -> str | None:
    return group.quotes[place].text if len(group.quotes) > place else None


def _of_figure(column: Column[ServiceFigure]) -> Column[_Part]:
    return Column(
        key=column.key,
        title=column.title,
        kind=column.kind,
        words=column.words,
        of=lambda each: column.of(each.figure),
    )


def _parts(service: Service) -> Iterator[_Part]:
    yield _Part(kind="whole", figure=service.whole)
    yield from (_Part(kind="team", figure=each) for each in service.teams)
    yield from (_Part(kind="channel", figure=each) for each in service.channels)
