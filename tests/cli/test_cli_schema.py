"""`sopgen schema`: listed, printed, written."""

import json

from sopgen.cli.codes import CODES

OWN = {entry.code: entry for entry in CODES}


def test_schemas_are_listed_printed_and_written(call, project):
    """The list names each; a name prints one; `--out` writes what the name prints."""
    listed = call("schema").out
    assert "front-matter" in listed
    printed = call("schema", "rule").out
    assert json.loads(printed)["title"] == "rule (checks/rules/*.yaml)"
    assert call("schema", "--out", "kept").status == 0
    assert (project / "kept" / "rule.schema.json").read_text(encoding="utf-8") == printed
    assert len(list((project / "kept").iterdir())) == 6


def test_a_schema_breaks_as_its_code_says(call):
    """CLI136: the one snippet is refused with the nearest name, the other is printed."""
    ran = call("schema", OWN["CLI136"].breaks)
    assert ran.status == 2
    assert "did you mean 'rule'?" in ran.err
    assert call("schema", OWN["CLI136"].keeps).status == 0
