"""JSON Lines on disk: written in order, counted, read back one by one."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import orjson

from sopgen.conversation.line import Tick, no_tick
from sopgen.runs.trouble import damaged, storing


class LinesFile:
    """A JSON Lines file being written. StorageError: STO101, STO102."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.lines = 0
        with storing(path):
            self._file = path.open("wb")

    def add(self, record: dict[str, Any]) -> None:
        """Write one record as one line."""
        self.write((json_line(record),))

    def write(self, lines: Sequence[bytes]) -> None:
        """Write lines that are made already (`json_line`)."""
        with storing(self._path):
            self._file.writelines(lines)
        self.lines += len(lines)

    def __enter__(self) -> Self:
        """Return the file itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Write what is held back and close."""
        if kind is None:
            with storing(self._path):
                self._file.close()
            return
        self._abandon()

    def _abandon(self) -> None:
        try:
            self._file.close()
        except OSError:
            return  # the error that ended the run is the one to tell; the file is deleted with its folder


def json_line(record: dict[str, Any]) -> bytes:
    """Return the record as one line of JSON, its keys in their order, with a line end."""
    try:
        return orjson.dumps(record, option=orjson.OPT_APPEND_NEWLINE)
    except orjson.JSONEncodeError:
        return orjson.dumps(whole(record), option=orjson.OPT_APPEND_NEWLINE)


def read_lines(path: Path, *, tick: Tick = no_tick) -> Iterator[dict[str, Any]]:
    """Yield the records of a JSON Lines file that a run wrote; `tick` is told the bytes of each.

    StorageError: STO202 where it is damaged.
    """
    try:
        with path.open("rb") as file:
            for line in file:
                tick(len(line))
                yield orjson.loads(line)
    except (OSError, orjson.JSONDecodeError) as error:
        raise damaged(path, error) from error


def whole(value: Any) -> Any:
    """Return the value with half characters (lone surrogates), which UTF-8 cannot hold, as question marks."""
    match value:
        case str():
            return value.encode("utf-8", "replace").decode()
        case list():
            return [whole(each) for each in value]
        case tuple():
            return tuple([whole(each) for each in value])
        case dict():
            return {key: whole(each) for key, each in value.items()}
        case _:
            return value
