"""SOPs held against themselves and each other."""

import re

import pytest

from sopgen.base.code import Code
from sopgen.base.diagnostic import Diagnostic
from sopgen.compliance.consistency import forbids, look_for_conflicts
from sopgen.compliance.consistency_codes import CONSISTENCY_CODES
from sopgen.compliance.pack import Pack
from sopgen.compliance.survey import survey
from sopgen.sop.model import SopHistory
from sopgen.sop.reader import read_sop

HEAD = (
    "---\nid: {name}\ntitle: T\nlanguage: id\nowner: K\napprover: D\nreview_every: 90d\n"
    "applies_to: {{channels: [{channels}], teams: [{teams}]}}\n---\n\n## Standar\n\n"
)
TWO = "- **Wajib** A. {#a check=first-response-time limit=2m}\n"
FIVE = "- **Wajib** B. {#b check=first-response-time limit=5m}\n"


def histories_of(snippet: str) -> list[SopHistory]:
    """Return the SOPs of a snippet: `=== name.md` begins each."""
    found: list[Diagnostic] = []
    parts = re.split(r"^=== (\S+)\n", snippet, flags=re.MULTILINE)[1:]
    sops = [
        read_sop(text, file=name, report=found.append)
        for name, text in zip(parts[::2], parts[1::2], strict=True)
    ]
    assert all(sops), found
    return [SopHistory(draft=sop) for sop in sops]


def sop(name: str, body: str, *, channels: str = "livechat", teams: str = "") -> str:
    return f"=== {name}.md\n{HEAD.format(name=name, channels=channels, teams=teams)}{body}\n"


@pytest.mark.parametrize("code", CONSISTENCY_CODES, ids=lambda code: code.code)
def test_a_code_is_shown_by_its_snippet(code: Code, pack: Pack) -> None:
    """What breaks it yields the code; what keeps it yields no conflict at all."""
    assert code.code in {flaw.code for flaw in look_for_conflicts(histories_of(code.breaks), pack)}
    assert list(look_for_conflicts(histories_of(code.keeps), pack)) == []


def test_two_limits_in_one_sop_are_a_conflict(pack: Pack) -> None:
    """The later clause is the one that is told, at its limit."""
    (flaw,) = look_for_conflicts(histories_of(sop("cs", TWO + FIVE)), pack)
    assert (flaw.span.line, flaw.code) == (14, "CON101")
    assert "limit=5m" in flaw.message
    assert "'a' demands limit=2m" in flaw.message


def test_the_same_length_written_otherwise_is_no_conflict(pack: Pack) -> None:
    """120 seconds are two minutes, and the default of the check is two minutes as well."""
    same = FIVE.replace("5m", "120s") + "- **Wajib** C. {#c check=first-response-time}\n"
    assert list(look_for_conflicts(histories_of(sop("cs", TWO + same)), pack)) == []


@pytest.mark.parametrize(
    ("channels", "teams", "conflicts"),
    [("livechat", "", 1), ("email", "", 0), ("", "", 1), ("livechat", "toko", 1), ("email, livechat", "", 1)],
)
def test_only_sops_that_share_conversations_conflict(
    channels: str, teams: str, conflicts: int, pack: Pack
) -> None:
    """No channel or no team means all of them."""
    both = sop("satu", TWO) + sop("dua", FIVE, channels=channels, teams=teams)
    assert len(list(look_for_conflicts(histories_of(both), pack))) == conflicts


def test_other_teams_are_other_conversations(pack: Pack) -> None:
    """Two teams on one channel may have two limits."""
    both = sop("satu", TWO, teams="cs") + sop("dua", FIVE, teams="toko")
    assert list(look_for_conflicts(histories_of(both), pack)) == []


def test_words_for_the_opening_and_for_the_end_are_not_compared(pack: Pack) -> None:
    """Clauses with other phrases or places measure other things."""
    body = (
        '- **Wajib** A. {#a check=must-say phrases="halo" where=opening at-least=1}\n'
        '- **Wajib** B. {#b check=must-say phrases="terima kasih" where=closing at-least=2}\n'
    )
    assert list(look_for_conflicts(histories_of(sop("cs", body)), pack)) == []


def test_an_example_need_not_be_whole(pack: Pack) -> None:
    """What a short example leaves out, such as a greeting, breaks no other clause."""
    body = (
        "- **Wajib** menyapa. {#greet check=opening-greeting}\n\n"
        "- **Wajib** cepat. {#fast check=first-response-time limit=2m}\n\n"
        '  ```chat pass "cepat"\n  09:00 pelanggan  jam buka?\n  09:01 agen       jam 9\n  ```\n'
    )
    assert list(look_for_conflicts(histories_of(sop("cs", body)), pack)) == []


def test_a_reply_of_several_lines_is_one_message(pack: Pack) -> None:
    """Lines that look like numbered steps or like times are words of the reply."""
    reply = "> [!TEMPLATE] Cara\n> Begini, Kak:\n> 09:00 buka\n>\n> 2. pilih\n"
    body = f"- **Wajib** tenang. {{#calm check=calm-tone}}\n\n{reply}"
    assert list(look_for_conflicts(histories_of(sop("cs", body)), pack)) == []


@pytest.mark.parametrize(
    ("expect", "answer"),
    [
        ({"absence": {}}, True),
        ({"all": [{"absence": {}}, {"absence": {}}]}, True),
        ({"all": [{"absence": {}}, {"existence": {}}]}, False),
        ({"case": "$where", "opening": {"absence": {}}, "closing": {"absence": {}}}, True),
        ({"not": {"absence": {}}}, False),
        ("absence", False),
    ],
)
def test_a_rule_forbids_when_nothing_has_to_be_there(expect: object, answer: bool) -> None:  # noqa: FBT001
    """Only absences, joined by `all` or chosen by `case`, forbid."""
    assert forbids(expect) is answer


def test_a_conflict_can_be_allowed_where_it_stands(pack: Pack) -> None:
    """The survey holds bindings, conflicts and wording, and sets apart what is allowed."""
    comment = "  <!-- sopgen: allow CON101 because B berlaku selama uji coba -->\n"
    text = sop("cs", TWO + FIVE + comment + "- **Wajib** C. {#c check=tak-ada}\n")
    inspection = survey(histories_of(text), pack)
    assert [each.reason for each in inspection.allowed] == ["B berlaku selama uji coba"]
    codes = {flaw.code for flaw in inspection.flaws}
    assert "BND101" in codes
    assert not codes & {"CON101", "SOP251", "SOP253"}
