"""What a verdict says to people, in the SOP's language."""

import re
from collections.abc import Mapping
from datetime import timedelta

from sopgen.base.duration import say_duration
from sopgen.compliance.clock import Length
from sopgen.compliance.gap import Doubt
from sopgen.compliance.model import Titles

_DOUBTS = {
    Doubt.NO_TIME: Titles(
        id="Tidak dapat diukur: ekspor tidak memuat waktu pesan ini.",
        en="Not measurable: the export has no time for this message.",
    ),
    Doubt.COARSE: Titles(
        id="Tidak dapat diukur: jam ekspor hanya sampai menit, selisihnya tepat di sekitar batas {limit}.",
        en="Not measurable: the export's clock has minutes only, and the gap is near the limit of {limit}.",
    ),
    Doubt.BACKWARDS: Titles(
        id="Tidak dapat diukur: jam ekspor berjalan mundur di sini.",
        en="Not measurable: the export's clock runs backwards here.",
    ),
    Doubt.NO_CALENDAR: Titles(
        id="Tidak dapat diukur: kalender jam layanan tidak memuat waktu ini.",
        en="Not measurable: the calendar of opening hours does not cover this time.",
    ),
    Doubt.NO_ZONE: Titles(
        id="Tidak dapat diukur: zona waktu layanan tidak diketahui; tuliskan `hours` di SOP.",
        en="Not measurable: the service's time zone is not known; set `hours` in the SOP.",
    ),
}

_OPEN = Titles(
    id="Percakapan masih berjalan; pesan berikutnya masih dapat memenuhinya.",
    en="The conversation is still going on; later messages may still fulfil it.",
)

_UNSURE = Titles(
    id="Perlu dibaca orang; kemungkinan: {likely}",
    en="A person has to read it; likely: {likely}",
)

_ELSEWHERE = Titles(
    id="Bagian percakapan yang menentukan klausul ini ditulis saat versi SOP lain berlaku.",
    en="What decides this clause was written while another version of the SOP was in force.",
)

HELD = Titles(id="Terpenuhi.", en="Fulfilled.")

_OR = Titles(id=" atau ", en=" or ")
_MORE = Titles(id="{count} lainnya", en="{count} more")
_MOST_PHRASES = 4
"""Phrases of a clause that a reason names, and counts the others; the clause has them all (our decision,
2026-11-23)."""

_BUSINESS = Titles(id=" jam kerja", en=" of business hours")
_PAUSED = Titles(
    id=" (waktu menunggu pelanggan tidak dihitung)", en=" (not counting the wait for the customer)"
)

_QUOTED_WORDS = 80
_PLACE = re.compile(r"\{([a-z]+(?:-[a-z]+)*)\}")
_WORDS_AT_THE_END = re.compile(r":? “\{words\}”")


def say_doubt(doubt: Doubt, values: Mapping[str, object], language: str) -> str:
    """Return why it cannot be told."""
    return _filled(_DOUBTS[doubt].of(language), values, language)


def say_open(language: str) -> str:
    """Return that the conversation is still going on."""
    return _OPEN.of(language)


def say_elsewhere(language: str) -> str:
    """Return that another version governs the messages that decide."""
    return _ELSEWHERE.of(language)


def say_unsure(likely: str, language: str) -> str:
    """Return that a person has to judge, and what the verdict would likely be for."""
    return _UNSURE.of(language).replace("{likely}", likely)


def say_remedy(remedy: Titles, values: Mapping[str, object], language: str) -> str:
    """Return what would have passed, with what the clause sets where the rule asks for it."""
    return _filled(remedy.of(language), values, language)


class Template:
    """A text with places in it, found once; places of words that nobody said are left out at its end."""

    __slots__ = ("_bare", "_whole")

    def __init__(self, text: str) -> None:
        self._whole = tuple(_PLACE.split(text))
        self._bare = tuple(_PLACE.split(_WORDS_AT_THE_END.sub("", text)))

    def places(self, words: str) -> tuple[str, ...]:
        """Return the names of the places, in their order."""
        return (self._whole if words else self._bare)[1::2]

    def fill(self, said: Mapping[str, str], words: str) -> str:
        """Return the text with what is said in its places, and `words` where those belong."""
        parts = self._whole if words else self._bare
        if len(parts) == 1:
            return parts[0]
        filled = list(parts)
        for at in range(1, len(parts), 2):
            name = parts[at]
            filled[at] = _quoted(words) if name == "words" else said.get(name, f"{{{name}}}")
        return "".join(filled)


def _quoted(words: str) -> str:
    """Return the words, long ones cut between two: half an address is one that no mask knows."""
    if len(words) <= _QUOTED_WORDS:
        return words
    cut = words[:_QUOTED_WORDS]
    return (cut[: cut.rfind(" ")] if " " in cut else "") + "…"


def _filled(template: str, values: Mapping[str, object], language: str) -> str:
    said = {name: say_value(name, value, language) for name, value in values.items()}
    return Template(template).fill(said, "")


def say_value(name: str, value: object, language: str) -> str:
    """Return what a reason says at the place `name`."""
    match value:
        case Length():
            return _say_length(value, language) if name == "gap" else _say_time(value, language)
        case timedelta():
            return say_duration(value, language)
        case tuple():
            return _say_phrases(tuple(dict.fromkeys(value)), language)
    return str(value)


def _say_phrases(phrases: tuple[object, ...], language: str) -> str:
    """Return the first phrases, and how many more there are."""
    said = [f"“{each}”" for each in phrases[:_MOST_PHRASES]]
    more = len(phrases) - len(said)
    if more:
        said.append(_MORE.of(language).replace("{count}", str(more)))
    return _OR.of(language).join(said)


def _say_time(length: Length, language: str) -> str:
    """Return the time; a day of 24 opening hours is none, so hours are the longest unit there."""
    return say_duration(length.time, language, largest="h" if length.business else "d")


def _say_length(length: Length, language: str) -> str:
    """Return the time and which clock measured it."""
    said = _say_time(length, language)
    if length.business:
        said += _BUSINESS.of(language)
        said = said.replace("jam jam kerja", "jam kerja")
    return said + _PAUSED.of(language) if length.paused else said
