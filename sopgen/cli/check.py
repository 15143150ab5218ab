"""`sopgen check`: conversations held against the SOPs."""

from datetime import datetime
from pathlib import Path
from typing import Any

import click

from sopgen.cli import option
from sopgen.cli.bench import Bench, set_up
from sopgen.cli.choice import existing_paths, free_name, moment, plain_name
from sopgen.cli.clock import now
from sopgen.cli.importing import import_options
from sopgen.cli.screen.aside import Aside
from sopgen.cli.screen.document import show_json
from sopgen.cli.screen.progress import progress_bar
from sopgen.cli.screen.run import how_far, show_run
from sopgen.cli.screen.trouble import Gathered
from sopgen.conversation.export import read_exports
from sopgen.conversation.options import ImportOptions
from sopgen.quality.report import write_report
from sopgen.runs.check import run_check
from sopgen.runs.summary import RunSummary
from sopgen.runs.summary_form import summary_record
from sopgen.sop.model import Severity


@click.command(name="check")
@option.exports
@option.out
@option.sops
@option.checks
@option.imports
@option.draft
@click.option(
    "--as-of", metavar="TIME", default=None, help="A conversation that is fresh at TIME is still going on."
)
@click.option(
    "--fail-on",
    type=click.Choice(list(map(str, Severity))),
    default=None,
    help="Exit with 1 when a finding is at least so severe, or when an SOP or a check has an error.",
)
@click.option("--run-id", metavar="ID", default=None, help="Name of the run instead of its start.")
@option.as_json
def command(
    *,
    exports: tuple[Path, ...],
    out: Path,
    sops: Path,
    checks: tuple[Path, ...],
    draft: bool,
    as_of: str | None,
    fail_on: str | None,
    run_id: str | None,
    as_json: bool,
    **said: Any,
) -> int:
    r"""Hold exported conversations against the SOPs.

    EXPORT is a file that a chat platform exports. Every clause that is bound to a check gives one verdict for
    each conversation: pass, fail, na (not activated) or undecided. A record that cannot be read is set aside
    with its place and reason; the rest goes on.

    Results go to DIR/runs/ID: report.html, verdicts.parquet, findings.jsonl, set_aside.jsonl, summary.json.
    The exit status is 0 whatever is found, unless --fail-on says otherwise.

    \b
    Examples:
      sopgen check chats.jsonl
      sopgen check "Chat WhatsApp dengan Budi.txt" --agent Rina --tz Asia/Jakarta
      sopgen check chats.jsonl --fail-on critical --json > summary.json
    """
    options, paths, started_at = import_options(**said), existing_paths(exports), now()
    instant = moment(as_of, tz=options.tz) if as_of else None
    folder = out / "runs" / (plain_name(run_id) if run_id else free_name(out / "runs", started_at))
    with Gathered() as gathered:
        bench = set_up(gathered, sops=sops, checks=checks, draft=draft, as_of=instant)
        gathered.show()
        summary = _checked(paths, options, bench, gathered, folder=folder, started_at=started_at)
        write_report(folder)
    if as_json:
        show_json(summary_record(summary))
    else:
        show_run(summary, folder)
    return int(fail_on is not None and (gathered.has_error() or summary.findings_from(Severity(fail_on)) > 0))


def _checked(
    paths: tuple[Path, ...],
    options: ImportOptions,
    bench: Bench,
    gathered: Gathered,
    *,
    folder: Path,
    started_at: datetime,
) -> RunSummary:
    """Return what the run came to, after telling which records were set aside."""
    aside = Aside()
    with progress_bar(how_far) as progress:
        summary = run_check(
            aside.watch(read_exports(paths, options, gathered)),
            bench.checker,
            folder=folder,
            run_id=folder.name,
            started_at=started_at,
            pack_version=bench.pack.version,
            sops=bench.versions,
            diagnostics=gathered.diagnostics,
            progress=progress,
        )
    aside.show()
    return summary
