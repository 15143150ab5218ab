"""Characters that nobody sees."""

import pytest

from sopgen.sop.unseen import unseen_in


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Agen dilarang berjanji.\nKeluarga: 👩‍👩‍👧, terima kasih 🙏🏽; naïve, “kutipan”", []),
        ("a\nb \u202edilarang\u202c", [(2, 3, "U+202E RIGHT-TO-LEFT OVERRIDE", True)]),
        ("bo\u200bnus pasti", [(1, 3, "U+200B ZERO WIDTH SPACE", False)]),
        ("bo\u200bnus \u2066pasti", [(1, 8, "U+2066 LEFT-TO-RIGHT ISOLATE", True)]),
        ("satu\x1b[31mdua\ttiga", [(1, 5, "U+001B CONTROL CHARACTER", True)]),
        ("\u2029", []),
    ],
)
def test_what_nobody_sees_is_found(text, found):
    """Each line is named once with the worst in it; emoji, their joiners and ordinary letters are seen."""
    told = [(each.line, each.column, each.name, each.misleads) for each in unseen_in(text)]
    assert told == found
