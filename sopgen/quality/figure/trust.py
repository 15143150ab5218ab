"""How far the findings of each check can be trusted, by what people decided about those of the project."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sopgen.quality.disposition import Disposition
from sopgen.quality.health import CheckHealth, health_of
from sopgen.quality.known import Known
from sopgen.runs.results import Results

_CHECKS = """SELECT fingerprint, any_value("check") FROM findings
    SEMI JOIN (SELECT unnest($fingerprints::VARCHAR[]) AS fingerprint) USING (fingerprint) GROUP BY ALL"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trust:
    """The health of each check that somebody decided about, the least trusted first.

    `unnamed` counts the decisions that name no check and whose finding is in none of the runs.
    """

    checks: tuple[CheckHealth, ...]
    unnamed: int


def trust(results: Results, known: Known | None) -> Trust:
    """Return what all decisions of the project say of its checks.

    A decision that does not name its check is counted by the finding, where one of the runs has it.
    """
    decided = tuple(known.dispositions.values()) if known is not None else ()
    checks = _checks(results, [each.finding for each in decided if not each.check])
    return Trust(checks=health_of(decided, checks), unnamed=sum(_unnamed(decided, checks)))


def _checks(results: Results, fingerprints: list[str]) -> dict[str, str]:
    return dict(results.rows(_CHECKS, fingerprints=fingerprints)) if fingerprints else {}


def _unnamed(decided: Iterable[Disposition], checks: Mapping[str, str]) -> Iterable[bool]:
    return (not each.check and each.finding not in checks for each in decided)
