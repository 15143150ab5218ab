"""A project's configuration, `sopgen.toml` beside the folder of its SOPs; a project without one has defaults.

Each section is a plain dataclass of the room that it configures; here stands only which there are. A section
of one's own is a line in `SECTIONS`, and `project.section("import", ImportSettings)` where it is used.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from sopgen.base.cache.form import Form
from sopgen.base.diagnostic import Diagnostic, Level, Report
from sopgen.base.errors import UsageError
from sopgen.base.shape import Document, shape
from sopgen.base.suggestion import did_you_mean
from sopgen.base.toml import read_toml_file
from sopgen.cli.cache import own_cache
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

_KEPT = (IMPORT, LOG)
"""The sections that every check asks for: they are kept for the next call once the file was found sound.
The others are not: they may hold a service's password."""

_SETTINGS = Form("settings", 1, (ImportOptions, LogSettings))


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


def log_file(project: Project) -> Path | None:
    """Return the file that `[log]` of the project names, if any."""
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
    if unknown:
        for name in _present(document):
            _shaped(document, name, report)
        return None
    try:
        kept = own_cache().kept(_SETTINGS, (repr(document.value),), lambda: _sound(document, report))
    except _FlawError:
        return None
    return _Sections(document, kept)


class _FlawError(Exception):
    """A section has an error, which was reported."""


def _sound(document: Document, report: Report) -> dict[str, object]:
    """Return the sections to be kept, or raise _FlawError after an error in any section."""
    shaped = {name: _shaped(document, name, report) for name in _present(document)}
    if None in shaped.values():
        raise _FlawError
    return {name: each for name, each in shaped.items() if name in _KEPT}


def _present(document: Document) -> Iterator[str]:
    return (name for name in SECTIONS if name in document.value)


def _shaped(document: Document, name: str, report: Report) -> object | None:
    return shape(document, SECTIONS[name], report, code="CFG101", path=(name,))


class _Sections(Mapping[str, object]):
    """The sections of a file that is sound; those that were not kept are shaped when they are asked for."""

    def __init__(self, document: Document, kept: Mapping[str, object]) -> None:
        self._document = document
        self._shaped = dict(kept)

    def __getitem__(self, name: str) -> object:
        if name not in self._document.value:
            raise KeyError(name)
        if name not in self._shaped:
            self._shaped[name] = _shaped(self._document, name, lambda _: None)
        return self._shaped[name]

    def __iter__(self) -> Iterator[str]:
        return _present(self._document)

    def __len__(self) -> int:
        return sum(1 for _ in self)
