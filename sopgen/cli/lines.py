"""Canonical conversations, written line by line to a file that is whole or untouched, or to a pipe."""

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import orjson

from sopgen.base.errors import StorageError
from sopgen.conversation.canonical_form import write_record
from sopgen.conversation.model import Conversation, Reading

STANDARD_OUTPUT = Path("-")


def write_lines(readings: Iterable[Reading], path: Path) -> int:
    """Return how many conversations were written to `path`. StorageError CLI108 when it cannot be written."""
    written = 0
    with _opened(path) as stream:
        for reading in readings:
            if isinstance(reading, Conversation):
                stream.write(orjson.dumps(write_record(reading), option=orjson.OPT_APPEND_NEWLINE))
                written += 1
    return written


@contextmanager
def _opened(path: Path) -> Iterator[BinaryIO]:
    if path == STANDARD_OUTPUT:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    draft = path.with_name(f".{path.name}.part")
    try:
        with draft.open("wb") as stream:
            yield stream
        draft.replace(path)
    except OSError as error:
        hint = "make its folder and make it writable, or name another file: --out FILE"
        raise StorageError("CLI108", f"cannot write '{path}': {error.strerror}", hint=hint) from error
    finally:
        draft.unlink(missing_ok=True)
