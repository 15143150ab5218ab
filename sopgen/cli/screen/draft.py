"""What became of an imported document, for people."""

from collections.abc import Sequence

from sopgen.base.diagnostic import Diagnostic
from sopgen.cli.screen.trouble import tally
from sopgen.sop.drafting.draft import Draft
from sopgen.sop.drafting.fate import Kind, lines_of, ranges

_MEANING = {
    Kind.PLACED: "in the sections of the draft",
    Kind.UNPLACED: "kept in the last section, for a person to place",
    Kind.LITTER: "set aside, kept in a comment at the end",
}


def draft_lines(draft: Draft, gaps: Sequence[Diagnostic], place: str) -> tuple[str, ...]:
    """Return the lines that tell what a document became: counts with line numbers, litter, what is open."""
    counted = [
        f"  {kind:<9}{len(lines):>5}  {_MEANING[kind]}{f': {ranges(lines)}' if lines else ''}"
        for kind in Kind
        for lines in [lines_of(draft.fates, kind)]
    ]
    litter = [
        f"  litter at {ranges(fate.lines)}: {fate.where}: {_short(fate.text)}"
        for fate in draft.fates
        if fate.kind is Kind.LITTER and fate.where != "ruling"
    ]
    pictures = f"  pictures: {', '.join(sorted(draft.pictures))}"
    return (
        f"{place}: '{draft.title}', read as {draft.format}, in {_LANGUAGES[draft.language]}",
        *counted,
        *litter,
        *([pictures] if draft.pictures else ()),
        *(f"  note: {note}" for note in draft.notes),
        f"  to decide: {', '.join(draft.undecided)}",
        f"  lint: {tally(gaps) or 'nothing to mend'}",
    )


_LANGUAGES = {"id": "Indonesian", "en": "English"}


def _short(text: str) -> str:
    return text if len(text) <= 80 else f"{text[:79].rstrip()}…"
