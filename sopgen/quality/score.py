"""How well a checker agrees with people: the figures of an evaluation. Values only."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sopgen.compliance.model import Verdict
from sopgen.quality.interval import Estimate
from sopgen.sop.model import Severity

Record = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckScore:
    """How well one check agrees with the labels.

    `scored` conversations have a label and a verdict; `not_bound` ones have a label, but no clause that
    applies to them binds the check. `labels` counts the labels of the scored ones. True and false refer to
    the verdict `fail`: `undecided` on a labelled fail is a miss.

    `precision` and `recall` are of `fail`; `f1` is their harmonic mean; `kappa` is Cohen's over pass, fail,
    na (`undecided` is a fourth word that no label says); `agreement` is the share of equal verdicts;
    `applicability` the share in which both or neither say `na`; `evidence` the share of true fails that point
    at a message at which the label points too; `undecided` the share left undecided.
    """

    check: str
    severity: Severity
    scored: int
    not_bound: int
    labels: Mapping[Verdict, int]
    true_fails: int
    false_fails: int
    missed_fails: int
    precision: Estimate
    recall: Estimate
    f1: Estimate
    kappa: Estimate
    agreement: Estimate
    applicability: Estimate
    evidence: Estimate
    undecided: Estimate

    def as_dict(self) -> Record:
        """Return the score for a JSON document."""
        counts = ("check", "scored", "not_bound", "true_fails", "false_fails", "missed_fails")
        figures = (
            "precision", "recall", "f1", "kappa", "agreement", "applicability", "evidence", "undecided",
        )  # fmt: skip
        return (
            {name: getattr(self, name) for name in counts}
            | {"severity": str(self.severity), "labels": {str(k): v for k, v in self.labels.items()}}
            | {name: getattr(self, name).as_dict() for name in figures}
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class PooledScore:
    """Several checks together: `micro` figures pool their verdicts, `macro_f1` is the mean of their F1.

    The mean is over the checks whose F1 is defined: those with a labelled fail or a false one. Intervals are
    bootstrapped over conversations, since the verdicts of one conversation hang together, and never narrower
    than those of the pooled counts; that of the mean is the pooled one where no resample differs.
    """

    checks: tuple[str, ...]
    true_fails: int
    false_fails: int
    missed_fails: int
    precision: Estimate
    recall: Estimate
    micro_f1: Estimate
    macro_f1: Estimate

    def as_dict(self) -> Record:
        """Return the score for a JSON document."""
        return {
            "checks": list(self.checks),
            "true_fails": self.true_fails,
            "false_fails": self.false_fails,
            "missed_fails": self.missed_fails,
            "precision": self.precision.as_dict(),
            "recall": self.recall.as_dict(),
            "micro_f1": self.micro_f1.as_dict(),
            "macro_f1": self.macro_f1.as_dict(),
        }


class MistakeKind(StrEnum):
    """What is wrong: the verdict, or only the place to which a right `fail` points."""

    VERDICT = "verdict"
    EVIDENCE = "evidence"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistake:
    """One disagreement with a label, for people to look at: the checker may be wrong, or the label.

    `customers` are the names in the conversation, by which the reason is masked.
    """

    kind: MistakeKind
    conversation: str
    source: str
    position: str
    check: str
    clause: str
    expected: Verdict
    got: Verdict
    reason: str
    evidence: tuple[str, ...]
    expected_evidence: tuple[str, ...]
    customers: tuple[str, ...] = ()

    def as_dict(self) -> Record:
        """Return the mistake for a JSON document."""
        texts = ("kind", "conversation", "source", "position", "check", "clause", "expected", "got", "reason")
        return {name: str(getattr(self, name)) for name in texts} | {
            "evidence": list(self.evidence),
            "expected_evidence": list(self.expected_evidence),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """A checker held against labels. `checks` are by name; `critical` pools those of critical clauses.

    `false_alarms` is the share, among conversations without any labelled fail, that got at least one false
    fail on a scored check. `gold_not_bound` are labelled checks that no clause ever bound, `bound_not_gold`
    checks that gave verdicts but have no label: neither is scored.
    """

    conversations: int
    checks: tuple[CheckScore, ...]
    overall: PooledScore
    critical: PooledScore
    false_alarms: Estimate
    gold_not_bound: tuple[str, ...]
    bound_not_gold: tuple[str, ...]
    mistakes: tuple[Mistake, ...]

    def as_dict(self) -> Record:
        """Return the evaluation for a JSON document."""
        return {
            "conversations": self.conversations,
            "overall": self.overall.as_dict(),
            "critical": self.critical.as_dict(),
            "false_alarms": self.false_alarms.as_dict(),
            "checks": [each.as_dict() for each in self.checks],
            "gold_not_bound": list(self.gold_not_bound),
            "bound_not_gold": list(self.bound_not_gold),
            "mistakes": [each.as_dict() for each in self.mistakes],
        }
