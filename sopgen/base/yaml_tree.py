"""YAML text into values and the place of each: texts, lists, mappings, None. The only yaml.

Nobody imports this but `shape`, and only where there is something to read.
"""

from typing import Any

import yaml

from sopgen.base.diagnostic import Diagnostic, Level, Report
from sopgen.base.shape import Path, TreeError
from sopgen.base.span import Span

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


def read_tree(text: str, places: dict[Path, Span], span: Span, report: Report) -> Any:
    """Return the value of a text, and enter the places of its parts; reports YML102, or raises TreeError."""
    try:
        node = _node_of(text)
        return _value_of(node, (), places, span, report) if node is not None else None
    except yaml.YAMLError as error:
        raise TreeError(_yaml_flaw(error, span)) from error
    except RecursionError as error:
        raise TreeError(_yaml_flaw(yaml.YAMLError("a part that holds itself"), span)) from error
    except UnicodeEncodeError as error:
        raise TreeError(_yaml_flaw(yaml.YAMLError(str(error)), span)) from error


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
