"""The project runs anywhere: nothing in it names a machine's folder or a registry's host."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
HOSTS = ("py" + r"pi\.org", "python" + r"hosted\.org", "deb" + r"\.debian\.org", "registry" + r"\.npmjs")
FOLDERS = (
    r"(?<![\w.~])/" + "root/",
    r"(?<![\w.~])/" + "work/",
    r"(?<![\w.~])/" + r"home/\w",
    r"\.\./" + "shared",
)
FORBIDDEN = re.compile("|".join((*HOSTS, *FOLDERS)))


def tracked_files():
    """Return the files that git tracks."""
    git = shutil.which("git")
    if git is None or not (ROOT / ".git").exists():
        pytest.skip("not a git checkout")
    listed = subprocess.run([git, "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    return [ROOT / name for name in listed.stdout.split("\0") if name]


def test_nothing_names_a_machine_or_a_registry():
    """No tracked text names a folder of somebody's machine or the host of a package registry."""
    named = []
    for path in tracked_files():
        if not path.is_file():
            continue
        text = path.read_bytes().decode("utf-8", errors="ignore")
        named += [f"{path.relative_to(ROOT)}: {match[0]}" for match in FORBIDDEN.finditer(text)]
    assert named == []
