"""A sopgen whose hot path is compiled says what the one says that Python reads, to the last bit."""

import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CHATS = ROOT / "tests" / "cases" / "sample-chats.jsonl"
SOURCES = ("pyproject.toml", "README.md", "LICENSE", "checks", "sopgen")
RESULTS = ("verdicts.parquet", "conversations.parquet", "transcripts.parquet", "findings.jsonl")
RUNS = ("python", "first", "again")
CALL = "from sopgen.cli.main import main; main()"


def lacking():
    """Return what this machine lacks for compiling; "" when it has everything."""
    compiler = (sysconfig.get_config_var("CC") or "cc").split()[0]
    if shutil.which(compiler) is None:
        return f"no C compiler ('{compiler}')"
    headers = Path(sysconfig.get_paths()["include"])
    return "" if (headers / "Python.h").is_file() else f"no headers of Python in '{headers}'"


pytestmark = pytest.mark.skipif(lacking() != "", reason=f"nothing can be compiled here: {lacking()}")


def run(home, *call, cache="off"):
    """Return what a process prints for which sopgen lies in the folder `home`."""
    environment = os.environ | {"PYTHONPATH": str(home), "SOPGEN_CACHE": str(cache)}
    done = subprocess.run(
        [sys.executable, "-P", *map(str, call)],
        cwd=ROOT, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode <= 1, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def compiled(tmp_path_factory):
    """Return the folder of a sopgen whose hot path is compiled."""
    folder = tmp_path_factory.mktemp("native")
    copy, home = folder / "copy", folder / "home"
    copy.mkdir()
    for name in SOURCES:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, copy / name, ignore=shutil.ignore_patterns("__pycache__", "training"))
        else:
            shutil.copy(source, copy)
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check"]
    build = [*pip, "wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", folder, copy]
    made = subprocess.run(
        build,
        env=os.environ | {"HATCH_BUILD_HOOK_ENABLE_MYPYC": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert made.returncode == 0, made.stdout + made.stderr
    (wheel,) = folder.glob("*.whl")
    subprocess.run([*pip, "install", "--quiet", "--no-deps", "--target", home, wheel], check=True)
    return home


@pytest.fixture(scope="module")
def plain(compiled):
    """Return the folder of the same sopgen, as Python reads it."""
    home = compiled.parent / "plain"
    shutil.copytree(compiled, home, ignore=shutil.ignore_patterns("*.so", "*.pyd"))
    return home


def test_it_says_that_it_is_compiled(compiled, plain):
    """The version tells the two apart, and so does `sopgen doctor`."""
    assert run(compiled, "-c", CALL, "--version").strip().endswith(", compiled")
    assert ", compiled" not in run(plain, "-c", CALL, "--version")
    assert "compiled" in run(compiled, "-c", CALL, "doctor")


def test_it_sees_and_says_the_same(compiled, plain, tmp_path):
    """What each message does, every chance in full, every judgement and every finding are the same bytes."""
    told = []
    for home in (compiled, plain):
        file = tmp_path / f"{len(told)}.jsonl"
        run(home, ROOT / "benchmarks" / "verdicts.py", file, CHATS)
        told.append(file.read_bytes())
    assert told[0]
    assert told[0] == told[1]


def test_its_results_are_the_same_files(compiled, plain, tmp_path):
    """Two processes that send one another their results judge the same, and so does what was kept before."""
    cache = tmp_path / "cache"
    for home, name in ((plain, "python"), (compiled, "first"), (compiled, "again")):
        call = ("check", CHATS, "--out", tmp_path / name, "--run-id", "run", "--workers", "2")
        run(home, "-c", CALL, *call, cache="off" if home is plain else cache)
    assert any(path.name.startswith("pack") for path in cache.rglob("*")), "the pack was not kept"
    for name in RESULTS:
        first, *others = ((tmp_path / each / "runs/run" / name).read_bytes() for each in RUNS)
        assert others == [first, first], name
