"""The codes of formatting, FMT1xx."""

from sopgen.base.code import Code

CODES: tuple[Code, ...] = (
    Code(
        code="FMT101",
        title="A source is left as it was",
        why="After formatting it would not say the same. That is a flaw of the formatter, and no snippet is "
        "known that shows it; please report the source.",
    ),
    Code(
        code="FMT102",
        title="A formatted source cannot be written",
        why="The disk is full, or the file may not be written. The source is as it was. What the disk "
        "refuses depends on the machine, so no snippet can show this.",
    ),
)
