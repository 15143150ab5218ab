"""JSON Schemas of what people write as YAML, so that editors complete and check it while they write.

The shapes are those of the dataclasses that read the files. What the dataclasses leave open is added here:
constraints and selections, by the kinds and keys that the compilers know, and forms of texts (ids, lengths of
time, opening hours). A schema accepts whatever the reader accepts; the reader refuses more, because a schema
does not know which acts, moments and parameters there are.

Our YAML reader takes every scalar as text, so that an unquoted 2026 or yes is a text too; hence the loose
`string`s.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sopgen.base.shape import json_schema
from sopgen.compliance.constraints import KINDS, LOGIC
from sopgen.compliance.override import RuleChange
from sopgen.compliance.rule import RuleSource
from sopgen.compliance.selector import SELECTOR_KEYS
from sopgen.language.act import ActSource
from sopgen.sop.front_matter import FrontMatter

DIALECT = "https://json-schema.org/draft/2020-12/schema"
Schema = dict[str, Any]

_ID = "^[a-z0-9]+(-[a-z0-9]+)*$"
_LENGTH = "^(?:[0-9 ]+[smhdwSMHDW] *)+$"
_INTERVAL = r"^\s*[0-9]{1,2}[:.][0-9]{2}\s*[-–]\s*[0-9]{1,2}[:.][0-9]{2}\s*$"
_CONSTRAINT, _SELECTION = {"$ref": "#/$defs/Constraint"}, {"$ref": "#/$defs/Selection"}
_LIST_OF_CONSTRAINTS: Schema = {"type": "array", "items": _CONSTRAINT, "minItems": 1}
_SCALARS = ["string", "number", "boolean"]

_ABOUT_FRONT_MATTER = {
    "id": "Document number: kebab-case, unique, the name of the SOP's folder. It never changes.",
    "title": "What the SOP is called.",
    "language": "Language of headings, labels and dates: id or en.",
    "owner": "Who answers for the SOP.",
    "approver": "Who approves its releases.",
    "review_every": "How long a release may go without a review, such as 90d or 26w.",
    "applies_to": "Which conversations the SOP governs; without it, all.",
    "hours": "When the service is open: limits count only this time, unless a clause says otherwise.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """A kind of YAML that people write: its name, which files hold it, and its schema."""

    name: str
    files: str
    make: Callable[[], Schema]

    def schema(self) -> Schema:
        """Return the JSON Schema, under the name of what it describes."""
        return {"$schema": DIALECT, "title": f"{self.name} ({self.files})", **_loose(self.make())}


def _front_matter() -> Schema:
    schema = json_schema(FrontMatter)
    properties, parts = schema["properties"], schema["$defs"]
    for key, about in _ABOUT_FRONT_MATTER.items():
        properties[key] = {**properties[key], "description": about}
    properties["id"]["pattern"] = _ID
    properties["review_every"]["pattern"] = _LENGTH
    weekly = parts["Hours"]["properties"]["weekly"]
    weekly["additionalProperties"]["items"]["pattern"] = _INTERVAL
    parts["Hours"]["properties"]["holidays"]["pattern"] = "^([A-Z]{2})?$"
    return schema


def _rule() -> Schema:
    schema = json_schema(RuleSource)
    schema["properties"].update(when=_CONSTRAINT, expect=_CONSTRAINT)
    schema["$defs"]["Due"]["properties"].update(of=_SELECTION)
    schema["$defs"].update(Constraint=_constraint(), Selection=_selection())
    return schema


def _overrides() -> Schema:
    change = json_schema(RuleChange)
    parts = change.pop("$defs")
    about = "Rules that are changed without being copied, by name."
    return {
        "description": about,
        "type": "object",
        "additionalProperties": {"$ref": "#/$defs/RuleChange"},
        "$defs": {**parts, "RuleChange": change},
    }


def _moment() -> Schema:
    return {
        "description": "A selection with a name: all that its parts select, in the order of the chat.",
        "type": "array",
        "items": _SELECTION,
        "$defs": {"Selection": _selection()},
    }


def _words() -> Schema:
    return {
        "description": "Groups of words by name, for cues to speak of.",
        "type": "object",
        "additionalProperties": {"type": "array", "items": {"type": "string"}},
    }


def _constraint() -> Schema:
    """Return the schema of a constraint: its kind as the only key, or the case that a clause chose."""
    kinds: Schema = {kind: {"type": "object"} for kind in KINDS}
    logic: Mapping[str, Schema] = {
        "all": _LIST_OF_CONSTRAINTS,
        "any": _LIST_OF_CONSTRAINTS,
        "not": _CONSTRAINT,
        "every": {"type": "object", "required": ["of", "holds"], "properties": {"holds": _CONSTRAINT}},
    }
    assert set(logic) == set(LOGIC)
    single = {
        "type": "object",
        "properties": {**kinds, **logic},
        "additionalProperties": False,
        "minProperties": 1,
        "maxProperties": 1,
    }
    about = (
        "What must hold: a mapping with its kind as the only key, or {case: $choice, word: constraint, …}."
    )
    return {"description": about, "anyOf": [single, _case(_CONSTRAINT)]}


def _selection() -> Schema:
    """Return the schema of a selection: a moment's name, keys of a selection, or a case."""
    filters: Schema = {"type": "object"}
    several: Schema = {"type": "array", "items": filters, "minItems": 1}
    nested: Schema = {"in": _SELECTION, "any": several, "all": several, "not": filters}
    keys = {key: nested.get(key, {}) for key in SELECTOR_KEYS}
    single = {"type": "object", "properties": keys, "additionalProperties": False}
    about = (
        "Which messages or turns: the name of a moment, a mapping, or {case: $choice, word: selection, …}."
    )
    return {"description": about, "anyOf": [{"type": "string"}, single, _case(_SELECTION)]}


def _case(of: Schema) -> Schema:
    return {
        "type": "object",
        "required": ["case"],
        "properties": {"case": {"type": "string", "pattern": r"^\$"}},
        "additionalProperties": of,
    }


def _loose(node: Any) -> Any:
    """Return a schema whose free texts may be any scalar, without the titles that only repeat a name."""
    if isinstance(node, list):
        return [_loose(each) for each in node]
    if not isinstance(node, dict):
        return node
    kept = {key: _loose(value) for key, value in node.items() if key != "title" or isinstance(value, dict)}
    if kept.get("type") == "string" and not {"enum", "pattern", "const"} & set(kept):
        kept["type"] = _SCALARS
    return kept


DESCRIBED: tuple[Described, ...] = (
    Described(name="front-matter", files="the front matter of sop.md", make=_front_matter),
    Described(name="rule", files="checks/rules/*.yaml", make=_rule),
    Described(name="act", files="checks/acts/*.yaml", make=lambda: json_schema(ActSource)),
    Described(name="moment", files="checks/moments/*.yaml", make=_moment),
    Described(name="overrides", files="checks/overrides.yaml", make=_overrides),
    Described(name="words", files="checks/lexicons/words.yaml", make=_words),
)
"""Every kind of YAML that people write."""
