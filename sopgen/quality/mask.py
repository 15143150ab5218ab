"""Texts as a page may show them: personal data, secrets and names of customers masked, their length kept.

Because the length is kept, the character spans of a finding still point at the same words.
"""

import re
from collections.abc import Callable, Mapping
from functools import lru_cache

from sopgen.conversation.importers.whatsapp.phrase import TITLE_OPENING
from sopgen.language.personal_data import hide, mask_personal_data

Mask = Callable[[str], str]

SHORTEST_NAME = 3
"""Letters below which a word is no name by itself: "Al", "Bu" (our decision, 2026-11-21)."""

NO_NAMES = frozenset(
    {
        "admin", "agen", "agent", "anonymous", "bapak", "bro", "customer", "gan", "gaes", "guest",
        "ibu", "kak", "kakak", "konsumen", "mas", "mba", "mbak", "member", "min", "mrs", "pak",
        "pelanggan", "pengunjung", "sis", "tamu", "tante", "user", "visitor",
    }
)  # fmt: skip
"""Words under which anyone may write, and titles: masking them would hide the chat and protect nobody."""

_TITLES = (
    "kak|kakak|ka|kk|pak|bapak|bpk|bu|ibu|mas|mba|mbak|bang|sis|gan|bro|om|tante|mr|mrs|ms|"
    "dear|halo|hai|hi|hello"
)
_EXPORT_OF = re.compile(rf"(?i)({TITLE_OPENING})([^/\\]+?)(?=\.(?:txt|zip)\b|[/\\]|$)")
_QUOTED = re.compile(r"(?<!\w)'(.+?)'(?!\w)")
_ALIKE = re.compile(r"(?<!\w)('[^']+')((?:, \1(?!\w))+)")
_FILLED_IN = re.compile(
    r"(?i)(\b(?:alamat(?:nya)?(?: (?:lengkap|rumah|pengiriman|penerima|kirim|saya|ktp))*|"
    r"(?:(?:home|shipping|delivery|billing) )?address|tempat,? (?:dan )?(?:tgl|tanggal) lahir|ttl|"
    r"(?:tgl|tanggal) lahir|date of birth|dob|(?:nama )?ibu kandung)[ \t]*:[ \t]*)([^\n]{1,300})"
)
"""A line of a form that says where somebody lives or when they were born, however it is written."""

_STREET = re.compile(
    r"(?i:\b(?:jl|jln|jalan|gang|gg|dusun|desa|perum|perumahan|komplek|kompleks|apartemen)\b\.?)[ \t]+"
    r"((?!Tol\b|Raya\b)[A-Z][\w'’-]*(?:[ \t]+[A-Z][\w'’-]*){0,3})"
)
"""A street or an estate by its name: an address that was cut before its number is one, too."""

_DIGEST = re.compile(r"\b[0-9a-f]{64}\b")
"""A SHA-256."""

_STAFF_FOLLOWS = "' is the customer and "
"""What stands between the customer and the staff in WA203."""

_DOT = "•"


@lru_cache(maxsize=4096)
def mask_for(customers: tuple[str, ...]) -> Mask:
    """Return what masks personal data, and these customers by their names.

    A full name is masked wherever it stands, a part of it where it is written with a capital or follows a
    title ("kak budi"): many names are also words. The pattern is only made for a text that may need it:
    making one takes longer than to mask a hundred texts.
    """
    wholes, parts = _wholes(customers), _parts(customers)
    hints = tuple(map(_folded, (*wholes, *parts)))
    if not hints:
        return mask_data

    def mask(text: str) -> str:
        shown = mask_data(text)
        folded = _folded(shown)
        return _names(wholes, parts).sub(_initials, shown) if any(map(folded.__contains__, hints)) else shown

    return mask


def without_secrets(mask: Mask, secrets: tuple[str, ...]) -> Mask:
    """Return the mask that also hides these secrets of a chat wherever they stand by themselves."""
    if not secrets:
        return mask
    listed = "|".join(re.escape(each) for each in sorted(secrets, key=lambda each: (-len(each), each)))
    given = re.compile(rf"(?<!\w)(?i:{listed})(?!\w)")

    def masked(text: str) -> str:
        shown = mask(text)
        for match in given.finditer(text):
            shown = shown[: match.start()] + hide(match[0]) + shown[match.end() :]
        return shown

    return masked


def mask_data(text: str) -> str:
    """Return the text with personal data masked, and with what people fill into a form after "Alamat:"."""
    shown = mask_personal_data(text)
    shown = _STREET.sub(_named_street, shown)
    return _FILLED_IN.sub(lambda match: match[1] + _filled(match[2]), shown) if ":" in shown else shown


def mask_place(text: str) -> str:
    """Return a file's name, a conversation's id or a message about them without personal data.

    WhatsApp names an export after the other person, so what follows "WhatsApp Chat with" is masked too.
    """
    return _EXPORT_OF.sub(lambda match: match[1] + _dotted(match[2]), mask_data(text))


def mask_id(text: str) -> str:
    """Return a conversation's id without personal data; one without a digit may be somebody's name."""
    shown = mask_place(text)
    return _dotted(text) if shown == text and not any(map(str.isdigit, text)) else shown


def mask_name(name: str) -> str:
    """Return somebody's name as its initials: "B••• S••••••"; a number or an address as elsewhere."""
    shown = mask_data(name)
    return _dotted(name) if shown == name else shown


def mask_remark(text: str, code: str) -> str:
    """Return what a diagnostic or a reason says, without personal data and the speakers whom it names.

    Speakers who look alike then are named once, with their number. Whom WA203 takes for staff stays: the page
    names agents, and nobody could check the guess otherwise.
    """
    shown, hide = _around_digests(text), _HIDDEN.get(code)
    if hide is None:
        return shown
    end = shown.rfind(_STAFF_FOLLOWS) + 1 if code == "WA203" else 0
    speakers, staff = (shown[:end], shown[end:]) if end else (shown, "")
    hidden = _QUOTED.sub(lambda match: f"'{hide(match[1])}'", speakers)
    return _ALIKE.sub(lambda match: f"{match[1]} ({1 + match[2].count(match[1])})", hidden) + staff


def _around_digests(text: str) -> str:
    """Return the text as a place is shown, its SHA-256 whole: digits of a hash may look like a number."""
    shown = mask_place(text)
    for match in _DIGEST.finditer(text):
        shown = shown[: match.start()] + match[0] + shown[match.end() :]
    return shown


def names_in_place(source: str) -> tuple[str, ...]:
    """Return the people after whom an export's file or its folder is called."""
    return tuple(match[2].strip() for match in _EXPORT_OF.finditer(last_parts(source)))


def last_parts(source: str) -> str:
    """Return a file's name and its folder's: where it lies on somebody's machine is nobody's business."""
    return "/".join(source.replace("\\", "/").split("/")[-2:])


def _wholes(customers: tuple[str, ...]) -> tuple[str, ...]:
    """Return the full names, the longest first."""
    return tuple(sorted({name for name in customers if _is_name(name)}, key=lambda name: (-len(name), name)))


def _parts(customers: tuple[str, ...]) -> tuple[str, ...]:
    """Return the words of the full names that are names by themselves."""
    words = (word for name in _wholes(customers) for word in re.findall(r"[^\W\d_]+", name))
    return tuple(sorted({word for word in words if _is_name(word)}))


def _folded(text: str) -> str:
    """Return the text as patterns that pass over case see it: for them an i is an i, dotted or not."""
    return text.casefold().replace("i\u0307", "i").replace("\u0131", "i")


@lru_cache(maxsize=256)
def _names(full: tuple[str, ...], parts: tuple[str, ...]) -> re.Pattern[str]:
    """Return a pattern whose groups `name` and `titled` are to be masked; its length grows with the names."""
    wholes = "|".join(re.escape(name) for name in full)
    alternatives = [rf"(?P<name>(?i:{wholes}))"]
    if parts:
        capitals = "|".join(sorted({re.escape(part.capitalize()) for part in parts}))
        alternatives.append(rf"(?P<part>{capitals})")
        lower = "|".join(re.escape(part) for part in parts)
        alternatives.append(rf"(?P<title>(?i:{_TITLES})[.,]?\s+)(?P<titled>(?i:{lower}))")
    return re.compile(rf"(?<!\w)(?:{'|'.join(alternatives)})(?!\w)")


def _is_name(word: str) -> bool:
    letters = sum(character.isalpha() for character in word)
    return letters >= SHORTEST_NAME and word.casefold() not in NO_NAMES


def _initials(match: re.Match[str]) -> str:
    groups = match.groupdict()
    return (groups.get("title") or "") + _dotted(groups.get("titled") or groups.get("part") or groups["name"])


def _dotted(name: str) -> str:
    """Return the first letter of every word, dots for the others, titles as they are: "Pak B••• S•••••"."""
    return re.sub(
        r"\w+", lambda match: match[0] if match[0].casefold() in NO_NAMES else _dots(match[0]), name
    )


def _named_street(match: re.Match[str]) -> str:
    return match[0][: match.start(1) - match.start()] + _dotted(match[1])


def _filled(answer: str) -> str:
    return re.sub(r"\d", _DOT, _dotted(answer))


def _dots(word: str) -> str:
    return word[0] + _DOT * (len(word) - 1)


_HIDDEN: Mapping[str, Mask] = {
    **dict.fromkeys(("EXP118", "EXP119", "WA104", "WA203", "WA207"), _dotted),
    "CAN104": mask_id,
}
"""How names in single quotes are hidden in remarks that quote speakers or a conversation's id."""
