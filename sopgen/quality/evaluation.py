"""A checker held against labels that people gave, by the annotation guide."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from sopgen.base.diagnostic import Report
from sopgen.compliance.model import Judgement, Verdict
from sopgen.conversation.model import Conversation
from sopgen.language.personal.name import names_in
from sopgen.quality.agreement import cohens_kappa
from sopgen.quality.gold import LABELS, Gold, read_gold
from sopgen.quality.interval import (
    RESAMPLES,
    SEED,
    Counts,
    Estimate,
    Figures,
    bootstrap,
    f1_share,
    share,
    wider,
)
from sopgen.quality.pooling import FALSE, KINDS, MISSED, TRUE, pooled_of
from sopgen.quality.score import CheckScore, Evaluation, Mistake, MistakeKind, PooledScore
from sopgen.runs.judge import Judge, examine_all, prepare
from sopgen.runs.worker import BATCH_SIZE, in_batches
from sopgen.sop.model import Severity

_VERDICTS = (Verdict.PASS, Verdict.FAIL, Verdict.NA, Verdict.UNDECIDED)

STRICTEST_FIRST = (Verdict.FAIL, Verdict.UNDECIDED, Verdict.PASS, Verdict.NA)
"""Which verdict counts where several clauses bind one check."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Answer:
    """What the checker said about one check on one conversation: the strictest of its clauses' verdicts."""

    verdict: Verdict
    clause: str
    reason: str
    evidence: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Case:
    """One labelled conversation: labels, and the answers of the checks that clauses bind."""

    conversation: Conversation
    gold: Gold
    answers: Mapping[str, _Answer]
    scored: Mapping[str, tuple[Verdict, _Answer]]
    """Label and answer of the checks that have both, by name."""


def evaluate(
    records: Iterable[tuple[Conversation, Mapping[str, Any]]],
    checker: Judge,
    *,
    report: Report = lambda _: None,
    resamples: int = RESAMPLES,
    seed: int = SEED,
) -> Evaluation:
    """Return how well the checker agrees with the records: conversations, each with its `gold` object.

    What is wrong with a label goes to `report` (GLD103 to GLD105). The same records and checker give the
    same figures, intervals included.
    """
    severities: dict[str, Severity] = {}
    cases = []
    for batch in in_batches(records, BATCH_SIZE):
        talks = [conversation for conversation, _ in batch]
        prepare(talks, checker)
        for (conversation, gold), found in zip(batch, examine_all(talks, checker), strict=True):
            _note_severities(found.judgements, severities)
            answers = _answers(found.judgements)
            cases.append(_case(conversation, read_gold(gold, conversation, report), answers))
    return _evaluation(cases, severities, resamples=resamples, seed=seed)


def _case(conversation: Conversation, gold: Gold, answers: Mapping[str, _Answer]) -> _Case:
    scored = {
        check: (label, answers[check])
        for check, label in sorted(gold.verdicts.items())
        if label is not None and check in answers
    }
    return _Case(conversation=conversation, gold=gold, answers=answers, scored=scored)


def _note_severities(judgements: Iterable[Judgement], severities: dict[str, Severity]) -> None:
    order = tuple(Severity)
    for each in judgements:
        severities[each.check] = max(
            severities.get(each.check, each.severity), each.severity, key=order.index
        )


def _answers(judgements: Iterable[Judgement]) -> dict[str, _Answer]:
    """Return the strictest verdict per check, with the evidence of all clauses that gave it."""
    by_check: dict[str, list[Judgement]] = {}
    for judgement in judgements:
        by_check.setdefault(judgement.check, []).append(judgement)
    return {check: _strictest(given) for check, given in by_check.items()}


def _strictest(given: Sequence[Judgement]) -> _Answer:
    verdict = min((each.verdict for each in given), key=STRICTEST_FIRST.index)
    first, *rest = [each for each in given if each.verdict is verdict]
    evidence = frozenset(piece.message for each in (first, *rest) for piece in each.evidence)
    return _Answer(verdict=verdict, clause=first.clause, reason=first.reason, evidence=evidence)


def _evaluation(
    cases: Sequence[_Case], severities: Mapping[str, Severity], *, resamples: int, seed: int
) -> Evaluation:
    checks = tuple(sorted({check for case in cases for check in case.scored}))
    critical = tuple(check for check in checks if severities[check] is Severity.CRITICAL)
    labelled = {check for case in cases for check, label in case.gold.verdicts.items() if label is not None}
    return Evaluation(
        conversations=len(cases),
        checks=tuple(_check_score(check, cases, severities[check]) for check in checks),
        overall=_pooled(checks, cases, resamples=resamples, seed=seed),
        critical=_pooled(critical, cases, resamples=resamples, seed=seed),
        false_alarms=_false_alarms(cases),
        gold_not_bound=tuple(sorted(labelled - severities.keys())),
        bound_not_gold=tuple(sorted(severities.keys() - labelled)),
        mistakes=tuple(mistake for case in cases for mistake in _mistakes(case)),
    )


def _check_score(check: str, cases: Sequence[_Case], severity: Severity) -> CheckScore:
    pairs = [case.scored[check] for case in cases if check in case.scored]
    said = Counter((label, answer.verdict) for label, answer in pairs)
    true = said[Verdict.FAIL, Verdict.FAIL]
    labelled = sum(count for (label, _), count in said.items() if label is Verdict.FAIL)
    answered = sum(count for (_, verdict), count in said.items() if verdict is Verdict.FAIL)
    return CheckScore(
        check=check,
        severity=severity,
        scored=len(pairs),
        not_bound=_not_bound(check, cases),
        labels={label: sum(said[label, verdict] for verdict in _VERDICTS) for label in LABELS},
        true_fails=true,
        false_fails=answered - true,
        missed_fails=labelled - true,
        precision=share(true, answered),
        recall=share(true, labelled),
        f1=f1_share(true, answered - true, labelled - true),
        kappa=cohens_kappa([[said[label, verdict] for verdict in _VERDICTS] for label in _VERDICTS]),
        agreement=share(sum(said[label, label] for label in LABELS), len(pairs)),
        applicability=share(_agreed_on_na(said), len(pairs)),
        evidence=_evidence(check, cases),
        undecided=share(sum(said[label, Verdict.UNDECIDED] for label in LABELS), len(pairs)),
    )


def _not_bound(check: str, cases: Iterable[_Case]) -> int:
    return sum(case.gold.verdicts.get(check) is not None and check not in case.answers for case in cases)


def _agreed_on_na(said: Mapping[tuple[Verdict, Verdict], int]) -> int:
    return sum(count for (label, got), count in said.items() if (label is Verdict.NA) is (got is Verdict.NA))


def _evidence(check: str, cases: Iterable[_Case]) -> Estimate:
    """Return the share of true fails that point where the label points, of those whose label does point."""
    hits = [_points_right(case, check) for case in cases if _is_true_fail(case, check)]
    known = [hit for hit in hits if hit is not None]
    return share(sum(known), len(known))


def _is_true_fail(case: _Case, check: str) -> bool:
    answer = case.answers.get(check)
    return case.gold.verdicts.get(check) is Verdict.FAIL is (answer.verdict if answer else None)


def _points_right(case: _Case, check: str) -> bool | None:
    """Return whether label and answer share a message, or None when the label names none."""
    expected = case.gold.evidence.get(check)
    return bool(expected & case.answers[check].evidence) if expected else None


def _pooled(checks: Sequence[str], cases: Sequence[_Case], *, resamples: int, seed: int) -> PooledScore:
    table = _table(cases, checks)
    true, false, missed = (int(count) for count in table.reshape(-1, KINDS).sum(axis=0))

    def figures(sums: Figures) -> Figures:
        return pooled_of(sums.reshape(len(sums), len(checks), KINDS))

    precision, recall, micro_f1, macro_f1 = bootstrap(table, figures, resamples=resamples, seed=seed)
    micro_f1 = wider(micro_f1, f1_share(true, false, missed))
    return PooledScore(
        checks=tuple(checks),
        true_fails=true,
        false_fails=false,
        missed_fails=missed,
        precision=wider(precision, share(true, true + false)),
        recall=wider(recall, share(true, true + missed)),
        micro_f1=micro_f1,
        macro_f1=wider(macro_f1, micro_f1) if macro_f1.low == macro_f1.high else macro_f1,
    )


def _table(cases: Sequence[_Case], checks: Sequence[str]) -> Counts:
    """Return per scored case which checks found a fail truly, falsely, or missed it: KINDS columns each."""
    scored = [case.scored for case in cases if case.scored]
    table = np.zeros((len(scored), len(checks) * KINDS), dtype=np.int64)
    for row, answers in enumerate(scored):
        for place, check in enumerate(checks):
            kind = _kind(*answers[check]) if check in answers else None
            if kind is not None:
                table[row, place * KINDS + kind] = 1
    return table


def _kind(label: Verdict, answer: _Answer) -> int | None:
    if answer.verdict is Verdict.FAIL:
        return TRUE if label is Verdict.FAIL else FALSE
    return MISSED if label is Verdict.FAIL else None


def _false_alarms(cases: Iterable[_Case]) -> Estimate:
    clean = [case for case in cases if case.scored and Verdict.FAIL not in case.gold.verdicts.values()]
    alarmed = sum(any(answer.verdict is Verdict.FAIL for _, answer in case.scored.values()) for case in clean)
    return share(alarmed, len(clean))


def _mistakes(case: _Case) -> Iterable[Mistake]:
    for check, (label, answer) in case.scored.items():
        if answer.verdict is not label:
            yield _mistake(case, check, label, answer, kind=MistakeKind.VERDICT)
        elif _is_true_fail(case, check) and _points_right(case, check) is False:
            yield _mistake(case, check, label, answer, kind=MistakeKind.EVIDENCE)


def _mistake(case: _Case, check: str, label: Verdict, answer: _Answer, *, kind: MistakeKind) -> Mistake:
    return Mistake(
        kind=kind,
        conversation=case.conversation.id,
        source=case.conversation.source,
        position=case.conversation.position,
        check=check,
        clause=answer.clause,
        expected=label,
        got=answer.verdict,
        reason=answer.reason,
        evidence=tuple(sorted(answer.evidence)),
        expected_evidence=tuple(sorted(case.gold.evidence.get(check, ()))),
        customers=names_in(case.conversation),
    )
