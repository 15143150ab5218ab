"""Outside data (YAML, front matter) into plain dataclasses, each flaw with its place. The only pydantic.

A document is read in two steps: YAML text into a tree that remembers lines, then the tree's values into a
dataclass, checked against its annotations. A dataclass that must refuse unknown keys says so with
`__pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}`.
"""

import pathlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from typing import Any, TypeVar, get_args, get_type_hints

import yaml
from pydantic import TypeAdapter, ValidationError

from sopgen.base.diagnostic import Diagnostic, Level, Report
from sopgen.base.span import Span
from sopgen.base.suggestion import did_you_mean

T = TypeVar("T")
Path = tuple[str | int, ...]

MAXIMUM_PARTS = 50_000
"""Parts of one document; a rule has hundreds, aliases can make billions (our decision, 2026-11-21)."""

MAXIMUM_DEPTH = 100
"""Lists and mappings inside one another; a rule has some ten (our decision, 2026-11-21)."""

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _TextLoader(_Loader):  # type: ignore[misc,valid-type]
    """YAML without implicit types but null: `no` stays a word, `09:30` a text, `1.10` a version."""


_TextLoader.yaml_implicit_resolvers = {
    first: [
        (tag, pattern)
        for tag, pattern in resolvers
        if tag in ("tag:yaml.org,2002:null", "tag:yaml.org,2002:merge")
    ]
    for first, resolvers in _Loader.yaml_implicit_resolvers.items()
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A YAML document: its value (texts, lists, mappings, None) and the place of every part of it."""

    value: Any
    places: Mapping[Path, Span]
    file: str

    def place(self, path: Iterable[str | int] = ()) -> Span:
        """Return where the part at `path` stands, or the nearest part around it."""
        steps = tuple(path)
        while steps and steps not in self.places:
            steps = steps[:-1]
        return self.places.get(steps, Span(file=self.file))


def read_yaml(text: str, span: Span, report: Report) -> Document | None:
    """Return the document, or None after reporting YML101 (not YAML) or YML102 (a key twice).

    Scalars stay text; `null`, `~` and nothing become None. `span` is where the text begins in its file.
    """
    places: dict[Path, Span] = {}
    try:
        node = _node_of(text)
        value = _value_of(node, (), places, span, report) if node is not None else None
    except yaml.YAMLError as error:
        report(_yaml_flaw(error, span))
        return None
    except RecursionError:
        report(_yaml_flaw(yaml.YAMLError("a part that holds itself"), span))
        return None
    except UnicodeEncodeError as error:
        report(_yaml_flaw(yaml.YAMLError(str(error)), span))
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


_adapters: dict[type[Any], TypeAdapter[Any]] = {}


def _adapter(of: type[Any]) -> TypeAdapter[Any]:
    if of not in _adapters:
        _adapters[of] = TypeAdapter(of)
    return _adapters[of]


def _node_of(text: str) -> yaml.Node | None:
    """Return the root of the tree. The C loader builds it by recursion, so its depth is measured before."""
    measure = _TextLoader(text)
    depth = 0
    while measure.check_event():
        event = measure.get_event()
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > MAXIMUM_DEPTH:
            raise yaml.YAMLError(f"more than {MAXIMUM_DEPTH} lists and mappings inside one another")
    node: yaml.Node | None = _TextLoader(text).get_single_node()
    return node


def _value_of(node: yaml.Node, path: Path, places: dict[Path, Span], start: Span, report: Report) -> Any:
    places[path] = _place_of(node, start)
    if len(places) > MAXIMUM_PARTS:
        raise yaml.YAMLError(f"more than {MAXIMUM_PARTS} parts; aliases may have multiplied them")
    if isinstance(node, yaml.SequenceNode):
        return [_value_of(item, (*path, n), places, start, report) for n, item in enumerate(node.value)]
    if isinstance(node, yaml.MappingNode):
        return _mapping_of(node, path, places, start, report)
    return None if node.tag == "tag:yaml.org,2002:null" else node.value


def _mapping_of(
    node: yaml.MappingNode, path: Path, places: dict[Path, Span], start: Span, report: Report
) -> dict[str, Any]:
    mapping: dict[str, Any] = {}
    for key_node, value_node in node.value:
        key = str(key_node.value)
        if key in mapping:
            report(
                Diagnostic(
                    code="YML102",
                    level=Level.ERROR,
                    span=_place_of(key_node, start),
                    message=f"the key '{key}' stands here twice",
                    hint="keep one of them",
                )
            )
        mapping[key] = _value_of(value_node, (*path, key), places, start, report)
    return mapping


def _place_of(node: yaml.Node, start: Span) -> Span:
    mark = node.start_mark
    return Span(file=start.file, line=max(start.line, 1) + mark.line, column=mark.column + 1)


def _yaml_flaw(error: yaml.YAMLError, start: Span) -> Diagnostic:
    mark = getattr(error, "problem_mark", None)
    line = max(start.line, 1) + (mark.line if mark else 0)
    span = Span(file=start.file, line=line, column=mark.column + 1 if mark else 0)
    problem = getattr(error, "problem", None) or str(error)
    return Diagnostic(
        code="YML101",
        level=Level.ERROR,
        span=span,
        message=f"not YAML: {problem}",
        hint="check the indentation, and put texts that hold ': ' or '#' in quotes",
    )


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
