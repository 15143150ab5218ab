"""A release on the disk: all of it or nothing, whatever breaks off, and only one at a time."""

import signal
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from frozen_sop import SOURCE, write_specimen

from sopgen.base.diagnostic import Diagnostic, Level
from sopgen.base.errors import StorageError
from sopgen.sop.library import read_history
from sopgen.sop.model import SopHistory
from sopgen.sop.release_plan import Order, entry_of, index_with, plan_release
from sopgen.sop.release_store import Bundle, clear_away, freeze, releasing_alone

PICTURE = b"\x89PNG\r\n\x1a\n the panel"
ASSETS = {"panel.png": PICTURE, "forms/order.pdf": b"%PDF-1.7 form"}
STEPS = (
    "making .pending-1.1",
    "writing 1.1.md",
    "writing 1.1.pdf",
    "writing 1.1.files/forms/order.pdf",
    "writing 1.1.files/panel.png",
    "writing index.yaml",
    "forcing it to the disk",
    "moving 1.1.md",
    "moving 1.1.pdf",
    "moving 1.1.files",
    "forcing the names to the disk",
    "moving index.yaml",
    "forcing the index to the disk",
    "writing .gitattributes",
)
MADE_FROM = STEPS.index("forcing the index to the disk")
"""The first step before which the release has been made."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return the folder of `cs-contoh`, released as 1.0, with another draft."""
    folder = write_specimen(tmp_path) / "cs-contoh"
    (folder / "sop.md").write_text(SOURCE.replace("cepat", "cepat dan ramah"), encoding="utf-8")
    return folder


def sound(folder: Path) -> SopHistory:
    """Return the SOP in the folder, which must be without an error."""
    found: list[Diagnostic] = []
    history = read_history(folder, found.append)
    assert [each for each in found if each.level is Level.ERROR] == []
    assert history is not None
    assert history.withheld == ()
    return history


def bundle_of(folder: Path) -> Bundle:
    """Return what a release of the draft as 1.1 freezes, with two assets."""
    history, releases = sound(folder), folder / "releases"
    order = Order(
        version="1.1",
        effective="2026-03-01",
        approved_by="Direktur",
        approved_on=date(2026, 2, 1),
        summary="Ramah",
    )
    plan = plan_release(history, order, ASSETS, today=date(2026, 2, 1))
    source, pdf = (folder / "sop.md").read_bytes(), b"%PDF-1.7 as approved"
    before = history.editions[-1].release.seal
    entry = entry_of(plan, source=source, pdf=pdf, assets=ASSETS, before=before)
    index = index_with(releases, entry, sop="cs-contoh")
    return Bundle(version="1.1", source=source, pdf=pdf, index=index, assets=ASSETS)


def versions(history: SopHistory) -> list[str]:
    """Return the versions that were released."""
    return [edition.release.version for edition in history.editions]


def contents(folder: Path) -> dict[str, bytes]:
    """Return every file of the releases with what it holds."""
    releases = folder / "releases"
    return {
        str(path.relative_to(releases)): path.read_bytes() for path in releases.rglob("*") if path.is_file()
    }


def breaking_at(position: int, error: BaseException) -> Callable[[str], None]:
    """Return a step that raises at its call number `position`, from 0."""
    told: list[str] = []

    def step(name: str) -> None:
        told.append(name)
        if len(told) > position:
            raise error

    return step


def test_a_release_holds_what_was_approved(folder: Path) -> None:
    """Source, PDF and assets are there byte for byte and read-only, and the older entry is untouched."""
    before = (folder / "releases" / "index.yaml").read_bytes()
    told: list[str] = []
    bundle = bundle_of(folder)
    with releasing_alone(folder):
        freeze(folder / "releases", bundle, told.append)
    assert tuple(told) == STEPS
    history = sound(folder)
    assert versions(history) == ["1.0", "1.1"]
    files = contents(folder)
    assert (files["1.1.md"], files["1.1.pdf"]) == (bundle.source, bundle.pdf)
    assert {name: files[f"1.1.files/{name}"] for name in ASSETS} == ASSETS
    assert files["index.yaml"].startswith(before)
    assert files[".gitattributes"].endswith(b"* -text\n")
    assert sorted(name for name in files if name.startswith(".")) == [".gitattributes"]
    assert (folder / "releases" / "1.1.md").stat().st_mode & 0o222 == 0


@pytest.mark.parametrize("position", range(len(STEPS)), ids=STEPS)
@pytest.mark.parametrize(
    "error", [OSError(28, "No space left on device"), KeyboardInterrupt()], ids=["disk", "user"]
)
def test_a_release_that_fails_at_any_step_is_whole_or_nothing(
    folder: Path, position: int, error: BaseException
) -> None:
    """Before the index is in place nothing is left, after it everything is; and it can be tried again."""
    before = contents(folder)
    bundle = bundle_of(folder)
    expected = StorageError if isinstance(error, OSError) else KeyboardInterrupt
    with releasing_alone(folder), pytest.raises(expected):
        freeze(folder / "releases", bundle, breaking_at(position, error))
    if position < MADE_FROM:
        assert contents(folder) == before
        assert versions(sound(folder)) == ["1.0"]
        with releasing_alone(folder):
            freeze(folder / "releases", bundle, lambda _: None)
    assert versions(sound(folder)) == ["1.0", "1.1"]


KILLED = """
import os, signal, sys
from pathlib import Path
from test_sop_release_store import bundle_of
from sopgen.sop.release_store import freeze, releasing_alone

folder, left = Path(sys.argv[1]), [int(sys.argv[2])]

def step(name):
    if not left[0]:
        os.kill(os.getpid(), signal.SIGKILL)
    left[0] -= 1

with releasing_alone(folder):
    freeze(folder / "releases", bundle_of(folder), step)
"""


@pytest.mark.parametrize("position", range(len(STEPS)), ids=STEPS)
def test_a_killed_release_is_whole_or_nothing(folder: Path, position: int) -> None:
    """What a killed process leaves counts for nothing, or is whole; the next release clears it away."""
    call = [sys.executable, "-c", KILLED, str(folder), str(position)]
    killed = subprocess.run(call, cwd=Path(__file__).parent, capture_output=True, text=True, check=False)
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    made = position >= MADE_FROM
    assert versions(sound(folder)) == (["1.0", "1.1"] if made else ["1.0"])
    with releasing_alone(folder):
        left = clear_away(folder / "releases")
        assert left == (() if made or not position else ("1.1",))
        assert [name for name in contents(folder) if ".pending" in name] == []
        if not made:
            freeze(folder / "releases", bundle_of(folder), lambda _: None)
    assert versions(sound(folder)) == ["1.0", "1.1"]
    found: list[Diagnostic] = []
    read_history(folder, found.append)
    assert found == []


def test_a_broken_release_is_told_and_counts_for_nothing(folder: Path) -> None:
    """Until it is cleared away, readers are warned and the older releases govern."""
    freeze_until_kill = [sys.executable, "-c", KILLED, str(folder), str(STEPS.index("moving index.yaml"))]
    subprocess.run(freeze_until_kill, cwd=Path(__file__).parent, capture_output=True, check=False)
    found: list[Diagnostic] = []
    history = read_history(folder, found.append)
    assert [(flaw.code, flaw.level) for flaw in found] == [("SOP313", Level.WARNING)]
    assert history is not None
    assert versions(history) == ["1.0"]


def test_a_file_that_somebody_changed_is_not_cleared_away(folder: Path) -> None:
    """What is not as the broken release wrote it may be somebody's work; it stays, and is told."""
    call = [sys.executable, "-c", KILLED, str(folder), str(STEPS.index("moving index.yaml"))]
    subprocess.run(call, cwd=Path(__file__).parent, capture_output=True, check=False)
    path = folder / "releases" / "1.1.md"
    path.chmod(0o644)
    path.write_text("mine", encoding="utf-8")
    with releasing_alone(folder):
        clear_away(folder / "releases")
    assert [name for name in contents(folder) if name.startswith("1.1")] == ["1.1.md"]
    found: list[Diagnostic] = []
    assert read_history(folder, found.append) is None
    assert [flaw.code for flaw in found] == ["SOP309"]


def test_a_second_release_at_once_is_refused(folder: Path) -> None:
    """Whoever comes second is told to wait; the lock goes with its holder."""
    with releasing_alone(folder), pytest.raises(StorageError) as refused, releasing_alone(folder):
        pass
    assert refused.value.code == "REL201"
    with releasing_alone(folder):
        pass


def test_a_lock_dies_with_its_process(folder: Path) -> None:
    """A process that is killed while it releases locks nobody out."""
    program = (
        "import sys; from pathlib import Path; from sopgen.sop.release_store import releasing_alone\n"
        "with releasing_alone(Path(sys.argv[1])):\n    print('held', flush=True); sys.stdin.read()"
    )
    holder = subprocess.Popen(
        [sys.executable, "-c", program, str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert holder.stdin is not None
    assert holder.stdout is not None
    assert holder.stdout.readline() == b"held\n"
    with pytest.raises(StorageError), releasing_alone(folder):
        pass
    holder.kill()
    holder.wait()
    holder.stdin.close()
    holder.stdout.close()
    with releasing_alone(folder):
        pass


def test_a_file_in_the_way_is_never_overwritten(folder: Path) -> None:
    """A file that bears the name of a frozen one stops the release and stays."""
    bundle = bundle_of(folder)
    path = folder / "releases" / "1.1.pdf"
    path.write_bytes(b"mine")
    with releasing_alone(folder), pytest.raises(StorageError) as refused:
        freeze(folder / "releases", bundle, lambda _: None)
    assert refused.value.code == "REL202"
    assert "1.1.pdf" in refused.value.message
    assert path.read_bytes() == b"mine"
    path.unlink()
    assert versions(sound(folder)) == ["1.0"]
