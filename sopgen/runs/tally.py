"""Counting a run while it goes by, in memory that does not grow with the number of conversations."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import sopgen
from sopgen.base.diagnostic import Diagnostic, in_reading_order
from sopgen.compliance.model import Demand, Judgement, Verdict
from sopgen.conversation.model import Conversation, SetAside
from sopgen.runs.summary import ClauseTally, NotGoverned, RunSummary, Totals, VerdictCounts
from sopgen.sop.model import Severity

NOT_GOVERNED_EXAMPLES = 10
"""Ids of ungoverned conversations named for each channel and team (our decision, 2026-11-21)."""

NOT_GOVERNED_GROUPS = 200
"""Pairs of channel and team that are told apart; more are counted as one, named `*`: exports may hold any
number of them (our decision, 2026-11-21)."""

_ClauseKey = tuple[str, str, str, str]
_Group = tuple[str, str]
_REST: _Group = ("*", "*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a run is: records read, of them set aside, findings, and messages judged so far."""

    read: int
    set_aside: int
    findings: int
    messages: int = 0


class Counts:
    """The counts of some readings, such as a batch; `ungoverned` names those that no SOP governs."""

    def __init__(self) -> None:
        self.checked = 0
        self.set_aside = 0
        self.governed = 0
        self.with_findings = 0
        self.messages = 0
        self.verdicts: dict[_ClauseKey, Counter[Verdict]] = {}
        self.clauses: dict[_ClauseKey, Demand] = {}
        self.severities: Counter[Severity] = Counter()
        self.codes: Counter[str] = Counter()
        self.ungoverned: list[tuple[_Group, str]] = []

    def put_aside(self, record: SetAside) -> None:
        """Count a record that could not be read."""
        self.set_aside += 1
        self.codes[record.code] += 1

    def check(self, conversation: Conversation, *, governed: bool, broken: bool) -> None:
        """Count a conversation that was judged, perhaps by no clause at all."""
        self.checked += 1
        self.messages += len(conversation.messages)
        self.governed += governed
        if not governed:
            self.ungoverned.append(((conversation.channel, conversation.team), conversation.id))
        self.with_findings += broken

    def count(self, judgements: Sequence[Judgement]) -> None:
        """Count verdicts, by the clause and what became of it."""
        kinds = [(id(each.demand), id(each.verdict)) for each in judgements]
        examples = dict(zip(kinds, judgements, strict=True))
        for kind, number in Counter(kinds).items():
            self._count(examples[kind], number)

    def _count(self, judgement: Judgement, number: int) -> None:
        key = (judgement.sop, judgement.version, judgement.clause, judgement.check)
        self.verdicts.setdefault(key, Counter())[judgement.verdict] += number
        self.clauses.setdefault(key, judgement.demand)
        if judgement.verdict is Verdict.FAIL:
            self.severities[judgement.severity] += number


class Tally:
    """The counts of one run so far."""

    def __init__(self) -> None:
        self.checked = 0
        self.set_aside = 0
        self.governed = 0
        self.with_findings = 0
        self.messages = 0
        self._verdicts: dict[_ClauseKey, Counter[Verdict]] = {}
        self._clauses: dict[_ClauseKey, Demand] = {}
        self._severities: Counter[Severity] = Counter()
        self._codes: Counter[str] = Counter()
        self._not_governed: Counter[_Group] = Counter()
        self._examples: dict[_Group, list[str]] = {}

    def add(self, counts: Counts) -> None:
        """Count the readings that come next."""
        self.checked += counts.checked
        self.set_aside += counts.set_aside
        self.governed += counts.governed
        self.with_findings += counts.with_findings
        self.messages += counts.messages
        self._severities.update(counts.severities)
        self._codes.update(counts.codes)
        for key, verdicts in counts.verdicts.items():
            self._verdicts.setdefault(key, Counter()).update(verdicts)
            self._clauses.setdefault(key, counts.clauses[key])
        for group, conversation in counts.ungoverned:
            self._leave_ungoverned(group, conversation)

    def progress(self) -> Progress:
        """Return how far the run is."""
        return Progress(
            read=self.checked + self.set_aside,
            set_aside=self.set_aside,
            findings=self._severities.total(),
            messages=self.messages,
        )

    def totals(self, *, read: int, unchanged: int = 0, erased: int = 0) -> Totals:
        """Return the totals; `read` was counted where the records came in, apart from what became of them."""
        totals = Totals(
            read=read,
            checked=self.checked,
            unchanged=unchanged,
            set_aside=self.set_aside,
            governed=self.governed,
            not_governed=self._not_governed.total(),
            with_findings=self.with_findings,
            messages=self.messages,
            verdicts=sum(counts.total() for counts in self._verdicts.values()),
            findings=self._severities.total(),
            erased=erased,
        )
        assert totals.read == totals.checked + totals.unchanged + totals.set_aside
        assert totals.checked == totals.governed + totals.not_governed
        return totals

    def summary(
        self,
        *,
        read: int,
        unchanged: int = 0,
        erased: int = 0,
        run_id: str,
        started_at: datetime,
        pack_version: str,
        sops: Mapping[str, Sequence[str]],
        diagnostics: Sequence[Diagnostic],
    ) -> RunSummary:
        """Return what the run came to; its clauses by SOP and version in the order of their numbers."""
        return RunSummary(
            run_id=run_id,
            started_at=started_at,
            sopgen_version=sopgen.__version__,
            pack_version=pack_version,
            sops={sop: tuple(sops[sop]) for sop in sorted(sops)},
            totals=self.totals(read=read, unchanged=unchanged, erased=erased),
            findings_by_severity={severity: self._severities[severity] for severity in Severity},
            clauses=tuple(self._clause_tally(key) for key in sorted(self._clauses, key=self._reading_order)),
            not_governed=tuple(self._group(key) for key in sorted(self._not_governed)),
            set_aside_by_code=dict(sorted(self._codes.items())),
            diagnostics=in_reading_order(diagnostics),
        )

    def _leave_ungoverned(self, group: _Group, conversation: str) -> None:
        key = group
        if key not in self._not_governed and len(self._not_governed) >= NOT_GOVERNED_GROUPS:
            key = _REST
        self._not_governed[key] += 1
        examples = self._examples.setdefault(key, [])
        if len(examples) < NOT_GOVERNED_EXAMPLES:
            examples.append(conversation)

    def _reading_order(self, key: _ClauseKey) -> tuple[object, ...]:
        sop, version, clause, check = key
        return sop, version, number_order(self._clauses[key].clause_number), clause, check

    def _clause_tally(self, key: _ClauseKey) -> ClauseTally:
        example, counts = self._clauses[key], self._verdicts[key]
        return ClauseTally(
            sop=example.sop,
            version=example.version,
            clause=example.clause,
            number=example.clause_number,
            text=example.clause_text,
            check=example.check,
            code=example.code,
            severity=example.severity,
            error_class=example.error_class,
            language=example.language,
            counts=VerdictCounts(
                passed=counts[Verdict.PASS],
                failed=counts[Verdict.FAIL],
                na=counts[Verdict.NA],
                undecided=counts[Verdict.UNDECIDED],
            ),
        )

    def _group(self, key: tuple[str, str]) -> NotGoverned:
        return NotGoverned(
            channel=key[0],
            team=key[1],
            conversations=self._not_governed[key],
            examples=tuple(self._examples[key]),
        )


def number_order(number: str) -> tuple[tuple[int, int, str], ...]:
    """Return a key that sorts clause numbers as a reader counts: 5.2 before 5.10, 7.A.1 before 7.B.1."""
    parts = number.split(".") if number else ()
    return tuple((0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts)
