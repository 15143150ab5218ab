"""A small project in a folder of its own, and the command line called in it."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from sopgen.cli.main import run

CASES = Path(__file__).parent / "cases"


@dataclass(frozen=True)
class Ran:
    """What a call left: its exit status, and what it printed where."""

    status: int
    out: str
    err: str


@pytest.fixture
def project(tmp_path, monkeypatch):
    """Return the current folder: a copy of the cases, with the small SOP in `sop_sources`."""
    folder = tmp_path / "my project"
    shutil.copytree(CASES, folder)
    (folder / "sops").rename(folder / "sop_sources")
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def call(project, capsys) -> Callable[..., Ran]:  # noqa: ARG001 - the call happens in the project's folder
    """Return a function that calls the command line as a shell would, and tells what it left."""

    def called(*arguments: str) -> Ran:
        capsys.readouterr()
        status = run(arguments)
        told = capsys.readouterr()
        return Ran(status=status, out=told.out, err=told.err)

    return called
