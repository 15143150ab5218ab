"""What keeps the house readable: short functions, short modules, few parameters, names that say something."""

import ast
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "sopgen"
MODULES = sorted(SOURCE.rglob("*.py"))
LONGEST_FUNCTION = 50
LONGEST_MODULE = 400
MOST_POSITIONAL = 5
EMPTY_NAMES = {"utils", "helpers", "common", "manager", "misc", "util", "helper"}


def functions_in(path):
    """Return the functions of a module, methods and inner functions included."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def length_of(function):
    """Return the lines of a function without its decorators and its docstring."""
    body = function.body[1:] if ast.get_docstring(function) else function.body
    return 1 + sum((node.end_lineno or 0) - node.lineno + 1 for node in body)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_a_module_stays_readable(path):
    """No module is above 400 lines, no function above 50, none takes more than five positional parameters."""
    assert path.stem not in EMPTY_NAMES
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST_MODULE
    for function in functions_in(path):
        positional = [each.arg for each in function.args.args if each.arg not in ("self", "cls")]
        assert length_of(function) <= LONGEST_FUNCTION, function.name
        assert len(positional) <= MOST_POSITIONAL, function.name
