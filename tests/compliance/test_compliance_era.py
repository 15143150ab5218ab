"""Conversations that span a release: each version judges what was written under it."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from sopgen.compliance.checker import Checker, make_checker
from sopgen.compliance.model import Judgement, Verdict
from sopgen.compliance.pack import Pack
from sopgen.conversation.export import read_exports
from sopgen.conversation.model import Conversation
from sopgen.conversation.options import ImportOptions
from sopgen.sop.model import Category, Edition, Release, Sop, SopHistory
from sopgen.sop.reader import read_sop

SAMPLE = Path(__file__).parents[1] / "cases" / "sample-chats.jsonl"
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
FRONT = "---\nid: cs\ntitle: CS\nlanguage: id\nowner: K\napprover: D\nreview_every: 90d\n---\n\n"
HEAD = f"{FRONT}## Standar Pelayanan\n\n"

Chat = Callable[[str], Conversation]


def sop_of(clauses: dict[str, str]) -> Sop:
    written = "\n".join(
        f"- **Wajib** {name}. {{#{name} {attributes}}}" for name, attributes in clauses.items()
    )
    flaws: list[object] = []
    sop = read_sop(HEAD + written + "\n", file="sop.md", report=flaws.append)
    assert sop is not None, flaws
    return sop


def edition(version: str, effective: datetime, sop: Sop) -> Edition:
    release = Release(
        version=version,
        category=Category.SUBSTANTIVE,
        effective=effective,
        approved_by="D",
        approved_on=date(2026, 1, 1),
        summary="s",
        source_sha256="",
        pdf_sha256="",
        place=int(version) - 1,
    )
    return Edition(release=release, sop=replace(sop, version=version))


def released(pack: Pack, *clauses: dict[str, str], at: datetime, first: datetime = LONG_AGO) -> Checker:
    """Return the checker of an SOP with a first version, and a second one that takes effect at `at`."""
    sops = [sop_of(each) for each in clauses]
    editions = tuple(
        edition(str(number), effective, sop)
        for number, (effective, sop) in enumerate(zip((first, at), sops, strict=True), 1)
    )
    return make_checker([SopHistory(draft=sops[-1], editions=editions)], pack, lambda _: None)


def told(judgements: tuple[Judgement, ...]) -> list[tuple[str, str, str]]:
    return [(each.version, each.clause, each.verdict.value) for each in judgements]


def noon_of(conversation: Conversation, number: int) -> datetime:
    """Return the instant of the message at `number`."""
    at = conversation.messages[number].at
    assert at is not None
    return at


def test_a_prohibition_binds_from_its_release_on(pack: Pack, chat: Chat) -> None:
    """What the new version forbids is a finding after the release, and none before it."""
    said = chat(
        "09:00 pelanggan  halo\n09:01 agen  boleh kode OTP-nya?\n09:05 pelanggan  buat apa\n09:06 agen  baik"
    )
    checker = released(pack, {"a": "check=calm-tone"}, {"b": "check=no-secret-request"}, at=noon_of(said, 2))
    assert told(checker.judge(said)) == [("1", "a", "pass"), ("2", "b", "pass")]
    earlier = released(pack, {"a": "check=calm-tone"}, {"b": "check=no-secret-request"}, at=noon_of(said, 1))
    assert told(earlier.judge(said)) == [("1", "a", "na"), ("2", "b", "fail")]


def test_an_answer_is_owed_by_the_version_of_its_question(pack: Pack, chat: Chat) -> None:
    """Who was asked under a limit of ten minutes is not late by a limit that came in meanwhile."""
    said = chat(
        "09:00 pelanggan  halo\n09:01 agen  halo kak\n09:02 pelanggan  paketnya di mana ya?\n"
        "09:08 agen  sedang kami cek kak\n09:10 pelanggan  kapan sampai?\n09:16 agen  besok kak"
    )
    old, new = {"gap": "check=response-gap limit=10m"}, {"gap": "check=response-gap limit=2m"}
    between = released(pack, old, new, at=noon_of(said, 3)).judge(said)
    assert told(between) == [("1", "gap", "pass"), ("2", "gap", "fail")]
    assert [each.message for each in between[1].evidence] == [said.messages[4].id, said.messages[5].id]
    assert "6 menit" in between[1].reason
    after = released(pack, old, new, at=noon_of(said, 5)).judge(said)
    assert told(after) == [("1", "gap", "pass"), ("2", "gap", "na")]
    assert "versi SOP lain" in after[1].reason


def test_a_demand_that_is_met_counts_once(pack: Pack, chat: Chat) -> None:
    """A greeting stands under the version of its words; the other version has nothing to say."""
    said = chat("09:00 pelanggan  halo\n09:01 agen  Selamat pagi kak\n09:05 pelanggan  ok\n09:06 agen  baik")
    clauses = {"greet": "check=opening-greeting"}
    judged = released(pack, clauses, clauses, at=noon_of(said, 2)).judge(said)
    assert told(judged) == [("1", "greet", "pass"), ("2", "greet", "na")]


def test_a_demand_of_the_close_is_the_newer_version_s(pack: Pack, chat: Chat) -> None:
    """A conversation that began under the old version closes by the rules of the new one."""
    said = chat(
        "09:00 pelanggan  poin saya hilang\n09:01 agen  halo kak, kami cek\n"
        "09:05 agen  sudah kami kembalikan. terima kasih, selamat siang\n09:06 agen  (ditutup)"
    )
    clauses = {"confirm": "check=confirm-before-close"}
    judged = released(pack, clauses, clauses, at=noon_of(said, 2)).judge(said)
    assert told(judged) == [("1", "confirm", "na"), ("2", "confirm", "fail")]


def test_what_a_system_adds_brings_no_version_in(pack: Pack, chat: Chat) -> None:
    """An idle chat that closes itself after a release stays with the version of its last words."""
    said = chat("09:00 pelanggan  halo\n09:01 agen  halo kak\n09:30 sistem  (ditutup)")
    judged = released(
        pack, {"a": "check=opening-greeting"}, {"b": "check=opening-greeting"}, at=noon_of(said, 2)
    ).judge(said)
    assert [each.version for each in judged] == ["1"]


def test_what_was_written_before_the_first_release_is_not_judged(pack: Pack, chat: Chat) -> None:
    """Before any version was in force nobody could break it; from then on they can."""
    said = chat(
        "09:00 pelanggan  halo\n09:01 agen  dasar goblok\n09:05 pelanggan  hei\n09:06 agen  goblok kamu"
    )
    clauses = {"a": "check=no-profanity"}
    first, later = noon_of(said, 2), noon_of(said, 3) + timedelta(days=1)
    judged = released(pack, clauses, clauses, at=later, first=first).judge(said)
    assert told(judged) == [("1", "a", "fail")]
    assert {each.message for each in judged[0].evidence} == {said.messages[3].id}


def test_a_withheld_release_leaves_its_time_unjudged(pack: Pack, chat: Chat) -> None:
    """Where the version in force was damaged, no other one judges the messages of its time."""
    said = chat("09:00 pelanggan  halo\n09:01 agen  halo kak\n09:05 pelanggan  hei\n09:06 agen  goblok kamu")
    sop = sop_of({"a": "check=no-profanity"})
    withheld = edition("2", noon_of(said, 2), sop).release
    history = SopHistory(draft=sop, editions=(edition("1", LONG_AGO, sop),), withheld=(withheld,))
    checker = make_checker([history], pack, lambda _: None)
    assert told(checker.judge(said)) == [("1", "a", "pass")]


def test_messages_without_a_time_belong_to_those_before_them(pack: Pack, chat: Chat) -> None:
    """A message that the export gives no time is of the version of its neighbour."""
    said = chat("09:00 pelanggan  halo\n09:01 agen  halo kak\n09:05 pelanggan  hei\n09:06 agen  goblok kamu")
    untimed = replace(said, messages=(*said.messages[:3], replace(said.messages[3], at=None)))
    clauses = {"a": "check=no-profanity"}
    judged = released(pack, clauses, clauses, at=noon_of(said, 2)).judge(untimed)
    assert told(judged) == [("1", "a", "pass"), ("2", "a", "fail")]


@pytest.fixture(scope="module")
def everything(pack: Pack) -> Sop:
    """Return an SOP with a clause for every rule that needs no parameter."""
    free = [rule for rule in pack.rules.values() if all(each.default for each in rule.parameters.values())]
    return sop_of({rule.name: f"check={rule.name}" for rule in sorted(free, key=lambda each: each.name)})


def test_a_release_that_changes_nothing_changes_no_finding(pack: Pack, everything: Sop) -> None:
    """Released again in the middle of a conversation, the same SOP finds the same, each under one version."""
    read = read_exports([SAMPLE], ImportOptions(), lambda _: None)
    chats = [each for each in read if isinstance(each, Conversation)]
    once = make_checker([SopHistory(draft=everything)], pack, lambda _: None, draft=True)
    compared = 0
    for said in chats:
        middle = [each.at for each in said.messages if each.at][len(said.messages) // 2]
        again = tuple(edition(version, at, everything) for version, at in (("1", LONG_AGO), ("2", middle)))
        twice = make_checker([SopHistory(draft=everything, editions=again)], pack, lambda _: None)
        by_clause: dict[str, list[Judgement]] = defaultdict(list)
        for each in twice.judge(said):
            by_clause[each.clause].append(each)
            if each.verdict is Verdict.FAIL and each.evidence and each.evidence[0].at:
                assert (each.version == "2") == (each.evidence[0].at >= middle), (said.id, each.clause)
        for judged in once.judge(said):
            assert_same(judged, by_clause[judged.clause])
            compared += 1
    assert compared > 600


def assert_same(whole: Judgement, parts: list[Judgement]) -> None:
    verdicts = {each.verdict for each in parts} - {Verdict.NA}
    if whole.verdict is Verdict.FAIL:
        assert Verdict.FAIL in verdicts
        shown = [set(part.evidence) for part in parts if part.verdict is Verdict.FAIL]
        assert sum(map(len, shown)) == len(set().union(*shown)), (whole.conversation, whole.clause)
        assert any(shown) == bool(whole.evidence)
    else:
        assert verdicts == {whole.verdict} - {Verdict.NA}, (whole.conversation, whole.clause)
