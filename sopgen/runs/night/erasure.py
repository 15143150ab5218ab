"""A person erased from what is stored, with a proof that names nobody.

What is to be done is written down first (`pending.json`, readable by its owner alone), and who is erased is
remembered by keyed hashes. Then runs, results by day and ledger are written without the person, each file by
rename. Whatever dies in between, the next erasure or night does it again from what was written down, which
changes nothing that was done. The proof comes last, and what was written down is deleted.
"""

import hashlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol

import orjson

from sopgen.runs.fingerprint import fingerprint_of
from sopgen.runs.night.by_day import DayResults
from sopgen.runs.night.ledger import Duty, Ledger
from sopgen.runs.night.leftover_run import KEPT, summary_without, write_without
from sopgen.runs.night.page import pages_that_may_tell
from sopgen.runs.night.person import PROOFS, People, remember_erased, write_whole
from sopgen.runs.night.trace import Trace, trace_of
from sopgen.runs.store import open_run
from sopgen.runs.summary import RunSummary
from sopgen.runs.summary_form import write_summary
from sopgen.runs.trouble import damaged, storing

PENDING = "pending.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """Who is to be erased, on whose word, and why. The reason is kept: it should name nobody."""

    person: str
    by: str
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """What was erased, without a word of whom. `person` is a keyed hash; `left` must be 0.

    `files` are the files that were written without the person, with their SHA-256 afterwards; `pages` those
    that told of several runs or of exports, and were deleted. `baseline` counts the lines that went from the
    baseline. `decisions` counts what people decided about the findings: it stays, under a hash that says
    neither who nor what.
    """

    erased_at: str
    by: str
    reason: str
    person: str
    conversations: int
    runs: tuple[str, ...]
    verdicts: int
    findings: int
    messages: int
    days: tuple[str, ...]
    left: int
    files: Mapping[str, str]
    pages: tuple[str, ...]
    baseline: int = 0
    decisions: int = 0


class Notes(Protocol):
    """What people noted of findings, beside the SOPs; findings go by their fingerprints."""

    def baseline(self, findings: Collection[str], conversations: Collection[str]) -> tuple[str, ...]:
        """Return those of the baseline that are among the findings, or of one of the conversations."""

    def decisions(self, findings: Collection[str]) -> int:
        """Return about how many of the findings somebody decided."""

    def forget(self, findings: Collection[str]) -> None:
        """Take findings out of the baseline; those that are not in it do no harm."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """Where a project keeps what a person may stand in."""

    output: Path
    erasures: Path
    ledger: Ledger
    people: People
    days: DayResults
    notes: Notes

    @property
    def runs(self) -> Path:
        """Return the folder of runs."""
        return self.output / "runs"

    def trace(self, person: str) -> Trace:
        """Return what there is of a person."""
        return trace_of(person, runs=self.runs, ledger=self.ledger, people=self.people)


def counts_of(trace: Trace, person: str) -> dict[str, int]:
    """Return how many verdicts, findings and messages would go."""
    told = dict.fromkeys(("verdicts", "findings", "messages"), 0)
    for folder, gone in trace.runs.items():
        before, after = open_run(folder).summary.totals, summary_without(folder, gone, person).totals
        for name in told:
            told[name] += getattr(before, name) - getattr(after, name)
    return told


def noted(ground: Ground, trace: Trace) -> tuple[tuple[str, ...], int]:
    """Return what the baseline has of the conversations, and how many of their findings somebody decided."""
    pairs = {pair for gone in trace.runs.values() for pair in gone}
    findings = {
        fingerprint_of(each)
        for folder in trace.runs
        for each in open_run(folder).findings()
        if (each.judgement.source, each.judgement.conversation) in pairs
    }
    conversations = {id_ for _, id_ in pairs} | {id_ for _, id_, _ in trace.known.values()}
    return ground.notes.baseline(findings, conversations), ground.notes.decisions(findings)


def erase(ground: Ground, request: Request) -> tuple[Proof, Path]:
    """Return the proof that a person was erased, and its file. Who calls it holds the lock.

    StorageError: STO101, STO102, STO202, LDG101, LDG102.
    """
    told = written_down(ground, request)
    with storing(ground.erasures):
        ground.erasures.mkdir(parents=True, exist_ok=True)
        write_whole(ground.erasures / PENDING, told, mode=0o600)
    done = finish(ground)
    assert done is not None
    return done


def written_down(ground: Ground, request: Request) -> bytes:
    """Return what is to be done, as it is written down before anything is done."""
    trace = ground.trace(request.person)
    counts = counts_of(trace, request.person) | {"conversations": trace.conversations}
    baseline, decisions = noted(ground, trace)
    runs = {
        folder.name: {"gone": sorted(gone), "summary": _text(summary_without(folder, gone, request.person))}
        for folder, gone in trace.runs.items()
    }
    told = {
        "request": {**asdict(request), "at": request.at.isoformat()},
        "counts": counts,
        "runs": runs,
        "known": {key.hex(): found for key, found in trace.known.items()},
        "files": trace.files,
        "pages": pages_that_may_tell(ground.output, runs),
        "baseline": baseline,
        "decisions": decisions,
    }
    return orjson.dumps(told)


def finish(ground: Ground) -> tuple[Proof, Path] | None:
    """Return the proof of an erasure that had been begun, finished now; None where none had been."""
    path = ground.erasures / PENDING
    if not path.is_file():
        return None
    try:
        told = orjson.loads(path.read_bytes())
        person, known = told["request"]["person"], told["known"]
    except (OSError, ValueError, KeyError) as error:
        raise damaged(path, error) from error
    _remember(ground, person, known)
    for name, run in sorted(told["runs"].items()):
        if (ground.runs / name).is_dir():
            gone = frozenset((source, id_) for source, id_ in run["gone"])
            write_without(ground.runs / name, gone, person, run["summary"].encode())
            ground.ledger.due_again(name, Duty.REPORTED)
    days = sorted({day for _, _, day in known.values()})
    ground.days.forget(((inbox, id_) for inbox, id_, _ in known.values()), days)
    ground.ledger.forget(bytes.fromhex(key) for key in known)
    ground.ledger.forget_files((inbox, name) for inbox, name in told["files"])
    _delete(ground.output, told.get("pages", ()))
    ground.notes.forget(told.get("baseline", ()))
    proof = _proof(ground, told, days)
    written = _write(ground, proof)
    with storing(path):
        path.unlink()
    return proof, written


def _delete(output: Path, pages: Iterable[str]) -> None:
    for name in pages:
        with storing(output / name):
            (output / name).unlink(missing_ok=True)


def _remember(ground: Ground, person: str, known: Mapping[str, Any]) -> None:
    """Remember the person and the conversations by their hashes, so that no night judges them again."""
    conversations = (ground.people.conversation(bytes.fromhex(key)) for key in known)
    remember_erased(ground.erasures, {ground.people.hash_of(person), *conversations})


def _proof(ground: Ground, told: Mapping[str, Any], days: list[str]) -> Proof:
    request, counts = told["request"], told["counts"]
    left = ground.trace(request["person"])
    return Proof(
        erased_at=request["at"],
        by=request["by"],
        reason=request["reason"],
        person=ground.people.hash_of(request["person"]).hex(),
        conversations=counts["conversations"],
        runs=tuple(sorted(told["runs"])),
        verdicts=counts["verdicts"],
        findings=counts["findings"],
        messages=counts["messages"],
        days=tuple(days),
        left=left.conversations,
        files=_hashes(ground, told),
        pages=tuple(told.get("pages", ())),
        baseline=len(told.get("baseline", ())),
        decisions=told.get("decisions", 0),
    )


def _hashes(ground: Ground, told: Mapping[str, Any]) -> dict[str, str]:
    paths = [ground.runs / run / name for run in told["runs"] for name in KEPT]
    days = {f"day={day}" for _, _, day in told["known"].values()}
    stored = (path for kind in ("verdicts", "conversations") for path in ground.days.files(kind))
    paths += [path for path in stored if path.parent.name in days]
    wanted = [path for path in paths if path.is_file()]
    return {
        path.relative_to(ground.output).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(wanted)
    }


def _write(ground: Ground, proof: Proof) -> Path:
    """Return the file of a proof, called after its moment; doing it again writes the same file."""
    moment = datetime.fromisoformat(proof.erased_at).astimezone(UTC)
    path = ground.erasures / PROOFS / f"{moment:%Y%m%dT%H%M%SZ}-{proof.person[:8]}.json"
    with storing(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        options = orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE
        write_whole(path, orjson.dumps(asdict(proof), option=options))
    return path


def _text(summary: RunSummary) -> str:
    return write_summary(summary).decode()
