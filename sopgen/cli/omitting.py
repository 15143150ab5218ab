"""Whom the project has erased: no command takes their conversations from an export."""

from pathlib import Path
from typing import TYPE_CHECKING

from sopgen.cli.project import read_project
from sopgen.cli.screen.trouble import Gathered
from sopgen.runs.night.setting import SECTION, NightlySettings

if TYPE_CHECKING:
    from sopgen.runs.night.omission import Omission


def project_omission(sops: Path) -> "Omission | None":
    """Return what leaves erased conversations out, as the project whose SOPs stand in `sops` remembers them.

    None where nobody was erased. UsageError CLI140; StorageError STO102, ERA102.
    """
    project = read_project(sops, Gathered(quiet=True))
    settings = project.section(SECTION, NightlySettings)
    folder = project.folder / settings.erasures
    if not folder.is_dir():
        return None
    from sopgen.runs.night.omission import omission_of  # noqa: PLC0415  # few projects have erased anybody
    from sopgen.runs.night.person import open_people, read_erased  # noqa: PLC0415  # as above

    erased = read_erased(folder)
    inboxes = {each.name: project.folder / each.path for each in settings.inbox if "://" not in each.path}
    return omission_of(erased, open_people(folder), inboxes) if erased.hashes else None
