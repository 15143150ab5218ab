r"""The attribute block at the end of a text: `{#id key=value key="several words"}`.

A brace that opens anything else (`{nama}`) is text. Curly quotes are read like straight ones, because word
processors put them in; a quoted value may hold `\"`, and may go on in the next line.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

_CODE_SPAN = re.compile(r"(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)", re.DOTALL)
_OPENING = re.compile(r"\{(?=\s*(?:#|[A-Za-z][\w-]*\s*=))")
_PART = re.compile(
    r"""\#(?P<id>[^\s{}"=]+)
      | (?P<key>[A-Za-z][\w-]*)=
        (?: "(?P<quoted>(?:[^"\\]|\\.)*)" | “(?P<curly>[^”]*)” | (?P<bare>[^\s{}"“”]+) )""",
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_WORD = re.compile(r"[^\s}]+")

WAS = "was"
"""The attribute that names the ids which a part had in earlier releases."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AttributeFlaw:
    """What is wrong with an attribute block, and at which character of the content."""

    offset: int
    message: str
    hint: str
    misplaced: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Attributes:
    """What a block says; `offsets` hold the character at which "#" (the id), and each key, stand."""

    id: str = ""
    values: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    offsets: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def was(self) -> tuple[str, ...]:
        """Return the earlier ids that `was=old-id` or `was="older-id old-id"` names."""
        return tuple(dict.fromkeys(self.values.get(WAS, "").split()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Attributed:
    """A content taken apart: the Markdown before the block, the block if any, and its flaws."""

    markdown: str
    attributes: Attributes | None = None
    flaws: tuple[AttributeFlaw, ...] = ()


def is_id(text: str) -> bool:
    """Return whether `text` is in kebab-case: small letters and digits, words joined by one hyphen."""
    return _ID.fullmatch(text) is not None


def split_attributes(content: str) -> Attributed:
    """Return the content of a paragraph or heading without its attribute block, and the block."""
    opening = _OPENING.search(_without_code(content))
    if opening is None:
        return Attributed(markdown=content.strip())
    block = _Block(content, opening.end())
    block.read()
    return Attributed(
        markdown=content[: opening.start()].rstrip(),
        attributes=Attributes(
            id=block.id, values=MappingProxyType(block.values), offsets=MappingProxyType(block.offsets)
        ),
        flaws=tuple(block.flaws),
    )


def _without_code(content: str) -> str:
    return _CODE_SPAN.sub(lambda span: " " * len(span[0]), content)


class _Block:
    """A reader that walks from after `{` to `}` and gathers what it meets."""

    def __init__(self, content: str, start: int) -> None:
        self.content = content
        self.position = start
        self.id = ""
        self.values: dict[str, str] = {}
        self.offsets: dict[str, int] = {}
        self.flaws: list[AttributeFlaw] = []

    def read(self) -> None:
        """Read up to the closing brace; stop at the first part that cannot be read."""
        opened = self.position - 1
        while not self.flaws:
            self._skip_blanks()
            if self.position >= len(self.content):
                self._flaw(opened, "the attribute block is not closed", "end it with '}'")
            elif self.content[self.position] == "}":
                self._end()
                return
            else:
                self._read_part()

    def _skip_blanks(self) -> None:
        while self.position < len(self.content) and self.content[self.position].isspace():
            self.position += 1

    def _read_part(self) -> None:
        match = _PART.match(self.content, self.position)
        after = self.content[match.end() : match.end() + 1] if match else ""
        if match is None or not (after.isspace() or after in ("}", "")):
            self._unreadable()
            return
        key = match["key"] or "#"
        if key in self.offsets:
            name = "id" if key == "#" else key
            self._flaw(self.position, f"the attribute '{name}' stands here twice", "keep one of them")
        self.offsets[key] = self.position
        self.position = match.end()
        if key == "#":
            self._name(match["id"])
        else:
            self.values[key] = _value_of(match)

    def _name(self, text: str) -> None:
        if not is_id(text):
            plain = re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-") or "some-id"
            self._flaw(self.offsets["#"], f"'{text}' is no id", f"write it in kebab-case: #{plain}")
        self.id = text

    def _unreadable(self) -> None:
        found = _WORD.match(self.content, self.position)
        word = found[0] if found else self.content[self.position]
        hint = 'write #id, key=value, or key="several words"'
        self._flaw(self.position, f"cannot read '{word}' in the attribute block", hint)

    def _end(self) -> None:
        rest = self.content[self.position + 1 :].strip()
        if rest:
            hint = "move it to the end of the paragraph, or put an empty line after it"
            message = f"text follows the attribute block: '{rest.splitlines()[0]}'"
            flaw = AttributeFlaw(offset=self.position, message=message, hint=hint, misplaced=True)
            self.flaws.append(flaw)

    def _flaw(self, offset: int, message: str, hint: str) -> None:
        self.flaws.append(AttributeFlaw(offset=offset, message=message, hint=hint))


def _value_of(match: re.Match[str]) -> str:
    if match["bare"] is not None:
        return match["bare"]
    quoted = match["quoted"] if match["quoted"] is not None else match["curly"]
    return _ESCAPE.sub(r"\1", " ".join(quoted.split("\n")))
