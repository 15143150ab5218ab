"""`sopgen check`: conversations held against the SOPs."""

from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import click

from sopgen.cli import option, running
from sopgen.cli.bench import set_up
from sopgen.cli.choice import free_name, moment, plain_name, refuse_taken
from sopgen.cli.clock import now
from sopgen.cli.engine import EngineName
from sopgen.cli.importing import import_options
from sopgen.cli.judging import (
    MOST_WORKERS,
    Order,
    judge,
    refuse_damaged,
    refuse_ungoverned,
    refuse_unread,
)
from sopgen.cli.knowing import project_known, run_news
from sopgen.cli.log import open_log
from sopgen.cli.omitting import project_omission
from sopgen.cli.project import IMPORT, log_file, read_project
from sopgen.cli.screen.progress import ProgressStyle
from sopgen.cli.screen.trouble import Gathered
from sopgen.cli.standard_input import with_results_at, with_standard_input
from sopgen.cli.teaching import Taught
from sopgen.cli.unmasking import is_unmasked, refuse_unmasking, unmasking
from sopgen.conversation.options import ImportOptions
from sopgen.runs.summary import RunSummary
from sopgen.sop.model import Severity


@click.command(name="check", cls=Taught)
@option.exports
@click.option(
    "--out",
    metavar="DIR",
    type=option.PATH_OR_URL,
    default=option.OUTPUT,
    help="Folder to write into, or a URL that fsspec knows, such as s3://bucket/output.",
)
@option.sops
@option.checks
@option.imports
@option.draft
@option.thorough
@click.option(
    "--as-of", metavar="TIME", default=None, help="A conversation that is fresh at TIME is still going on."
)
@click.option(
    "--fail-on",
    type=click.Choice(list(map(str, Severity))),
    default=None,
    help="Exit with 1 when a new finding is at least so severe, or when an SOP or a check has an error.",
)
@click.option(
    "--workers",
    metavar="N",
    type=click.IntRange(1, MOST_WORKERS),
    default=None,
    help="Processes that judge, on Linux; by itself one for a small export, else one for each core.",
)
@running.engine(EngineName.LOCAL)
@running.progress
@click.option(
    "--log",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    default=None,
    help="Add events as JSON Lines to FILE, without a word or a name of any chat; else [log] of sopgen.toml.",
)
@click.option(
    "--who", is_flag=True, help="List who speaks in the exports, and propose who is staff; judge nothing."
)
@click.option(
    "--vcon",
    metavar="FILE",
    type=click.Path(path_type=Path),
    default=None,
    help="Also write the conversations as vCon, one a line, with the findings as their analysis.",
)
@click.option("--run-id", metavar="ID", default=None, help="Name of the run instead of its start.")
@click.option("--replace", is_flag=True, help="Let the run replace a stored one of the same --run-id.")
@unmasking
@option.as_json
def command(
    *,
    exports: tuple[Path | str, ...],
    out: Path | str,
    sops: Path,
    checks: tuple[Path, ...],
    draft: bool,
    thorough: bool,
    as_of: str | None,
    fail_on: str | None,
    workers: int | None,
    engine: str,
    progress: str,
    log: Path | None,
    who: bool,
    vcon: Path | None,
    run_id: str | None,
    replace: bool,
    unmask: bool,
    reason: str | None,
    as_json: bool,
    **said: Any,
) -> int:
    """Hold exported conversations against the SOPs.

    EXPORT is a file that a chat platform exports, a folder of them, a pattern, an archive (zip, gz, zst), or
    - for standard input, or a URL that fsspec knows (s3://bucket/chats/). Threads of messengers are cut where
    people were silent for 12 hours (--split).

    Every clause that is bound to a check gives one verdict for each conversation: pass, fail, na (not
    activated) or undecided. A record that cannot be read is set aside with its place and reason; the rest
    goes on. Conversations of people who were erased (sopgen erase) are left out and counted.

    Results go to DIR/runs/ID: report.html, verdicts.parquet, findings.jsonl, set_aside.jsonl, summary.json.
    The report says what got better or worse since the runs before it in DIR/runs, and which findings are new.
    The exit status is 0 whatever is found, unless --fail-on says otherwise, which passes over what the
    baseline and people's decisions know (sopgen baseline, sopgen disposition). It is 3 when a frozen release
    was changed: no version judges in its place, and the rest is judged.

    --who names those who are probably staff, and customers by their initials; with --unmask --reason WHY by
    their names, recorded in DIR/private/unmasked.jsonl. --vcon writes conversations as they were said.

    Examples:
      sopgen check chats.jsonl
      sopgen check --who exports/
      sopgen check "Chat WhatsApp dengan Budi.txt" --agent Rina --tz Asia/Jakarta
      sopgen check chats.jsonl --fail-on critical --json > summary.json
      sopgen check exports/ --engine ray --workers 16
    """
    options, started_at = import_options(**said), now()
    refuse_unmasking(unmask=unmask, reason=reason, shown=who)
    with ExitStack() as stack:
        runs = stack.enter_context(with_results_at(out)) / "runs"
        folder = runs / (plain_name(run_id) if run_id else free_name(runs, started_at))
        if run_id and not (replace or who):
            refuse_taken(folder, out)
        opened = stack.enter_context(with_standard_input(exports))
        gathered = stack.enter_context(Gathered())
        project = read_project(sops, gathered)
        defaults = project.section(IMPORT, ImportOptions)
        told = stack.enter_context(open_log(log or log_file(project)))
        order = Order(
            exports=opened,
            options=options,
            defaults=defaults,
            folder=folder,
            started_at=started_at,
            workers=workers,
            engine=EngineName(engine),
            progress=ProgressStyle(progress),
            log=told,
            omission=project_omission(sops),
            stays=isinstance(out, Path),
        )
        if who:
            is_open = is_unmasked(runs.parent, "speakers in exports", unmask=unmask, reason=reason)
            from sopgen.cli.outcome import show_speakers  # noqa: PLC0415 -- as below

            show_speakers(order, gathered, as_json=as_json, unmasked=is_open)
            return 0
        instant = moment(as_of, tz=options.tz or defaults.tz) if as_of else None
        bench = set_up(gathered, sops=sops, checks=checks, draft=draft, as_of=instant, thorough=thorough)
        known = project_known(sops, gathered)
        gathered.show()
        summary = judge(order, bench, gathered, known, refuse=_blank(runs.parent, as_json=as_json))
        from sopgen.cli import outcome  # noqa: PLC0415 -- the first verdict need not wait for what shows it

        news = run_news(folder, known)
        veil = outcome.project_veil(runs.parent)
        if vcon is not None:
            outcome.write_vcons(order, vcon)
    outcome.show_outcome(summary, folder, news, veil=veil, out=out, as_json=as_json)
    _refuse_nothing(summary, gathered, draft=draft)
    counted = news.at_least if news else summary.findings_from
    broken = gathered.has_error() or counted(Severity(fail_on or Severity.CRITICAL)) > 0
    return int(fail_on is not None and broken)


def _blank(out: Path, *, as_json: bool) -> Callable[[Path], None]:
    """Return what refuses results of nothing at all: of exports without one record."""

    def refuse(results: Path) -> None:
        from sopgen.cli.outcome import refuse_blank  # noqa: PLC0415 -- as above

        refuse_blank(results, out, as_json=as_json)

    return refuse


def _refuse_nothing(summary: RunSummary, gathered: Gathered, *, draft: bool) -> None:
    """Raise where nothing was judged, or what a damaged release governs was not: no clean run either way."""
    refuse_unread(summary)
    if not draft:
        refuse_damaged(gathered)
    refuse_ungoverned(summary)
