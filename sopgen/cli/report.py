"""`sopgen report`: what stored runs came to, for whoever reads it."""

from pathlib import Path

import click

from sopgen.cli import option
from sopgen.cli.knowing import project_known
from sopgen.cli.reporting import chosen_runs, place_of, site_from, write_all
from sopgen.cli.screen.document import show_json
from sopgen.cli.screen.report import show_report
from sopgen.cli.screen.trouble import Gathered
from sopgen.cli.stored import runs_before
from sopgen.cli.teaching import Taught
from sopgen.cli.unmasking import is_unmasked, unmasking
from sopgen.quality.figure.figures import Reader
from sopgen.quality.report import Assignment
from sopgen.quality.veil import out_of, project_veil
from sopgen.quality.veiled_summary import veiled_summary
from sopgen.runs.store import open_run
from sopgen.runs.summary_form import summary_record

FORMATS = ("html", "pdf", "xlsx", "csv", "json", "junit", "parquet", "text")


@click.command(name="report", cls=Taught)
@click.argument("runs", metavar="RUN...", type=click.Path(path_type=Path), nargs=-1, required=True)
@click.option(
    "--for",
    "readers",
    type=click.Choice([*(each.value for each in Reader), "all"]),
    multiple=True,
    help="For whom: QA in the morning, team leads, owners of SOPs (repeatable).  [default: qa]",
)
@click.option(
    "--format",
    "formats",
    type=click.Choice(FORMATS),
    multiple=True,
    help="As a page or as figures (repeatable).  [default: html]",
)
@click.option(
    "--to",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="Folder for the files.  [default: the run's, of several DIR/reports]",
)
@option.out
@option.sops
@click.option(
    "--language", type=click.Choice(["id", "en"]), help="Language of the report.  [default: the SOPs']"
)
@unmasking
@option.as_json
def command(
    *,
    runs: tuple[Path, ...],
    readers: tuple[str, ...],
    formats: tuple[str, ...],
    to: Path | None,
    out: Path,
    sops: Path,
    language: str | None,
    unmask: bool,
    reason: str | None,
    as_json: bool,
) -> int:
    """Write what stored runs came to, for whoever reads it.

    RUN is the id of a run in DIR/runs, or its folder; several are counted as one, each conversation once.
    Nothing is judged again. qa says what got worse, what is critical, and works through the riskiest
    conversations; lead has scorecards and coaching for each agent; owner tells which clauses and checks are
    any good, how well people were served, and what they complain about. A single run is compared with those
    before it in the same folder, several with one another. A report is report.html, report-lead.html,
    report-owner.pdf …

    Files of figures: xlsx and json hold all tables, csv and parquet are a file for each, junit has a test for
    each clause, which fails on findings that are new, and text is five lines for a chat or a mail.

    Personal data is masked; --unmask shows it, for a reason that is recorded in DIR/private/unmasked.jsonl.

    Examples:
      sopgen report demo
      sopgen report output/runs/202611* --for all --format html --format pdf
      sopgen report demo --for lead --format xlsx --to /tmp/november
    """
    folders = chosen_runs(runs, out)
    home, folder = out_of(folders[0]), place_of(folders, out, to)
    spoken = language or open_run(folders[-1]).summary.language
    named = f"report of run {', '.join(each.name for each in folders)}"
    with Gathered() as gathered:
        known = project_known(sops, gathered)
    assignment = Assignment(
        runs=folders,
        veil=project_veil(
            home, language=spoken, unmasked=is_unmasked(home, named, unmask=unmask, reason=reason)
        ),
        history=runs_before(folders[0]) if len(folders) == 1 else (),
        manual_url=site_from(folder, home),
        known=known,
    )
    wanted = tuple(Reader) if "all" in readers else tuple(map(Reader, readers)) or (Reader.QA,)
    written = write_all(assignment, wanted, formats or ("html",), folder)
    if as_json:
        told = [summary_record(veiled_summary(each, assignment.veil)) for each in written.runs]
        show_json({"runs": told, "files": list(map(str, written.files))})
    else:
        show_report(written)
    return 0
