"""How far a check's findings can be trusted, by what people decided about them: rule health."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sopgen.quality.disposition import Decision, Disposition
from sopgen.quality.interval import Estimate, share


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckHealth:
    """What people decided about the findings of one check.

    `precision` is the share of departures among the decided: confirmed and accepted ones (an accepted
    departure is one) against false alarms, with its Wilson interval. It is that of the findings that somebody
    looked at: where people look at doubtful ones first, it is lower than that of all.
    """

    check: str
    confirmed: int
    accepted: int
    false_alarms: int

    @property
    def precision(self) -> Estimate:
        """Return the share of departures among the decided."""
        departures = self.confirmed + self.accepted
        return share(departures, departures + self.false_alarms)

    def as_dict(self) -> dict[str, object]:
        """Return the figures for a JSON document."""
        return {
            "check": self.check,
            "confirmed": self.confirmed,
            "accepted": self.accepted,
            "false_alarms": self.false_alarms,
            "precision": self.precision.as_dict(),
        }


def health_of(dispositions: Iterable[Disposition], checks: Mapping[str, str]) -> tuple[CheckHealth, ...]:
    """Return the health of each check that somebody decided about, least trusted first.

    `checks` gives the check of findings by fingerprint, where the decision does not name it.
    """
    by_check: dict[str, list[Decision]] = {}
    for each in dispositions:
        check = each.check or checks.get(each.finding, "")
        if check:
            by_check.setdefault(check, []).append(each.decision)
    told = (
        CheckHealth(
            check=check,
            confirmed=decisions.count(Decision.CONFIRMED),
            accepted=decisions.count(Decision.ACCEPTED),
            false_alarms=decisions.count(Decision.FALSE_ALARM),
        )
        for check, decisions in by_check.items()
    )
    return tuple(sorted(told, key=lambda each: (each.precision.value or 0.0, each.check)))
