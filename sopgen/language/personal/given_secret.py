"""Secrets that a chat tells: those its texts state, and bare codes that answer who asked for one.

An agent asks for the OTP, and the customer writes "883120": only the chat says what the number is. As with
`secret`, what is found serves to mask, never to judge.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from sopgen.conversation.model import Role
from sopgen.language.normal import normalise
from sopgen.language.personal.name import is_ordinary
from sopgen.language.personal.secret import digits_at, holds_value, is_reference, stated_secrets
from sopgen.language.personal.secret_word import BETWEEN, NUMERIC, OTHERS, PASSWORD

ANSWERS = 3
"""Messages of a customer after a request in which bare codes are secrets (our decision, 2026-11-23)."""

MOST_GIVEN = 64
"""Secrets of one chat that are looked for in all its texts (our decision, 2026-11-23)."""

_SENTENCE = re.compile(r"[^.!?\n]{1,400}[.!?\n]?")
_REQUEST = re.compile(
    r"\b(?:minta|mintain|mohon|boleh|bole|tolong|bisa|kirim\w{0,5}|kasih|sebut\w{0,4}|info\w{0,4}|share|ketik\w{0,4}|"
    r"tulis\w{0,4}|baca\w{0,4}|beri\w{0,4}|foto\w{0,3}|konfirmasi\w{0,3}|butuh|perlu|apa|berapa|brp|sini|mana|"
    r"send|give|tell|provide|type|read|need|want|confirm|verify|what|what's|please|pls|have|get)\b|\?"
)
_WARNING = re.compile(
    r"\b(?:jangan|jgn|never|don't|do not|dilarang|(?:tidak|tdk|ga|gak|nggak|tak) "
    r"(?:akan |pernah |perlu |usah |boleh )|rahasiakan|siapa ?pun)"
)
_CODE = re.compile(
    r"\b(?:kode|code|angka|digit|numbers?|figures)\w{0,3}\b[^\n]{0,40}\b(?:sms|ponsel|barusan|masuk|diterima|wa|"
    r"whatsapp|(?:belakang|punggung|balik) kartu|back of|text|received|screen)\b"
)
_OTHER = re.compile(r"\b(?:pesanan|order|orderan|resi|invoice|tracking|booking|tiket|ticket)\w{0,3}\b")
_TOKEN = re.compile(r"[^\s,;:=\"'()]{1,80}")
_VERSION = re.compile(r"(?<![a-z])(?:lama|baru|old|new)(?:nya)?\s{0,2}[:=]\s{0,2}([^\s,;]{3,64})")
_WORD = re.compile(r"[^\s\[\]@.]{5,64}")
_SHORT = 4


def given_secrets(said: Iterable[tuple[Role, str]]) -> tuple[str, ...]:
    """Return at most MOST_GIVEN secrets of a chat, as its texts write them; each has a letter or a digit."""
    found = dict.fromkeys(secret for secret in _given(said) if any(map(str.isalnum, secret)))
    return tuple(islice(found, MOST_GIVEN))


def _given(said: Iterable[tuple[Role, str]]) -> Iterator[str]:
    waiting, wordy = 0, False
    for role, text in said:
        yield from stated_secrets(text)
        folded = normalise(text).text
        if role is Role.CUSTOMER:
            if waiting:
                yield from _answers(text, wordy=wordy)
                waiting -= 1
            if not waiting and _announces(folded):
                waiting, wordy = 1, False
        elif _asks(folded):
            waiting, wordy = ANSWERS, PASSWORD.search(folded) is not None
        elif _OTHER.search(folded):
            waiting = 0


def _asks(text: str) -> bool:
    """Return whether one of the sentences asks for a secret and warns of nothing."""
    return any(
        (PASSWORD.search(each) or NUMERIC.search(each) or _CODE.search(each))
        and (_REQUEST.search(each) or len(each.split()) <= _SHORT)
        and not _WARNING.search(each)
        for each in _SENTENCE.findall(text)
    )


def _announces(text: str) -> bool:
    """Return whether the text ends with a word for a secret, so that the next message may hold it."""
    words = [*PASSWORD.finditer(text), *NUMERIC.finditer(text)]
    if not words:
        return False
    rest = text[max(word.end() for word in words) :]
    return "?" not in rest and all(word in BETWEEN for word in re.findall(r"[^\s:=.,]+", rest))


def _answers(text: str, *, wordy: bool) -> Iterator[str]:
    """Yield what may be a secret in an answer, as the text writes it."""
    normal = normalise(text)
    for start, end in _codes(normal.text):
        first, last = normal.original(start, end)
        yield text[first:last]
    if wordy and _WORD.fullmatch(normal.text.strip()) and not is_ordinary(normal.text.strip(" .,!?")):
        yield text.strip()


def _codes(text: str) -> Iterator[tuple[int, int]]:
    """Yield the ranges of bare codes in a folded answer, and of what is called the old or the new one."""
    for match in _VERSION.finditer(text):
        yield match.span(1)
    before, done = "", 0
    for token in _TOKEN.finditer(text):
        start, end = token.start(), token.start() + len(token[0].rstrip(".?!"))
        grouped = digits_at(text, start)
        if start >= done:
            bare = before not in OTHERS and text[max(0, start - 1) : start] != "#"
            if grouped:
                done = grouped[1]
            if bare and grouped:
                yield grouped
            elif bare and holds_value(text, start, end) and _is_code(text[start:end]):
                yield start, start + len(token[0].rstrip("."))
        before = text[start:end]


def _is_code(value: str) -> bool:
    """Return whether a bare value looks like a code: three to eight digits, or letters and digits."""
    if value.isdigit():
        return 3 <= len(value) <= 8
    return len(value) >= _SHORT and any(map(str.isalpha, value)) and not is_reference(value)
