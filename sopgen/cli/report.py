"""`sopgen report`: the report of an earlier run, written again."""

from pathlib import Path

import click

from sopgen.cli import option
from sopgen.cli.choice import run_folder
from sopgen.cli.judging import manual_url
from sopgen.cli.screen.document import show_json
from sopgen.cli.screen.run import show_run
from sopgen.cli.teaching import Taught
from sopgen.cli.unmasking import is_unmasked, unmasking
from sopgen.quality.report import write_report
from sopgen.quality.veil import out_of
from sopgen.runs.store import open_run
from sopgen.runs.summary_form import summary_record


@click.command(name="report", cls=Taught)
@click.argument("run", metavar="RUN", type=click.Path(path_type=Path))
@option.out
@click.option(
    "--language", type=click.Choice(["id", "en"]), help="Language of the report.  [default: the SOPs']"
)
@unmasking
@option.as_json
def command(
    *, run: Path, out: Path, language: str | None, unmask: bool, reason: str | None, as_json: bool
) -> int:
    """Write the report of an earlier run again.

    RUN is the id of a run in DIR/runs, or its folder. Nothing is judged again: the stored results are
    shown as this version of sopgen shows them. Personal data is masked; --unmask shows it, for a reason
    that is recorded in DIR/private/unmasked.jsonl.

    Examples:
      sopgen report demo
      sopgen report output/runs/20260701-220000
    """
    folder = run_folder(run, out)
    stored = open_run(folder)
    write_report(
        folder,
        language=language or stored.summary.language,
        manual_url=manual_url(folder),
        unmasked=is_unmasked(out_of(folder), f"report of run {folder.name}", unmask=unmask, reason=reason),
    )
    if as_json:
        show_json(summary_record(stored.summary))
    else:
        show_run(stored.summary, folder)
    return 0
