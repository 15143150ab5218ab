"""`sopgen backtest`: two versions over the same chats, before the one is published."""

import json
import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CHATS = str(ROOT / "tests" / "cases" / "sample-chats.jsonl")


@pytest.fixture
def softened(project):
    """Return the folder of a released SOP whose draft gives ten minutes instead of two."""
    folder = project / "released"
    shutil.copytree(ROOT / "sop_sources" / "cs-swin", folder / "cs-swin")
    source = folder / "cs-swin" / "sop.md"
    text = source.read_text(encoding="utf-8")
    assert "check=first-response-time limit=2m" in text
    source.write_text(
        text.replace("check=first-response-time limit=2m", "check=first-response-time limit=10m"),
        encoding="utf-8",
    )
    return folder


def test_a_softer_draft_passes_newly(call, softened):
    """The clause whose limit grew, its conversations by name, and what both versions say."""
    ran = call("backtest", "cs-swin", CHATS, "--sops", str(softened), "--json")
    assert ran.status == 0, ran.err
    told = json.loads(ran.out)
    reply = next(each for each in told["clauses"] if each["clause"] == "first-reply")
    assert reply["newly_passing"] > 0
    assert reply["newly_failing"] == 0
    assert reply["old_rate"]["value"] > reply["new_rate"]["value"]
    assert reply["change"]["high"] <= 0 or reply["change"]["of"] < 100
    assert {each["kind"] for each in reply["examples"]} == {"newly passing"}
    page = Path(told["page"]).read_text(encoding="utf-8")
    assert 'lang="id"' in page
    assert page.count("Tidak lagi melanggar") > len(reply["examples"])
    assert "<mark" in page
    english = call("backtest", "cs-swin", CHATS, "--sops", str(softened), "--language", "en")
    assert english.status == 0
    assert "Newly passing" in Path(told["page"]).read_text(encoding="utf-8")


def test_people_get_a_table_and_examples(call, softened):
    """With intervals, and turned round with `--against draft --candidate`."""
    ran = call("backtest", "cs-swin", CHATS, "--sops", str(softened))
    assert ran.status == 0
    assert "newly passing: " in ran.out
    assert "Nothing changes in" in ran.out
    version = ran.out.partition(": ")[2].partition(" against")[0]
    turned = ("--against", "draft", "--candidate", version)
    back = call("backtest", "cs-swin", CHATS, "--sops", str(softened), *turned)
    assert "newly failing: " in back.out


def test_a_version_is_not_compared_with_itself(call):
    """A draft without a release has nothing to stand against."""
    same = call("backtest", "cs-kecil", "chats.jsonl", "--against", "draft")
    assert (same.status, "BCK101" in same.err) == (2, True)
    none = call("backtest", "cs-kecil", "chats.jsonl")
    assert (none.status, "CLI132" in none.err) == (2, True)
