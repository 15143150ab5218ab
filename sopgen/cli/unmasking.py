"""`--unmask --reason WHY`: personal data shown, and recorded who asked for it."""

import getpass
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from sopgen.base.errors import UsageError
from sopgen.cli.clock import now
from sopgen.cli.screen.console import DOUBTFUL, notice

F = TypeVar("F", bound=Callable[..., Any])


def unmasking(command: F) -> F:
    """Add `--unmask` and `--reason`; the command passes both to `is_unmasked`."""
    reason = click.option(
        "--reason", metavar="WHY", default=None, help="Why personal data must be shown; it is recorded."
    )
    unmask = click.option(
        "--unmask",
        is_flag=True,
        help="Show personal data as it was said. Needs --reason; who, when, what and why are recorded.",
    )
    return unmask(reason(command))


def is_unmasked(out: Path, what: str, *, unmask: bool, reason: str | None) -> bool:
    """Return whether personal data is to be shown, after recording that it is; `what` says of what.

    UsageError MSK102: `--unmask` without a reason, or a reason without it. StorageError: STO101, STO102.
    """
    if unmask != (reason is not None):
        message = "--unmask needs a reason" if unmask else "a reason is given, but not --unmask"
        raise UsageError("MSK102", message, hint='say both: --unmask --reason "customer asked, ticket 4711"')
    if reason is None:
        return False
    from sopgen.quality.unmasking import Unmasking, record_unmasking  # noqa: PLC0415 -- rarely needed

    log = record_unmasking(out, Unmasking(at=now(), who=user(), what=what, reason=reason))
    notice(f"personal data is shown unmasked; recorded in {log}", style=DOUBTFUL)
    return True


def refuse_unmasking(*, unmask: bool, reason: str | None, shown: bool) -> None:
    """Raise UsageError MSK102 where a call asks for personal data and shows none."""
    if (unmask or reason is not None) and not shown:
        hint = "leave --unmask and --reason out, or ask who speaks: --who"
        raise UsageError("MSK102", "this call shows no personal data to unmask", hint=hint)


def user() -> str:
    """Return the machine's user, "unknown" where it has no name for them."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "unknown"
