"""What people are told of a night: a title and five lines that matter, no word that anybody said.

In the language of the project; numbers as its readers write them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sopgen.quality.locale import number, percent
from sopgen.runs.night.limit import Limit
from sopgen.runs.summary import MOST_SEVERE_FIRST, ClauseTally, RunSummary, Totals
from sopgen.sop.model import Severity

MOST_CLAUSES = 3
"""Clauses that are named, those with the most findings (our decision, 2026-11-22)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A title, and the lines of a body."""

    title: str
    lines: tuple[str, ...]

    @property
    def body(self) -> str:
        """Return the lines as one text."""
        return "\n".join(self.lines)


_WORDS: Mapping[str, Mapping[str, str]] = {
    "id": {
        "title": "sopgen: {state}, {findings} temuan",
        "kept": "batas terpenuhi", "broken": "batas terlampaui", "none": "malam selesai",
        "read": "{read} dibaca = {checked} diperiksa + {unchanged} tidak berubah + {set_aside} disisihkan",
        "findings": "{findings} temuan dalam {conversations} percakapan{severities}",
        "most": "Terbanyak: {clauses}", "no_findings": "Tidak ada temuan",
        "limits": "Batas: {limits}", "no_limits": "Batas: tidak ada yang ditetapkan",
        "report": "{moment}: {place}", "nothing": "tidak ada yang baru",
        "minor": "ringan", "major": "berat", "critical": "kritis",
        "severity": "temuan {severity} {found} (paling banyak {allowed})",
        "rate": "percakapan dengan temuan {found} (paling banyak {allowed})",
        "set_aside": "disisihkan {found} (paling banyak {allowed})",
        "fewest": "percakapan baru {found} (paling sedikit {allowed})",
    },
    "en": {
        "title": "sopgen: {state}, findings: {findings}",
        "kept": "limits kept", "broken": "limits broken", "none": "the night is done",
        "read": "{read} read = {checked} checked + {unchanged} unchanged + {set_aside} set aside",
        "findings": "findings: {findings}, conversations with any: {conversations}{severities}",
        "most": "Most: {clauses}", "no_findings": "No findings",
        "limits": "Limits: {limits}", "no_limits": "Limits: none are set",
        "report": "{moment}: {place}", "nothing": "nothing new",
        "minor": "minor", "major": "major", "critical": "critical",
        "severity": "findings of {severity} {found} (at most {allowed})",
        "rate": "conversations with findings {found} (at most {allowed})",
        "set_aside": "set aside {found} (at most {allowed})",
        "fewest": "new conversations {found} (at least {allowed})",
    },
}  # fmt: skip


def night_letter(
    summary: RunSummary | None,
    totals: Totals,
    limits: Iterable[Limit],
    *,
    place: str,
    when: str,
    language: str,
) -> Letter:
    """Return what is told of a night. `place` is where its report is, `when` the moment in words."""
    words, held = _WORDS[language], tuple(limits)
    state = "none" if not held else "broken" if any(each.broken for each in held) else "kept"
    findings = number(totals.findings, language)
    title = words["title"].format(state=words[state], findings=findings)
    counts = {
        name: number(getattr(totals, name), language)
        for name in ("read", "checked", "unchanged", "set_aside")
    }
    told = "; ".join(_limit(each, words, language) for each in held)
    lines = (
        words["read"].format(**counts),
        _findings(summary, totals, words, language),
        _most(summary, words, language),
        words["limits"].format(limits=told) if told else words["no_limits"],
        words["report"].format(moment=when, place=place or words["nothing"]),
    )
    return Letter(title=title, lines=lines)


def _findings(summary: RunSummary | None, totals: Totals, words: Mapping[str, str], language: str) -> str:
    if summary is None or not totals.findings:
        return words["no_findings"]
    severe = [
        f"{number(summary.findings_by_severity[each], language)} {words[str(each)]}"
        for each in MOST_SEVERE_FIRST
        if summary.findings_by_severity[each]
    ]
    return words["findings"].format(
        findings=number(totals.findings, language),
        conversations=number(totals.with_findings, language),
        severities=f": {', '.join(severe)}",
    )


def _most(summary: RunSummary | None, words: Mapping[str, str], language: str) -> str:
    tallies = summary.clauses if summary else ()
    failed = sorted((each for each in tallies if each.counts.failed), key=_by_findings)
    named = "; ".join(
        f"{each.sop} {each.number or each.clause} {each.check} {number(each.counts.failed, language)}"
        for each in failed[:MOST_CLAUSES]
    )
    return words["most"].format(clauses=named or "–")


def _by_findings(tally: ClauseTally) -> tuple[object, ...]:
    order = tuple(Severity)
    return -tally.counts.failed, -order.index(tally.severity), tally.sop, tally.number


def _limit(limit: Limit, words: Mapping[str, str], language: str) -> str:
    say = percent if limit.kind == "rate" else lambda count, tongue: number(int(count), tongue)
    severity = words[str(limit.severity)] if limit.severity else ""
    told = words[limit.kind].format(
        severity=severity, found=say(limit.found, language), allowed=say(limit.allowed, language)
    )
    return f"{told} ✗" if limit.broken else f"{told} ✓"
