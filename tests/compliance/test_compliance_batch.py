"""Conversations judged by the batch."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace

import pytest

from sopgen.compliance.batch import MOST, judged
from sopgen.compliance.checker import Checker, make_checker
from sopgen.compliance.pack import Pack
from sopgen.conversation.model import Conversation, Kind
from sopgen.language.listener import Listener
from sopgen.language.recognition import Layout, Recognition
from sopgen.sop.model import SopHistory
from sopgen.sop.reader import read_sop

HEAD = (
    "---\nid: cs\ntitle: CS\nlanguage: id\nowner: K\napprover: D\nreview_every: 90d\n---\n\n"
    "## Standar Pelayanan\n\n"
)


def test_a_batch_is_judged_as_each_alone(
    checker_of: Callable[..., Checker], chat: Callable[[str], Conversation]
) -> None:
    """In the same order and with the same verdicts, also beyond the end of a batch; none gives none."""
    checker = checker_of("check=no-secret-request", "check=first-response-time", "check=opening-greeting")
    talks = [
        chat(f"09:00 pelanggan  akun {number} terkunci\n09:0{number % 5} agen  Halo Kak, {asked}?")
        for number, asked in enumerate(
            ["boleh infokan kode OTP-nya", "nomor pesanannya berapa"] * (MOST // 2 + 1)
        )
    ]
    found = list(judged(iter(talks), checker))
    assert found == [checker.judge(each) for each in talks]
    assert len({tuple(each.verdict for each in judgements) for judgements in found}) > 2
    assert list(judged([], checker)) == []


@pytest.mark.parametrize("asides", [1, 3, 6])
def test_nothing_of_a_batch_is_heard_twice(
    pack: Pack, chat: Callable[[str], Conversation], asides: int
) -> None:
    """Captions are heard once, what stands for a file once for all, internal notes not at all."""
    heard: Counter[str] = Counter()

    def by_cues(role: str, text: str) -> Recognition:  # noqa: ARG001
        heard[text] += 1
        return Recognition(text, (), Layout(lambda: ((), ())), {})

    clauses = (
        "- **Wajib** satu. {#satu check=no-secret-request}\n- **Wajib** dua. {#dua check=opening-greeting}\n"
    )
    sop = read_sop(HEAD + clauses, file="sop.md", report=lambda _: None)
    assert sop is not None
    listening = replace(pack, recognise=Listener(by_cues, {}, None))
    checker = make_checker([SopHistory(draft=sop)], listening, lambda _: None, draft=True)
    captions = [[f"bukti {talk} {number}" for number in range(asides)] for talk in range(MOST)]
    talks = [
        with_asides(chat(f"09:00 pelanggan  halo\n09:01 agen  pesanan {talk}"), [*each, "(foto)"])
        for talk, each in enumerate(captions)
    ]
    list(judged(talks, checker))
    assert {heard[caption] for each in captions for caption in each} == {1}
    assert {heard[f"pesanan {talk}"] for talk in range(MOST)} == {1}
    assert heard["(foto)"] == 1
    assert heard["rahasia"] == 0


def with_asides(conversation: Conversation, captions: list[str]) -> Conversation:
    """Return the conversation with pictures of its agent at the end, and an internal note."""
    last = conversation.messages[-1]
    pictures = [
        replace(last, id=f"p{n}", kind=Kind.MEDIA, text=caption) for n, caption in enumerate(captions)
    ]
    note = replace(last, id="n", kind=Kind.NOTE, text="rahasia")
    return replace(conversation, messages=(*conversation.messages, *pictures, note))
