"""How far each label goes by the encoder, and how far by the other models: `blend.json`.

`weighing` weighs, over dialogues that neither model has learnt from: the encoder was trained with the same
`--hold`, and the linear model's chances, corrected by what is said around, are those of its cross-validation
and of the correction's.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

import click
import numpy as np
from numpy.typing import NDArray

from scripts.encoder.example import read_split
from scripts.encoder.judgement import encoder_chances, labels_in, table_of, write_blends
from scripts.encoder.weighing import weigh, weigh_alike
from sopgen.base.diagnostic import Diagnostic
from sopgen.compliance.pack import read_cues
from sopgen.language.context_training import Lesson, train_context
from sopgen.language.course import Hear
from sopgen.language.feature import Utterance
from sopgen.language.labelled import ROLES, Line
from sopgen.language.listener import before_words, heard_by_cues
from sopgen.language.teacher import make_teacher
from sopgen.language.training import train

Floats = NDArray[np.float64]
_PATH = click.Path(path_type=Path, exists=True)


@click.command()
@click.option("--encoder", type=_PATH, required=True, help="Folder of export, trained with the same --hold.")
@click.option("--checks", type=_PATH, required=True, help="Folder of checks, with the cues and `training`.")
@click.option(
    "--hold", required=True, multiple=True, help="Pattern of files that the encoder has not learnt from."
)
def command(*, encoder: Path, checks: Path, hold: tuple[str, ...]) -> None:
    """Weigh both models against each other on dialogues that neither has learnt from."""
    known, held = read_split(checks / "training", hold)
    labels, hear = labels_in(encoder), _make_hear(checks)
    teach = make_teacher(encoder)
    lessons = {role: train((*known, *held), role, hear, click.echo, teach).lesson for role in ROLES}
    _, unseen = train_context(lessons)
    linear = table_of(held, unseen_by_line(lessons, unseen, held), labels)
    blends = weigh(held, labels, linear, encoder_chances(encoder, held))
    write_blends(blends, encoder)
    click.echo(
        f"{sum(each != weigh_alike(label) for label, each in blends.items())} of {len(labels)} labels weighed"
    )


def unseen_by_line(
    lessons: Mapping[str, Lesson], unseen: Mapping[str, Floats], lines: Sequence[Line]
) -> list[Mapping[str, float]]:
    """Return for each line the chances, by label, of models that have not learnt from it."""
    found = {
        line: dict(zip(lesson.labels, row, strict=True))
        for role, lesson in lessons.items()
        for line, row in zip(lesson.lines, unseen[role].tolist(), strict=True)
    }
    return [found[line] for line in lines]


def _make_hear(checks: Path) -> Hear:
    by_cues = read_cues((checks,), _refuse)

    def hear(line: Line) -> Utterance:
        return heard_by_cues(by_cues, line.role, line.text, before_words(line.before))

    return hear


def _refuse(flaw: Diagnostic) -> None:
    raise click.ClickException(f"{flaw.span}: {flaw.message}")


if __name__ == "__main__":
    command()
