"""The clock and the calendar of a service, from the `hours` of its SOP."""

from calendar import SATURDAY
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from sopgen.base.diagnostic import Diagnostic, Level, Report
from sopgen.compliance.clock import ALWAYS, Clock
from sopgen.compliance.due import WEEKDAYS, Calendar
from sopgen.compliance.holiday import no_holidays, public_holidays
from sopgen.compliance.opening import Opening
from sopgen.sop.model import Sop

_INDONESIA = "ID"
_COUNTRY = "name a country by its two letters, such as ID, or leave out `holidays`"
_YEAR = "look at the message's date, or leave out `holidays`: what was to be measured is undecided"


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """The clock that limits are held against, and the calendar that promises are read on."""

    clock: Clock = ALWAYS
    calendar: Calendar = WEEKDAYS


def service_of(sop: Sop, report: Report) -> Service:
    """Return the service that an SOP describes.

    Without `hours` the clock always runs; working days are then Monday to Friday, less the public holidays
    of Indonesia where the SOP is Indonesian. Diagnostics: BND106 a country whose holidays are not known;
    BND108, when it turns up in a conversation, a year without a calendar. In both cases nothing can be
    measured, and the verdict is undecided.
    """
    if sop.hours is None:
        return Service(calendar=Calendar(zone=None, is_working_day=_working_days_of(sop.language)))
    holidays = public_holidays(sop.hours.holidays) if sop.hours.holidays else no_holidays
    if holidays is None:
        report(_flaw("BND106", sop, f"the public holidays of '{sop.hours.holidays}' are not known", _COUNTRY))
        opening = Opening(sop.hours, lambda _: None, lambda _: None)
    else:
        opening = Opening(sop.hours, holidays, lambda year: report(_unknown(sop, year)))
    return Service(
        clock=Clock(opening), calendar=Calendar(zone=opening.zone, is_working_day=opening.is_working_day)
    )


def _unknown(sop: Sop, year: int) -> Diagnostic:
    return _flaw("BND108", sop, f"'{sop.id}' has no calendar for the year {year}", _YEAR, Level.WARNING)


def _flaw(code: str, sop: Sop, message: str, hint: str, level: Level = Level.ERROR) -> Diagnostic:
    return Diagnostic(code=code, level=level, span=sop.span, message=message, hint=hint)


def _working_days_of(language: str) -> Callable[[date], bool]:
    """Return whether a day is one of Monday to Friday, and in Indonesian no public holiday of Indonesia."""

    def is_working_day(day: date) -> bool:
        holidays = public_holidays(_INDONESIA) if language == "id" else None
        return day.weekday() < SATURDAY and day not in ((holidays and holidays(day.year)) or ())

    return is_working_day
