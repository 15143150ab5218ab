"""What a platform's own sentence says has happened: the notices of chats, in Indonesian and English.

Where an export names the kind of a notice, its importer goes by that name. These words are for the platforms
that write nothing but a sentence ("Dewi joined this conversation", "Ditugaskan ke Rina oleh Doni").
"""

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """An event (one of `event.EVENTS`), and the action where the event does not tell it."""

    event: str
    action: str = ""


_REOPENED = ("re-?open", "dibuka kembali", "membuka kembali", r"marked (?:as )?open\b")
_THING = r"\b(?:card|sim|device|payment|transaction|kartu|rekening|perangkat|transaksi)"
_STOPPED = r"\b(?:blocked|diblokir|memblokir)\b"
_OTHERS = (
    *(rf"{_THING}.{{0,20}}{_STOPPED}", rf"{_STOPPED}.{{0,20}}{_THING}"),
    *(r"\bnot sent\b", r"\bunassign", r"\bun-?resolved\b", r"\bsnoozed", r"\bpending\b"),
    *("batal d", "dibebastugaskan"),
)
_BLOCKED = (r"\bblocked\b", r"\bbanned\b", r"\bmuted\b", "diblokir", "memblokir", "dibisukan", "membisukan")
_TRANSFERRED = (
    *(r"\btransferred\b", r"\bhanded over\b", r"\bescalated to\b"),
    *("dialihkan", "mengalihkan", "dipindahkan", "diteruskan ke", "meneruskan ke"),
)
_ASSIGNED = (
    *(r"\b(?:self-)?assign(?:ed)?\b", r"\btook over\b", r"\ballocated\b"),
    *("ditugaskan", "menugaskan", "mengambil alih", "menetapkan sendiri"),
)
_CLOSED = (
    *(r"\bresolved\b", r"\bclosed\b", r"\barchived\b", r"\bended\b", r"\btimed out\b"),
    *("diselesaikan", "terselesaikan", "ditandai selesai", "menyelesaikan"),
    *(r"\bditutup\b", r"\bmenutup\b", "diakhiri", "mengakhiri"),
)
_PLACE = "(?:the|this) (?:chat|conversation|room)"
_JOINED = (r"\bjoined\b", "bergabung", rf"\badded .+ to {_PLACE}")
_LEFT = (r"\bleft\b", r"\bkeluar dari\b", "meninggalkan", rf"\bremoved .+ from {_PLACE}")
_RATED = (r"\brated\b", r"memberi(?:kan)? (?:nilai|rating|penilaian)")

_ORDER: tuple[tuple[tuple[str, ...], Notice], ...] = (
    (_REOPENED, Notice(event="other", action="reopened")),
    (_OTHERS, Notice(event="other")),
    (_BLOCKED, Notice(event="other", action="blocked")),
    (_TRANSFERRED, Notice(event="assign", action="transferred")),
    (_ASSIGNED, Notice(event="assign")),
    (_CLOSED, Notice(event="close")),
    (_JOINED, Notice(event="join")),
    (_LEFT, Notice(event="leave")),
    (_RATED, Notice(event="rating")),
)
"""What is looked for, in this order: "assigned to Rina because Dewi left" is no leaving."""

_PATTERNS = tuple((re.compile("|".join(words), re.IGNORECASE), notice) for words, notice in _ORDER)
_LONGEST = 400
"""Characters of a notice that are looked at: a longer text is no notice."""

_OTHER = Notice(event="other")


def read_notice(sentence: str) -> Notice:
    """Return what the sentence says has happened; the event `other` when it says nothing known."""
    if len(sentence) > _LONGEST:
        return _OTHER
    return next((notice for pattern, notice in _PATTERNS if pattern.search(sentence)), _OTHER)
