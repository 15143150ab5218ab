"""What judging needs, set up from a call's options: the SOPs, the checks, and the checker made of both."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sopgen.base.diagnostic import Diagnostic, Level
from sopgen.cli.cache import own_cache
from sopgen.cli.choice import chosen_sops, pack_folders
from sopgen.cli.screen.trouble import Gathered
from sopgen.compliance.checker import Checker, make_checker
from sopgen.compliance.pack import Pack, load_pack
from sopgen.sop.library import RELEASES
from sopgen.sop.model import SopHistory
from sopgen.sop.release import DAMAGE


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """The SOPs, the checks, the checker, and the versions of each SOP that may judge, oldest first.

    `folders` are those of the checks; `draft`, `as_of` and `thorough` say how it judges. `flaws` are errors
    that take clauses away from what is judged.
    """

    histories: tuple[SopHistory, ...]
    pack: Pack
    checker: Checker
    versions: Mapping[str, tuple[str, ...]]
    folders: tuple[Path, ...]
    flaws: tuple[Diagnostic, ...]
    draft: bool
    as_of: datetime | None
    thorough: bool


def set_up(
    gathered: Gathered,
    *,
    sops: Path,
    checks: Sequence[Path],
    draft: bool = False,
    as_of: datetime | None = None,
    thorough: bool = False,
) -> Bench:
    """Return the bench; diagnostics of SOPs, checks and their bindings are gathered.

    Raises CLI101 and CLI103 about the folders, PackError when no check could be loaded.
    """
    histories = chosen_sops(sops, gathered)
    folders = pack_folders(checks, sops=sops)
    cache = own_cache()
    pack = load_pack(folders, gathered, thorough=thorough, cache=cache)
    checker = make_checker(histories, pack, gathered, draft=draft, as_of=as_of, cache=cache)
    return Bench(
        histories=histories,
        pack=pack,
        checker=checker,
        versions={history.id: _versions(history, draft=draft) for history in histories},
        folders=folders,
        flaws=_flaws(gathered, histories, sops),
        draft=draft,
        as_of=as_of,
        thorough=thorough,
    )


def _flaws(gathered: Gathered, histories: Sequence[SopHistory], sops: Path) -> tuple[Diagnostic, ...]:
    """Return the errors in reading order, but those of drafts that do not judge, and of damaged releases."""
    released = [sops / history.id for history in histories if history.releases]

    def judges(error: Diagnostic) -> bool:
        file = Path(error.span.file)
        return error.code not in DAMAGE and not any(
            file.is_relative_to(each) and not file.is_relative_to(each / RELEASES) for each in released
        )

    return tuple(each for each in gathered.in_order() if each.level is Level.ERROR and judges(each))


def _versions(history: SopHistory, *, draft: bool) -> tuple[str, ...]:
    if draft or not history.releases:
        return (history.draft.version,) if history.draft else ()
    return tuple(edition.sop.version for edition in history.editions)
