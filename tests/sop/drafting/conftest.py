"""What the tests of imports share: the draft of a document, and what it still lacks."""

from collections.abc import Callable
from pathlib import Path

import pytest

from sopgen.sop.drafting.draft import Draft, draft_of, gaps_of

CASES = Path(__file__).parent / "cases"


@pytest.fixture
def drafted() -> Callable[..., Draft]:
    """Return a function that drafts a text or bytes."""

    def draft(document: str | bytes, name: str = "dokumen.txt", **options: str) -> Draft:
        data = document.encode() if isinstance(document, str) else document
        return draft_of(data, name, **options)

    return draft


@pytest.fixture
def lacks() -> Callable[[Draft], set[str]]:
    """Return a function that tells the codes of what the reader and the lint say of a draft."""

    def lack(draft: Draft) -> set[str]:
        return {gap.code for gap in gaps_of(draft, "sop.md")}

    return lack
