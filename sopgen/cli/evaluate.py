"""`sopgen evaluate`: the checker held against people's labels."""

from pathlib import Path

import click

from sopgen.cli import option
from sopgen.cli.bench import set_up
from sopgen.cli.judging import refuse_unlabelled
from sopgen.cli.screen.document import show_json
from sopgen.cli.screen.score import show_evaluation, show_mistakes
from sopgen.cli.screen.trouble import Gathered
from sopgen.cli.teaching import Taught
from sopgen.conversation.export import read_exports
from sopgen.conversation.options import ImportOptions
from sopgen.quality.evaluation import evaluate
from sopgen.quality.gold import gold_records


@click.command(name="evaluate", cls=Taught)
@click.argument("gold", metavar="GOLD.jsonl...", type=click.Path(path_type=Path), nargs=-1, required=True)
@option.sops
@option.checks
@option.draft
@option.thorough
@click.option("--mistakes", is_flag=True, help="Also list every disagreement, with both opinions.")
@option.as_json
def command(
    *,
    gold: tuple[Path, ...],
    sops: Path,
    checks: tuple[Path, ...],
    draft: bool,
    thorough: bool,
    mistakes: bool,
    as_json: bool,
) -> int:
    """Score the checker against conversations judged by people.

    GOLD.jsonl holds canonical conversations that also have a gold key: {"verdicts": {check: "pass" | "fail" |
    "na" | null}, "evidence": {check: [message ids]}}; null is not scored. Figures are of the verdict fail,
    each with its 95 % interval. The exit status is 0 whatever they are.

    Examples:
      sopgen evaluate checks/gold/own.jsonl
      sopgen evaluate checks/gold/own.jsonl --mistakes
      sopgen evaluate checks/gold/own.jsonl --json > scores.json
    """
    with Gathered() as gathered:
        readings = read_exports(gold, ImportOptions(), gathered)
        bench = set_up(gathered, sops=sops, checks=checks, draft=draft, thorough=thorough)
        records = gold_records(readings, gathered)
        evaluation = evaluate(records, bench.checker, report=gathered)
        refuse_unlabelled(evaluation)
    if as_json:
        show_json(evaluation.as_dict())
    else:
        show_evaluation(evaluation)
        show_mistakes(evaluation.mistakes if mistakes else ())
    return 0
