"""What a preview looks at: the folders of the SOPs and of the templates, and the files that shape the look.

Folders are watched by the system. Single files are looked at twice a second by time and size: many editors
save by putting a new file in the place of the old, which nobody who watches the old one hears of, and a file
may be still to come.
"""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sopgen.base.errors import SopgenError
from sopgen.cli.project import FILE, read_project
from sopgen.cli.screen.trouble import Gathered
from sopgen.manual.setting import SECTION, ManualSettings

_LOOK = 500
"""Milliseconds between two looks at the single files."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """Folders that are there, and files that may be."""

    folders: tuple[Path, ...]
    files: tuple[Path, ...]

    def stamps(self) -> tuple[tuple[int, int], ...]:
        """Return time and size of each file, zeros for one that is not there."""
        return tuple(map(_stamp, self.files))


def changes(sops: Path) -> Iterator[None]:
    """Yield whenever something that shapes the manuals was saved, until Ctrl+C."""
    from watchfiles import watch  # noqa: PLC0415  # only for a preview

    logging.getLogger("watchfiles").setLevel(logging.ERROR)  # it would tell of Ctrl+C as of a trouble
    watched, is_new = watched_by(sops), False
    while True:
        stamps = watched.stamps()
        for changed in watch(
            *watched.folders,
            debounce=150,
            step=40,
            rust_timeout=_LOOK,
            yield_on_timeout=True,
            raise_interrupt=False,
        ):
            if watched.stamps() != stamps:
                break
            if changed or is_new:
                is_new = False
                yield
        else:
            return
        watched, is_new = watched_by(sops), True


def watched_by(sops: Path) -> Watched:
    """Return what shapes the manuals of a project: a configuration that cannot be read names nothing."""
    folder = sops.parent
    try:
        settings = read_project(sops, Gathered(quiet=True)).section(SECTION, ManualSettings)
    except SopgenError:
        settings = ManualSettings()
    templates = folder / settings.templates
    named = (settings.logo, settings.css, settings.print_css)
    return Watched(
        folders=(sops, *((templates,) if settings.templates and templates.is_dir() else ())),
        files=(folder / FILE, *(folder / name for name in named if name)),
    )


def _stamp(path: Path) -> tuple[int, int]:
    try:
        about = path.stat()
    except OSError:
        return 0, 0
    return about.st_mtime_ns, about.st_size
