"""Lessons in a file of labelled lines, which people look over and version: `checks/training/decided.jsonl`.

The file follows the decisions. What a decision teaches takes the place of what it taught before; a line whose
decision was taken back or changed goes; one whose run is gone stays, since nobody could make it again.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import orjson

from sopgen.base.errors import PackError
from sopgen.quality.disposition import Disposition
from sopgen.quality.lesson import Lessons
from sopgen.runs.lines import json_line
from sopgen.runs.night.person import write_whole
from sopgen.runs.trouble import storing

DECIDED = "decided.jsonl"


def write_lessons(lessons: Lessons, dispositions: Mapping[str, Disposition], path: Path) -> int:
    """Return how many lines the file now holds; the same lessons write the same bytes.

    PackError MDL103 where it holds a line that is none. StorageError: STO101, STO102.
    """
    kept = [each for each in _lines_in(path) if _still_holds(each, lessons, dispositions)]
    lines = [*kept, *(each.as_dict() for each in lessons.lessons)]
    lines.sort(key=lambda each: (each["on"], each["finding"], each["role"], each["text"]))
    with storing(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, b"".join(map(json_line, lines)))
    return len(lines)


def _lines_in(path: Path) -> Iterator[dict[str, Any]]:
    if not path.is_file():
        return
    with storing(path):
        written = path.read_bytes().splitlines()
    for number, line in enumerate(written, start=1):
        try:
            record = orjson.loads(line)
            yield {**record, **{name: str(record[name]) for name in ("on", "finding", "role", "text")}}
        except (orjson.JSONDecodeError, KeyError, TypeError) as error:
            hint = "mend the line, or take it out"
            raise PackError(
                "MDL103", f"{path}:{number}: not a training line: {error!r}", hint=hint
            ) from error


def _still_holds(line: Mapping[str, Any], lessons: Lessons, dispositions: Mapping[str, Disposition]) -> bool:
    """Return whether a line's decision still stands, and nobody could look at its finding again."""
    decided = dispositions.get(line["finding"])
    return (
        decided is not None
        and str(decided.decision) == line.get("decision")
        and line["finding"] not in lessons.found
    )
