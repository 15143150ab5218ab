"""Which checks a clause may mean: by a limit that it names, by what it demands, by the words of titles.

A guess for a person to judge: it goes into a comment of a draft, never into a binding.
"""

import re
from collections.abc import Callable, Mapping, Sequence

from sopgen.cli.demand_words import DEMAND_WORDS, Stance
from sopgen.compliance.rule import Rule
from sopgen.sop.modality import modality_of
from sopgen.sop.model import Modality

_ENOUGH = 0.66
"""Share of a title's words that a clause must hold (our decision, 2026-11-22)."""

_LONGEST = 600
"""Characters of a clause that are looked at; a longer one is no single demand (our decision, 2026-11-23)."""

_SMALL = frozenset(
    "yang dan untuk dengan tidak atau dari agar saat oleh pelanggan agen percakapan".split()  # noqa: SIM905
    + "the and for with not from are was before after customer agent chat".split()  # noqa: SIM905
)
_LIMIT = re.compile(r"\b(\d{1,4})\s*(detik|menit|jam|hari|seconds?|minutes?|hours?|days?)\b", re.IGNORECASE)
_UNITS = {
    "detik": "s",
    "menit": "m",
    "jam": "h",
    "hari": "d",
    "second": "s",
    "minute": "m",
    "hour": "h",
    "day": "d",
}
_REPLY = re.compile(
    r"\b(?:mem|men|di)?(?:balas\w*|respon\w*|jawab\w*|repl(?:y|ies)\w*|answer\w*|respond\w*)\b", re.IGNORECASE
)
_FIRST, _EVERY = "first-response-time", "response-gap"
_EACH = re.compile(
    r"\b(?:setiap|tiap|semua|lanjutan|berikutnya|every|each|all|follow-?up|further)\b", re.IGNORECASE
)
_OPENING = re.compile(r"\b(?:pertama|first|initial)\b", re.IGNORECASE)

_CUSTOMER = r"(?:pelanggan|konsumen|pembeli|nasabah|customers?|buyers?)"
_REPLY_OF_CUSTOMER = re.compile(
    rf"\b{_CUSTOMER} (?:(?:tidak|belum|tak|kembali|does|do|did|has|have|not|doesn't|didn't|hasn't) )*"
    rf"(?:mem|me|men)?(?:balas|respon|jawab|repl|respond|answer)"
    rf"|\b(?:balasan|jawaban|respons?) {_CUSTOMER}"
    rf"|\b(?:reply|response|answer) (?:of|from) (?:the )?{_CUSTOMER}"
    rf"|\b{_CUSTOMER}'s? (?:reply|response|answer)"
)
_OTHERS = re.compile(
    rf"(?:setiap |semua |para |the |all |every )?(?:{_CUSTOMER}|bot|sistem|system|supervisor|atasan|"
    r"manaje[mr]en?|manager)"
    r" (?:dilarang|jangan|(?:(?:tidak|tak) )?(?:wajib|harus|must|shall|should|dapat|boleh|can|may))"
    r"(?! (?:not )?(?:di\w|be ))"
)
"""A clause whose subject is somebody else than the agent, who acts."""

_NEGATION = re.compile(
    r"\b(?:dilarang|terlarang|jangan(?:lah)?|pantang|tidak|tak|bukan|tanpa|hindari|menghindari|not|never|no|"
    r"cannot|without|avoid(?:s|ing)?|refrain|prohibited|forbidden)\b(?! (?:hanya|only|just)\b)|n't\b"
)
_REVERSAL = re.compile(r"\b(?:sebelum|lupa|lalai|gagal|before|until|unless|forget\w*|fail\w*|neglect\w*)\b")
"""Words that turn a negation round: "jangan menutup sebelum", "never forget to"."""

_APART = re.compile(r"[.;!?]\s|\b(?:tetapi|tapi|namun|melainkan|but|instead)\b")
_CONDITION = re.compile(
    r"(?:jika|bila|apabila|kalau|saat|ketika|selama|setelah|sesudah|if|when|whenever|while|after|once|unless)\b[^,.;]*,"
)
_NOT_THE_AGENT = re.compile(
    rf"\b(?:{_CUSTOMER}(?: (?:yang|who|sudah|telah|has|have|to|untuk|agar))?"
    r"|(?:jika|bila|apabila|if|when) (?:\w+ )?)\s*$"
)


def suggesting(rules: Mapping[str, Rule]) -> Callable[[str], Sequence[str]]:
    """Return a function that tells for a clause's text the one check that it most likely means, or none."""
    titles = {
        name: [_stems(text) for text in (rule.source.title.id, rule.source.title.en)]
        for name, rule in sorted(rules.items())
    }
    demanding = {each.check for each in DEMAND_WORDS if each.stance is Stance.DEMANDS}
    forbidding = {each.check for each in DEMAND_WORDS if each.stance is Stance.FORBIDS}
    guessed = {name: stems for name, stems in titles.items() if name not in forbidding - demanding}

    def suggest(text: str) -> tuple[str, ...]:
        told = " ".join(text[:_LONGEST].casefold().replace("’", "'").replace("*", "").split())
        modality = modality_of(told)
        if modality is Modality.MAY or _OTHERS.match(told):
            return ()
        limit, timed = _LIMIT.search(told), _timed(told)
        if limit and timed in titles and _REPLY.search(told) and not _REPLY_OF_CUSTOMER.search(told):
            unit = _UNITS[limit[2].removesuffix("s")]
            return (f"check={timed} limit={limit[1]}{unit}",)
        found = _demanded(told)
        if found in titles:
            return (f"check={found}",)
        best = _by_title(_CONDITION.sub("", told, count=1), guessed)
        fits = modality is not Modality.MUST_NOT or best in forbidding
        return (f"check={best}",) if best and fits else ()

    return suggest


def _demanded(told: str) -> str:
    """Return the check whose words the clause demands, or forbids where the check does; "" for none."""
    for row in DEMAND_WORDS:
        for match in row.pattern.finditer(told):
            stance = _stance(told, match.start())
            if stance is row.stance:
                return row.check
    return ""


def _stance(told: str, place: int) -> Stance | None:
    """Return what the clause does with the words at a place; None where the agent is not who does it."""
    condition = _CONDITION.match(told)
    start = condition.end() if condition else 0
    before = told[start:place]
    if place < start or _NOT_THE_AGENT.search(before):
        return None
    before = _APART.split(before)[-1]
    count = len(_NEGATION.findall(before))
    turned = count + len(_REVERSAL.findall(before)) if count else 0
    return Stance.FORBIDS if turned % 2 else Stance.DEMANDS


def _by_title(told: str, titles: Mapping[str, Sequence[frozenset[str]]]) -> str:
    """Return the one check whose title's words the clause holds, "" for none or for several."""
    words = _stems(told)
    scored = [(max(_share(title, words) for title in each), name) for name, each in titles.items()]
    likely = sorted((-score, name) for score, name in scored if score >= _ENOUGH)
    best = [name for score, name in likely if score == likely[0][0]]
    return best[0] if len(best) == 1 else ""


def _timed(text: str) -> str:
    """Return the check of a limit on answers: that of the first one, unless every one is meant."""
    return _EVERY if _EACH.search(text) and not _OPENING.search(text) else _FIRST


def _stems(text: str) -> frozenset[str]:
    """Return the beginnings of the telling words: Indonesian and English both change the ends."""
    words = re.findall(r"[a-z]{3,}", text.casefold())
    return frozenset(_root(word) for word in words if word not in _SMALL)


def _root(word: str) -> str:
    """Return a word without the Indonesian prefixes of verbs, five letters long."""
    bare = re.sub(r"^(?:meng|meny|mem|men|ber|di|ter|pe[nm]?)(?=[a-z]{4})", "", word)
    return bare[:5]


def _share(title: frozenset[str], words: frozenset[str]) -> float:
    return len(title & words) / len(title) if title else 0.0
