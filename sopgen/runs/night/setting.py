"""The section `[nightly]` of `sopgen.toml`, and the plan that it stands for.

What a project may set is checked before anything is read: lengths of time, names of inboxes, zones.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta, tzinfo
from typing import ClassVar, Literal
from urllib.parse import urlsplit

from sopgen.base.diagnostic import Diagnostic, Level, Report
from sopgen.base.duration import parse_duration
from sopgen.base.errors import SopgenError
from sopgen.base.shape import Document
from sopgen.conversation.options import DEFAULT_TZ, ImportOptions, merged, zone_of
from sopgen.conversation.session import SILENCE
from sopgen.sop.model import Severity

SECTION = "nightly"

SETTLE = "1m"
"""How long a file must have been left alone before it is read (our decision, 2026-11-22)."""

_FORBID: dict[str, str] = {"extra": "forbid"}


@dataclass(frozen=True, slots=True, kw_only=True)
class InboxSettings:
    """`[[nightly.inbox]]`: where exports arrive, and how they are to be read.

    `path`: a file, folder or pattern, from the project's folder, or a URL that fsspec knows (s3://, sftp://).
    `options`: as in `[import]`, which they go before.
    """

    __pydantic_config__: ClassVar[dict[str, str]] = _FORBID
    name: str
    path: str
    options: ImportOptions = field(default_factory=ImportOptions)


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepSettings:
    """`[nightly.keep]`: how long; "" for ever. `runs`: folders of runs. `results`: results by day."""

    __pydantic_config__: ClassVar[dict[str, str]] = _FORBID
    runs: str = ""
    results: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FailSettings:
    """`[nightly.fail]`: what makes a night end with 1; without any of them nothing does.

    `severity` with `findings`: so many findings (1) that are at least so severe. `rate`: a share of the
    checked conversations with findings, above which it is too much. `set_aside`: so many records that could
    not be read. `fewest`: the calls of one night together (`limit.NIGHT`) judged fewer conversations.
    """

    __pydantic_config__: ClassVar[dict[str, str]] = _FORBID
    severity: Severity | None = None
    findings: int | None = None
    rate: float | None = None
    set_aside: int | None = None
    fewest: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NotifySettings:
    """`[nightly.notify]`: who hears of a night. `targets` are Apprise URLs; `${NAME}` is the environment's.

    `when`: always, or only when a limit of `[nightly.fail]` was broken, an inbox could not be read, or
    SOPs or checks have errors. `reports`: where people open
    `output/runs`, such as https://qa.example.com/runs; "" tells the path. `language`: "" for the SOPs'.
    """

    __pydantic_config__: ClassVar[dict[str, str]] = _FORBID
    targets: tuple[str, ...] = ()
    when: Literal["always", "broken"] = "always"
    reports: str = ""
    language: Literal["", "id", "en"] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NightlySettings:
    """`[nightly]`. Folders are seen from the project's: `sops`, `checks` (further ones), `output`.

    `erasures`: where erased people are remembered; not in `output`. `settle`: how long a file must have been
    left alone. `tz`: whose midnight parts the days, "" for the one of `[import]`. `workers`: processes.
    `engine`: who judges, processes of this machine or a Ray cluster.
    """

    __pydantic_config__: ClassVar[dict[str, str]] = _FORBID
    sops: str = "sop_sources"
    checks: tuple[str, ...] = ()
    output: str = "output"
    erasures: str = "erasures"
    settle: str = SETTLE
    tz: str = ""
    workers: int | None = None
    engine: Literal["local", "ray"] = "local"
    thorough: bool = False
    inbox: tuple[InboxSettings, ...] = ()
    keep: KeepSettings = field(default_factory=KeepSettings)
    fail: FailSettings = field(default_factory=FailSettings)
    notify: NotifySettings = field(default_factory=NotifySettings)


@dataclass(frozen=True, slots=True, kw_only=True)
class Inbox:
    """Where exports arrive. `path` is as it was written; `options` hold all that is said of its exports."""

    name: str
    path: str
    options: ImportOptions

    @property
    def is_remote(self) -> bool:
        """Return whether it is reached through fsspec."""
        return "://" in self.path


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a night is to do; lengths of time are None for ever."""

    inboxes: tuple[Inbox, ...]
    settle: timedelta
    zone: tzinfo
    keep_runs: timedelta | None
    keep_results: timedelta | None


def plan_of(
    settings: NightlySettings,
    project: ImportOptions,
    document: Document,
    report: Report,
    *,
    idle: bool = False,
) -> Plan | None:
    """Return the plan, or None after reporting what is wrong with the settings: NGT101.

    An `idle` plan needs no inbox.
    """
    flaws = list(_flaws(settings, project, document, idle=idle))
    for flaw in flaws:
        report(flaw)
    if flaws:
        return None
    keep = settings.keep
    return Plan(
        inboxes=tuple(_inbox(each, project) for each in settings.inbox),
        settle=parse_duration(settings.settle) or timedelta(),
        zone=zone_of(settings.tz or project.tz or DEFAULT_TZ),
        keep_runs=parse_duration(keep.runs),
        keep_results=parse_duration(keep.results),
    )


def shown_url(url: str) -> str:
    """Return a URL without the user and password in it, and without its query."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}" if parts.scheme else url


def _inbox(settings: InboxSettings, project: ImportOptions) -> Inbox:
    options = merged(settings.options, project, ImportOptions(split=SILENCE))
    return Inbox(name=settings.name, path=settings.path, options=options)


def _flaws(
    settings: NightlySettings, project: ImportOptions, document: Document, *, idle: bool
) -> Iterator[Diagnostic]:
    def flaw(message: str, hint: str, *path: str) -> Diagnostic:
        place = document.place((SECTION, *path))
        return Diagnostic(code="NGT101", level=Level.ERROR, span=place, message=message, hint=hint)

    if not settings.inbox and not idle:
        yield flaw("no inbox", 'add [[nightly.inbox]] with name = "chats" and path = "exports"')
    names = [each.name for each in settings.inbox]
    for name in sorted({name for name in names if names.count(name) > 1 or not name.strip()}):
        yield flaw(f"several inboxes are called '{name}', or none has a name", "name each of them", "inbox")
    lengths = {"runs": settings.keep.runs, "results": settings.keep.results}
    for name, written in lengths.items():
        if written and not parse_duration(written):
            yield flaw(f"'{written}' is no length of time", "write it like 90d", "keep", name)
    if parse_duration(settings.settle) is None:
        yield flaw(f"'{settings.settle}' is no length of time", "write it like 1m, or 0s", "settle")
    if settings.workers is not None and not 1 <= settings.workers <= 64:
        yield flaw(f"{settings.workers} workers", "write 1 to 64, or leave it out", "workers")
    from sopgen.conversation.export import check_options  # noqa: PLC0415  # the importers, only for inboxes

    for each in settings.inbox:
        try:
            zone_of(settings.tz or DEFAULT_TZ)
            check_options(_inbox(each, project).options)
        except SopgenError as error:
            yield flaw(f"inbox '{each.name}': {error.message}", error.hint, "inbox")
