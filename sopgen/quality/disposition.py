"""What people decided about findings: `dispositions.yaml`, beside the folder of the SOPs.

    - finding: 7f3a9c0d2b41
      decision: accepted until 2026-12-31     # or: confirmed, or: false alarm
      reason: the new chat system goes live in January
      by: Rina
      on: 2026-11-22
      clause: cs-swin/first-reply             # these three are for readers, and for counting by check
      check: first-response-time
      instead: na                             # of a false alarm: what the verdict should have been

Where it grows long, `dispositions/*.yaml` are read as well.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import ClassVar

from sopgen.base.diagnostic import Diagnostic, Level, Report
from sopgen.base.shape import Document, read_yaml_file, shape
from sopgen.base.span import Span
from sopgen.base.suggestion import did_you_mean
from sopgen.compliance.model import Verdict
from sopgen.runs.fingerprint import FINGERPRINT

DISPOSITIONS = "dispositions.yaml"
MORE = "dispositions"
"""The folder of further files, beside the first."""

_UNTIL = "accepted until "
_INSTEAD = ("", "pass", "na")


class Decision(StrEnum):
    """What somebody found when looking at a finding.

    `CONFIRMED` is a departure, `FALSE_ALARM` none; `ACCEPTED` is one that is borne with until a day.
    """

    CONFIRMED = "confirmed"
    FALSE_ALARM = "false alarm"
    ACCEPTED = "accepted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Disposition:
    """A decision about one finding, by its fingerprint. `until` is the last day of an acceptance."""

    finding: str
    decision: Decision
    until: date | None
    reason: str
    by: str
    on: date
    clause: str
    check: str
    instead: Verdict | None
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    """An entry of the file as people write it."""

    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}
    finding: str
    decision: str
    reason: str
    by: str
    on: date
    clause: str = ""
    check: str = ""
    instead: str = ""


def disposition_files(project: Path) -> tuple[Path, ...]:
    """Return the files of a project that hold decisions, the main one first."""
    main = project / DISPOSITIONS
    return (*([main] if main.is_file() else []), *sorted((project / MORE).glob("*.yaml")))


def read_dispositions(files: Iterable[Path], report: Report) -> tuple[Disposition, ...]:
    """Return the decisions in their files, each finding's first one.

    Diagnostics: YML1xx, DSP101 an entry that cannot be taken, DSP102 no decision, DSP103 no fingerprint,
    DSP104 two decisions about one finding, DSP105 no reason or nobody.
    """
    found: dict[str, Disposition] = {}
    for path in files:
        for each in _read(path, report):
            known = found.setdefault(each.finding, each)
            if known is not each:
                report(_twice(each, known))
    return tuple(found.values())


def _read(path: Path, report: Report) -> Iterator[Disposition]:
    document = read_yaml_file(path, report)
    if document is None or document.value is None:
        return
    if not isinstance(document.value, list):
        hint = "write each decision as an item: - finding: …"
        report(_flaw("DSP101", document.place(()), "this is no list of decisions", hint))
        return
    for place in range(len(document.value)):
        entry = shape(document, _Entry, report, code="DSP101", path=(place,))
        if entry is not None:
            yield from _disposition(entry, document, place, report)


def _disposition(entry: _Entry, document: Document, place: int, report: Report) -> Iterator[Disposition]:
    flaws = tuple(_flaws(entry, document, place))
    for flaw in flaws:
        report(flaw)
    if flaws:
        return
    until = _until(entry.decision)
    yield Disposition(
        finding=entry.finding,
        decision=Decision.ACCEPTED if until else Decision(entry.decision),
        until=until,
        reason=entry.reason,
        by=entry.by,
        on=entry.on,
        clause=entry.clause,
        check=entry.check,
        instead=Verdict(entry.instead) if entry.instead else None,
        span=document.place((place, "finding")),
    )


def _flaws(entry: _Entry, document: Document, place: int) -> Iterator[Diagnostic]:
    if not FINGERPRINT.fullmatch(entry.finding):
        hint = "copy the finding's 12 characters from the report"
        yield _flaw("DSP103", document.place((place, "finding")), f"'{entry.finding}' is no finding", hint)
    if _until(entry.decision) is None and entry.decision not in (Decision.CONFIRMED, Decision.FALSE_ALARM):
        hint = "write: confirmed, false alarm, or accepted until 2026-12-31"
        yield _flaw("DSP102", document.place((place, "decision")), f"'{entry.decision}' is no decision", hint)
    if entry.instead not in _INSTEAD:
        hint = did_you_mean(entry.instead, _INSTEAD[1:])
        message = f"'{entry.instead}' is no verdict that a false alarm hides"
        yield _flaw("DSP102", document.place((place, "instead")), message, hint)
    for name in ("reason", "by"):
        if not getattr(entry, name).strip():
            hint = f"say it: {name}: …"
            yield _flaw("DSP105", document.place((place, name)), f"'{name}' is empty", hint)


def _until(decision: str) -> date | None:
    """Return the last day of an acceptance; None for anything else."""
    try:
        return date.fromisoformat(decision.removeprefix(_UNTIL)) if decision.startswith(_UNTIL) else None
    except ValueError:
        return None


def _twice(second: Disposition, first: Disposition) -> Diagnostic:
    message = f"the finding {second.finding} is decided already, at {first.span}: {first.decision}"
    return _flaw("DSP104", second.span, message, "keep one of the two; the first counts until then")


def _flaw(code: str, span: Span, message: str, hint: str) -> Diagnostic:
    return Diagnostic(code=code, level=Level.ERROR, span=span, message=message, hint=hint)


def written(dispositions: Sequence[Disposition]) -> str:
    """Return the entries as they stand in the file; what is read back is the same."""
    return "".join(_written(each) for each in dispositions)


def _written(each: Disposition) -> str:
    told = {
        "finding": each.finding,
        "decision": f"{_UNTIL}{each.until}" if each.until else str(each.decision),
        "reason": each.reason,
        "by": each.by,
        "on": each.on.isoformat(),
        "clause": each.clause,
        "check": each.check,
        "instead": str(each.instead or ""),
    }
    lines = [f"{key}: {_scalar(value)}" for key, value in told.items() if value]
    return "- " + "\n  ".join(lines) + "\n"


def _scalar(value: str) -> str:
    """Return a text as YAML reads it back: plain where every character is harmless, else quoted."""
    plain = value and all(character.isalnum() or character in " -/.," for character in value)
    if plain and value[0].isalnum() and value == value.strip() and value not in ("null", "Null", "NULL"):
        return value
    return '"' + "".join(_escaped(character) for character in value) + '"'


def _escaped(character: str) -> str:
    if character in '"\\':
        return f"\\{character}"
    if character.isprintable():
        return character
    code = ord(character)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
