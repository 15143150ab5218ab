"""Labels that people gave: which verdict each check should reach on a conversation, and where it shows."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sopgen.base.diagnostic import Diagnostic, Level, Report
from sopgen.base.span import Span
from sopgen.base.suggestion import did_you_mean
from sopgen.compliance.model import Verdict
from sopgen.conversation.model import Conversation, Reading, SetAside

LABELS = (Verdict.PASS, Verdict.FAIL, Verdict.NA)
"""What a label may say; `undecided` is a checker's word only."""

Record = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Gold:
    """The labels of one conversation; None means that it was not settled and is not scored."""

    verdicts: Mapping[str, Verdict | None]
    evidence: Mapping[str, frozenset[str]]


def gold_records(readings: Iterable[Reading], report: Report) -> Iterator[tuple[Conversation, Record]]:
    """Yield the conversations that carry labels, with the `gold` of each, as `evaluate` takes them.

    Diagnostics: GLD101 a record could not be read, GLD102 a conversation has no `gold`.
    """
    for reading in readings:
        if isinstance(reading, SetAside):
            report(_flaw("GLD101", Level.ERROR, reading, reading.reason, reading.hint or "mend the line"))
        elif not isinstance(reading.details.get("gold"), Mapping):
            message = f"conversation '{reading.id}' has no labels and is not scored"
            report(_flaw("GLD102", Level.WARNING, reading, message, 'add "gold": {"verdicts": {…}}'))
        else:
            yield reading, reading.details["gold"]


def read_gold(record: Record, conversation: Conversation, report: Report) -> Gold:
    """Return the labels in a `gold` object; what cannot be understood is reported and not scored.

    Diagnostics: GLD103 not a verdict, GLD104 evidence names a message that is not there, GLD105 neither
    `verdicts` nor `evidence` may be anything but an object.
    """
    verdicts = {
        str(check): _label(str(check), word, conversation, report)
        for check, word in _object(record, "verdicts", conversation, report).items()
    }
    known = {message.id for message in conversation.messages}
    evidence = {
        str(check): _messages(str(check), ids, known, conversation, report)
        for check, ids in _object(record, "evidence", conversation, report).items()
    }
    return Gold(verdicts=verdicts, evidence=evidence)


def _object(record: Record, key: str, conversation: Conversation, report: Report) -> Mapping[str, Any]:
    value = record.get(key)
    if value is None:
        return {}
    if isinstance(value, Mapping):
        return value
    message = f"'{key}' of conversation '{conversation.id}' is not an object"
    report(_flaw("GLD105", Level.ERROR, conversation, message, f'write "{key}": {{"<check>": …}}'))
    return {}


def _label(check: str, word: object, conversation: Conversation, report: Report) -> Verdict | None:
    if word is None:
        return None
    if word in LABELS:
        return Verdict(str(word))
    message = f"'{word}' is no verdict ({check} of conversation '{conversation.id}')"
    hint = f"{did_you_mean(str(word), map(str, LABELS))} null means that it is not settled"
    report(_flaw("GLD103", Level.ERROR, conversation, message, hint))
    return None


def _messages(
    check: str, ids: object, known: set[str], conversation: Conversation, report: Report
) -> frozenset[str]:
    named = {str(each) for each in ids} if isinstance(ids, list | tuple) else {str(ids)}
    for stranger in sorted(named - known):
        message = f"evidence of {check} names message '{stranger}', which '{conversation.id}' does not have"
        report(_flaw("GLD104", Level.WARNING, conversation, message, "name messages by their id"))
    return frozenset(named & known)


def _flaw(code: str, level: Level, at: Conversation | SetAside, message: str, hint: str) -> Diagnostic:
    return Diagnostic(code=code, level=level, span=_place(at), message=message, hint=hint)


def _place(at: Conversation | SetAside) -> Span:
    """Return the file, and the line where the position names one ("line 12", "12")."""
    number = at.position.rpartition(" ")[2]
    return Span(file=at.source, line=int(number) if number.isascii() and number.isdigit() else 0)
