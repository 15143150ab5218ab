"""Options of the commands that judge: who judges, and how far they are."""

from collections.abc import Callable
from typing import Any, TypeVar

import click

from sopgen.cli.engine import EngineName
from sopgen.cli.screen.progress import ProgressStyle

F = TypeVar("F", bound=Callable[..., Any])

progress = click.option(
    "--progress",
    type=click.Choice(list(map(str, ProgressStyle))),
    default=str(ProgressStyle.AUTO),
    help="How progress is shown on standard error: as a bar or plain lines, as JSON Lines, or not at all.",
)


def engine(default: EngineName | None) -> Callable[[F], F]:
    """Return the option that says who judges; without a default the project does."""
    said = "" if default else "  [default: that of [nightly], else local]"
    return click.option(
        "--engine",
        type=click.Choice(list(map(str, EngineName))),
        default=str(default) if default else None,
        help="Who judges: processes here, or a Ray cluster, at RAY_ADDRESS or started for the run"
        f" (sopgen[ray]).{said}",
    )
