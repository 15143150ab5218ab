"""Options that several commands share, each written once: its name, its default, its help."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])

SOPS = Path("sop_sources")
OUTPUT = Path("output")

_PATH = click.Path(path_type=Path)


class _PathOrUrl(click.Path):
    """A path as `Path`, a URL as the text that it is: a path would lose one of its slashes."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        return value if isinstance(value, str) and "://" in value else super().convert(value, param, ctx)


PATH_OR_URL = _PathOrUrl(path_type=Path)

exports = click.argument("exports", metavar="EXPORT...", type=PATH_OR_URL, nargs=-1, required=True)
names = click.argument("names", metavar="[SOP]...", nargs=-1)

sops = click.option(
    "--sops", metavar="DIR", type=_PATH, default=SOPS, help="Folder that holds one folder for each SOP."
)
out = click.option("--out", metavar="DIR", type=_PATH, default=OUTPUT, help="Folder to write into.")
checks = click.option(
    "--checks",
    metavar="DIR",
    type=_PATH,
    multiple=True,
    help="Further folder of checks, on top of sopgen's and of `checks` beside the SOPs (repeatable).",
)
draft = click.option("--draft", is_flag=True, help="Judge by the working drafts, not by what is in force.")
thorough = click.option(
    "--thorough",
    is_flag=True,
    help="Ask the encoder too about what is in doubt: better, and some thirty times slower.",
)
workers = click.option(
    "--workers",
    metavar="N",
    type=click.IntRange(1, 64),
    default=None,
    help="Processes that work at once.  [default: as many as there are processors]",
)
as_json = click.option("--json", "as_json", is_flag=True, help="Print one JSON document instead of tables.")

_IMPORT = (
    click.option(
        "--agent",
        "agents",
        metavar="NAME",
        multiple=True,
        help="Name, id, number or pattern (CS *) of agents (repeatable).",
    ),
    click.option(
        "--bot",
        "bots",
        metavar="NAME",
        multiple=True,
        help="Name, id, number or pattern of bots (repeatable).",
    ),
    click.option(
        "--tz",
        metavar="ZONE",
        default="",
        show_default=False,
        help="Zone of times that name none: Asia/Jakarta, WITA, +07:00.",
    ),
    click.option(
        "--date-order",
        type=click.Choice(["dmy", "mdy", "ymd"]),
        default=None,
        help="Order of day, month and year, where a file allows several.",
    ),
    click.option(
        "--team",
        "team",
        metavar="NAME",
        default="",
        show_default=False,
        help="Team of conversations that name none.",
    ),
    click.option(
        "--channel",
        metavar="NAME",
        default="",
        show_default=False,
        help="Channel of the conversations, in place of the platform's: livechat, whatsapp.",
    ),
    click.option(
        "--sheet",
        metavar="NAME",
        default="",
        show_default=False,
        help="Sheet of a workbook; else every sheet that looks like chats.",
    ),
    click.option(
        "--split",
        metavar="SILENCE",
        default="",
        show_default=False,
        help="Silence that cuts a messenger's endless thread into conversations: 12h, 90m, never.",
    ),
    click.option(
        "--options",
        "options_file",
        metavar="FILE",
        type=_PATH,
        default=None,
        help="JSON file with these options and more; a flag wins over the file.",
    ),
)


def imports(command: F) -> F:
    """Add the options that say how exports are read; the command takes them as `**said`."""
    for option in (*reversed(_IMPORT), _format_option()):
        command = option(command)
    return command


def _format_option() -> Callable[[F], F]:
    """Return the option that names a format; its help lists them all."""
    from sopgen.conversation.importers import IMPORTERS  # noqa: PLC0415 -- only commands that read exports

    names = ", ".join(each.name for each in IMPORTERS)
    return click.option(
        "--format",
        "format_",
        metavar="NAME",
        default="",
        show_default=False,
        help=f"Format of the exports where it is not recognised: {names}.",
    )
