"""Reading exports in tests: real files in a folder of the test's own, through the whole of `read_exports`."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from sopgen.base.diagnostic import Diagnostic
from sopgen.conversation.export import read_exports
from sopgen.conversation.model import Conversation, Reading, SetAside
from sopgen.conversation.options import ImportOptions

CS = ImportOptions(agents=("CS",), tz="Asia/Jakarta")


@dataclass(frozen=True, kw_only=True)
class Read:
    """What came out of exports: the readings in order, and the remarks."""

    readings: tuple[Reading, ...]
    flaws: tuple[Diagnostic, ...]

    @property
    def conversations(self) -> list[Conversation]:
        """Return what could be read."""
        return [each for each in self.readings if isinstance(each, Conversation)]

    @property
    def asides(self) -> list[SetAside]:
        """Return what could not."""
        return [each for each in self.readings if isinstance(each, SetAside)]

    @property
    def codes(self) -> list[str]:
        """Return the codes of the remarks, in order."""
        return [each.code for each in self.flaws]


@pytest.fixture
def read_paths() -> Callable[..., Read]:
    """Return a function that reads paths, with CS as the agent unless it is told otherwise."""

    def read(paths: Sequence[Path | str], options: ImportOptions = CS) -> Read:
        flaws: list[Diagnostic] = []
        return Read(readings=tuple(read_exports(paths, options, flaws.append)), flaws=tuple(flaws))

    return read


@pytest.fixture
def read_content(read_paths: Callable[..., Read], tmp_path: Path) -> Callable[..., Read]:
    """Return a function that writes a file of that content and reads it."""

    def read(content: bytes | str, options: ImportOptions = CS, name: str = "export.txt") -> Read:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return read_paths([path], options)

    return read
