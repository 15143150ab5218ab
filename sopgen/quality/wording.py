"""What a report says, in both languages: the texts of `wording.yaml` with their places filled."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from sopgen.base.shape import read_yaml
from sopgen.base.span import Span
from sopgen.quality.locale import number

_FILE = Path(__file__).with_name("wording.yaml")
_FORMS = " | "


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of one language, "id" or "en"."""

    language: str

    def say(self, key: str, /, **values: object) -> str:
        """Return the text with its places filled; whole numbers are written out, `count` chooses the form."""
        text = words()[key][self.language]
        if _FORMS in text:
            one, _, more = text.partition(_FORMS)
            text = one if values["count"] == 1 else more
        return text.format_map({name: self._written(value) for name, value in values.items()})

    def say_if(self, key: str) -> str:
        """Return the text without places, or "" for a key that is not there."""
        return self.say(key) if key in words() else ""

    def _written(self, value: object) -> str:
        return number(value, self.language) if isinstance(value, int) else str(value)


@lru_cache(maxsize=1)
def words() -> Mapping[str, Mapping[str, str]]:
    """Return every text by key and language."""
    flaws: list[object] = []
    document = read_yaml(_FILE.read_text(encoding="utf-8"), Span(file=_FILE.name), flaws.append)
    assert document is not None
    assert not flaws
    texts: Mapping[str, Mapping[str, str]] = document.value
    return texts
