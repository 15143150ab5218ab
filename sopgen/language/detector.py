"""Detectors: what finds hits that no phrase can describe, and how the guards of an act speak about them.

An act names a detector in its file (`detector: personal-data`). Its guards then read the text in two guises,
equally long. In the second each hit has become one word, which guards write as its kind in angle brackets:

    hotline …3 <phone>          a telephone number up to three words after "hotline"
    rekening (kami|toko) …4 <account>
    <datum>                     a hit of any kind

There, marks that only lead on ("HP:", "no.", the bullets of a list) do not end a sentence.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from sopgen.language.act import ActSource
from sopgen.language.guard import Guards, Passage, standing
from sopgen.language.normal import Normal
from sopgen.language.personal.datum import DataKind, Datum
from sopgen.language.personal.finder import folded_data_in
from sopgen.language.recognition import Hit

_SIGNS = MappingProxyType({kind: chr(ord("a") + number) for number, kind in enumerate(DataKind)})

STAND_INS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        **{kind.value: (rf"/\b_{sign}_+/",) for kind, sign in _SIGNS.items()},
        "datum": (r"/\b_[a-z]_+/",),
    }
)
"""What guards may write in angle brackets, beside the pack's word groups."""

_LEADS_ON = re.compile(
    r"[\s:*•▪=-]{0,8}(?::|\n[ \t]{0,4}[-•*▪])[\s:*•▪=-]{0,8}"  # "HP:", the bullets of a list
    r"|(?:(?<=\b\w)|(?<=\bno)|(?<=\b\w\w)(?=\.[^a-z])|(?<=\b(?:tlp|hub|rek|bpk|sdr|jln|kav|mrs))|(?<=\btelp))\."
    r"|[.;]\s{1,2}(?=(?:ini|nomor|nomer|no|kontak|hp|telp|telepon|alamat|email|wa)(?:nya)?\b)"
)
_LONGEST_LEAD = 4  # characters that may stand between the words of a phrase


@dataclass(frozen=True, slots=True, kw_only=True)
class Detection:
    """An act that a detector finds: whose messages, which kinds, what takes hits back."""

    act: str
    role: str
    kinds: frozenset[DataKind]
    guards: Guards


def detection_of(source: ActSource, guards: Guards) -> Detection | None:
    """Return how a detector finds the act, None when the act names none."""
    if source.detector is None:
        return None
    kinds = frozenset(source.kinds or DataKind)
    return Detection(act=source.act, role=source.role, kinds=kinds, guards=guards)


def asked_of(detections: Sequence[Detection], role: str) -> tuple[tuple[Detection, ...], frozenset[DataKind]]:
    """Return the acts that a role can perform, and all kinds that they ask for."""
    asked = tuple(each for each in detections if each.role in ("any", role))
    return asked, frozenset[DataKind]().union(*(each.kinds for each in asked))


def detected(
    asked: Sequence[Detection], kinds: frozenset[DataKind], text: str, normal: Normal, passage: Passage
) -> Iterator[Hit]:
    """Yield the hits of these acts, which ask for `kinds`, where they stand in the original text."""
    data = folded_data_in(text, normal, kinds) if asked else ()
    if not data:
        return
    disguised = Passage(_disguised(normal.text, data))
    for detection in asked:
        by_place = {(datum.start, datum.end): datum for datum in data if datum.kind in detection.kinds}
        for place in standing(list(by_place), detection.guards, passage, disguised):
            yield Hit(detection.act, *normal.original(*place), by_place[place].value)


def _disguised(text: str, data: Sequence[Datum]) -> str:
    """Return the text with a word in every datum's place, as long as it."""
    out, at = [], 0
    for datum in data:
        out.append(_LEADS_ON.sub(_leading_on, text[at : datum.start]))
        out.append(f"_{_SIGNS[datum.kind]}_".ljust(datum.end - datum.start, "_"))
        at = datum.end
    out.append(_LEADS_ON.sub(_leading_on, text[at:]))
    return "".join(out)


def _leading_on(match: re.Match[str]) -> str:
    """Return as many marks as may stand between two words; where there are more, a word of their own."""
    length = len(match[0])
    return "," * length if length <= _LONGEST_LEAD else f",{'_' * (length - 2)},"
