"""Versions are bound when a conversation needs them; what is wrong with any of them is told before."""

from dataclasses import replace
from pathlib import Path

import pytest

from sopgen.base.cache.store import Cache
from sopgen.base.diagnostic import Diagnostic
from sopgen.compliance.checker import Checker, make_checker
from sopgen.compliance.pack import default_pack_folder, load_pack
from sopgen.conversation.export import read_exports
from sopgen.conversation.model import Conversation
from sopgen.conversation.options import ImportOptions
from sopgen.sop.library import read_library
from sopgen.sop.model import SopHistory
from sopgen.sop.reader import read_sop

ROOT = Path(__file__).parents[2]
SOURCE = (ROOT / "sop_sources/cs-swin/sop.md").read_text(encoding="utf-8")


def made(histories: tuple[SopHistory, ...], cache: Path) -> tuple[Checker, list[Diagnostic]]:
    """Return the checker as another process would make it, and what it is told."""
    flaws: list[Diagnostic] = []
    pack = load_pack([default_pack_folder()], flaws.append)
    return make_checker(histories, pack, flaws.append, cache=Cache(folder=cache)), flaws


@pytest.fixture(scope="module")
def chats() -> list[Conversation]:
    """Return the sample chats."""
    path = ROOT / "tests/cases/sample-chats.jsonl"
    readings = read_exports([path], ImportOptions(), lambda _: None)
    return [each for each in readings if isinstance(each, Conversation)]


def test_what_is_bound_late_judges_alike(tmp_path, chats, calls_of):
    """A checker that finds the flaws in the cache is made at once, and its judgements are the same."""
    histories = read_library(ROOT / "sop_sources", lambda _: None)
    first, told = made(histories, tmp_path)
    again: list[Checker] = []
    assert calls_of(lambda: again.append(made(histories, tmp_path)[0])) < 100_000
    assert calls_of(lambda: made(histories, tmp_path / "empty")) > 300_000
    (late,) = again
    assert made(histories, tmp_path)[1] == told
    assert late.examine_all(chats) == first.examine_all(chats)
    assert [(each.sop.id, each.sop.version, each.clause) for each in late.clauses] == [
        (each.sop.id, each.sop.version, each.clause) for each in first.clauses
    ]


def test_flaws_are_told_each_time_in_the_same_order(tmp_path):
    """A clause bound to a check that does not exist is told of by who binds it and by who finds that out."""
    text = SOURCE.replace("check=calm-tone", "check=calm-tune").replace("limit=2m", "limit=soon")
    draft = read_sop(text, file="sop.md", report=lambda _: None)
    told = [made((SopHistory(draft=draft),), tmp_path)[1] for _ in range(2)]
    assert {"BND101", "BND103", "BND104"} <= {flaw.code for flaw in told[0]}
    assert told[0] == told[1]


def test_what_turns_up_while_judging_is_told_late_too(tmp_path, chats):
    """A year whose holidays nobody knows shows when a conversation of it is judged, bound late or not."""
    hours = 'hours: {timezone: Asia/Jakarta, weekly: {mon-sun: ["08:00-22:00"]}, holidays: ID}'
    draft = read_sop(SOURCE.replace("\n---\n", f"\n{hours}\n---\n", 1), file="sop.md", report=print)
    assert draft is not None
    assert draft.hours is not None
    of_1900 = [in_1900(chat) for chat in chats]
    for _ in range(2):
        checker, flaws = made((SopHistory(draft=draft),), tmp_path)
        before = [flaw.code for flaw in flaws]
        checker.examine_all(of_1900)
        assert "BND108" not in before
        assert "BND108" in [flaw.code for flaw in flaws]


def in_1900(chat: Conversation) -> Conversation:
    """Return the conversation as if it had been held then."""
    told = (replace(each, at=each.at and each.at.replace(year=1900)) for each in chat.messages)
    return replace(chat, messages=tuple(told))
