"""The errors that end a run.

    SopgenError                     exit status
      UsageError                    2   the call asks for something that cannot be
      SourceError                   3   an SOP, or its releases, cannot be used at all
      PackError                     4   the checks (rules, acts, lexicons) cannot be loaded
      ExportError                   5   no export could be read, or its format is unknown
      RenderError                   6   a manual cannot be rendered (fonts, Pango, a missing picture)
      StorageError                  7   a result cannot be written or read back
      MachineError                  8   this machine lacks something (see `sopgen doctor`)
      BusyError                     9   another process is at the same work at this moment

Anything else that is raised is a bug: it crashes with its traceback and exit status 70.
Click's own usage errors also end with 2; diagnostics or findings at or above the threshold end with 1.
"""

from collections.abc import Callable
from typing import ClassVar


class SopgenError(Exception):
    """The run cannot go on: a stable code, what is wrong, one imperative hint, the exit status."""

    exit_status: ClassVar[int] = 3

    def __init__(self, code: str, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.hint = hint

    def __reduce__(self) -> tuple[Callable[..., "SopgenError"], tuple[type["SopgenError"], str, str, str]]:
        """Return how another process makes it again: errors travel from whoever did the work."""
        return _again, (type(self), self.code, self.message, self.hint)


class UsageError(SopgenError):
    """The call asks for something that cannot be."""

    exit_status = 2


class SourceError(SopgenError):
    """An SOP, or its releases, cannot be used at all."""

    exit_status = 3


class PackError(SopgenError):
    """The checks cannot be loaded."""

    exit_status = 4


class ExportError(SopgenError):
    """No export could be read, or its format is unknown."""

    exit_status = 5


class RenderError(SopgenError):
    """A manual cannot be rendered."""

    exit_status = 6


class StorageError(SopgenError):
    """A result cannot be written or read back."""

    exit_status = 7


class MachineError(SopgenError):
    """This machine lacks something that the run needs."""

    exit_status = 8


class BusyError(SopgenError):
    """Another process is at the same work at this moment."""

    exit_status = 9


def _again(kind: type[SopgenError], code: str, message: str, hint: str) -> SopgenError:
    return kind(code, message, hint=hint)
