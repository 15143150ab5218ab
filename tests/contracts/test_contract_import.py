"""Imports go one way, every room is under a contract, and help needs nothing heavy."""

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
HEAVY = (
    *("spacy", "weasyprint", "pyarrow", "duckdb", "pydantic", "jinja2", "numpy", "orjson", "rich", "yaml"),
    *("holidays", "dateutil", "phonenumbers", "stdnum", "onnxruntime", "ray"),
)


def test_import_contracts_are_kept():
    """Every import contract of pyproject.toml holds."""
    program = Path(sys.executable).parent / "lint-imports"
    run = subprocess.run([program, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout[-2000:]
    assert " 0 broken" in run.stdout


def test_every_room_stands_in_a_layer():
    """A new folder under sopgen/ is named in one of the layer contracts."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    layers = {
        layer.strip("()")
        for contract in contracts["contracts"]
        if contract["type"] == "layers"
        for layer in contract["layers"]
    }
    rooms = {f"sopgen.{path.parent.name}" for path in (ROOT / "sopgen").glob("*/__init__.py")}
    assert rooms <= layers


@pytest.mark.parametrize("call", ["--help", "--version"])
def test_help_and_version_import_nothing_heavy(call):
    """`sopgen --help` and `--version` import none of the heavy libraries, so that they answer at once."""
    program = (
        "import sys; from sopgen.cli.main import run; status = run(sys.argv[1:]); "
        f"print('loaded:', *sorted(set({HEAVY}) & set(sys.modules))); sys.exit(status)"
    )
    run = subprocess.run(
        [sys.executable, "-c", program, call], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert run.stdout.splitlines()[-1] == "loaded:"
