"""What cross-validation measured of the trained model, a line per role and label; what decisions taught."""

from dataclasses import asdict
from pathlib import Path
from typing import Any

from sopgen.cli.screen.console import say, show_table
from sopgen.cli.screen.plain import counted
from sopgen.language.trained import TrainedModels
from sopgen.language.training import SURE, Card
from sopgen.quality.lesson import Lessons, Why


def show_model(models: TrainedModels, folder: Path) -> None:
    """Print the model card as a table, what decisions are worth to it, and where the model is."""
    columns = (
        "role",
        "label",
        "lines#",
        "positives#",
        "average precision#",
        "threshold#",
        f"recall at {SURE}#",
        "alone#",
        "in context#",
    )
    show_table(columns, map(_row, models.cards))
    if models.decided.labels:
        told = counted(models.decided.labels, "label")
        say(f"of {told} told by decisions, {models.decided.right:,} heard rightly without their own lines")
    say(f"  {folder}")


def show_lessons(lessons: Lessons, path: Path) -> None:
    """Print what the decisions taught, what the others lack, and where the lines are."""
    say(f"{counted(len(lessons.lessons), 'line')} learnt from {counted(lessons.decisions, 'decision')}")
    for why in Why:
        if lessons.silent.get(why):
            say(f"  {counted(lessons.silent[why], 'decision')} without a line: {why}")
    if lessons.repeated:
        say(
            f"  {counted(lessons.repeated, 'decision')} without a line: others tell the same, or the opposite"
        )
    if lessons.contradicted:
        say(f"  {counted(lessons.contradicted, 'label')} left out: decisions contradict one another")
    say(f"  {path}")
    say("")


def trained_record(
    models: TrainedModels | None, lessons: tuple[Lessons, Path] | None, folder: Path
) -> dict[str, Any]:
    """Return what was trained, and from what decisions, for programs."""
    return {
        "cards": [asdict(each) for each in models.cards] if models else [],
        "model": str(folder) if models else None,
        "decided": asdict(models.decided) if models else None,
        "decisions": {**lessons[0].as_dict(), "file": str(lessons[1])} if lessons else None,
    }


def _row(card: Card) -> tuple[str, ...]:
    return (
        card.role,
        card.label,
        str(card.lines),
        str(card.positives),
        f"{card.average_precision:.2f}",
        _figure(card.threshold),
        f"{card.recall_when_sure:.2f}",
        _figure(card.alone),
        _figure(card.in_context),
    )


def _figure(value: float | None) -> str:
    return "-" if value is None else f"{value:.2f}"
