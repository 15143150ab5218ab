"""What a verdict says to people, in the SOP's language."""

import re
from collections.abc import Mapping
from datetime import timedelta

from sopgen.base.duration import say_duration
from sopgen.compliance.model import Titles
from sopgen.compliance.rule import Sayings
from sopgen.compliance.timeline import Doubt

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
}

_OPEN = Titles(
    id="Percakapan masih berjalan; pesan berikutnya masih dapat memenuhinya.",
    en="The conversation is still going on; later messages may still fulfil it.",
)

_UNSURE = Titles(
    id="Perlu dibaca orang; kemungkinan: {likely}",
    en="A person has to read it; likely: {likely}",
)

_HELD = Titles(id="Terpenuhi.", en="Fulfilled.")

_QUOTED_WORDS = 80
_PLACE = re.compile(r"\{(gap|limit|words)\}")
_WORDS_AT_THE_END = re.compile(r":? “\{words\}”")


def say_doubt(doubt: Doubt, values: Mapping[str, object], language: str) -> str:
    """Return why it cannot be told."""
    return _filled(_DOUBTS[doubt].of(language), values, "", language)


def say_open(language: str) -> str:
    """Return that the conversation is still going on."""
    return _OPEN.of(language)


def say_unsure(likely: str, language: str) -> str:
    """Return that a person has to judge, and what the verdict would likely be for."""
    return _UNSURE.of(language).replace("{likely}", likely)


def say_held(sayings: Sayings, values: Mapping[str, object], words: str, language: str) -> str:
    """Return that, and how, the clause was kept; plainly where nothing was measured or said."""
    said = _filled((sayings.hold or _HELD).of(language), values, words, language)
    return _HELD.of(language) if _PLACE.search(said) else said


def say_broken(sayings: Sayings, values: Mapping[str, object], words: str, language: str) -> str:
    """Return how the clause was broken, with the words and the measured time where the rule asks for them."""
    return _filled(sayings.fail.of(language), values, words, language)


def _filled(template: str, values: Mapping[str, object], words: str, language: str) -> str:
    said = {name: _said(value, language) for name, value in values.items()}
    said["words"] = words if len(words) <= _QUOTED_WORDS else words[: _QUOTED_WORDS - 1] + "…"
    if not words:
        template = _WORDS_AT_THE_END.sub("", template)
    return _PLACE.sub(lambda place: said.get(place[1], place[0]), template)


def _said(value: object, language: str) -> str:
    return say_duration(value, language) if isinstance(value, timedelta) else str(value)
