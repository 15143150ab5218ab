"""`sopgen query`: questions in SQL to stored results."""

from pathlib import Path

import click

from sopgen.base.errors import UsageError
from sopgen.cli import option
from sopgen.cli.choice import length_of, run_folder
from sopgen.cli.screen.answer import FORMATS, show_answer, show_views
from sopgen.cli.stored import kept_by_day, stored_runs
from sopgen.cli.teaching import Taught
from sopgen.cli.unmasking import is_unmasked, unmasking
from sopgen.quality.veil import project_veil
from sopgen.quality.veiled_results import veiled
from sopgen.runs.question import answer, views_of
from sopgen.runs.results import open_results


@click.command(name="query", cls=Taught)
@click.argument("question", metavar="[SQL]", required=False)
@option.out
@click.option(
    "--run",
    "chosen",
    metavar="RUN",
    type=click.Path(path_type=Path),
    multiple=True,
    help="Id or folder of a run to ask; all of DIR/runs without (repeatable).",
)
@click.option("--views", is_flag=True, help="List what can be asked: views, their columns and types.")
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    default="table",
    help="How the rows are printed; a table too wide to be read, a line for each value.",
)
@click.option("--limit", metavar="N", type=click.IntRange(1), default=1000, help="Rows at most.")
@click.option("--timeout", metavar="TIME", default="1m", help="How long an answer may take: 30s, 10m.")
@unmasking
@option.as_json
def command(
    *,
    question: str | None,
    out: Path,
    chosen: tuple[Path, ...],
    views: bool,
    form: str,
    limit: int,
    timeout: str,
    unmask: bool,
    reason: str | None,
    as_json: bool,
) -> int:
    """Ask the stored results in SQL.

    The views hold the rows of all runs in DIR/runs; `latest_verdicts` and `latest_conversations` those that
    count now, results by day of runs that were removed among them. The dialect is DuckDB's. A question can
    only read, and only the views; personal data in them is masked, and customers go by pseudonyms.

    Examples:
      sopgen query --views
      sopgen query "SELECT clause, verdict, count(*) FROM latest_verdicts GROUP BY ALL ORDER BY ALL"
      sopgen query "SELECT * FROM runs" --format csv > runs.csv
    """
    if question is None and not views:
        hint = 'write it in quotes: sopgen query "SELECT * FROM runs", or look first: --views'
        raise UsageError("QRY102", "there is no question", hint=hint)
    seconds = length_of(timeout, "--timeout").total_seconds()
    asked = question or "views"
    veil = project_veil(out, unmasked=is_unmasked(out, f"query: {asked}", unmask=unmask, reason=reason))
    kept = {} if chosen else kept_by_day(out)
    folders = [run_folder(each, out) for each in chosen] or stored_runs(out)
    with open_results(folders, kept=kept, dress=veiled(veil)) as results:
        if question is None:
            show_views(views_of(results), as_json=as_json)
        else:
            found = answer(results, question, limit=limit, seconds=seconds)
            show_answer(found, "json" if as_json else form)
    return 0
