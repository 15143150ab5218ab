"""`sopgen import`: a document of somebody's into the draft of an SOP."""

import sys
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import click

from sopgen.base.diagnostic import diagnostic_record
from sopgen.base.errors import SopgenError, UsageError
from sopgen.base.picture import LARGEST_ATTACHED, SUFFIXES
from sopgen.cli import option
from sopgen.cli.cache import own_cache
from sopgen.cli.choice import pack_folders
from sopgen.cli.screen.console import notice, say
from sopgen.cli.screen.document import show_json
from sopgen.cli.screen.draft import draft_lines
from sopgen.cli.screen.pipe import sending
from sopgen.cli.screen.trouble import Gathered, show_error
from sopgen.cli.suggesting import suggesting
from sopgen.cli.teaching import Taught
from sopgen.compliance.pack import load_pack
from sopgen.manual.link import find_inside
from sopgen.runs.trouble import storing
from sopgen.sop.drafting.draft import Draft, draft_of, gaps_of
from sopgen.sop.drafting.fate import Kind, lines_of
from sopgen.sop.drafting.reading import FORMATS, LARGEST_FILE
from sopgen.sop.library import SOURCE

_STANDARD_OUTPUT = Path("-")


@click.command(name="import", cls=Taught)
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path))
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
def command(
    *, files: tuple[Path, ...], id_: str, language: str | None, out: Path, format_: str, as_json: bool
) -> int:
    """Turn Word, HTML, Markdown or text documents into draft SOPs, one each.

    Each line is placed in a section, kept below "Unplaced", or set aside as litter; nothing is lost and
    nothing is invented: what the document does not say is marked TODO, and checks are only suggested. Of
    several files, one that cannot be imported is told and the others are.

    Examples:
      sopgen import "SOP Layanan Chat.docx" "SOP Retur.docx"
      sopgen import sop.html --id cs-refund --out -
      sopgen import notes.txt --language en --json
    """
    if len(files) > 1 and (id_ or out == _STANDARD_OUTPUT):
        option_ = "--id" if id_ else "--out -"
        hint = "import one file a call, or leave it out"
        raise UsageError("IMP110", f"{option_} is for one file, and there are {len(files)}", hint=hint)
    with Gathered(quiet=True) as gathered:
        rules = load_pack(pack_folders((), sops=option.SOPS), gathered, cache=own_cache()).rules
    records: list[dict[str, Any]] = []
    status = 0
    for file in files:
        try:
            draft = draft_of(
                _read(file),
                file.name,
                format_=format_,
                id_=id_,
                language=language or "",
                suggest=suggesting(rules),
                beside=partial(_picture_beside, file.parent),
            )
            target = out if out == _STANDARD_OUTPUT else _written(draft, out)
        except SopgenError as error:
            if len(files) == 1:
                raise
            show_error(error)
            status = status or error.exit_status
            continue
        records.append(_told(draft, target, as_json=as_json))
    if as_json:
        show_json(records[0] if len(files) == 1 else records)
    return status


def _told(draft: Draft, target: Path, *, as_json: bool) -> dict[str, Any]:
    """Return what a draft is to programs, after telling people."""
    gaps = gaps_of(draft, str(target))
    to_output = target == _STANDARD_OUTPUT
    if as_json:
        source = {"source": draft.source} if to_output else {}
        return _record(draft, target) | source | {"lint": [diagnostic_record(each) for each in gaps]}
    if to_output:
        with sending():
            sys.stdout.write(draft.source)
        if draft.pictures:
            notice("  note: standard output holds no pictures; name a folder with --out to get them")
    for line in draft_lines(draft, gaps, str(target)):
        (notice if to_output else say)(line)
    return {}


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


def _picture_beside(folder: Path, source: str) -> bytes:
    """Return the picture that a document in `folder` names so; b"" for one that is elsewhere or too large."""
    path = find_inside(str(folder), unquote(source).removeprefix("./"))
    if path is None or path.suffix.lower() not in SUFFIXES or path.stat().st_size > LARGEST_ATTACHED:
        return b""
    try:
        return path.read_bytes()
    except OSError:
        return b""


def _written(draft: Draft, folder: Path) -> Path:
    """Return the path of the draft, written whole; IMP109 when there is one. StorageError: STO101, STO102."""
    target = folder / draft.id / SOURCE
    if target.parent.exists():
        hint = "name another id with --id, or another folder with --out"
        raise UsageError("IMP109", f"there is an SOP '{draft.id}' in '{folder}' already", hint=hint)
    with storing(target):
        target.parent.mkdir(parents=True)
        part = target.with_name(f".{SOURCE}.part")
        for name, data in sorted(draft.pictures.items()):
            picture = target.parent / name
            picture.parent.mkdir(exist_ok=True)
            picture.write_bytes(data)
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
        "pictures": sorted(draft.pictures),
        "notes": list(draft.notes),
        "to_decide": list(draft.undecided),
    }
