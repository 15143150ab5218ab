"""The attribute block at the end of a text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sopgen.sop.attribute import split_attributes

IDS = st.from_regex(r"[a-z0-9]+(-[a-z0-9]+)*", fullmatch=True)
KEYS = st.from_regex(r"[A-Za-z][A-Za-z0-9_-]{0,8}", fullmatch=True)
VALUES = st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]))


def written(value: str) -> str:
    """Return a value in quotes, as an author writes it."""
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


@given(IDS, st.dictionaries(KEYS, VALUES, max_size=4))
def test_what_is_written_is_read_back(name: str, values: dict[str, str]) -> None:
    """An id and quoted values come back as they went in, whatever the values hold."""
    block = " ".join([f"#{name}", *(f"{key}={written(value)}" for key, value in values.items())])
    apart = split_attributes(f"Sapa pelanggan. {{{block}}}")
    assert apart.flaws == ()
    assert apart.markdown == "Sapa pelanggan."
    assert apart.attributes is not None
    assert (apart.attributes.id, dict(apart.attributes.values)) == (name, values)


@given(st.text())
def test_offsets_of_flaws_lie_in_the_content(content: str) -> None:
    """A flaw points at a character of the content, or right behind its last one."""
    for prefix in ("", "{#", "{a=", "x {#b c="):
        apart = split_attributes(prefix + content)
        assert all(0 <= flaw.offset <= len(prefix + content) for flaw in apart.flaws)


@pytest.mark.parametrize(
    "content", ["Halo {nama}", "{nama, agen}", "`{#kode}`", "a { b c", "``x ` {#y}``", "{}"]
)
def test_other_braces_are_text(content: str) -> None:
    """Fill-ins and code are no attribute blocks."""
    apart = split_attributes(content)
    assert (apart.markdown, apart.attributes, apart.flaws) == (content, None, ())


@pytest.mark.parametrize(
    ("block", "offset"),
    [
        ("{#a b}", 6),
        ("{#a b=}", 6),
        ("{#a b=c", 2),
        ("{#a #b}", 6),
        ("{#a b=c b=d}", 10),
        ('{#a b="c}', 6),
        ("{#A}", 3),
        ("{#a-}", 3),
        ("{#a, b=c}", 3),
    ],
)
def test_a_flaw_points_at_what_is_wrong(block: str, offset: int) -> None:
    """The offset of a flaw is that of the part that cannot be read."""
    flaws = split_attributes(f"x {block}").flaws
    assert [flaw.offset for flaw in flaws] == [offset]
