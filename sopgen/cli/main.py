"""The entry point: the table of commands, and the one place where errors become exit statuses."""

import gc
import os
import signal
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from itertools import groupby
from types import ModuleType
from typing import Any, NoReturn

import click

from sopgen import __version__
from sopgen.base.errors import SopgenError
from sopgen.base.suggestion import did_you_mean
from sopgen.cli.screen.pipe import ReaderGoneError, sending
from sopgen.cli.teaching import Taught

BUG_STATUS = 70
INTERRUPTED_STATUS = 130
TERMINATED_STATUS = 143
CLOSED_PIPE_STATUS = 141

OBJECTS_BETWEEN = 50_000
"""Objects made and not yet gone after which the collector of garbage looks through the young ones. Python's
own choice, 700, costs a start-up a tenth, and next to nothing of what it makes is garbage (measured
2026-11-22)."""

THREADS = ("OPENBLAS_NUM_THREADS", "GOTO_NUM_THREADS", "OMP_NUM_THREADS")
"""The variables that tell OpenBLAS, before NumPy is imported, on how many threads to multiply."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A command in the table: its name, the module whose `command` it is, one line of help, its group."""

    name: str
    module: str
    summary: str
    group: str


def _entry(group: str, name: str, module: str, summary: str) -> Entry:
    return Entry(name=name, module=f"sopgen.cli.{module}", summary=summary, group=group)


COMMANDS: tuple[Entry, ...] = (
    _entry("SOPs", "init", "init", "Begin an SOP of your own: a whole one, to be fitted to your workplace."),
    _entry(
        "SOPs", "import", "drafting", "Turn Word, HTML, Markdown or text documents into draft SOPs, one each."
    ),
    _entry("SOPs", "lint", "lint", "Show what is wrong in the SOPs, with place and remedy."),
    _entry(
        "SOPs", "release", "release", "Freeze a version of an SOP: its source, its pictures, and its PDF."
    ),
    _entry("SOPs", "fmt", "fmt", "Give clauses their ids, and tidy the front matter."),
    _entry("SOPs", "diff", "diff", "Show what lies between two versions, clause by clause."),
    _entry("SOPs", "status", "status", "Show what is in force, and how much of it is checked."),
    _entry("SOPs", "build", "build", "Make the manuals: an HTML site, and a PDF of each SOP."),
    _entry("SOPs", "preview", "preview", "Show the manuals while they are being written, drafts included."),
    _entry("Conversations", "check", "check", "Hold exported conversations against the SOPs."),
    _entry("Conversations", "nightly", "nightly", "Check what arrived in the inboxes, and tell people."),
    _entry("Conversations", "report", "report", "Write what stored runs came to, for whoever reads it."),
    _entry(
        "Conversations",
        "baseline",
        "baseline",
        "Take the findings of a run as known, so that new ones stand out.",
    ),
    _entry(
        "Conversations",
        "disposition",
        "disposition",
        "Say what people decided about findings, or how those of a run stand.",
    ),
    _entry(
        "Conversations",
        "backtest",
        "backtest",
        "Show what a draft would change in the findings of past conversations, before it is published.",
    ),
    _entry("Conversations", "query", "query", "Ask the stored results in SQL."),
    _entry("Conversations", "erase", "erase", "Erase a customer from everything that is stored."),
    _entry("Conversations", "convert", "convert", "Turn any export into canonical JSON Lines."),
    _entry("Checks", "test", "test", "Run the examples of every act, check and clause."),
    _entry("Checks", "evaluate", "evaluate", "Score the checker against conversations judged by people."),
    _entry("Checks", "train", "train", "Make the trained model again from its labelled lines."),
    _entry("Checks", "schema", "schema", "Print the JSON Schemas of front matter and checks, for editors."),
    _entry("Help", "explain", "explain", "Say what a code or a check means, with an example."),
    _entry("Help", "doctor", "doctor", "Say whether this machine is ready, and what to install if not."),
)
"""Every command, in the order in which a newcomer meets them. A test holds the README against it."""

_BY_NAME = {entry.name: entry for entry in COMMANDS}


class Commands(Taught, click.Group):
    """A group that imports a command's module only when the command is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Return the names in the table's order."""
        return list(_BY_NAME)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Return the command of that name, imported now, or None."""
        if cmd_name not in _BY_NAME:
            return None
        command = import_module(_BY_NAME[cmd_name].module).command
        assert isinstance(command, click.Command)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command to run; a name that is none ends with the nearest one as a hint."""
        if args and not args[0].startswith("-") and args[0] not in _BY_NAME:
            raise click.UsageError(f"no command '{args[0]}'; {did_you_mean(args[0], _BY_NAME)}", ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Write the table, group by group, without importing any command."""
        for group, entries in groupby(COMMANDS, key=lambda entry: entry.group):
            with formatter.section(group):
                formatter.write_dl([(entry.name, entry.summary) for entry in entries])


@click.group(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100, "show_default": True},
    epilog="Each command has its own help with examples: sopgen check --help",
)
@click.version_option(__version__, message="sopgen %(version)s")
def sopgen() -> None:
    """One source, two readers: SOPs become manuals, and chats are checked against the same clauses.

    Start here:
      sopgen doctor                      is this machine ready?
      sopgen init                        an SOP of your own, to be fitted to your workplace
      sopgen build                       manuals of sop_sources/ into output/
      sopgen check chats.jsonl           check conversations, results into output/runs/
      sopgen explain opening-greeting    what a check or a code means
    """


def main() -> NoReturn:
    """Run the command line of this process and exit."""
    multiply_alone()
    gc.set_threshold(OBJECTS_BETWEEN, *gc.get_threshold()[1:])
    for stream in (sys.stdout, sys.stderr):
        reconfigure: Any = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(errors="backslashreplace")
    signal.signal(signal.SIGTERM, _terminate)
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, _interrupt)
    sys.exit(run(sys.argv[1:]))


def multiply_alone() -> None:
    """Let NumPy multiply on the thread that asks, unless the environment sets any of `THREADS`.

    The matrices of judging are small: a second thread waits for its share at full speed, at the cost of a
    sixth of the time and of the processes beside it (measured 2026-11-22).
    """
    if not any(name in os.environ for name in THREADS):
        os.environ[THREADS[0]] = "1"


def run(arguments: Sequence[str]) -> int:
    """Return the exit status of a call, after printing whatever went wrong."""
    try:
        status = _status(sopgen.main(args=list(arguments), prog_name="sopgen", standalone_mode=False))
        with sending():
            sys.stdout.flush()
    except Exception as error:  # noqa: BLE001 - an end of any kind has a status
        return _met[0] if _met else _failed(error)
    return status


_met: list[int] = []
"""The statuses of the signals that this process met, the first one first. What they raise comes out of the
database as an error of its own."""


def _failed(error: Exception) -> int:
    """Return the exit status of what went wrong, after printing it."""
    match error:
        case click.Abort():
            return INTERRUPTED_STATUS
        case click.ClickException():
            return _misused(error)
        case SopgenError():
            _screen().show_error(error)
            return error.exit_status
        case ReaderGoneError():
            return _leave_pipe()
        case _:  # whatever is no SopgenError is a bug, shown whole
            _screen().show_bug()
            return BUG_STATUS


class TerminatedError(KeyboardInterrupt):
    """Somebody asked this process to end (SIGTERM): it ends as after Ctrl+C, cleaning up."""


def _terminate(*_: object) -> NoReturn:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)  # once is enough; cleaning up takes a moment
    _met.append(TERMINATED_STATUS)
    raise TerminatedError


def _interrupt(*_: object) -> NoReturn:
    _met.append(INTERRUPTED_STATUS)
    raise KeyboardInterrupt


def _status(returned: Any) -> int:
    return returned if isinstance(returned, int) else 0


def _leave_pipe() -> int:
    """Return the status of a reader that went away (`… | head`), after making the last flush harmless."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return CLOSED_PIPE_STATUS


def _misused(misuse: click.ClickException) -> int:
    if isinstance(misuse, click.exceptions.NoArgsIsHelpError):
        misuse.show()
        return 2
    context = getattr(misuse, "ctx", None)
    _screen().show_misuse(misuse.format_message(), command=context.command_path if context else "sopgen")
    return 2


def _screen() -> ModuleType:
    """Return the room that prints errors, imported now: a call that goes well need not wait for it."""
    return import_module("sopgen.cli.screen.trouble")
