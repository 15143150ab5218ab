"""`sopgen backtest`: what a draft would change in the findings of past conversations."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from sopgen.base.errors import UsageError
from sopgen.cli import option
from sopgen.cli.cache import own_cache
from sopgen.cli.choice import chosen_sops, pack_folders
from sopgen.cli.clock import now
from sopgen.cli.importing import import_options
from sopgen.cli.judging import Order, read_order
from sopgen.cli.knowing import project_known
from sopgen.cli.omitting import project_omission
from sopgen.cli.project import import_defaults
from sopgen.cli.screen.aside import Aside
from sopgen.cli.screen.backtest import how_far, show_backtest
from sopgen.cli.screen.console import say
from sopgen.cli.screen.document import show_json
from sopgen.cli.screen.progress import progress_bar
from sopgen.cli.screen.trouble import Gathered
from sopgen.cli.standard_input import with_standard_input
from sopgen.cli.teaching import Taught
from sopgen.cli.version import compared, version_named
from sopgen.compliance.checker import make_checker
from sopgen.compliance.pack import Pack, load_pack
from sopgen.conversation.export import export_size
from sopgen.quality.backtest import Backtest, Sides, backtest
from sopgen.quality.backtest_form import backtest_record
from sopgen.quality.backtest_page import write_backtest
from sopgen.quality.known import Known
from sopgen.quality.veil import project_veil
from sopgen.runs.night.page import BACKTESTS
from sopgen.runs.trouble import storing
from sopgen.sop.model import Sop, SopHistory


@click.command(name="backtest", cls=Taught)
@click.argument("name", metavar="SOP")
@option.exports
@click.option(
    "--against", metavar="VERSION", help="The version to compare with.  [default: the one in force now]"
)
@click.option(
    "--candidate", metavar="VERSION", default="draft", help="The version that is to take its place."
)
@option.out
@option.sops
@option.checks
@option.imports
@click.option("--language", type=click.Choice(["id", "en"]), help="Language of the page.  [default: SOP's]")
@option.as_json
def command(
    *,
    name: str,
    exports: tuple[Path | str, ...],
    against: str | None,
    candidate: str,
    out: Path,
    sops: Path,
    checks: tuple[Path, ...],
    language: str | None,
    as_json: bool,
    **said: Any,
) -> int:
    """Show what a draft would change in the findings of past conversations, before it is published.

    Both versions of SOP judge every conversation of the exports, whatever was in force then. Clause by clause
    you see how many conversations would newly fail or newly pass, the change with its 95 % interval, and
    examples of both, drawn by lot; of findings that would go, what people decided about them (sopgen
    disposition). Personal data is masked. The page goes to DIR/backtests. Conversations of people who were
    erased (sopgen erase) are left out and counted.

    Examples:
      sopgen backtest cs-swin last-month.jsonl
      sopgen backtest cs-swin --against 1.0 exports/2026-10/ --language en
      sopgen backtest cs-swin --against 1.0 --candidate 1.1 chats.jsonl --json > changes.json
    """
    options, started_at = import_options(**said), now()
    with with_standard_input(exports) as opened, Gathered() as gathered:
        (history,) = chosen_sops(sops, gathered, names=(name,))
        old, new = _versions(history, against, candidate, at=started_at)
        pack = load_pack(pack_folders(checks, sops=sops), gathered, cache=own_cache())
        sides = _sides(old, new, pack, gathered)
        order = Order(
            exports=opened,
            options=options,
            defaults=import_defaults(sops, gathered),
            folder=out / BACKTESTS,
            started_at=started_at,
            omission=project_omission(sops),
        )
        gathered.show()
        test = _run(order, sides, project_known(sops, gathered), gathered)
    veil = project_veil(out, language=language or test.language)
    page = out / BACKTESTS / f"{test.sop}-{test.old}-{test.new}.html"
    with storing(page):
        page.parent.mkdir(parents=True, exist_ok=True)
    write_backtest(test, veil, page, started=started_at, pack_version=pack.version)
    if as_json:
        show_json(backtest_record(test, veil) | {"page": page})
    else:
        show_backtest(test, veil)
        say(f"  {page}", style="bold")
    return 0


def _versions(history: SopHistory, against: str | None, candidate: str, *, at: datetime) -> tuple[Sop, Sop]:
    """Return the two versions. UsageError: CLI131, CLI132, BCK101 where both are the same."""
    old, _ = compared(history, (against,) if against else (), at=at)
    new = version_named(history, candidate)
    if old.version == new.version:
        hint = "name another: --against VERSION, or --candidate VERSION"
        raise UsageError("BCK101", f"both sides are version {old.version} of '{history.id}'", hint=hint)
    return old, new


def _sides(old: Sop, new: Sop, pack: Pack, gathered: Gathered) -> Sides:
    """Return both versions as judges; what is wrong in the bindings is told of the new one."""
    return Sides(
        sop=new.id,
        language=new.language,
        old_version=old.version,
        new_version=new.version,
        old=make_checker((SopHistory(draft=old),), pack, lambda _: None, draft=True),
        new=make_checker((SopHistory(draft=new),), pack, gathered, draft=True),
    )


def _run(order: Order, sides: Sides, known: Known, gathered: Gathered) -> Backtest:
    with Aside() as aside, progress_bar(how_far, size=export_size(order.exports)) as gauge:
        readings = read_order(order, gathered, tick=gauge.advance)
        test = backtest(aside.watch(readings), sides, gauge.tell, known=known)
    return replace(test, erased=order.erased)
