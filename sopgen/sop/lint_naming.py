"""How an SOP names things: abbreviations that nobody explains, one thing under two names."""

import re
from collections.abc import Callable, Iterator

from sopgen.base.diagnostic import Diagnostic, Level
from sopgen.sop.lint_words import SAME_THING, SHOUTED, WELL_KNOWN
from sopgen.sop.model import Prose, SectionKind, Sop
from sopgen.sop.passage import Use, blanked, body_text, passages, place_in

_ABBREVIATION = re.compile(r"(?<![\w&/.@-])[A-Z]{2,5}(?![\w@-])")
_ROMAN = re.compile(r"[IVXLC]+")
_OF_A_NAME = re.compile(r"(?<![A-Z])(?:[A-Z]{2,}[ \t]+)+[A-Z]{2,}")
_ROW = re.compile(r"^[ \t]*\|(?P<term>[^|\n]+)\|", re.MULTILINE)
_ITEM = re.compile(r"^[ \t]*(?:[-*+]|\d+[.)])[ \t]+\*\*(?P<term>[^*\n]+?):?\*\*", re.MULTILINE)
_ALIAS = re.compile(r"\(([^()]*)\)")


_LOUD_LINE = re.compile(r"^[ \t]*#{1,6}[ \t][^a-z\n]*$", re.MULTILINE)
_STRESSED = re.compile(r"(?P<mark>\*{1,3}|_{1,3})(?P<said>[A-Z][A-Z \t!,.:-]*)(?P=mark)")
_PRONOUNCED = re.compile(
    r"(?:(?:ng|ny|kh|sy|sh|ch|th|wh|st|tr|pr|pl|kr|kl|br|bl|dr|gr|gl|fr|fl|sp|sk|sw|[b-df-hj-np-tv-z])?"
    r"[aeiouy]{1,2}+)+(?:ng|nk|nt|nd|st|ck|ll|lp|lt|rt|ss|[b-df-hj-np-tv-z])?",
    re.IGNORECASE,
)
_SHORTEST_WORD = 4
_SHORTEST_LOUD_WORD = 5
"""Letters of a word in capitals without any mark; four are as often an abbreviation that can be spoken."""


def _unknown_abbreviations(sop: Sop) -> Iterator[Diagnostic]:
    whole = body_text(sop)
    text = _without_stressed_words(blanked(blanked(whole, _LOUD_LINE), _OF_A_NAME))
    explained = _explained(sop) | _written_small_too(whole) | SHOUTED
    seen: set[str] = set()
    for found in _ABBREVIATION.finditer(text):
        word = found[0]
        if word in seen or word in WELL_KNOWN or word in explained or _ROMAN.fullmatch(word):
            continue
        if len(word) >= _SHORTEST_LOUD_WORD and _PRONOUNCED.fullmatch(word):
            continue
        seen.add(word)
        message = f"'{word}' is explained nowhere"
        hint = f"write it out the first time, with ({word}) behind it, or add it to the definitions"
        yield Diagnostic(
            code="SOP223", level=Level.WARNING, span=place_in(sop, found.start()), message=message, hint=hint
        )


def _without_stressed_words(text: str) -> str:
    """Return the text without words that are only stressed, which are those that can be pronounced."""

    def plain(found: re.Match[str]) -> str:
        words = re.findall("[A-Z]+", found["said"])
        spoken = all(len(word) >= _SHORTEST_WORD and _PRONOUNCED.fullmatch(word) for word in words)
        return re.sub(r"[^\n]", " ", found[0]) if spoken else found[0]

    return _STRESSED.sub(plain, text)


def _written_small_too(text: str) -> frozenset[str]:
    """Return, in capitals, what can be pronounced and is also written small: no abbreviations."""
    small = re.findall(r"(?<![\w-])[a-z]{3,5}(?![\w-])", text)
    return frozenset(word.upper() for word in small if _PRONOUNCED.fullmatch(word))


def _explained(sop: Sop) -> frozenset[str]:
    """Return the abbreviations that stand in the definitions, or in or before brackets with their meaning."""
    whole = body_text(sop)
    brackets = re.findall(r"\w[^\W\d_][*_]*\s+\(([A-Z]{2,5})\)", whole) + re.findall(
        r"\b([A-Z]{2,5})\s+\([a-zA-Z]{3}", whole
    )
    return frozenset(
        [*brackets, *(word for term in _definitions(sop) for word in _ABBREVIATION.findall(term))]
    )


def _definitions(sop: Sop) -> Iterator[str]:
    """Yield the terms of the definitions: the first cells of their tables, the bold words of their lists."""
    for section in sop.sections:
        if section.kind is not SectionKind.DEFINITIONS:
            continue
        for block in section.blocks:
            if isinstance(block, Prose):
                for pattern in (_ROW, _ITEM):
                    yield from (found["term"].strip(" *_") for found in pattern.finditer(block.markdown))


def _second_names(sop: Sop) -> Iterator[Diagnostic]:
    terms = list(_definitions(sop))
    defined = {name.strip().casefold() for term in terms for name in re.split(r"[,/]", _ALIAS.sub("", term))}
    aliases = {
        name.strip().casefold()
        for term in terms
        for name in re.split(r"[,/]", " ".join(_ALIAS.findall(term)))
    }
    compounds = sorted((name for name in defined if " " in name), key=len, reverse=True)
    shields = re.compile(
        "|".join(map(re.escape, [*compounds, "customer service", "live chat", "quick reply"])), re.IGNORECASE
    )
    for group in SAME_THING[sop.language]:
        kept = [name for name in group if name in defined]
        others = [name for name in group if name not in defined | aliases]
        if kept and others:
            yield from _uses(sop, others, shields, instead=kept[0])


def _uses(sop: Sop, names: list[str], shields: re.Pattern[str], *, instead: str) -> Iterator[Diagnostic]:
    plural = "s?" if sop.language == "en" else ""
    pattern = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, names))}){plural}(?![\w-])", re.IGNORECASE)
    for passage in passages(sop):
        if passage.use not in (Use.DEMAND, Use.OUTPUT):
            continue
        for found in pattern.finditer(blanked(passage.said, shields)):
            message = f"{passage.owner} says '{found[0]}' for what the definitions call '{instead}'"
            hint = f"write '{instead}', or define '{found[0]}' if it is something else"
            span = passage.place(found.start())
            yield Diagnostic(code="SOP225", level=Level.WARNING, span=span, message=message, hint=hint)


RULES: tuple[Callable[[Sop], Iterator[Diagnostic]], ...] = (_unknown_abbreviations, _second_names)
"""Every rule about names, in the order of their codes."""
