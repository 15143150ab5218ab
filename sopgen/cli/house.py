"""A project that has nights: its folders, what is asked of a night, and what the night came to."""

import os
import re
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from sopgen.base.diagnostic import Diagnostic
from sopgen.base.errors import UsageError
from sopgen.cli.engine import EngineName
from sopgen.cli.log import SECTION as LOG
from sopgen.cli.log import LogSettings
from sopgen.cli.project import IMPORT, read_configuration, unusable
from sopgen.cli.screen.progress import ProgressStyle
from sopgen.cli.screen.trouble import Gathered
from sopgen.conversation.options import ImportOptions
from sopgen.quality.known import News
from sopgen.runs.night.by_day import RESULTS, DayResults
from sopgen.runs.night.gathering import Sorted, Window
from sopgen.runs.night.limit import Limit
from sopgen.runs.night.notice import Sent
from sopgen.runs.night.post import Delivery
from sopgen.runs.night.recovery import SPOOL
from sopgen.runs.night.retention import Removed
from sopgen.runs.night.setting import SECTION, NightlySettings, Plan, plan_of
from sopgen.runs.summary import RunSummary, Totals

LEDGER = "ledger.sqlite"
_NAMED = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)\}")


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """A project as its `sopgen.toml` describes it; folders as they are on this machine."""

    folder: Path
    settings: NightlySettings
    plan: Plan
    log: Path | None = None

    @property
    def sops(self) -> Path:
        """Return the folder of the SOPs."""
        return self.folder / self.settings.sops

    @property
    def output(self) -> Path:
        """Return the folder of runs, results and ledger."""
        return self.folder / self.settings.output

    @property
    def erasures(self) -> Path:
        """Return the folder in which erased people are remembered."""
        return self.folder / self.settings.erasures

    @property
    def days(self) -> DayResults:
        """Return the results by day."""
        return DayResults(folder=self.output / RESULTS, spool=self.output / SPOOL / "days")


@dataclass(frozen=True, slots=True, kw_only=True)
class Errand:
    """What a call asks of a night."""

    window: Window
    started_at: datetime
    dry_run: bool = False
    engine: EngineName = EngineName.LOCAL
    progress: ProgressStyle = ProgressStyle.AUTO


@dataclass(frozen=True, slots=True, kw_only=True)
class Night:
    """What a night came to. `folder` and `summary` are None where nothing had to be judged.

    `news` says which of the findings were not known before, None where nothing is known. `flaws` are errors
    in SOPs and checks: where there are any, nothing was read, and what was judged before stands.
    """

    house: House
    started_at: datetime
    dry_run: bool
    deliveries: tuple[Delivery, ...]
    sorted: Sorted
    to_judge: int
    folder: Path | None = None
    summary: RunSummary | None = None
    news: News | None = None
    limits: tuple[Limit, ...] = ()
    recovered: tuple[str, ...] = ()
    removed: Removed = field(default_factory=Removed)
    sent: tuple[Sent, ...] = ()
    flaws: tuple[Diagnostic, ...] = ()

    @property
    def totals(self) -> Totals:
        """Return the totals: those of the run, else of what was read."""
        if self.summary is not None:
            return self.summary.totals
        nothing = dict.fromkeys(Totals.__slots__, 0)
        done = self.sorted
        return Totals(
            **nothing
            | {
                "read": done.read,
                "unchanged": done.unchanged,
                "set_aside": done.set_aside,
                "erased": done.erased,
            }
        )

    @property
    def unread(self) -> tuple[str, ...]:
        """Return the inboxes that could not be read."""
        return tuple(each.inbox for each in self.deliveries if each.trouble)

    @property
    def is_broken(self) -> bool:
        """Return whether a limit was not kept."""
        return any(each.broken for each in self.limits)


def read_house(config: Path, gathered: Gathered, *, idle: bool = False) -> House:
    """Return the project whose configuration is in a file; an `idle` one needs neither file nor inbox.

    UsageError: CLI101 no such file, CLI140 after reporting what is wrong in it (NGT101, CFG101 …).
    """
    if not config.is_file() and not idle:
        hint = "name the file: --config PATH; it needs [nightly] and [[nightly.inbox]]"
        raise UsageError("CLI101", f"there is no configuration '{config}'", hint=hint)
    project = read_configuration(config, gathered)
    settings = project.section(SECTION, NightlySettings)
    plan = plan_of(settings, project.section(IMPORT, ImportOptions), project.document, gathered, idle=idle)
    if plan is None:
        raise unusable(config)
    log = project.section(LOG, LogSettings).file
    return House(folder=config.parent, settings=settings, plan=plan, log=config.parent / log if log else None)


def filled(written: str) -> str:
    """Return a text with what it names of the environment. UsageError NGT102: a variable that is not set."""

    def value(match: re.Match[str]) -> str:
        found = os.environ.get(match[1])
        if found is None:
            hint = f"set it where the night runs: export {match[1]}=…, or take it out of sopgen.toml"
            raise UsageError(
                "NGT102", f"the environment has no {match[1]}, which sopgen.toml names", hint=hint
            )
        return found

    return _NAMED.sub(value, written)
