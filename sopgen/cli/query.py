"""`sopgen query`: questions in SQL to stored results."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

import click

from sopgen.base.errors import SopgenError, UsageError
from sopgen.cli import option
from sopgen.cli.choice import length_of, run_folder
from sopgen.cli.deadline import within
from sopgen.cli.screen.answer import FORMATS, show_answer, show_views
from sopgen.cli.stored import kept_by_day, readable, stored_runs
from sopgen.cli.teaching import Taught
from sopgen.cli.unmasking import is_unmasked, unmasking
from sopgen.quality.veil import project_veil
from sopgen.quality.veiled_results import veiled
from sopgen.runs.question import Answer, View, answer, may_be_damage, views_of
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

    def ask(runs: Sequence[Path]) -> Answer | tuple[View, ...]:
        with open_results(runs, kept=kept, dress=veiled(veil, late)) as results:
            if question is None:
                return views_of(results)
            return answer(results, question, limit=limit)

    with within(seconds) as late:
        found = ask(folders) if chosen else _of_the_sound(folders, ask)
        if isinstance(found, Answer):
            show_answer(found, "json" if as_json else form)
        else:
            show_views(found, as_json=as_json)
    return 0


T = TypeVar("T")


def _of_the_sound(folders: Sequence[Path], ask: Callable[[Sequence[Path]], T]) -> T:
    """Return the answer of all runs; where it fails by runs that cannot be read, that of the others."""
    try:
        return ask(folders)
    except SopgenError as error:
        if not may_be_damage(error):
            raise
        sound = readable(folders)
        if not sound or len(sound) == len(folders):
            raise
    return ask(sound)
