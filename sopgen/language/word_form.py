r"""The forms in which cues write words, and which of them a word of a text is.

A form stands for whole words alone: letters and digits, each letter perhaps drawn out, with -nya perhaps, or
only the beginning, the end or some part of a word. What exactly it finds its RE2 source says; here that is
asked of a word of a text for all forms at once, and RE2 only where letters are drawn out in an unusual way.
"""

import re
from dataclasses import dataclass, field

from sopgen.language.pattern import Pattern
from sopgen.language.sign import squeezed

CLITIC = "(?:nya*)?"
"""What a word of three letters and more may carry."""

LEAST_WITH_CLITIC = 3

NO_FORMS: frozenset[str] = frozenset()

_CLITICS = ("ny", "nya")
_KEY_LENGTH = 2
"""Letters by which beginnings and ends are looked up."""

_RUN_END = re.compile(r"(?<=([a-z]))(?!\1)")
"""Where a letter, repeated or not, is followed by another character."""


def drawn_letters(word: str) -> str:
    """Return the pattern of letters and digits, of which each letter may be drawn out."""
    return _RUN_END.sub("+", word)


@dataclass(frozen=True, slots=True)
class Form:
    """Letters as a cue writes them. Others may stand before or after them where it is `open` there.

    `source` finds the words of this form, and stands for it.
    """

    letters: str
    open_before: bool = False
    open_after: bool = False
    clitic: bool = False
    source: str = field(init=False)

    def __post_init__(self) -> None:
        drawn = drawn_letters(self.letters) + (CLITIC if self.clitic else "")
        before, after = r"\w*" if self.open_before else "", r"\w*" if self.open_after else ""
        object.__setattr__(self, "source", rf"\b{before}{drawn}{after}\b")


class Spelling:
    """One way to write the words of a form: by these letters, each perhaps drawn out.

    `key` are the letters, each once where it is repeated.
    """

    __slots__ = ("_letters", "_sure", "form", "key")

    def __init__(self, form: Form, clitic: str) -> None:
        self.form = form.source
        self._letters = form.letters + clitic
        self.key = squeezed(self._letters)
        self._sure = not form.clitic or not clitic
        self._sure = self._sure and form.letters.isalpha() and squeezed(form.letters) == form.letters

    def is_of(self, word: str) -> bool:
        """Return whether a word is of the form; letters drawn together, both are alike as far as it goes."""
        return self._sure or word == self._letters or Pattern(self.form, small=True).is_in(word)


_Table = dict[str, tuple[Spelling, ...]]


class FormTable:
    """All forms of some cues, by their letters."""

    def __init__(self) -> None:
        self._known: set[str] = set()
        self._whole: _Table = {}
        self._beginnings: _Table = {}
        self._endings: _Table = {}
        self._insides: _Table = {}

    def add(self, form: Form) -> None:
        """Take in a form."""
        if form.source in self._known:
            return
        self._known.add(form.source)
        table = self._table_of(form)
        for clitic in ("", *_CLITICS) if form.clitic else ("",):
            spelling = Spelling(form, clitic)
            letters = spelling.key
            if table is self._beginnings:
                letters = letters[:_KEY_LENGTH]
            elif table is self._endings:
                letters = letters[-_KEY_LENGTH:]
            table[letters] = (*table.get(letters, ()), spelling)

    def of(self, word: str) -> frozenset[str]:
        """Return the sources of the forms that a word of a text is of."""
        short = squeezed(word)
        found = [each.form for each in self._whole.get(short, ()) if each.is_of(word)]
        for length in range(1, _KEY_LENGTH + 1):
            begun, ended = self._beginnings.get(short[:length], ()), self._endings.get(short[-length:], ())
            found += [each.form for each in begun if short.startswith(each.key) and each.is_of(word)]
            found += [each.form for each in ended if short.endswith(each.key) and each.is_of(word)]
        for key, spellings in self._insides.items():
            if key in short:
                found += [each.form for each in spellings if each.is_of(word)]
        return frozenset(found) if found else NO_FORMS

    def _table_of(self, form: Form) -> _Table:
        if form.open_before and form.open_after:
            return self._insides
        if form.open_before:
            return self._endings
        return self._beginnings if form.open_after else self._whole
