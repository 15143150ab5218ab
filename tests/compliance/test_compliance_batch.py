"""Conversations judged by the batch."""

from collections.abc import Callable

from sopgen.compliance.batch import MOST, judged
from sopgen.compliance.checker import Checker
from sopgen.conversation.model import Conversation


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
