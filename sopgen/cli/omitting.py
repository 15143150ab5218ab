"""Whom the project has erased: `check` and `backtest` take none of their conversations from an export.

Other commands that read exports, such as `convert` and `evaluate`, read them as they are.
"""

import os
from pathlib import Path
from typing import TYPE_CHECKING

from sopgen.cli.project import FILE, read_configuration
from sopgen.cli.screen.trouble import Gathered
from sopgen.runs.night.setting import SECTION, NightlySettings

if TYPE_CHECKING:
    from sopgen.runs.night.omission import Omission

_HIGHEST = 4
"""Folders above that of the SOPs in which the configuration is looked for (our decision, 2026-11-22)."""


def project_omission(sops: Path) -> "Omission | None":
    """Return what leaves erased conversations out, as the project whose SOPs stand in `sops` remembers them.

    None where nobody was erased. UsageError CLI140; StorageError STO102, ERA102.
    """
    with Gathered(quiet=True) as gathered:
        project = read_configuration(remembering(sops), gathered)
    settings = project.section(SECTION, NightlySettings)
    folder = project.folder / settings.erasures
    if not folder.is_dir():
        return None
    from sopgen.runs.night.omission import omission_of  # noqa: PLC0415  # few projects have erased anybody
    from sopgen.runs.night.person import open_people, read_erased  # noqa: PLC0415  # as above

    erased = read_erased(folder)
    inboxes = {each.name: project.folder / each.path for each in settings.inbox if "://" not in each.path}
    return omission_of(erased, open_people(folder), inboxes) if erased.hashes else None


def remembering(sops: Path) -> Path:
    """Return the configuration that says where erased people are remembered: the nearest, upwards.

    A project without one remembers them beside its SOPs: then it is the file that could stand there.
    """
    folder = Path(os.path.abspath(sops))  # noqa: PTH100  # a linked folder is of the project that links it
    beside = folder.parent / FILE
    if not beside.exists() and (folder.parent / NightlySettings().erasures).is_dir():
        return beside
    found = (each / FILE for each in (folder, *folder.parents)[: _HIGHEST + 1])
    return next((path for path in found if path.is_file()), beside)


def is_remembered(config: Path, sops: Path) -> bool:
    """Return whether `check` goes by this configuration for the SOPs in `sops`, and knows whom it erased."""
    seen = remembering(sops)
    return seen.name == config.name and os.path.realpath(seen.parent) == os.path.realpath(config.parent)
