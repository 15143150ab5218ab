"""`sopgen schema`: what editors need to complete and check YAML."""

import json
import sys
from pathlib import Path

import click

from sopgen.base.errors import UsageError
from sopgen.base.suggestion import did_you_mean
from sopgen.cli.screen.console import notice, show_table
from sopgen.cli.screen.pipe import sending
from sopgen.cli.screen.plain import counted
from sopgen.cli.teaching import Taught
from sopgen.compliance.schema import DESCRIBED, Described
from sopgen.runs.trouble import storing


@click.command(name="schema", cls=Taught)
@click.argument("name", metavar="[NAME]", required=False)
@click.option(
    "--out",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="Write the schema, or all of them, into this folder as NAME.schema.json.",
)
def command(*, name: str | None, out: Path | None) -> int:
    """Print the JSON Schemas of front matter and checks, for editors.

    Without NAME, the schemas are listed, or all written with --out. An editor that knows them completes keys
    and marks what does not fit while you write; `sopgen lint` and `sopgen test` say more.

    Examples:
      sopgen schema
      sopgen schema rule
      sopgen schema --out schemas
    """
    chosen = (_named(name),) if name else DESCRIBED
    if out:
        _write(chosen, out)
    elif name:
        with sending():
            sys.stdout.write(schema_text(chosen[0]))
    else:
        show_table(("name", "describes"), ((each.name, each.files) for each in DESCRIBED))
    return 0


def schema_text(described: Described) -> str:
    """Return a schema as the file that `schemas/` keeps."""
    return json.dumps(described.schema(), indent=2, ensure_ascii=False) + "\n"


def _named(name: str) -> Described:
    by_name = {each.name: each for each in DESCRIBED}
    if name not in by_name:
        raise UsageError("CLI136", f"there is no schema '{name}'", hint=did_you_mean(name, by_name))
    return by_name[name]


def _write(chosen: tuple[Described, ...], out: Path) -> None:
    for each in chosen:
        path = out / f"{each.name}.schema.json"
        with storing(path):
            out.mkdir(parents=True, exist_ok=True)
            path.write_text(schema_text(each), encoding="utf-8", newline="\n")
    notice(f"{counted(len(chosen), 'schema')} written to {out}")
