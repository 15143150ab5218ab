"""The ids that releases have used, which no new clause may get."""

from pathlib import Path

from sopgen.sop.file import read_text
from sopgen.sop.reading import names_in


def released_ids(folder: Path) -> frozenset[str]:
    """Return the ids in the frozen sources of `folder` (an SOP's `releases`), sound or not."""
    sources = (read_text(path, lambda _: None) for path in sorted(folder.glob("*.md")))
    return frozenset(name for text in sources if text for name in names_in(text).written)
