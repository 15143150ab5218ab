"""A backtest as people and programs get it: personal data masked, figures with their intervals."""

from collections.abc import Mapping
from typing import Any

from sopgen.compliance.model import Verdict
from sopgen.quality.backtest import Backtest, ClauseShift, Example
from sopgen.quality.disposition import Decision
from sopgen.quality.veil import Veil, names_of, secrets_of
from sopgen.runs.fingerprint import fingerprint_of

Record = dict[str, Any]

NOT_JUDGED = "not judged"
"""What stands for the verdict of a version that does not judge the clause, or does not govern."""


def word_of(verdict: Verdict | None) -> str:
    """Return a verdict's word, or that there was none."""
    return NOT_JUDGED if verdict is None else str(verdict)


def backtest_record(test: Backtest, veil: Veil) -> Record:
    """Return the backtest for a JSON document; what was said in it is masked."""
    counts = (
        "sop", "old", "new", "conversations", "set_aside", "both", "old_only", "new_only", "old_findings",
        "new_findings", "joined", "left", "erased",
    )  # fmt: skip
    return {name: getattr(test, name) for name in counts} | {
        "change": test.change.as_dict(),
        "clauses": [_clause(each, veil) for each in test.clauses],
    }


def _clause(clause: ClauseShift, veil: Veil) -> Record:
    told = (
        "clause",
        "number",
        "text",
        "check",
        "is_old",
        "is_new",
        "newly_failing",
        "newly_passing",
        "changed",
    )
    return {name: getattr(clause, name) for name in told} | {
        "severity": str(clause.severity),
        "old_rate": clause.old_rate.as_dict(),
        "new_rate": clause.new_rate.as_dict(),
        "change": clause.change.as_dict(),
        "shifts": [
            {"old": word_of(old), "new": word_of(new), "conversations": count}
            for (old, new), count in sorted(clause.shifts.items(), key=_order)
        ],
        "newly_passing_decided": {str(each): clause.decided.get(each, 0) for each in Decision},
        "examples": [example_record(each, veil) for each in clause.examples],
    }


def _order(shift: tuple[tuple[Verdict | None, Verdict | None], int]) -> tuple[str, str]:
    return word_of(shift[0][0]), word_of(shift[0][1])


def example_record(example: Example, veil: Veil) -> Mapping[str, Any]:
    """Return an example: which conversation, what failed and by which words, what the other version says."""
    judgement, names = example.finding.judgement, names_of(example.finding)
    secrets = secrets_of(example.finding.context)
    return {
        "kind": str(example.kind),
        "finding": fingerprint_of(example.finding),
        "conversation": veil.identifier(judgement.conversation, channel=judgement.channel, names=names),
        "opened_at": judgement.opened_at,
        "agent": veil.agent(judgement.agent),
        "reason": veil.text(judgement.reason, names, secrets),
        "words": [veil.text(each.text, names, secrets) for each in judgement.evidence],
        "other": word_of(example.other),
        "other_reason": veil.text(example.other_reason, names, secrets),
    }
