"""`sopgen train`: the trained model, made again from its labelled lines."""

from pathlib import Path

import click

from sopgen.cli import option
from sopgen.cli.screen.document import show_json
from sopgen.cli.screen.model import show_cards
from sopgen.cli.screen.progress import steps
from sopgen.cli.screen.trouble import Gathered
from sopgen.cli.teaching import Taught
from sopgen.compliance.pack import default_pack_folder, read_cues
from sopgen.language.feature import Utterance
from sopgen.language.labelled import Line, read_lines
from sopgen.language.recogniser import before_words, heard_by_cues
from sopgen.language.trained import train_models, write_models


@click.command(name="train", cls=Taught)
@click.option(
    "--lines", type=click.Path(path_type=Path), help="Folder of labelled lines.  [default: the pack's]"
)
@click.option("--to", type=click.Path(path_type=Path), help="Folder for the model.  [default: the pack's]")
@option.checks
@option.as_json
def command(*, lines: Path | None, to: Path | None, checks: tuple[Path, ...], as_json: bool) -> int:
    """Make the trained model again from its labelled lines.

    The same lines and cues give the same model, byte for byte. It takes minutes on two cores, and needs the
    extra `train` (scikit-learn). What is printed was measured by cross-validation on lines that the
    regression had not seen: hard lines, half of them look-alikes, so the figures are lower than on ordinary
    chats. Where there are labelled conversations, "alone" and "in context" tell what is gained by hearing a
    message in the light of those around it.

    Examples:
      sopgen train
      sopgen train --lines lines-of-our-own --to checks-of-our-own/model
    """
    read = read_lines(lines or default_pack_folder() / "training")
    with Gathered() as gathered, steps("training") as progress:
        by_cues = read_cues((default_pack_folder(), *checks), gathered)

        def hear(line: Line) -> Utterance:
            return heard_by_cues(by_cues, line.role, line.text, before_words(line.before))

        models = train_models(read, hear, progress)
    write_models(models, to or default_pack_folder() / "model")
    (show_json if as_json else show_cards)(models.cards)
    return int(gathered.has_error())
