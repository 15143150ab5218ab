"""The terms that an SOP defines, and the place of each."""

from sopgen.manual.glossary import Glossary


def test_a_term_defined_twice_has_one_place():
    """Its uses lead to the first definition, which alone is an anchor: an id stands once in a page."""
    glossary = Glossary(["Tiket", "Chat", "Tiket"])
    assert [use.anchor for use in glossary.uses_in("tiket dan chat")] == ["_term-1", "_term-2"]
    assert [glossary.anchor_of(term) for term in ("Tiket", "Chat", "Tiket")] == ["_term-1", "_term-2", ""]
