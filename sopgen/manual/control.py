"""The document-control block: what governs a document, as rows of name and value."""

from collections.abc import Mapping

from sopgen.manual.label import labels, say_date, say_length, say_week
from sopgen.manual.model import Manual
from sopgen.sop.model import BusinessHours, Routing

Row = tuple[str, str]


def control_rows(manual: Manual, language: str = "") -> tuple[Row, ...]:
    """Return the rows of the document-control block, the identifying ones first.

    They are in the SOP's language unless another is asked for.
    """
    sop, language = manual.sop, language or manual.sop.language
    label = labels(language)
    rows = [
        (label["number"], sop.id),
        (label["title"], sop.title),
        (label["version"], _version(manual, label)),
        (label["status"], label[manual.status.value]),
        (label["effective"], _effective(manual, label, language)),
        (label["owner"], sop.owner),
        (label["approver"], sop.approver),
        (label["approved"], _approved(manual, label, language)),
        (label["review"], say_length(sop.review_every, language)),
    ]
    if manual.next_review is not None:
        rows.append((label["next_review"], say_date(manual.next_review, language)))
    rows.append((label["applies_to"], _routing(sop.applies_to, label)))
    if sop.hours is not None:
        rows.append((label["hours"], _hours(sop.hours, language)))
    return tuple((name, value) for name, value in rows if value)


def _version(manual: Manual, label: Mapping[str, str]) -> str:
    return manual.version if manual.release else label["draft"]


def _effective(manual: Manual, label: Mapping[str, str], language: str) -> str:
    if manual.effective is None:
        return label["not_effective"]
    return say_date(manual.effective, language)


def _approved(manual: Manual, label: Mapping[str, str], language: str) -> str:
    if manual.release is None:
        return label["not_approved"]
    day = say_date(manual.release.approved_on, language)
    return f"{manual.release.approved_by}, {day}"


def _routing(routing: Routing, label: Mapping[str, str]) -> str:
    parts = [
        f"{name}: {', '.join(values)}"
        for name, values in ((label["channels"], routing.channels), (label["teams"], routing.teams))
        if values
    ]
    return "; ".join(parts) or label["everything"]


def _hours(hours: BusinessHours, language: str) -> str:
    parts = [f"{days} {times}" for days, times in say_week(hours.weekly, language)]
    if hours.holidays:
        parts.append(f"{labels(language)['holidays']} ({hours.holidays})")
    return f"{'; '.join(parts)} ({hours.timezone})"
