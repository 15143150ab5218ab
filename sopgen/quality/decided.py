"""What people decided about findings, as gold: the conversations with the verdicts that people settled."""

from collections.abc import Iterable, Iterator, Mapping

from sopgen.compliance.model import Verdict
from sopgen.conversation.model import Conversation, Reading
from sopgen.quality.disposition import Decision, Disposition
from sopgen.quality.gold import Record
from sopgen.runs.finding import Finding
from sopgen.runs.fingerprint import fingerprint_of


def decided_records(
    readings: Iterable[Reading], findings: Iterable[Finding], dispositions: Mapping[str, Disposition]
) -> Iterator[tuple[Conversation, Record]]:
    """Yield the conversations about whose findings somebody decided, each with its `gold` object.

    A departure, confirmed or accepted, is labelled `fail` where it shows. A false alarm is labelled with the
    verdict that people gave instead, `pass` where they gave none: for precision and recall of `fail` that is
    the same as `na`. Only findings are looked at, so what the checker missed stays unknown: precision is
    measured, recall is not.
    """
    labels: dict[str, dict[str, Verdict]] = {}
    evidence: dict[str, dict[str, list[str]]] = {}
    for finding in findings:
        decided = dispositions.get(fingerprint_of(finding))
        if decided is None:
            continue
        judgement = finding.judgement
        labels.setdefault(judgement.conversation, {})[judgement.check] = _label(decided)
        if decided.decision is not Decision.FALSE_ALARM:
            messages = list(dict.fromkeys(each.message for each in judgement.evidence))
            evidence.setdefault(judgement.conversation, {})[judgement.check] = messages
    for reading in readings:
        if isinstance(reading, Conversation) and reading.id in labels:
            told = {check: str(verdict) for check, verdict in sorted(labels[reading.id].items())}
            yield reading, {"verdicts": told, "evidence": evidence.get(reading.id, {})}


def _label(decided: Disposition) -> Verdict:
    if decided.decision is Decision.FALSE_ALARM:
        return decided.instead or Verdict.PASS
    return Verdict.FAIL
