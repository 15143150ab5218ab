"""Remedies of a night: no flag in them, since there is no call to add it to."""

import ast
import re
import tomllib
from pathlib import Path

import pytest

from sopgen.conversation.column import NAME_THEM
from sopgen.runs.night.remedy import as_set

ROOM = Path(__file__).parents[2] / "sopgen" / "conversation"
FLAG = re.compile(r"(?<!\S)--[a-z]")

HINTS = {
    NAME_THEM: {"columns": {"conversation": "…", "text": "…"}},
    'name the staff: --agent "CS Toko"': {"agents": ["CS Toko"]},
    "say who is staff if that is wrong: --agent NAME": {"agents": ["NAME"]},
    "add an offset such as +07:00, or say --tz Asia/Jakarta": {"tz": "Asia/Jakarta"},
    "say where the clock was: --tz +07:00": {"tz": "+07:00"},
    "name it: --format rows": {"format": "rows"},
    "make ids unique in the workbook, or read one sheet: --sheet NAME": {"sheet": "NAME"},
}


def said_in(path: Path) -> list[str]:
    """Return the texts in a module that name a flag, its docstrings left out."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    remarks = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    texts = (node for node in ast.walk(tree) if isinstance(node, ast.Constant) and id(node) not in remarks)
    return [node.value for node in texts if isinstance(node.value, str) and FLAG.search(node.value)]


@pytest.mark.parametrize(("hint", "setting"), HINTS.items())
def test_a_flag_becomes_a_setting_that_can_be_pasted(hint, setting):
    """What the hint shows is TOML, of the inbox that is meant."""
    told = as_set(hint, "chats")
    found = re.search(r"(options = .*\}) of the inbox 'chats' in sopgen\.toml", told)
    assert found is not None
    assert tomllib.loads(found[1]) == {"options": setting}


def test_a_choice_stays_one():
    """Where several values could be meant, each of them is shown."""
    told = as_set("say it: --date-order dmy|mdy|ymd", "chats")
    assert 'date_order = "dmy" | "mdy" | "ymd"' in told


def test_whatever_an_importer_says_is_told_without_flags():
    """All hints of importers that name a flag are known here; other hints stay as they are."""
    paths = [each for each in sorted(ROOM.rglob("*.py")) if each.name != "codes.py"]
    hints = [hint for path in paths for hint in said_in(path)]
    hints = [hint for hint in hints if "--options" not in hint]
    assert len(hints) > 10
    assert [hint for hint in hints if FLAG.search(as_set(hint, "x").replace("sopgen check --who", ""))] == []
    assert as_set("save the file as UTF-8", "chats") == "save the file as UTF-8"
