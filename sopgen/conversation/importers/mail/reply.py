"""What somebody wrote in a mail, without what they quoted and without their signature.

Line by line and linear: an introduction ("Pada … menulis:", "On … wrote:") with what follows it, Outlook's
block of headers (From/Sent/To/Subject, Dari/Dikirim/Kepada/Subjek …), lines behind ">", all below "-- ".
"""

import re
from collections.abc import Sequence

from sopgen.conversation.text import clean

_WROTE = (
    r"wrote|menulis|tulis|menyatakan|schrieb|a écrit|escribió|ha scritto|"
    r"schreef|escreveu|skrev|napisał|написал"
)
_ON = r"(?:on|pada|tanggal|am|le|el|il|op|em|den|dnia|w dniu)"
_INTRODUCTION = re.compile(rf"^{_ON}\b.{{0,300}}\b(?:{_WROTE})\b.{{0,80}}:\s*$", re.IGNORECASE)
_OPENING = re.compile(rf"^{_ON}\b.*\d", re.IGNORECASE)
_BARE = re.compile(rf"^.{{0,200}}<[^<>\s]+@[^<>\s]+>.{{0,40}}\b(?:{_WROTE})\s*:\s*$", re.IGNORECASE)
_RULE = re.compile(
    r"^[-_\s]*(?:original message|pesan asli|pesan awal|ursprüngliche nachricht|message d'origine|"
    r"mensaje original|oorspronkelijk bericht)[-_\s]*$",
    re.IGNORECASE,
)
_KEY = re.compile(r"^\*?\s*([\w' ]{2,20}?)\s*\*?\s*:\s*\*?\s*(\S.*)?$")
_FIRST_KEYS = frozenset({"from", "dari", "von", "de", "da", "van", "pengirim"})
_OTHER_KEYS = frozenset(
    {
        "sent",
        "date",
        "to",
        "cc",
        "subject",
        "dikirim",
        "terkirim",
        "tanggal",
        "kepada",
        "ke",
        "subjek",
        "perihal",
    }
    | {
        "subjek",
        "perihal",
        "hal",
        "tembusan",
        "gesendet",
        "an",
        "betreff",
        "datum",
        "envoyé",
        "à",
        "objet",
        "enviado",
        "para",
    }
    | {"asunto", "assunto", "inviato", "a", "oggetto", "verzonden", "aan", "onderwerp"}
)
_LINE = re.compile(r"^\s*[_\-=*]{8,}\s*$")
_SENT_FROM = re.compile(
    r"^(?:sent from (?:my |outlook|mail|yahoo)|get outlook for |(?:di|ter)kirim dari |dapatkan outlook )",
    re.IGNORECASE,
)
_WRAPPED = 4
_BLOCK = 6


def own_words(text: str) -> str:
    """Return what the sender wrote themselves, cleaned; "" when that is nothing."""
    lines = clean(text.replace("\r\n", "\n").replace("\n-- \n", "\n--\n")).split("\n")
    kept = _unquoted(lines)
    words = "\n".join(_unsigned(kept))
    return clean(words if kept == lines[: len(kept)] else re.sub(r"\n{3,}", "\n\n", words))


def _unquoted(lines: Sequence[str]) -> list[str]:
    """Return the lines that are no quotation."""
    kept: list[str] = []
    at = 0
    while at < len(lines):
        line = lines[at].strip()
        if line.startswith(">"):
            at += 1
            continue
        length = _introduction(lines, at)
        if length:
            after = _next(lines, at + length)
            if after is None or not lines[after].lstrip().startswith(">"):
                break  # all that follows is quoted, without marks
            at = after
            continue
        if _RULE.match(line) or _is_block(lines, at) or (_LINE.match(line) and _is_block_next(lines, at + 1)):
            break
        kept.append(lines[at])
        at += 1
    return kept


def _introduction(lines: Sequence[str], at: int) -> int:
    """Return over how many lines an introduction runs that begins here, 0 when none does."""
    first = lines[at].strip()
    if _BARE.match(first) or _INTRODUCTION.match(first):
        return 1
    if not _OPENING.match(first) or len(first) > 200:
        return 0
    joined = first
    for more in range(1, _WRAPPED):
        if at + more >= len(lines) or not lines[at + more].strip():
            return 0
        joined = f"{joined} {lines[at + more].strip()}"
        if _INTRODUCTION.match(joined[:600]):
            return more + 1
    return 0


def _is_block_next(lines: Sequence[str], at: int) -> bool:
    after = _next(lines, at)
    return after is not None and _is_block(lines, after)


def _is_block(lines: Sequence[str], at: int) -> bool:
    """Return whether Outlook's headers begin here: From, and two of the others right below."""
    if _key(lines[at]) not in _FIRST_KEYS:
        return False
    below = [_key(line) for line in lines[at + 1 : at + _BLOCK]]
    return len({key for key in below if key in _OTHER_KEYS}) >= 2


def _key(line: str) -> str:
    found = _KEY.match(line.strip()[:200])
    return found[1].casefold() if found else ""


def _next(lines: Sequence[str], at: int) -> int | None:
    """Return the first line from here on that is not blank."""
    return next((place for place in range(at, len(lines)) if lines[place].strip()), None)


def _unsigned(lines: Sequence[str]) -> Sequence[str]:
    """Return the lines above a signature, and above what a telephone adds."""
    end = next((at for at, line in enumerate(lines) if line.rstrip() == "--"), len(lines))
    while end and not lines[end - 1].strip():
        end -= 1
    if end and _SENT_FROM.match(lines[end - 1].strip()) and len(lines[end - 1]) < 80:
        end -= 1
    return lines[:end]
