"""The five lines that matter, for a chat or a mail: what is grave, what changed, how well people were served.

Plain text without markup; nothing in it was said by anybody. `letter(figures, language)` is what a notice may
send as it stands (`sopgen.quality.night_letter` tells of one night, this of the period of a report).
"""

from datetime import timedelta

from sopgen.quality.figure.change import Direction
from sopgen.quality.figure.clause import ClauseFigure
from sopgen.quality.figure.figures import QaFigures
from sopgen.quality.interval import Estimate
from sopgen.quality.locale import duration, number, percent, period

_NAMED = 3
"""Clauses that one line names (our decision, 2026-11-22)."""

_WORDS = {
    "id": {
        "scope": "{period}: {conversations} percakapan, {with_findings} dengan temuan ({share}).",
        "critical": "Kritis: {count} temuan{clauses}.",
        "no_critical": "Kritis: tidak ada.",
        "changed": "Sejak pemeriksaan lalu: memburuk {worse}; membaik {better}.",
        "unchanged": "Sejak pemeriksaan lalu: tidak ada perubahan yang pasti.",
        "broken": "Paling sering dilanggar: {clauses}.",
        "unbroken": "Tidak ada klausul yang dilanggar.",
        "service": "Layanan: balasan pertama {first} (median), CSAT {csat}, selesai sekali kontak {once}.",
        "none": "–",
    },
    "en": {
        "scope": "{period}: {conversations} conversations, {with_findings} with findings ({share}).",
        "critical": "Critical: {count} findings{clauses}.",
        "no_critical": "Critical: none.",
        "changed": "Since the last run: worse {worse}; better {better}.",
        "unchanged": "Since the last run: no change that is certain.",
        "broken": "Most often broken: {clauses}.",
        "unbroken": "No clause was broken.",
        "service": "Service: first response {first} (median), CSAT {csat}, solved at first contact {once}.",
        "none": "–",
    },
}


def letter(figures: QaFigures, language: str) -> tuple[str, ...]:
    """Return the five lines in a language, "id" or "en", numbers as its readers write them."""
    return (
        _scope(figures, language),
        _critical(figures, language),
        _changes(figures, language),
        _broken(figures, language),
        _service(figures, language),
    )


def _scope(figures: QaFigures, language: str) -> str:
    scope = figures.scope
    days = "–" if scope.first is None or scope.last is None else period(scope.first, scope.last, language)
    share = scope.with_findings / scope.conversations if scope.conversations else 0.0
    return _WORDS[language]["scope"].format(
        period=days,
        conversations=number(scope.conversations, language),
        with_findings=number(scope.with_findings, language),
        share=percent(share, language),
    )


def _critical(figures: QaFigures, language: str) -> str:
    if not figures.scope.critical:
        return _WORDS[language]["no_critical"]
    grave = [each for each in figures.clauses if each.facts.severity == "critical" and each.counts.failed]
    grave.sort(key=lambda each: -each.counts.failed)
    named = ", ".join(f"{_name(each)} {number(each.counts.failed, language)}" for each in grave[:_NAMED])
    return _WORDS[language]["critical"].format(
        count=number(figures.scope.critical, language), clauses=f" ({named})" if named else ""
    )


def _changes(figures: QaFigures, language: str) -> str:
    worse, better = (_called(figures, direction) for direction in (Direction.WORSE, Direction.BETTER))
    if not worse and not better:
        return _WORDS[language]["unchanged"]
    none = _WORDS[language]["none"]
    return _WORDS[language]["changed"].format(worse=worse or none, better=better or none)


def _called(figures: QaFigures, direction: Direction) -> str:
    """Return the clauses that changed that way, the greatest difference first."""
    changed = [
        (abs(each.since_last.difference), _name(each))
        for each in figures.clauses
        if each.since_last is not None and each.since_last.direction is direction
    ]
    return ", ".join(name for _, name in sorted(changed, key=lambda each: (-each[0], each[1]))[:_NAMED])


def _broken(figures: QaFigures, language: str) -> str:
    """Return the clauses that are broken most often for certain: by the lower bound of their share."""
    broken = [each for each in figures.clauses if each.counts.failed]
    if not broken:
        return _WORDS[language]["unbroken"]
    broken.sort(key=lambda each: (each.passing.high or 0.0, _name(each)))
    named = ", ".join(
        f"{_name(each)} {percent(each.counts.failed / each.counts.decided, language)}"
        for each in broken[:_NAMED]
    )
    return _WORDS[language]["broken"].format(clauses=named)


def _service(figures: QaFigures, language: str) -> str:
    whole, none = figures.service.whole, _WORDS[language]["none"]
    first = whole.waits.first_response.median
    return _WORDS[language]["service"].format(
        first=none if first is None else duration(timedelta(seconds=first), language),
        csat=_percent(whole.satisfied, language),
        once=_percent(whole.first_contact, language),
    )


def _percent(estimate: Estimate, language: str) -> str:
    return _WORDS[language]["none"] if estimate.value is None else percent(estimate.value, language)


def _name(figure: ClauseFigure) -> str:
    return f"{figure.facts.key.sop} {figure.facts.number or figure.facts.key.clause}"
