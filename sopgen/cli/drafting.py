"""`sopgen import`: a document of somebody's into the draft of an SOP."""

import sys
from pathlib import Path
from typing import Any

import click

from sopgen.base.diagnostic import diagnostic_record
from sopgen.base.errors import UsageError
from sopgen.cli import option
from sopgen.cli.choice import pack_folders
from sopgen.cli.screen.console import notice, say
from sopgen.cli.screen.document import show_json
from sopgen.cli.screen.draft import draft_lines
from sopgen.cli.screen.pipe import sending
from sopgen.cli.screen.trouble import Gathered
from sopgen.cli.suggesting import suggesting
from sopgen.cli.teaching import Taught
from sopgen.compliance.pack import load_pack
from sopgen.runs.trouble import storing
from sopgen.sop.drafting.draft import Draft, draft_of, gaps_of
from sopgen.sop.drafting.fate import Kind, lines_of
from sopgen.sop.drafting.reading import FORMATS, LARGEST_FILE
from sopgen.sop.library import SOURCE

_STANDARD_OUTPUT = Path("-")


@click.command(name="import", cls=Taught)
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@click.option(
    "--id", "id_", metavar="ID", default="", show_default=False, help="Id of the SOP; else from its title."
)
@click.option(
    "--language",
    type=click.Choice(["id", "en"]),
    default=None,
    help="Language of the document; else recognised.",
)
@click.option(
    "--out",
    metavar="DIR",
    type=click.Path(path_type=Path, allow_dash=True),
    default=option.SOPS,
    help="Folder of SOPs to write <id>/sop.md into; - is standard output.",
)
@click.option(
    "--format",
    "format_",
    type=click.Choice(["auto", *FORMATS]),
    default="auto",
    help="Format of the document.",
)
@option.as_json
def command(*, file: Path, id_: str, language: str | None, out: Path, format_: str, as_json: bool) -> int:
    """Turn a Word, HTML, Markdown or text document into a draft SOP.

    Each line is placed in a section, kept below "Unplaced", or set aside as litter; nothing is lost and
    nothing is invented: what the document does not say is marked TODO, and checks are only suggested.

    Examples:
      sopgen import "SOP Layanan Chat.docx"
      sopgen import sop.html --id cs-refund --out -
      sopgen import notes.txt --language en --json
    """
    data = _read(file)
    with Gathered(quiet=True) as gathered:
        rules = load_pack(pack_folders((), sops=option.SOPS), gathered).rules
    suggest = suggesting(rules)
    draft = draft_of(data, file.name, format_=format_, id_=id_, language=language or "", suggest=suggest)
    target = out if out == _STANDARD_OUTPUT else _written(draft, out)
    gaps = gaps_of(draft, str(target))
    if as_json:
        source = {"source": draft.source} if out == _STANDARD_OUTPUT else {}
        show_json(_record(draft, target) | source | {"lint": [diagnostic_record(each) for each in gaps]})
        return 0
    if out == _STANDARD_OUTPUT:
        with sending():
            sys.stdout.write(draft.source)
    for line in draft_lines(draft, gaps, str(target)):
        (notice if out == _STANDARD_OUTPUT else say)(line)
    return 0


def _read(file: Path) -> bytes:
    """Return what the file holds, one byte more than an import takes at most. Raises CLI101."""
    if not file.is_file():
        hint = "name a document that exists"
        raise UsageError("CLI101", f"there is no file '{file}'", hint=hint)
    try:
        with file.open("rb") as stream:
            return stream.read(LARGEST_FILE + 1)
    except OSError as error:
        hint = "make it readable for this user"
        raise UsageError("CLI101", f"cannot read '{file}': {error.strerror}", hint=hint) from error


def _written(draft: Draft, folder: Path) -> Path:
    """Return the path of the draft, written whole; IMP109 when there is one. StorageError: STO101, STO102."""
    target = folder / draft.id / SOURCE
    if target.parent.exists():
        hint = "name another id with --id, or another folder with --out"
        raise UsageError("IMP109", f"there is an SOP '{draft.id}' in '{folder}' already", hint=hint)
    with storing(target):
        target.parent.mkdir(parents=True)
        part = target.with_name(f".{SOURCE}.part")
        part.write_text(draft.source, encoding="utf-8", newline="\n")
        part.replace(target)
    return target


def _record(draft: Draft, target: Path) -> dict[str, Any]:
    return {
        "id": draft.id,
        "title": draft.title,
        "language": draft.language,
        "format": draft.format,
        "file": str(target),
        "lines": {str(kind): len(lines_of(draft.fates, kind)) for kind in Kind},
        "fates": [
            {"lines": list(each.lines), "fate": str(each.kind), "where": each.where, "text": each.text}
            for each in draft.fates
        ],
        "notes": list(draft.notes),
        "to_decide": list(draft.undecided),
    }
