"""Secrets that a text tells: passwords, PINs, one-time codes and what is printed on the back of a card.

They are found to be masked, never to be judged: what is found is a guess on the safe side. A value stands
after a word for a secret ("passwordnya Rahasia123!", "OTP nya barusan masuk 883120") or before one ("4821 pin
saya"). It holds a digit; a password may also be a word that is no ordinary one.
"""

import re
from collections.abc import Iterator
from itertools import chain

from sopgen.language.normal import normalise
from sopgen.language.personal.name import is_ordinary
from sopgen.language.personal.secret_word import (
    ACCOUNT,
    ANOTHER,
    BETWEEN,
    NUMERIC,
    OTHERS,
    PASSWORD,
    STATES,
    TELLING,
    UNITS,
)

STEPS = 7
"""Words after a word for a secret among which its value is looked for (our decision, 2026-11-23)."""

_TOKEN = re.compile(r"\s{0,3}[^\s,;]{1,400}|\s{0,3}[,;]")
_QUOTED = re.compile(r"\s{0,2}[:=]?\s{0,2}\"([^\"\n]{3,64})\"")
_GROUPED = re.compile(r"\s{0,3}(\d{1,4}(?:[ -]\d{1,4}){1,7})(?![\d-])")
_OPENING = re.compile(r"[\s\"'(\[*_:=>-]*")
_CLOSING = "\"')]*:?."
_COUNT = re.compile(
    r"(?:rp[\d.,]+|\d+[.,]?\d*(?:rb|ribu|k|jt|juta|x|%|st|nd|rd|th)|\d{1,2}[.:]\d{2}|\d{1,2}/\d{1,2}(?:/\d{2,4})?|"
    r"\d{1,2}-?(?:digit|angka|kali|jam|menit|hari|minutes?|hours?|days?)s?|\d{4}-\d\d-\d\d|"
    r"\d{1,2}-\d{1,2}-\d{2,4}|\d{1,2}\.\d{1,2}(?:\.\d{1,2})?|\d{1,3}(?:\.\d{3})+)"
)
_TWICE = re.compile(r"([a-z]+)2(?:nya|an)?")
_LINK = re.compile(r"https?:|www\.|[^@]+@[^@]+\.|\S+\.(?:jpe?g|png|pdf|mp4)$")
_REFERENCE = re.compile(r"(?!g-\d{6}$)[a-z]{1,4}-\d+")
_ENDS = re.compile(r"!?[\"')]?(?:\s*$|\s*[.,;\n]|\s(?:kak|ka|ya|yah|min|gan|mas|mbak|pak|bu|bang)\b)")
_LINKING = r"(?:itu|ini|is|adalah|my|the|buat|utk|untuk|for|kak|ya|tuh|sebagai|as|=|-)"
_AHEAD = re.compile(
    r"(?<![\w.,:/#@-])(?P<value>\d{3,8}|(?=[a-z]{0,30}\d)(?=\d{0,30}[a-z])[a-z\d]{5,32})"
    rf"(?:(?P<comma>[ ]?,[ ]?)|[ ](?:{_LINKING}[ ]){{0,3}})(?={NUMERIC.pattern}|{PASSWORD.pattern})"
)
_NAMED = re.compile(rf"(?<![a-z])(?:{'|'.join(sorted(OTHERS))})[.:]?\s$")
_LOGIN = re.compile(r"@[a-z\d_.]{3,40}|(?=[a-z\d.-]{0,40}_|[a-z.-]{1,40}\d)[a-z][a-z\d_.-]{2,40}")

Range = tuple[int, int]


def secrets_in(text: str) -> Iterator[Range]:
    """Yield the half-open ranges of secrets in a folded text; they may overlap."""
    for word in chain(PASSWORD.finditer(text), NUMERIC.finditer(text)):
        yield from _values_after(text, word.end(), wordy=word.re is PASSWORD)
    for match in _AHEAD.finditer(text):
        yield from _value_ahead(text, match)


def logins_in(text: str) -> Iterator[Range]:
    """Yield the ranges of the names under which people log in: "user saya sari_88"."""
    for word in ACCOUNT.finditer(text):
        at = word.end()
        for _ in range(STEPS):
            token = _TOKEN.match(text, at)
            if token is None:
                break
            start, end = _core(text, *token.span())
            value = text[start:end]
            if _LOGIN.fullmatch(value) and not _LINK.match(value) and not is_reference(value):
                yield start, end
                break
            if value and value not in BETWEEN:
                break
            at = token.end()


def stated_secrets(text: str) -> Iterator[str]:
    """Yield the secrets that a text tells, as it writes them."""
    normal = normalise(text)
    for start, end in secrets_in(normal.text):
        first, last = normal.original(start, end)
        yield text[first:last]


def holds_value(text: str, start: int, end: int) -> bool:
    """Return whether what stands there has digits and is no count, no amount, no time and no link."""
    value = text[start:end]
    if len(value) < 3 or not any(map(str.isdigit, value)) or _COUNT.fullmatch(value) or _LINK.match(value):
        return False
    twice = _TWICE.fullmatch(value)
    if twice and is_ordinary(twice[1]):
        return False
    after = _TOKEN.match(text, end)
    return after is None or not value.isdigit() or after[0].strip(" .?!)") not in UNITS


def is_reference(value: str) -> bool:
    """Return whether a value is written as the numbers of orders, contracts and members are: "HM-4471"."""
    return _REFERENCE.fullmatch(value) is not None


def digits_at(text: str, at: int) -> Range | None:
    """Return where digits in groups stand right there, as "12 34 56": four to ten in all."""
    match = _GROUPED.match(text, at)
    if match is None or _COUNT.fullmatch(match[1]) or not 4 <= sum(map(str.isdigit, match[1])) <= 10:
        return None
    return match.span(1)


def _values_after(text: str, at: int, *, wordy: bool) -> Iterator[Range]:
    """Yield the values that follow a word for a secret."""
    quoted = _QUOTED.match(text, at)
    if quoted and (wordy or any(map(str.isdigit, quoted[1]))):
        yield quoted.span(1)
        return
    signed = found = False
    before = ""
    for _ in range(STEPS):
        grouped, token = digits_at(text, at), _TOKEN.match(text, at)
        if grouped:
            yield grouped
            found, at = True, grouped[1]
            continue
        if token is None:
            return
        start, end = _core(text, *token.span())
        word = text[start:end]
        signed = signed or word in TELLING or any(sign in text[at:start] for sign in ":=")
        if ACCOUNT.fullmatch(before) and is_reference(word):
            return
        if holds_value(text, start, end) or (wordy and _is_word(text, start, end, signed=signed)):
            yield start, end
            found, signed = True, False
        elif word and word not in (ANOTHER if found else BETWEEN):
            yield from _value_of_unknown(text, start, token.end())
            return
        signed = signed or text[end : token.end()].endswith((":", "="))
        before, at = word, token.end()


def _value_of_unknown(text: str, start: int, end: int) -> Iterator[Range]:
    """Yield the value with digits right after a word that is not known: "password anyarmu ganti123"."""
    word = text[start:end].rstrip(":")
    token = _TOKEN.match(text, end)
    if token is None or not word.isalpha() or word in OTHERS or word in STATES or is_ordinary(word):
        return
    first, last = _core(text, *token.span())
    if holds_value(text, first, last):
        yield first, last


def _is_word(text: str, start: int, end: int, *, signed: bool) -> bool:
    """Return whether a word without digits may be a password: no ordinary one, or all after a colon."""
    word, after = text[start:end].rstrip("!"), text[end : end + 2]
    if len(word) < 3 or word in STATES or word in BETWEEN or word in ANOTHER or "?" in after:
        return False
    if _LINK.match(word) or not any(map(str.isalpha, word)):
        return False
    alone = signed and (not after.strip() or after[0] in ",;\n") and ":" in text[max(0, start - 3) : start]
    return alone or (
        (signed or _ENDS.match(text, end) is not None)
        and not (is_ordinary(word) or _is_inflected(word))
        and not (PASSWORD.fullmatch(word) or NUMERIC.fullmatch(word))
    )


def _is_inflected(word: str) -> bool:
    """Return whether a word ends or begins as words of a sentence do: "terblokir", "passwordnya"."""
    begins = word.startswith(("ter", "ber", "mem", "men", "meng", "di", "ke", "di-", "nge"))
    return begins or word.endswith(("nya", "kan", "ing", "ed", "lah", "kah", "in")) or "'" in word


def _value_ahead(text: str, match: re.Match[str]) -> Iterator[Range]:
    """Yield the value that stands before a word for a secret; before a comma, where a line begins."""
    start, end = match.span("value")
    begins = start == 0 or text[start - 1] == "\n"
    if (match["comma"] and not begins) or _NAMED.search(text[max(0, start - 14) : start]):
        return
    word = PASSWORD.match(text, match.end()) or NUMERIC.match(text, match.end())
    assert word is not None, "a word for a secret follows"
    owns = not match["comma"] and any(_values_after(text, word.end(), wordy=False))
    if holds_value(text, start, end) and not owns:
        yield start, end


def _core(text: str, start: int, end: int) -> Range:
    """Return the range without blanks and signs before it, and those that close a sentence."""
    first = min(_OPENING.match(text, start, end).end(), end)  # type: ignore[union-attr]
    kept = text[first:end].rstrip(_CLOSING).rstrip(",;")
    return first, first + len(kept)
