"""A project's configuration, `sopgen.toml` beside the folder of its SOPs; a project without one has defaults.

Each section is a plain dataclass of the room that it configures; here stands only which there are. A section
of one's own is a line in `SECTIONS`, and `project.section("import", ImportSettings)` where it is used.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from sopgen.base.diagnostic import Diagnostic, Level, Report
from sopgen.base.errors import UsageError
from sopgen.base.shape import Document, shape
from sopgen.base.suggestion import did_you_mean
from sopgen.base.toml import read_toml_file
from sopgen.cli.choice import pack_folders
from sopgen.cli.log import SECTION as LOG
from sopgen.cli.log import LogSettings
from sopgen.cli.screen.trouble import Gathered
from sopgen.compliance.title import titles_of
from sopgen.conversation.options import ImportOptions
from sopgen.manual.setting import SECTION, ManualSettings, theme_of
from sopgen.manual.theme import Theme
from sopgen.runs.night.setting import SECTION as NIGHTLY
from sopgen.runs.night.setting import NightlySettings

T = TypeVar("T")

FILE = "sopgen.toml"
IMPORT = "import"

SECTIONS: Mapping[str, type] = {
    SECTION: ManualSettings,
    IMPORT: ImportOptions,
    NIGHTLY: NightlySettings,
    LOG: LogSettings,
}
"""Every section that the file may have, with the dataclass that says what stands in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """What `sopgen.toml` says, and the folder that its paths start from; every section in it is sound."""

    document: Document
    folder: Path
    sections: Mapping[str, object]

    def section(self, name: str, into: type[T]) -> T:
        """Return a section, with its defaults where the file does not have it."""
        found = self.sections.get(name)
        return found if isinstance(found, into) else into()


def read_project(sops: Path, gathered: Gathered) -> Project:
    """Return the configuration of the project whose SOPs stand in `sops`.

    Raises UsageError CLI140 after reporting what is wrong in the file: TML101, TML102, CFG101, CFG102.
    """
    return read_configuration(sops.parent / FILE, gathered)


def read_configuration(path: Path, gathered: Gathered) -> Project:
    """Return the configuration that a file holds; the same errors."""
    if not path.exists():
        empty = Document(value={}, places={}, file=str(path))
        return Project(document=empty, folder=path.parent, sections={})
    document = read_toml_file(path, gathered)
    sections = _sections(document, gathered) if document else None
    if document is None or sections is None:
        raise unusable(path)
    return Project(document=document, folder=path.parent, sections=sections)


def project_theme(sops: Path, gathered: Gathered) -> Theme:
    """Return how the project whose SOPs stand in `sops` wants its manuals to look.

    Raises UsageError CLI140 after reporting what is wrong in the file: also MAN110 to MAN113.
    """
    project = read_project(sops, gathered)
    settings = project.section(SECTION, ManualSettings)
    theme = theme_of(settings, project.document, project.folder, gathered)
    if theme is None:
        raise unusable(project.folder / FILE)
    titles = titles_of(pack_folders((), sops=sops))
    return replace(theme, checks=tuple((name, title.id, title.en) for name, title in titles.items()))


def shown_theme(sops: Path, gathered: Gathered) -> Theme:
    """Return the theme with what the site says below clauses: how they were kept lately, where asked for.

    The same errors; StorageError STO202 for damaged results.
    """
    theme = project_theme(sops, gathered)
    project = read_project(sops, Gathered(quiet=True))
    results = project.section(SECTION, ManualSettings).results
    if not results:
        return theme
    from sopgen.cli.recent import recent_remarks  # noqa: PLC0415  # the database, only where results are shown

    return replace(theme, compliance=recent_remarks(project.folder / results, sops))


def import_defaults(sops: Path, gathered: Gathered) -> ImportOptions:
    """Return what the project whose SOPs stand in `sops` says of its exports: `[import]`."""
    return read_project(sops, gathered).section(IMPORT, ImportOptions)


def log_file(sops: Path, gathered: Gathered) -> Path | None:
    """Return the file that `[log]` of the project whose SOPs stand in `sops` names, if any."""
    project = read_project(sops, gathered)
    named = project.section(LOG, LogSettings).file
    return project.folder / named if named else None


def unusable(path: Path) -> UsageError:
    """Return the error that ends a call whose configuration has flaws, which were told before."""
    return UsageError("CLI140", f"the configuration '{path}' cannot be used", hint="mend the errors above")


def _sections(document: Document, report: Report) -> Mapping[str, object] | None:
    """Return the sections that the file has, or None after an error in any of them."""
    unknown = [name for name in document.value if name not in SECTIONS]
    for name in unknown:
        report(
            Diagnostic(
                code="CFG102",
                level=Level.ERROR,
                span=document.place((name,)),
                message=f"sopgen knows no section '{name}'",
                hint=did_you_mean(name, SECTIONS),
            )
        )
    known = {name: into for name, into in SECTIONS.items() if name in document.value}
    shaped = {
        name: shape(document, into, report, code="CFG101", path=(name,)) for name, into in known.items()
    }
    return None if unknown or None in shaped.values() else shaped
