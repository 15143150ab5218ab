"""`sopgen evaluate`: the checker held against people's labels."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from sopgen.cli import option
from sopgen.cli.bench import set_up
from sopgen.cli.choice import run_folder
from sopgen.cli.judging import refuse_unlabelled
from sopgen.cli.knowing import project_known
from sopgen.cli.lines import write_lines
from sopgen.cli.project import import_defaults
from sopgen.cli.screen.document import show_json
from sopgen.cli.screen.score import show_evaluation, show_mistakes
from sopgen.cli.screen.trouble import Gathered
from sopgen.cli.teaching import Taught
from sopgen.cli.unmasking import is_unmasked, unmasking
from sopgen.conversation.canonical_form import write_record
from sopgen.conversation.export import read_exports
from sopgen.conversation.model import Conversation
from sopgen.conversation.options import ImportOptions, merged
from sopgen.conversation.session import SILENCE
from sopgen.quality.decided import decided_records
from sopgen.quality.evaluation import evaluate
from sopgen.quality.gold import gold_records
from sopgen.quality.veil import project_veil
from sopgen.quality.veiled_evaluation import veiled_evaluation
from sopgen.runs.store import open_run


@click.command(name="evaluate", cls=Taught)
@click.argument("gold", metavar="GOLD.jsonl...", type=click.Path(path_type=Path), nargs=-1, required=True)
@option.sops
@option.checks
@option.draft
@option.thorough
@click.option(
    "--dispositions",
    "run",
    metavar="RUN",
    type=click.Path(path_type=Path),
    help="Take what people decided about the findings of RUN as labels; GOLD is then its exports.",
)
@click.option(
    "--save-gold",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Also write the labelled conversations as a gold file, to be completed by people.",
)
@option.out
@click.option("--mistakes", is_flag=True, help="Also list every disagreement, with both opinions.")
@unmasking
@option.as_json
def command(
    *,
    gold: tuple[Path, ...],
    sops: Path,
    checks: tuple[Path, ...],
    draft: bool,
    thorough: bool,
    run: Path | None,
    save_gold: Path | None,
    out: Path,
    mistakes: bool,
    unmask: bool,
    reason: str | None,
    as_json: bool,
) -> int:
    """Score the checker against conversations judged by people.

    GOLD.jsonl holds canonical conversations that also have a gold key: {"verdicts": {check: "pass" | "fail" |
    "na" | null}, "evidence": {check: [message ids]}}; null is not scored. Figures are of the verdict fail,
    each with its 95 % interval. The exit status is 0 whatever they are.

    With --dispositions the labels are what people decided about the findings of a run (sopgen disposition):
    confirmed and accepted ones are fails, false alarms are not. Only findings were looked at, so it is the
    precision that counts.

    Personal data in mistakes is masked; --unmask shows it, for a reason that is recorded in
    DIR/private/unmasked.jsonl. A file of --save-gold holds the conversations as they were said.

    Examples:
      sopgen evaluate checks/gold/own.jsonl
      sopgen evaluate checks/gold/own.jsonl --mistakes
      sopgen evaluate checks/gold/own.jsonl --json > scores.json
      sopgen evaluate chats.jsonl --dispositions 20260701-220000 --save-gold decided.jsonl
    """
    named = f"evaluation of {', '.join(each.name for each in gold)}"
    is_open = is_unmasked(out, named, unmask=unmask, reason=reason)
    with Gathered() as gathered:
        bench = set_up(gathered, sops=sops, checks=checks, draft=draft, thorough=thorough)
        records = tuple(_records(gold, run and run_folder(run, out), sops, gathered))
        if save_gold is not None:
            labels = {each.id: labelled for each, labelled in records}
            talks = (each for each, _ in records)
            write_lines(talks, save_gold, lambda each: write_record(each) | {"gold": labels[each.id]})
        found = evaluate(records, bench.checker, report=gathered)
        refuse_unlabelled(found)
    evaluation = veiled_evaluation(found, project_veil(out, unmasked=is_open)) if found.mistakes else found
    if as_json:
        show_json(evaluation.as_dict())
    else:
        show_evaluation(evaluation)
        show_mistakes(evaluation.mistakes if mistakes else ())
    return 0


def _records(
    exports: Sequence[Path], folder: Path | None, sops: Path, gathered: Gathered
) -> Iterator[tuple[Conversation, Mapping[str, Any]]]:
    """Yield the labelled conversations: of gold files, or of a run's exports by what people decided."""
    if folder is None:
        yield from gold_records(read_exports(exports, ImportOptions(), gathered), gathered)
        return
    defaults = merged(import_defaults(sops, gathered), ImportOptions(split=SILENCE))
    readings = read_exports(exports, ImportOptions(), gathered, defaults=defaults)
    known = project_known(sops, gathered)
    yield from decided_records(readings, open_run(folder).findings(), known.dispositions)
