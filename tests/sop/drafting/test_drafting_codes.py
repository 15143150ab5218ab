"""Every code of imports with a snippet is brought out by it, and not by the sound one."""

import pytest

from sopgen.base.errors import SopgenError
from sopgen.sop.drafting.codes import CODES
from sopgen.sop.drafting.draft import draft_of

SHOWN = [code for code in CODES if code.breaks]


@pytest.mark.parametrize("code", SHOWN, ids=lambda code: code.code)
def test_what_breaks_shows_the_code(code):
    """The snippet that breaks a code is refused with it; the one that keeps it becomes a draft."""
    with pytest.raises(SopgenError) as refused:
        draft_of(code.breaks.encode(), "dokumen")
    assert refused.value.code == code.code
    assert draft_of(code.keeps.encode(), "dokumen").source


def test_a_code_without_a_snippet_says_why():
    """Archives, bytes and options cannot be shown by a text."""
    bare = {code.code for code in CODES if not code.breaks}
    assert bare == {"IMP103", "IMP104", "IMP106", "IMP107", "IMP108", "IMP109", "IMP110"}
    assert all("snippet" in code.why for code in CODES if not code.breaks)


def test_an_id_that_is_none_is_refused():
    """An id is checked before the document is read, and a sound one is offered."""
    with pytest.raises(SopgenError) as refused:
        draft_of(b"Tujuan", "a.txt", id_="SOP Baru/../x")
    assert refused.value.code == "IMP108"
    assert "sop-baru-x" in refused.value.hint
