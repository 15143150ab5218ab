"""An id, a language, a title and channels into the source of a first SOP."""

import json
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml

from sopgen.base.errors import UsageError
from sopgen.sop.attribute import is_id
from sopgen.sop.formatting.front_matter import tidied
from sopgen.sop.naming import plain_id

_FOLDER = Path(__file__).parent
_TITLES = {"id": "Pelayanan Pelanggan", "en": "Customer Service"}
_PLACE = re.compile(r"@[A-Z]+@")
_WORD = re.compile(r"[A-Za-z][\w-]*")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_BRACKETS = re.compile(r"\[[^\[\]!]+\]")
_ANY_CHANNEL = {"id": "[kanal, misalnya WhatsApp]", "en": "[channel, such as WhatsApp]"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Skeleton:
    """A first SOP: its id, its title, and the text of its `sop.md`."""

    id: str
    title: str
    source: str


def skeleton_of(*, language: str, id_: str = "", title: str = "", channels: tuple[str, ...] = ()) -> Skeleton:
    """Return the first SOP in a language, "id" or "en"; without an id it gets one from its title.

    Without channels it governs all. UsageError INI101: an id that is none.
    """
    titled = " ".join(title.split()) or _TITLES[language]
    identity = id_ or plain_id(titled) or plain_id(_TITLES[language])
    if not is_id(identity):
        hint = f"write it in kebab-case: sopgen init {plain_id(identity) or 'cs-example'}"
        raise UsageError("INI101", f"'{identity}' is no id of an SOP", hint=hint)
    places = {
        "@ID@": identity,
        "@TITLE@": _quoted(titled),
        "@CHANNELS@": f"[{', '.join(map(_plain, channels))}]",
        "@WHERE@": ", ".join(channels) or _ANY_CHANNEL[language],
    }
    return Skeleton(id=identity, title=titled, source=tidied(_filled(_read(f"{language}.md"), places)))


@lru_cache(maxsize=1)
def placeholder() -> re.Pattern[str]:
    """Return what finds the skeletons' [square brackets], also over the lines of a paragraph or quotation."""
    bodies = (_COMMENT.sub("", _read(f"{language}.md").partition("\n---\n")[2]) for language in _TITLES)
    found = {each for body in bodies for each in _BRACKETS.findall(body)}
    known = sorted({*found, *_ANY_CHANNEL.values()}, key=lambda each: (-len(each), each))
    words = (r"[\s>]+".join(map(re.escape, each.split())) for each in known)
    return re.compile("|".join(words), re.IGNORECASE)


def settings_of(*, language: str) -> str:
    """Return a `sopgen.toml` that changes nothing: each setting in it is a comment."""
    return _read(f"{language}.toml")


def _read(name: str) -> str:
    return (_FOLDER / name).read_text(encoding="utf-8")


def _filled(text: str, places: dict[str, str]) -> str:
    """Return the text with each of its places filled, and what fills them left as it is."""
    return _PLACE.sub(lambda place: places[place[0]], text)


def _quoted(text: str) -> str:
    """Return a text as YAML takes it, whatever stands in it; `tidied` takes needless quotes away."""
    return json.dumps(text, ensure_ascii=False)


def _plain(text: str) -> str:
    """Return a word as it is, unless YAML takes it for something else, and any other text quoted."""
    return text if _WORD.fullmatch(text) and yaml.safe_load(text) == text else _quoted(text)
