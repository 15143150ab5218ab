"""What a call means by its words: the SOPs and checks it names, its paths, its moment, its run."""

import re
import shlex
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta, tzinfo
from pathlib import Path

from sopgen.base.diagnostic import Diagnostic, Report
from sopgen.base.duration import parse_duration
from sopgen.base.errors import SourceError, UsageError
from sopgen.base.suggestion import did_you_mean
from sopgen.cli.cache import own_cache
from sopgen.cli.option import SOPS
from sopgen.cli.screen.trouble import Gathered
from sopgen.compliance.place import default_pack_folder, holds_checks
from sopgen.conversation.options import zone_of
from sopgen.runs.folder import SUMMARY
from sopgen.sop.library import read_library
from sopgen.sop.model import SopHistory

_PLAIN_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]{0,99}")


def chosen_sops(
    folder: Path, gathered: Gathered, *, names: Sequence[str] = (), forgiving: bool = False
) -> tuple[SopHistory, ...]:
    """Return the SOPs of a folder, or those that `names` calls by id, by folder or by `sop.md`.

    With `forgiving` also those with errors in their drafts, to be looked over (`read_sop`).

    Raises CLI101 without such a folder, CLI102 for an unknown id, CLI103 when none can be used.
    """
    wanted = tuple(dict.fromkeys(_id_of(name) for name in names))
    about = _about(wanted, folder, gathered)
    histories = read_library(existing_folder(folder, "--sops"), about, forgiving=forgiving, cache=own_cache())
    for name in wanted:
        _must_be_there(name, folder, (history.id for history in histories), gathered)
    chosen = tuple(history for history in histories if not wanted or history.id in wanted)
    if not chosen:
        raise _unusable(f"no SOP in '{folder}' can be used", folder, gathered)
    return chosen


def unusable_sops(folder: Path, usable: Iterable[SopHistory]) -> tuple[str, ...]:
    """Return the ids of the SOPs in a folder that are not among those that can be used, in order."""
    known = {history.id for history in usable}
    names = (each.parent.name for each in folder.glob("*/sop.md"))
    return tuple(sorted(name for name in names if name not in known and not name.startswith(".")))


def sop_folder(folder: Path, name: str) -> Path:
    """Return the folder of the SOP that `name` calls by id, by folder or by `sop.md`. CLI101, CLI102."""
    found = existing_folder(folder, "--sops") / _id_of(name)
    if (found / "sop.md").is_file():
        return found
    ids = sorted(each.parent.name for each in folder.glob("*/sop.md"))
    hint = did_you_mean(_id_of(name), ids) if ids else _begin(folder)
    raise UsageError("CLI102", f"no SOP '{_id_of(name)}' in '{folder}'", hint=hint)


def _about(wanted: Collection[str], folder: Path, report: Report) -> Report:
    """Return a report that passes on what concerns the wanted SOPs, or all of them when none is named."""

    def pass_on(diagnostic: Diagnostic) -> None:
        file = Path(diagnostic.span.file)
        within = file.relative_to(folder).parts if file.is_relative_to(folder) else ()
        if not wanted or not within or within[0] in wanted:
            report(diagnostic)

    return pass_on


def _id_of(name: str) -> str:
    """Return the id that an author means by an id, a folder, or the path of a `sop.md`."""
    path = Path(name)
    return path.parent.name if path.name == "sop.md" else path.name


def _must_be_there(name: str, folder: Path, known: Iterable[str], gathered: Gathered) -> None:
    ids = tuple(known)
    if name in ids:
        return
    if (folder / name / "sop.md").is_file():
        raise _unusable(f"the SOP '{name}' cannot be used", folder, gathered)
    hint = did_you_mean(name, ids) if ids else _begin(folder)
    raise UsageError("CLI102", f"no SOP '{name}' in '{folder}'", hint=hint)


def _unusable(message: str, folder: Path, gathered: Gathered) -> SourceError:
    hint = "mend the errors above" if gathered.has_error() else _begin(folder)
    return SourceError("CLI103", message, hint=hint)


def _begin(folder: Path) -> str:
    """Return what to do about a folder without an SOP."""
    init = with_sops("sopgen init", folder)
    return f"name the folder that holds the SOPs: --sops DIR, or begin an SOP of your own: {init}"


def with_sops(call: str, folder: Path) -> str:
    """Return a call to be pasted; it names the folder of the SOPs where that is not the usual one."""
    return call if folder == SOPS else f"{call} --sops {shlex.quote(str(folder))}"


OWN_CHECKS = "checks"
"""The folder of a project's own checks, beside its folder of SOPs."""


def pack_folders(folders: Sequence[Path], *, sops: Path) -> tuple[Path, ...]:
    """Return the folders of checks, each once: those that come with sopgen, the project's, those named.

    The project's own stand in `checks` beside the folder of its SOPs, and need not be named. Raises CLI101.
    """
    shipped, here = default_pack_folder(), Path.cwd()
    shown = shipped.relative_to(here) if shipped.is_relative_to(here) else shipped
    beside = sops.parent / OWN_CHECKS
    named = [existing_folder(folder, "--checks") for folder in folders]
    on_top = {folder.resolve(): folder for folder in ([beside] if holds_checks(beside) else []) + named}
    on_top.pop(shipped.resolve(), None)
    return (shown, *on_top.values())


def existing_folder(folder: Path, option: str) -> Path:
    """Return the folder; CLI101 when there is none."""
    if folder.is_dir():
        return folder
    what = "is a file, not a folder" if folder.exists() else "does not exist"
    hint = f"name one that exists: {option} DIR"
    if option == "--sops" and not folder.exists():
        hint += f", or begin an SOP of your own: {with_sops('sopgen init', folder)}"
    raise UsageError("CLI101", f"the folder '{folder}' {what}", hint=hint)


def plain_name(run_id: str) -> str:
    """Return the run's name; CLI107 unless it is a single name of letters, digits, `.`, `_` and `-`."""
    if _PLAIN_NAME.fullmatch(run_id):
        return run_id
    raise UsageError(
        "CLI107", f"'{run_id}' is no name for a run", hint="use letters, digits, '.', '_' and '-'"
    )


def refuse_taken(folder: Path, out: Path | str) -> None:
    """Raise UsageError CLI144 where a run of that name is stored: in `folder`, or at the URL `out`."""
    if isinstance(out, Path):
        is_taken = (folder / SUMMARY).is_file()
    else:
        from sopgen.runs.distant import holds_run  # noqa: PLC0415 -- most results stay here

        is_taken = holds_run(f"{out.rstrip('/')}/runs/{folder.name}")
    if is_taken:
        message = f"there is a run '{folder.name}' already"
        raise UsageError("CLI144", message, hint="choose another --run-id, or let it go with --replace")


def free_name(runs: Path, started_at: datetime) -> str:
    """Return a name for a run that started then, YYYYMMDD-HHMMSS, numbered when it is taken already."""
    name = f"{started_at:%Y%m%d-%H%M%S}"
    names = (name, *(f"{name}-{number}" for number in range(2, 1000)))
    return next((each for each in names if not (runs / each).exists()), name)


def run_folder(run: Path, out: Path) -> Path:
    """Return the folder of a run that is called by its folder or by its id under `out`/runs."""
    return run if run.is_dir() else out / "runs" / plain_name(str(run))


def length_of(text: str, option: str) -> timedelta:
    """Return the length of time that an option names; CLI111 when it is none."""
    found = parse_duration(text)
    if not found:
        hint = f"write it like 30s, 10m or 2h: {option} 10m"
        raise UsageError("CLI111", f"'{text}' is no length of time", hint=hint)
    return found


def instant_of(text: str, *, zone: tzinfo) -> datetime:
    """Return the instant that a day or a time names, in `zone` where it has no offset; else CLI105."""
    try:
        instant = datetime.fromisoformat(text)
    except ValueError as error:
        hint = "write it as 2026-07-01 or 2026-07-01T22:00"
        raise UsageError("CLI105", f"'{text}' is not a date and time", hint=hint) from error
    return instant if instant.tzinfo else instant.replace(tzinfo=zone)


def moment(text: str, *, tz: str) -> datetime:
    """Return the instant that `--as-of` names; CLI105 when it is none, or has neither offset nor `--tz`."""
    try:
        instant = datetime.fromisoformat(text)
    except ValueError as error:
        hint = "write it as 2026-07-01T22:00:00+07:00"
        raise UsageError("CLI105", f"'{text}' is not a date and time", hint=hint) from error
    if instant.tzinfo is None and not tz:
        hint = f"write {instant.isoformat()}+07:00, or add --tz Asia/Jakarta"
        raise UsageError("CLI105", f"'{text}' has no offset from UTC", hint=hint)
    return instant if instant.tzinfo else instant.replace(tzinfo=zone_of(tz))
