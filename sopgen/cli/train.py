"""`sopgen train`: the trained model, made again from its labelled lines and from what people decided."""

from pathlib import Path

import click

from sopgen.cli import option
from sopgen.cli.choice import pack_folders
from sopgen.cli.learning import lines_of_decisions, model_folder, own_lines
from sopgen.cli.screen.document import show_json
from sopgen.cli.screen.model import show_lessons, show_model, trained_record
from sopgen.cli.screen.progress import steps
from sopgen.cli.screen.trouble import Gathered
from sopgen.cli.teaching import Taught
from sopgen.compliance.pack import default_pack_folder, read_cues
from sopgen.language.feature import Utterance
from sopgen.language.labelled import Line, read_lines
from sopgen.language.listener import before_words, heard_by_cues
from sopgen.language.predictors import encoder_folder
from sopgen.language.teacher import Teach, make_teacher
from sopgen.language.trained import TrainedModels, train_models, write_models


@click.command(name="train", cls=Taught)
@click.option(
    "--lines",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="Folder of labelled lines, in place of those shipped.  [default: the pack's]",
)
@click.option(
    "--to",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="Folder for the model.  [default: checks/model beside the SOPs where there are own lines]",
)
@click.option(
    "--dispositions",
    "runs",
    metavar="RUN",
    multiple=True,
    help="Also learn from what people decided about the findings of RUN, or of all runs (repeatable).",
)
@click.option("--lines-only", is_flag=True, help="Only write the lines of decisions, to be looked over.")
@option.out
@option.sops
@option.checks
@option.as_json
def command(
    *,
    lines: Path | None,
    to: Path | None,
    runs: tuple[str, ...],
    lines_only: bool,
    out: Path,
    sops: Path,
    checks: tuple[Path, ...],
    as_json: bool,
) -> int:
    """Make the trained model again from its labelled lines.

    The same lines, cues and encoder give the same model on like processors, byte for byte. It takes three
    quarters of an hour on two cores, and needs the extra `train` (scikit-learn, onnxruntime). The encoder of
    --thorough teaches, too: of each line and each sentence it says how clear a case it is. It does not with
    --lines, whose labels may mean something else. What is printed was measured by cross-validation on lines
    that the models had not seen (but the encoder mostly had): hard lines, half of them look-alikes, so the
    figures are lower than on ordinary chats. Where there are labelled conversations, "alone" and "in context"
    tell what is gained by hearing a message in the light of those around it.

    Lines of one's own (checks/training/*.jsonl beside the SOPs) are learnt on top of those shipped, and the
    model then goes to checks/model, where `sopgen check` finds it. --dispositions writes such lines, into
    decided.jsonl: each message about which a decision of `sopgen disposition` says what it does, or does not.
    Names and data in it are replaced by others. The file follows the decisions: look it over, version it.
    The last line tells how many of its labels a model hears rightly that has not seen their lines.

    Examples:
      sopgen train
      sopgen train --dispositions all --lines-only
      sopgen train --dispositions 20260701-220000 --dispositions 20260702-220000
      sopgen train --lines lines-of-our-own --to checks-of-our-own/model
    """
    with Gathered() as gathered:
        wanted = runs or lines_only
        lessons = lines_of_decisions(runs, gathered, out=out, sops=sops, checks=checks) if wanted else None
        own = own_lines(checks, sops=sops)
        folder = to or model_folder(own, sops=sops)
        models = None
        if not lines_only:
            read = read_lines(lines or default_pack_folder() / "training", more=own)
            folders = pack_folders(checks, sops=sops)
            models = _trained(read, folders, _teacher(lines, folders), gathered)
            write_models(models, folder)
    if as_json:
        show_json(trained_record(models, lessons, folder))
    else:
        show_lessons(*lessons) if lessons else None
        show_model(models, folder) if models else None
    return int(gathered.has_error())


def _teacher(lines: Path | None, folders: tuple[Path, ...]) -> Teach | None:
    """Return the encoder that the checks go by, a teacher of the shipped labels, but not of `lines`."""
    return None if lines else make_teacher(encoder_folder(folders))


def _trained(
    lines: tuple[Line, ...], folders: tuple[Path, ...], teach: Teach | None, gathered: Gathered
) -> TrainedModels:
    """Return the models of the lines, each heard by the cues of the folders."""
    by_cues = read_cues(folders, gathered)

    def hear(line: Line) -> Utterance:
        return heard_by_cues(by_cues, line.role, line.text, before_words(line.before))

    with steps("training") as progress:
        return train_models(lines, hear, progress, teach)
