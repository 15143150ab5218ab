"""The JSON Schemas: up to date, valid, in agreement with the files of this project, and able to refuse."""

import json
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator

from sopgen.cli.schema import schema_text
from sopgen.compliance.schema import DESCRIBED

ROOT = Path(__file__).parents[2]
KEPT = ROOT / "schemas"
SCHEMAS = {each.name: Draft202012Validator(each.schema()) for each in DESCRIBED}
FILES = {
    "rule": sorted((ROOT / "checks" / "rules").glob("*.yaml")),
    "act": sorted((ROOT / "checks" / "acts").glob("*.yaml")),
    "moment": sorted((ROOT / "checks" / "moments").glob("*.yaml")),
    "words": [ROOT / "checks" / "lexicons" / "words.yaml"],
    "front-matter": [*sorted((ROOT / "sop_sources").glob("*/sop.md")), ROOT / "tests/sop/cases/whole_id.md"],
}
FRONT_MATTER = {
    "id": "cs-contoh",
    "title": 2026,
    "language": "id",
    "owner": "Kepala",
    "approver": "Direktur",
    "review_every": "90d",
}


def flaws(name: str, value: object) -> list[str]:
    return [each.json_path for each in SCHEMAS[name].iter_errors(value)]


@pytest.mark.parametrize("described", DESCRIBED, ids=lambda each: each.name)
def test_the_kept_schema_is_up_to_date(described) -> None:
    """`schemas/` is what `sopgen schema --out schemas` writes today."""
    Draft202012Validator.check_schema(described.schema())
    kept = (KEPT / f"{described.name}.schema.json").read_text(encoding="utf-8")
    assert kept == schema_text(described), "run: sopgen schema --out schemas"


def test_nothing_else_is_kept() -> None:
    """No schema stays behind when its kind of file is gone."""
    assert sorted(path.name for path in KEPT.iterdir()) == sorted(
        f"{each.name}.schema.json" for each in DESCRIBED
    )


@pytest.mark.parametrize(
    ("name", "path"),
    [(name, path) for name, paths in FILES.items() for path in paths],
    ids=lambda each: each.stem if isinstance(each, Path) else each,
)
def test_what_the_reader_accepts_fits(name: str, path: Path) -> None:
    """Every rule, act, moment and front matter of this project fits its schema, as an editor reads it."""
    text = path.read_text(encoding="utf-8")
    if name == "front-matter":
        text = text.split("---\n")[1]
    value = yaml.load(text, Loader=yaml.CSafeLoader)
    assert flaws(name, value) == []


def test_a_front_matter_that_does_not_fit_is_refused() -> None:
    """A misspelt key, a missing one, an unknown language, a length of time and hours without form."""
    assert flaws("front-matter", FRONT_MATTER) == []
    assert flaws("front-matter", FRONT_MATTER | {"ownr": "x"}) == ["$"]
    assert flaws("front-matter", {key: value for key, value in FRONT_MATTER.items() if key != "owner"}) == [
        "$"
    ]
    assert flaws("front-matter", FRONT_MATTER | {"language": "jv"}) == ["$.language"]
    assert flaws("front-matter", FRONT_MATTER | {"review_every": "tiga bulan"}) == ["$.review_every"]
    hours = {"timezone": "Asia/Jakarta", "weekly": {"mon": ["8-9"]}}
    assert flaws("front-matter", FRONT_MATTER | {"hours": hours})


def test_constraints_and_selections_are_checked_to_the_depth_that_schemas_reach() -> None:
    """An unknown kind of constraint, and an unknown key of a selection in a moment, do not fit."""
    rule = yaml.safe_load(FILES["rule"][0].read_text(encoding="utf-8"))
    assert flaws("rule", rule | {"expect": {"exists": {"of": {}}}}) == ["$.expect"]
    assert flaws("rule", rule | {"severity": "fatal"}) == ["$.severity"]
    assert flaws("moment", [{"role": "agent", "atc": "greeting"}]) == ["$[0]"]
    assert flaws("overrides", {"no-profanity": {"severity": "major", "weight": 2}}) == []
    assert flaws("overrides", {"no-profanity": {"expect": {}}}) == ["$['no-profanity']"]


def test_the_schemas_say_what_the_keys_are_for() -> None:
    """An editor shows a description for every key of the front matter."""
    properties = json.loads((KEPT / "front-matter.schema.json").read_text(encoding="utf-8"))["properties"]
    assert all(each.get("description") for each in properties.values())
