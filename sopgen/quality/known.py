"""Which findings are news: those that neither the baseline nor anybody's decision knows.

The baseline (`baseline.txt`, beside the folder of the SOPs) is a list of fingerprints, one a line, with what
each is about: what there was when checking began. A decision goes before the baseline.
"""

import codecs
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

from sopgen.base.diagnostic import Diagnostic, Level, Report
from sopgen.base.span import Span
from sopgen.quality.disposition import Decision, Disposition, disposition_files, read_dispositions
from sopgen.runs.finding import Finding
from sopgen.runs.fingerprint import FINGERPRINT, fingerprint_of
from sopgen.runs.night.person import write_whole
from sopgen.runs.trouble import storing
from sopgen.sop.model import Severity

BASELINE = "baseline.txt"

_HEAD = (
    "# Findings that were there when checking began: they are shown apart, and `sopgen check --fail-on`\n"
    "# does not count them. Take a line away, and its finding is news. `sopgen baseline RUN` adds lines.\n"
)


class Standing(StrEnum):
    """How a finding stands: news, known from the baseline, or as somebody decided.

    `EXPIRED` was accepted until a day that has passed: it is news again.
    """

    NEW = "new"
    KNOWN = "known"
    CONFIRMED = "confirmed"
    FALSE_ALARM = "false alarm"
    ACCEPTED = "accepted"
    EXPIRED = "expired"

    @property
    def is_news(self) -> bool:
        """Return whether somebody has still to look at the finding."""
        return self in (Standing.NEW, Standing.EXPIRED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is known of findings on a day: the baseline's fingerprints, and decisions by fingerprint."""

    baseline: frozenset[str]
    dispositions: Mapping[str, Disposition]
    on: date

    @property
    def in_force(self) -> bool:
        """Return whether anything is known at all; else every finding is news."""
        return bool(self.baseline or self.dispositions)

    def standing(self, fingerprint: str) -> Standing:
        """Return how the finding stands on the day."""
        decided = self.dispositions.get(fingerprint)
        if decided is None:
            return Standing.KNOWN if fingerprint in self.baseline else Standing.NEW
        if decided.decision is Decision.ACCEPTED and decided.until is not None and decided.until < self.on:
            return Standing.EXPIRED
        return Standing(str(decided.decision))


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """How the findings of a run stand: how many of each standing, and of each severity that are news."""

    standings: Mapping[Standing, int]
    by_severity: Mapping[Severity, int]

    @property
    def count(self) -> int:
        """Return how many are news."""
        return sum(self.by_severity.values())

    def at_least(self, severity: Severity) -> int:
        """Return how many are news and at least so severe."""
        order = tuple(Severity)
        return sum(self.by_severity[each] for each in order[order.index(severity) :])

    def as_dict(self) -> dict[str, object]:
        """Return the counts for a JSON document."""
        return {
            "standings": {str(each): self.standings[each] for each in Standing},
            "news_by_severity": {str(each): self.by_severity[each] for each in Severity},
        }


def read_known(project: Path, on: date, report: Report) -> Known:
    """Return what is known of the findings of a project on a day.

    Diagnostics: those of `read_dispositions`, DSP106 a line of the baseline that is none, DSP107 an
    acceptance that has expired.
    """
    dispositions = read_dispositions(disposition_files(project), report)
    known = Known(
        baseline=frozenset(_baseline(project / BASELINE, report)),
        dispositions={each.finding: each for each in dispositions},
        on=on,
    )
    for each in dispositions:
        if known.standing(each.finding) is Standing.EXPIRED:
            report(_expired(each))
    return known


def news_of(findings: Iterable[Finding], known: Known) -> News:
    """Return how the findings stand."""
    standings: Counter[Standing] = Counter()
    severities: Counter[Severity] = Counter()
    for finding in findings:
        standing = known.standing(fingerprint_of(finding))
        standings[standing] += 1
        severities[finding.judgement.severity] += standing.is_news
    return News(
        standings={each: standings[each] for each in Standing},
        by_severity={each: severities[each] for each in Severity},
    )


def write_baseline(project: Path, lines: Mapping[str, str]) -> Path:
    """Return the baseline, written whole: fingerprints in order, each with what it is about.

    StorageError: STO101, STO102.
    """
    path = project / BASELINE
    draft = path.with_name(f".{BASELINE}.part")
    told = (
        f"{fingerprint}  {_one_line(lines[fingerprint])}".rstrip() + "\n" for fingerprint in sorted(lines)
    )
    with storing(path):
        try:
            draft.write_text("".join((_HEAD, *told)), encoding="utf-8", errors="replace")
            draft.replace(path)
        finally:
            draft.unlink(missing_ok=True)
    return path


def read_baseline(project: Path, report: Report) -> dict[str, str]:
    """Return the fingerprints of the baseline with what each is about; none without a file. DSP106."""
    return dict(_baseline(project / BASELINE, report).items())


def forget_lines(project: Path, findings: Collection[str]) -> None:
    """Take findings out of the baseline; every other line stays as it is. StorageError: STO101, STO102."""
    path = project / BASELINE
    if not findings or not path.is_file():
        return
    with storing(path):
        lines = path.read_bytes().splitlines(keepends=True)
        gone = frozenset(each.encode() for each in findings)
        kept = [
            line
            for line in lines
            if line.removeprefix(codecs.BOM_UTF8).strip().partition(b" ")[0] not in gone
        ]
        write_whole(path, b"".join(kept))


def _baseline(path: Path, report: Report) -> dict[str, str]:
    if not path.is_file():
        return {}
    found: dict[str, str] = {}
    text = path.read_text(encoding="utf-8-sig", errors="replace")
    for number, line in enumerate(text.splitlines(), start=1):
        fingerprint, _, about = line.strip().partition(" ")
        if not fingerprint or fingerprint.startswith("#"):
            continue
        if FINGERPRINT.fullmatch(fingerprint):
            found[fingerprint] = about.strip()
        else:
            report(_no_line(path, number, fingerprint))
    return found


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _no_line(path: Path, number: int, word: str) -> Diagnostic:
    return Diagnostic(
        code="DSP106",
        level=Level.ERROR,
        span=Span(file=str(path), line=number),
        message=f"'{word[:40]}' is no finding",
        hint="begin each line with a finding's 12 characters, or with # for a remark",
    )


def _expired(each: Disposition) -> Diagnostic:
    return Diagnostic(
        code="DSP107",
        level=Level.WARNING,
        span=each.span,
        message=f"finding {each.finding} was accepted by {each.by} until {each.until}; it is news again",
        hint="mend the cause, or decide anew: sopgen disposition RUN FINDING --as accepted --until DATE",
    )
