"""Names of customers: those under which they write, and those that are said in the chat.

People say who they are ("nama saya Budi Santoso", "a.n. Siti", "Nama: …", "this is Jane Miller"), agents
address them ("Baik Kak Budi", "Dear Mr. Miller"), and mails end with a name. What is found so is a guess on
the safe side: it serves to mask, never to judge. A name that stands alone, without any of these signs and
under none of which anybody writes, is not found.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache
from itertools import islice
from pathlib import Path

import re2

from sopgen.conversation.model import SPEAKING, Conversation, Kind, Role

MOST_SAID = 64
"""Names of one conversation that are kept beside those of its authors (our decision, 2026-11-22)."""

NAME_LENGTH = 80
"""Characters of a name that are kept."""

_SHORTEST = 2
_INITIALS = 2
_ABBREVIATION = 4
_POSSESSED = re.compile(r"....(?:-?nya|nye)$|'")
_WORDS_OF_NAME = 4
_WORDS_OF_SMALL_NAME = 2
_TITLE = (
    "kak|kakak|ka|kk|pak|bapak|bpk|bu|ibu|mas|mba|mbak|bang|abang|kang|neng|sis|gan|bro|om|tante|tuan|nyonya|"
    "sdr|sdri|saudara|saudari|tn|ny|nona|bunda|mpok|ci|cik|ko|koh|haji|hajah|hj|ir|drs|dr|prof|mr|mrs|ms|miss|"
    "mister|madam|sir|dear|halo|hallo|hai|hi|hello|hey|yth|kepada"
)
_CAPITAL = r"(?:\p{Lu}[\p{L}'’.-]*)"
_ANY = r"(?:\p{L}[\p{L}'’.-]*)"
_NAME = rf"({_CAPITAL}(?:[ \t]+{_CAPITAL}){{0,3}})"
_SMALL_NAME = rf"({_ANY}(?:[ \t]+{_ANY}){{0,3}})"
_OWNER = (
    "saya|aku|gue|gw|ku|lengkap|penerima|pemesan|pengirim|pelanggan|pembeli|pemilik|pasien|tamu|peserta|akun|"
    "rekening|ktp|ibu kandung|panggilan"
)


_ADDRESSED = rf"(?i:\b(?:{_TITLE}))\b[.,]?[ \t]+{_NAME}"
_INTRODUCED = rf"(?i:\b(?:saya|aku|ini|dengan|dgn|i am|i'?m|this is|it's))[ \t]+{_NAME}"
_STATED = (
    rf"(?i:\b(?:nama(?:nya)?(?:[ \t]+(?:{_OWNER})){{1,3}}|atas[ \t]+nama|under the name(?: of)?|"
    r"(?:my(?: full)? |full |account |customer |card)?(?:name|holder)(?: is|'s|[ \t]*[:=])|"
    r"nama(?:nya)?[ \t]*[:=]))"
    rf"(?i:[ \t]*(?:adalah|ialah|itu|is|of))?[ \t]*[:=]?[ \t]*{_SMALL_NAME}"
)
_SHORT = rf"\b(?i:a\.n\.?|a/n|an\.)[ \t]*[:=]?[ \t]*{_SMALL_NAME}"
_SIGNED = (
    r"(?im:^[ \t]*(?:salam(?: hormat)?|hormat (?:saya|kami)|terima kasih|makasih|thanks(?: again)?|thank you|"
    r"(?:best |kind |warm )?regards|best|sincerely|cheers|yours[^\n]{0,20}),?\.?[ \t]*\r?\n)\s*"
    rf"{_NAME}[ \t]*(?m:\r?$)"
)
"""A name on a line of its own after the words that end a mail."""


def names_in(conversation: Conversation) -> tuple[str, ...]:
    """Return the names of customers: all under which they wrote, then at most MOST_SAID that the chat says.

    Each has at most NAME_LENGTH characters. Staff who write in the chat are left out of the latter.
    """
    customers = [each for each in conversation.messages if each.role is Role.CUSTOMER]
    others = [each for each in conversation.messages if each.role is not Role.CUSTOMER and each.text]
    found = dict.fromkeys(each.author[:NAME_LENGTH] for each in customers if each.author)
    staff = frozenset(each.author.casefold() for each in others)
    said = (
        *_said_by_customers("\n".join(each.text for each in customers if each.kind in SPEAKING)),
        *_said_by_agents("\n".join(each.text for each in others if each.kind is not Kind.EVENT)),
    )
    learnt = (name for name in dict.fromkeys(said) if name not in found and not _is_staff(name, staff))
    return (*found, *islice(learnt, MOST_SAID))


def names_said(text: str) -> tuple[str, ...]:
    """Return the names that a text says by itself, where nobody knows who wrote it to whom."""
    patterns = (_STATED, _SHORT, _ADDRESSED, _SIGNED)
    return tuple(dict.fromkeys(name for pattern in patterns for name in _found(pattern, text)))


def is_ordinary(word: str) -> bool:
    """Return whether a word, in small letters, is one of those that are nobody's name."""
    return word in _ordinary()


def _said_by_customers(text: str) -> Iterator[str]:
    for pattern in (_STATED, _SHORT, _INTRODUCED, _SIGNED):
        yield from _found(pattern, text)


def _said_by_agents(text: str) -> Iterator[str]:
    for pattern in (_ADDRESSED, _SHORT):
        yield from _found(pattern, text)


def _found(pattern: str, text: str) -> Iterator[str]:
    for match in _compiled(pattern).finditer(text.encode("utf-8", "replace")):
        name = _name_of(match[1].decode().split())
        if name:
            yield name


def _name_of(words: Iterable[str]) -> str:
    """Return the words up to the first that is nobody's name, titles before them left out."""
    kept: list[str] = []
    for word in words:
        bare = word.rstrip(".'’-")
        if not kept and bare.casefold() in _titles():
            continue
        if not _may_name(bare):
            break
        kept.append(bare)
        if word.endswith(".") and len(bare) > _INITIALS:
            break
    small = any(word[0].islower() for word in kept)
    return " ".join(kept[: _WORDS_OF_SMALL_NAME if small else _WORDS_OF_NAME])[:NAME_LENGTH]


def _may_name(word: str) -> bool:
    """Return whether a word may be a name: no ordinary one, no abbreviation, none that ends in -nya."""
    folded = word.casefold()
    if len(word) < _SHORTEST or folded in _titles() or folded in _ordinary():
        return False
    return not (word.isupper() and len(word) <= _ABBREVIATION) and not _POSSESSED.search(folded)


def _is_staff(name: str, staff: Collection[str]) -> bool:
    folded = name.casefold()
    return any(folded == each or folded in each.split() for each in staff)


@lru_cache(maxsize=1 << 4)
def _compiled(source: str) -> "re2._Regexp":
    """Return a pattern over UTF-8: over text, RE2 would count every character of it. Compiled when needed."""
    return re2.compile(source.encode())


@lru_cache(maxsize=1)
def _titles() -> frozenset[str]:
    return frozenset(_TITLE.split("|"))


@lru_cache(maxsize=1)
def _ordinary() -> frozenset[str]:
    lines = Path(__file__).with_name("ordinary.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))
