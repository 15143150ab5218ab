"""A release from the first look at the draft to the files on the disk, under one lock."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sopgen.cli.choice import sop_folder
from sopgen.cli.lint import look_over
from sopgen.cli.project import project_theme
from sopgen.cli.screen.trouble import Gathered
from sopgen.manual.approval import approval_pdf, assets_of
from sopgen.manual.theme import Theme
from sopgen.sop.library import RELEASES
from sopgen.sop.model import SopHistory
from sopgen.sop.release import names_of
from sopgen.sop.release_index import Entry, last_seal, read_index
from sopgen.sop.release_plan import (
    Order,
    Plan,
    entry_of,
    frozen_source,
    index_with,
    plan_release,
    refuse_flaws,
)
from sopgen.sop.release_store import Bundle, Step, clear_away, freeze, releasing_alone


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where the SOP and the checks are that it is held against."""

    sop: str
    sops: Path
    checks: Sequence[Path]


@dataclass(frozen=True, slots=True, kw_only=True)
class Released:
    """What was released, or would be: the plan, the entry of the index, the files, what was cleared away.

    `size` is that of the PDF, in bytes.
    """

    plan: Plan
    entry: Entry
    files: tuple[Path, ...]
    size: int
    cleared: tuple[str, ...]
    done: bool


def release(
    place: Place, order: Order, gathered: Gathered, *, today: date, step: Step, dry_run: bool
) -> Released:
    """Return what was released; with `dry_run` everything is made and tried, and nothing is written.

    Raises what its stages raise: CLI102, CLI103, REL101 to REL110, CLI140, REL201, REL202, MAN201.
    """
    folder = sop_folder(place.sops, place.sop)
    releases = folder / RELEASES
    theme = project_theme(place.sops, gathered)
    with releasing_alone(folder):
        cleared = () if dry_run else clear_away(releases)
        history = _sound(place, folder.name, gathered)
        assets = _assets(history, gathered)
        plan = plan_release(history, order, assets, today=today)
        step(f"{folder.name} {plan.release.version}")
        bundle, entry = _bundle(history, plan, assets, gathered, theme=theme)
        if not dry_run:
            freeze(releases, bundle, step=lambda _: None)
    return Released(
        plan=plan,
        entry=entry,
        files=tuple(_files(releases, bundle)),
        size=len(bundle.pdf),
        cleared=cleared,
        done=not dry_run,
    )


def _sound(place: Place, name: str, gathered: Gathered) -> SopHistory:
    (history,) = look_over(gathered, sops=place.sops, checks=place.checks, names=(name,))
    refuse_flaws(gathered.diagnostics, sop=name)
    return history


def _assets(history: SopHistory, gathered: Gathered) -> Mapping[str, bytes]:
    assets = assets_of(history.newest, gathered)
    refuse_flaws(gathered.diagnostics, sop=history.id)
    assert assets is not None
    return assets


def _bundle(
    history: SopHistory, plan: Plan, assets: Mapping[str, bytes], gathered: Gathered, *, theme: Theme
) -> tuple[Bundle, Entry]:
    pdf = approval_pdf(plan.draft, plan.release, history.releases, gathered, theme=theme)
    refuse_flaws(gathered.diagnostics, sop=history.id)
    assert pdf is not None
    releases = Path(plan.draft.folder) / RELEASES
    source = frozen_source(plan.draft)
    before = last_seal(read_index(releases, gathered))
    entry = entry_of(plan, source=source, pdf=pdf, assets=assets, before=before)
    index = index_with(releases, entry, sop=history.id)
    bundle = Bundle(version=entry.version, source=source, pdf=pdf, index=index, assets=assets)
    return bundle, entry


def _files(releases: Path, bundle: Bundle) -> Sequence[Path]:
    source, pdf, home = names_of(bundle.version)
    return (releases / source, releases / pdf, *(releases / home / name for name in sorted(bundle.assets)))
