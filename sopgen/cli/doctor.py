"""`sopgen doctor`: is this machine ready, and what to install if not."""

import platform
from pathlib import Path

import click

from sopgen.cli import option
from sopgen.cli.machine import examine
from sopgen.cli.screen.console import say
from sopgen.cli.screen.document import show_json
from sopgen.cli.screen.health import show_health
from sopgen.cli.teaching import Taught


@click.command(name="doctor", cls=Taught)
@option.out
@option.as_json
@click.option("--apt", is_flag=True, help="Print only the names of the Debian packages that are missing.")
def command(out: Path, as_json: bool, apt: bool) -> int:  # noqa: FBT001 - click's flags
    """Say whether this machine is ready, and what to install if not.

    The exit status is 1 when something that sopgen needs is missing.

    Examples:
      sopgen doctor
      sopgen doctor --json
      sudo apt-get install $(sopgen doctor --apt)
    """
    parts = examine(out)
    if apt:
        say(" ".join(part.apt for part in parts if part.apt and not part.ready))
    elif as_json:
        show_json(parts)
    else:
        show_health(parts, system=platform.system())
    return int(not all(part.ready for part in parts))
