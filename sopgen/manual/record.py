"""What the last build was made of and what it left, so that the same build need not be done again.

Everything that goes in is hashed: the files of the SOPs, the order with its theme and templates, and sopgen
itself. The build stands as long as nothing of that changes, no release takes effect, and no file that it
wrote was touched.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from importlib.resources import files
from pathlib import Path
from typing import Any

from sopgen.base.diagnostic import Diagnostic, diagnostic_record
from sopgen.manual.press import diagnostic_of
from sopgen.manual.sheet import engine
from sopgen.manual.work import FOLDERS, Built, Order
from sopgen.sop.model import SopHistory, review_due

_RECORD = ".cache/build.json"
_ROOMS = ("manual", "sop", "base")
"""The rooms of sopgen whose code decides what a manual looks like."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A build that stands: what it left, and what there was to say."""

    built: Built
    diagnostics: tuple[Diagnostic, ...]


def inputs_of(sops: Path, names: Sequence[str], order: Order) -> str:
    """Return a SHA-256 of everything that decides what a build makes, the instant apart."""
    digest = hashlib.sha256()
    timeless = replace(order, as_of=None, workers=1)
    for part in (repr(tuple(names)), repr(timeless), str(sops), *_tool()):
        digest.update(part.encode() + b"\0")
    digest.update(engine())
    folders = (sops, *((Path(order.theme.templates),) if order.theme.templates else ()))
    for path in (path for folder in folders for path in _files(folder)):
        digest.update(str(path).encode() + b"\0")
        with path.open("rb") as stream:
            digest.update(hashlib.file_digest(stream, "sha256").digest())
    return digest.hexdigest()


def recall(output: Path, inputs: str, at: datetime) -> Record | None:
    """Return the build in the folder when it stands at the instant `at`, or None."""
    try:
        record: dict[str, Any] = json.loads((output / _RECORD).read_bytes())
        if record["inputs"] != inputs or not _holds(record, at) or record["outputs"] != _outputs(output):
            return None
        return Record(
            built=_built(record["built"]), diagnostics=tuple(map(diagnostic_of, record["diagnostics"]))
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None


def remember(
    output: Path, inputs: str, record: Record, histories: Iterable[SopHistory], at: datetime
) -> None:
    """Write down a build made at the instant `at`."""
    ahead = [instant for instant in _turns(histories) if instant > at]
    written = {
        "inputs": inputs,
        "from": at.isoformat(),
        "until": min(ahead).isoformat() if ahead else "",
        "outputs": _outputs(output),
        "built": {
            "home": str(record.built.home),
            "pages": list(map(str, record.built.pages)),
            "pdfs": list(map(str, record.built.pdfs)),
            "single_files": list(map(str, record.built.single_files)),
        },
        "diagnostics": list(map(diagnostic_record, record.diagnostics)),
    }
    place = output / _RECORD
    place.parent.mkdir(parents=True, exist_ok=True)
    part = place.with_suffix(".part")
    part.write_text(json.dumps(written), encoding="utf-8")
    part.replace(place)


def forget(output: Path) -> None:
    """Take the record away: what follows may leave something else in the folder."""
    (output / _RECORD).unlink(missing_ok=True)


def _turns(histories: Iterable[SopHistory]) -> Iterator[datetime]:
    """Yield the instants at which a page says something else: a release takes effect, a review is due."""
    for history in histories:
        for release in history.releases:
            yield release.effective
            due = review_due(release.effective, history.newest.review_every)
            if due is not None:
                yield due
        for edition in history.editions:
            if edition.review_due is not None:
                yield edition.review_due


def _holds(record: dict[str, Any], at: datetime) -> bool:
    until = record["until"]
    return datetime.fromisoformat(record["from"]) <= at and not (
        until and datetime.fromisoformat(until) <= at
    )


def _outputs(output: Path) -> str:
    """Return a digest of names, sizes and times of the files that a build left."""
    digest = hashlib.sha256()
    for name in FOLDERS:
        for path in _files(output / name):
            about = path.stat()
            digest.update(f"{path.relative_to(output)} {about.st_size} {about.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def _tool() -> Iterator[str]:
    """Yield what tells one state of sopgen's own code from another."""
    for room in _ROOMS:
        home = Path(str(files("sopgen").joinpath(room)))
        for path in _files(home):
            if "__pycache__" not in path.parts:
                about = path.stat()
                yield f"{path.relative_to(home)} {about.st_size} {about.st_mtime_ns}"


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def _built(record: dict[str, Any]) -> Built:
    return Built(
        home=Path(record["home"]),
        pages=tuple(map(Path, record["pages"])),
        pdfs=tuple(map(Path, record["pdfs"])),
        single_files=tuple(map(Path, record["single_files"])),
        is_unchanged=True,
    )
