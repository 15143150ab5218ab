"""How far each label goes by the encoder, and how far by the other models: `blend.json`.

Per label a logistic regression of what is true on the log odds of both, its own and those of the same role's
other labels, over dialogues that neither has learnt from: the encoder was trained with the same `--hold`, and
the linear model's chances, corrected by what is said around, are those of its cross-validation and of the
correction's.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

import click
import numpy as np
from numpy.typing import NDArray
from scipy.special import logit
from sklearn.linear_model import LogisticRegression

from scripts.encoder.example import read_split
from scripts.encoder.judgement import encoder_chances, equal, labels_in, table_of, write_blends
from sopgen.base.diagnostic import Diagnostic
from sopgen.compliance.pack import read_cues
from sopgen.language.context_training import Lesson, train_context
from sopgen.language.encoder import FURTHEST, Blend
from sopgen.language.feature import Utterance
from sopgen.language.labelled import ROLES, Line
from sopgen.language.listener import before_words, heard_by_cues
from sopgen.language.training import Hear, train

LEAST_POSITIVES = 15
"""Held-out lines that a label needs before weights of it mean anything (our decision, 2026-11-22)."""

OTHERS = 0.3
"""The scale of other labels' log odds beside the label's own, so that they need reasons to count.

Chosen, with `FREEDOM`, by cross-validation over the held-back dialogues (2026-11-23): the average precision
of emotional was 0.835 by its own odds alone, and 0.855 so."""

FREEDOM = 0.03
"""Inverse of the regression's penalty."""

ITERATIONS = 500

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
    lessons = {role: train((*known, *held), role, hear, click.echo).lesson for role in ROLES}
    _, unseen = train_context(lessons)
    linear = table_of(held, unseen_by_line(lessons, unseen, held), labels)
    blends = weigh(held, labels, linear, encoder_chances(encoder, held))
    write_blends(blends, encoder)
    click.echo(
        f"{sum(each != equal(label) for label, each in blends.items())} of {len(labels)} labels weighed"
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


def weigh(lines: Sequence[Line], labels: Sequence[str], linear: Floats, encoder: Floats) -> dict[str, Blend]:
    """Return the weights of each label from both models' chances (lines x labels)."""
    return {label: _weigh(lines, labels, label, _log_odds(linear), _log_odds(encoder)) for label in labels}


def _weigh(
    lines: Sequence[Line], labels: Sequence[str], label: str, linear: Floats, encoder: Floats
) -> Blend:
    role, name = label.split("/")
    asked = np.array([line.role == role and name in line.asked for line in lines])
    truth = np.array([name in line.labels for line in lines])[asked]
    known = ~np.isnan(linear[asked] + encoder[asked]).any(axis=0)
    if not LEAST_POSITIVES <= truth.sum() < len(truth) or not known[labels.index(label)]:
        return equal(label)
    names = [each for each, is_known in zip(labels, known, strict=True) if is_known]
    scale = np.array([1.0 if each == label else OTHERS for each in names] * 2)
    seen = np.hstack((linear[asked][:, known], encoder[asked][:, known]))
    fit = LogisticRegression(C=FREEDOM, max_iter=ITERATIONS).fit(seen * scale, truth)
    weights = np.round(fit.coef_[0] * scale, 4).tolist()
    return Blend(
        shift=round(float(fit.intercept_[0]), 4),
        linear=dict(zip(names, weights[: len(names)], strict=True)),
        encoder=dict(zip(names, weights[len(names) :], strict=True)),
    )


def _make_hear(checks: Path) -> Hear:
    by_cues = read_cues((checks,), _refuse)

    def hear(line: Line) -> Utterance:
        return heard_by_cues(by_cues, line.role, line.text, before_words(line.before))

    return hear


def _refuse(flaw: Diagnostic) -> None:
    raise click.ClickException(f"{flaw.span}: {flaw.message}")


def _log_odds(chances: Floats) -> Floats:
    return np.clip(logit(chances), -FURTHEST, FURTHEST)


if __name__ == "__main__":
    command()
