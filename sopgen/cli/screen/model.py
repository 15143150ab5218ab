"""What cross-validation measured of the trained model, a line per role and label."""

from collections.abc import Iterable

from sopgen.cli.screen.console import show_table
from sopgen.language.training import SURE, Card


def show_cards(cards: Iterable[Card]) -> None:
    """Print the model card as a table."""
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
    show_table(columns, map(_row, cards))


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
