"""Conversations, written line by line to a file that is whole or untouched, or to a pipe."""

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any, BinaryIO

import orjson

from sopgen.base.errors import UsageError
from sopgen.cli.screen.pipe import sending
from sopgen.conversation.canonical_form import write_record
from sopgen.conversation.message_table import write_table
from sopgen.conversation.model import Conversation, Reading
from sopgen.runs.trouble import storing

STANDARD_OUTPUT = Path("-")


def write_lines(
    readings: Iterable[Reading], path: Path, form: Callable[[Conversation], dict[str, Any]] = write_record
) -> int:
    """Return how many conversations were written to `path`, one a line in that form.

    StorageError: STO101, STO102.
    """
    written = 0
    with _opened(path) as stream:
        for reading in readings:
            if isinstance(reading, Conversation):
                line = orjson.dumps(form(reading), option=orjson.OPT_APPEND_NEWLINE)
                with _writing(path):
                    stream.write(line)
                written += 1
    return written


def _writing(path: Path) -> AbstractContextManager[None]:
    return sending() if path == STANDARD_OUTPUT else storing(path)


@contextmanager
def _opened(path: Path) -> Iterator[BinaryIO]:
    if path == STANDARD_OUTPUT:
        yield sys.stdout.buffer
        with sending():
            sys.stdout.buffer.flush()
        return
    draft = path.with_name(f".{path.name}.part")
    with storing(path):
        stream = draft.open("wb")
    try:
        yield stream
        with storing(path):
            stream.close()
            draft.replace(path)
    finally:
        stream.close()
        draft.unlink(missing_ok=True)


def write_parquet(readings: Iterable[Reading], path: Path) -> int:
    """Return how many conversations were written to a Parquet file that is whole or untouched.

    UsageError CLI142: to standard output. StorageError: STO101, STO102.
    """
    if path == STANDARD_OUTPUT:
        hint = "name a file: --out FILE.parquet"
        raise UsageError("CLI142", "a Parquet file cannot be written to standard output", hint=hint)
    draft = path.with_name(f".{path.name}.part")
    try:
        with storing(path):
            written = write_table((each for each in readings if isinstance(each, Conversation)), draft)
            draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    return written
