"""Outside data (YAML, front matter) into plain dataclasses, each flaw with its place. The only pydantic.

A document is read in two steps: YAML text into a tree that remembers lines, then the tree's values into a
dataclass, checked against its annotations. A dataclass that must refuse unknown keys says so with
`__pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}`.
"""

import functools
import pathlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar, get_args, get_type_hints

from sopgen.base.diagnostic import Diagnostic, Level, Report
from sopgen.base.span import Span
from sopgen.base.suggestion import did_you_mean

if TYPE_CHECKING:
    from pydantic import TypeAdapter

T = TypeVar("T")
Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A YAML document: its value (texts, lists, mappings, None) and the place of every part of it."""

    value: Any
    places: Mapping[Path, Span]
    file: str

    FRESH: ClassVar[tuple[str, ...]] = ("places",)
    """What is not kept for the next process (`sopgen.base.cache`): few ever ask, and there are thousands."""

    def freshen(self) -> None:
        """Find the places again when somebody asks for one."""
        object.__setattr__(self, "places", _LatePlaces(self.file))

    def place(self, path: Iterable[str | int] = ()) -> Span:
        """Return where the part at `path` stands, or the nearest part around it."""
        steps = tuple(path)
        while steps and steps not in self.places:
            steps = steps[:-1]
        return self.places.get(steps, Span(file=self.file))


class TreeError(Exception):
    """A text is no document; `flaw` says why."""

    def __init__(self, flaw: Diagnostic) -> None:
        super().__init__(flaw.message)
        self.flaw = flaw


class _LatePlaces(Mapping[Path, Span]):
    """The places in a file that was read by another process, found when first asked for."""

    def __init__(self, file: str) -> None:
        self._file = file

    @functools.cached_property
    def _found(self) -> Mapping[Path, Span]:
        document = read_yaml_file(pathlib.Path(self._file), lambda _: None)
        return document.places if document else {}

    def __getitem__(self, path: Path) -> Span:
        return self._found[path]

    def __iter__(self) -> Iterator[Path]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)


def read_yaml(text: str, span: Span, report: Report) -> Document | None:
    """Return the document, or None after reporting YML101 (not YAML) or YML102 (a key twice).

    Scalars stay text; `null`, `~` and nothing become None. `span` is where the text begins in its file.
    """
    from sopgen.base.yaml_tree import read_tree  # noqa: PLC0415 -- most processes find what was read before

    places: dict[Path, Span] = {}
    try:
        value = read_tree(text, places, span, report)
    except TreeError as error:
        report(error.flaw)
        return None
    return Document(value=value, places=places, file=span.file)


def read_yaml_file(path: pathlib.Path, report: Report) -> Document | None:
    """Return the document of a file, or None after reporting YML103 (unreadable, or not UTF-8) or YML1xx."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        report(
            Diagnostic(
                code="YML103",
                level=Level.ERROR,
                span=Span(file=str(path)),
                message=f"this file cannot be read: {error}",
                hint="make it a readable text file, saved as UTF-8",
            )
        )
        return None
    return read_yaml(text, Span(file=str(path), line=1), report)


def shape(document: Document, into: type[T], report: Report, *, code: str, path: Path = ()) -> T | None:
    """Return the part at `path` as an `into`, or None after reporting each flaw under `code`."""
    from pydantic import ValidationError  # noqa: PLC0415 -- as above

    value = document.value
    for step in path:
        value = value[step]
    try:
        shaped: T = _adapter(into).validate_python(value)
    except ValidationError as error:
        for flaw in _plain_flaws(error.errors(), value):
            report(_shape_flaw(document, flaw, into, code=code, path=path))
        return None
    return shaped


def json_schema(of: type[Any]) -> dict[str, Any]:
    """Return the JSON Schema of a dataclass, for editors that complete and validate."""
    return _adapter(of).json_schema()


_adapters: "dict[type[Any], TypeAdapter[Any]]" = {}


def _adapter(of: type[Any]) -> "TypeAdapter[Any]":
    from pydantic import TypeAdapter  # noqa: PLC0415 -- as above

    if of not in _adapters:
        _adapters[of] = TypeAdapter(of)
    return _adapters[of]


def _plain_flaws(flaws: Sequence[Any], value: Any) -> list[dict[str, Any]]:
    """Return the flaws with places that stand in the document, one for each place.

    Where either of several shapes fits, each tells its own flaws: those of the shape that the author seems to
    have meant are kept, which are the ones further inside.
    """
    placed = [
        {**flaw, "loc": _within(flaw["loc"], value, missing=flaw["type"] == "missing")} for flaw in flaws
    ]
    around = {flaw["loc"][:length] for flaw in placed for length in range(len(flaw["loc"]))}
    first = {flaw["loc"]: flaw for flaw in reversed(placed)}
    return [first[place] for place in dict.fromkeys(flaw["loc"] for flaw in placed) if place not in around]


def _within(place: Path, value: Any, *, missing: bool) -> Path:
    """Return the place without the names of shapes, which lead nowhere in the document."""
    steps: list[str | int] = []
    for number, step in enumerate(place):
        if isinstance(value, Mapping):
            inside = step in value
        else:
            inside = isinstance(value, list) and isinstance(step, int) and step < len(value)
        if inside:
            value = value[step]
            steps.append(step)
        elif missing and number == len(place) - 1:
            steps.append(step)
    return tuple(steps)


def _shape_flaw(document: Document, flaw: Any, into: type[Any], *, code: str, path: Path) -> Diagnostic:
    where = (*path, *(step for step in flaw["loc"]))
    name = ".".join(str(step) for step in flaw["loc"]) or "document"
    message, hint = f"{name}: {flaw['msg']}", ""
    if flaw["type"] == "missing":
        message, hint = f"'{name}' is missing", f"add a line '{flaw['loc'][-1]}: …'"
    elif flaw["type"] in ("extra_forbidden", "unexpected_keyword_argument"):
        message, hint = (
            f"unknown key '{name}'",
            did_you_mean(str(flaw["loc"][-1]), _keys_at(into, flaw["loc"][:-1])),
        )
    elif "input" in flaw and isinstance(flaw["input"], str):
        message = f"{name}: {flaw['msg']}, not '{flaw['input']}'"
    return Diagnostic(code=code, level=Level.ERROR, span=document.place(where), message=message, hint=hint)


def _keys_at(into: Any, path: Path) -> tuple[str, ...]:
    """Return the keys of the dataclass that stands at `path` inside `into`, none when no dataclass does."""
    for step in path:
        inside = get_type_hints(into).get(str(step)) if is_dataclass(into) else into
        into = next((each for each in _parts_of(inside) if is_dataclass(each)), into)
    return tuple(field.name for field in fields(into)) if is_dataclass(into) else ()


def _parts_of(annotation: Any) -> Iterator[Any]:
    """Yield an annotation and all that stands inside its brackets."""
    yield annotation
    for part in get_args(annotation):
        yield from _parts_of(part)
