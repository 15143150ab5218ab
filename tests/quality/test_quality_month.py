"""The generated month is the same for the same seed, marked as generated, and read without a flaw."""

import subprocess
import sys
from pathlib import Path

from sopgen.base.diagnostic import Diagnostic
from sopgen.conversation.export import read_exports
from sopgen.conversation.model import Conversation
from sopgen.conversation.options import ImportOptions

MAKE = Path(__file__).parents[2] / "scripts/month/make.py"


def made(folder: Path, *, seed: int = 1) -> dict[str, bytes]:
    """Return the exports of a month of 90 conversations."""
    call = [sys.executable, str(MAKE), str(folder), "--conversations", "90", "--seed", str(seed)]
    subprocess.run(call, check=True, capture_output=True)
    return {path.name: path.read_bytes() for path in (folder / "exports").iterdir()}


def test_the_same_seed_gives_the_same_month(tmp_path: Path) -> None:
    """Thirty days, byte for byte; another seed gives another month."""
    first = made(tmp_path / "a")
    assert len(first) == 30
    assert made(tmp_path / "b") == first
    assert made(tmp_path / "c", seed=2) != first


def test_every_conversation_is_marked_and_whole(tmp_path: Path) -> None:
    """Nobody takes it for a real one; nothing of it is mended or set aside."""
    made(tmp_path)
    told: list[Diagnostic] = []
    read = list(read_exports(sorted((tmp_path / "exports").iterdir()), ImportOptions(), told.append))
    assert len(read) == 90
    assert told == []
    for each in read:
        assert isinstance(each, Conversation)
        assert each.id.startswith("gen-")
        assert "generated" in each.tags
