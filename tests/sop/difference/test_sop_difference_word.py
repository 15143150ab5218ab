"""Word-level marks, and the words that carry a demand."""

from hypothesis import given
from hypothesis import strategies as st

from sopgen.sop.difference.word import MOST_PAIRS, Marked, carried, likeness, mark

TEXTS = st.text(st.sampled_from("ab 2.\nÅ-'"), max_size=40) | st.text(max_size=40)


@given(TEXTS, TEXTS)
def test_marks_make_up_both_texts(old: str, new: str) -> None:
    """Kept and deleted runs are the old text, kept and inserted ones the new, to the letter."""
    marks = mark(old, new)
    assert "".join(each.text for each in marks if each.marked is not Marked.INSERTED) == old
    assert "".join(each.text for each in marks if each.marked is not Marked.DELETED) == new
    assert all(each.text for each in marks)


@given(TEXTS)
def test_equal_texts_have_nothing_to_mark(text: str) -> None:
    """A text beside itself is kept whole."""
    assert {each.marked for each in mark(text, text)} <= {Marked.KEPT}
    assert likeness(text, text) == 1


def test_neighbouring_changes_are_one() -> None:
    """Words that change side by side are marked as one run, not with a kept blank between them."""
    marks = mark("balas dalam dua menit saja", "balas paling lama menit saja")
    assert [(str(each.marked), each.text) for each in marks] == [
        ("kept", "balas "),
        ("deleted", "dalam dua"),
        ("inserted", "paling lama"),
        ("kept", " menit saja"),
    ]


def test_long_texts_are_compared_in_time() -> None:
    """Beyond the bound the middle is shown as replaced, and the marks still make up both texts."""
    old, new = ("kata " * MOST_PAIRS).strip()[:40_000], ("lain " * MOST_PAIRS).strip()[:40_000]
    assert [each.marked for each in mark(f"awal {old}", f"awal {new}")] == [
        Marked.KEPT,
        Marked.DELETED,
        Marked.INSERTED,
    ]


def test_words_that_say_the_same_carry_the_same() -> None:
    """A modal word or a negation may be replaced by its twin; a bound or a unit may not."""
    assert carried("Harus membalas dalam 2 menit") == carried("**Wajib** menjawab dalam 2 Menit!")
    assert carried("tidak boleh marah") == carried("Dilarang marah")
    assert carried("must not shout") == carried("never shout")
    for one, other in [
        ("paling lama 2 menit", "2 menit"),
        ("2 menit", "2 jam"),
        ("boleh", "tidak boleh"),
        ("semua pelanggan", "pelanggan"),
        ("5%", "5"),
        ("don't call", "call"),
        ("1.5 jam", "15 jam"),
    ]:
        assert carried(one) != carried(other)
