"""`sopgen fmt`: sources put in order."""

import sys
from collections.abc import Iterator
from difflib import unified_diff
from pathlib import Path

import click

from sopgen.base.errors import UsageError
from sopgen.cli import option
from sopgen.cli.screen.console import notice, say
from sopgen.cli.screen.pipe import sending
from sopgen.cli.screen.plain import counted
from sopgen.cli.screen.trouble import Gathered
from sopgen.cli.teaching import Taught
from sopgen.sop.file import decoded, read_bytes
from sopgen.sop.formatting import formatted
from sopgen.sop.formatting.released import released_ids
from sopgen.sop.formatting.writing import write_whole
from sopgen.sop.library import RELEASES, SOURCE

_STDIN = Path("<stdin>")


@click.command(name="fmt", cls=Taught)
@option.names
@option.sops
@click.option("--check", "only_check", is_flag=True, help="Write nothing; end with 1 unless all is in order.")
@click.option("--diff", "show_diff", is_flag=True, help="Write nothing; print what would change.")
@click.option("--stdin", "from_stdin", is_flag=True, help="Read a source from standard input, and print it.")
def command(
    *, names: tuple[str, ...], sops: Path, only_check: bool, show_diff: bool, from_stdin: bool
) -> int:
    """Give clauses their ids, and tidy the front matter.

    SOP is the id of an SOP, its folder, or its sop.md; without any, all are put in order. Clauses, steps and
    procedures without an id get one from their words, which no release has used; all else stays byte for
    byte. With --stdin, SOP names the SOP whose releases count.

    Examples:
      sopgen fmt
      sopgen fmt cs-swin --diff
      sopgen fmt --check
    """
    with Gathered() as gathered:
        if from_stdin:
            return _pass_through(_folder(names[0], sops) if names else None, gathered)
        changed = [
            _put_in_order(path, gathered, write=not (only_check or show_diff), show=show_diff)
            for path in _sources(names, sops)
        ]
    verb = "would be put in order" if only_check or show_diff else "put in order"
    notice(f"{counted(sum(changed), 'source')} {verb}, {len(changed) - sum(changed)} left as they are")
    return int(gathered.has_error() or (only_check and any(changed)))


def _sources(names: tuple[str, ...], sops: Path) -> tuple[Path, ...]:
    """Return the sources that a call means. Raises CLI101 and CLI102."""
    if not names:
        from sopgen.cli.choice import existing_folder  # noqa: PLC0415 - a hook names its files and need not wait

        return tuple(sorted(existing_folder(sops, "--sops").glob(f"[!.]*/{SOURCE}")))
    return tuple(dict.fromkeys(_folder(name, sops) / SOURCE for name in names))


def _folder(name: str, sops: Path) -> Path:
    """Return the folder of an SOP that is called by its id, its folder, or its source. Raises CLI102."""
    path = Path(name)
    for folder in (path.parent if path.name == SOURCE else path, sops / name):
        if (folder / SOURCE).is_file():
            return folder
    raise UsageError("CLI102", f"no SOP '{name}' in '{sops}'", hint="name an id, a folder, or a sop.md")


def _put_in_order(path: Path, gathered: Gathered, *, write: bool, show: bool) -> bool:
    """Return whether a source was not in order; write it, or show what would change."""
    data = read_bytes(path, gathered)
    text = decoded(data, path, gathered) if data is not None else None
    if text is None:
        return False
    result = formatted(text, file=str(path), released=released_ids(path.parent / RELEASES), report=gathered)
    if result == text:
        return False
    if write:
        write_whole(path, result.encode())
    if show:
        for line in _difference(text, result, path):
            say(line)
    elif not write:
        say(str(path))
    return True


def _difference(text: str, result: str, path: Path) -> Iterator[str]:
    lines = unified_diff(text.splitlines(), result.splitlines(), str(path), str(path), lineterm="")
    yield from lines


def _pass_through(folder: Path | None, gathered: Gathered) -> int:
    text = decoded(sys.stdin.buffer.read(), _STDIN, gathered)
    if text is None:
        return 1
    released = released_ids(folder / RELEASES) if folder else frozenset[str]()
    result = formatted(text, file=str(_STDIN), released=released, report=gathered)
    with sending():
        sys.stdout.buffer.write(result.encode())
        sys.stdout.buffer.flush()
    return int(gathered.has_error())
