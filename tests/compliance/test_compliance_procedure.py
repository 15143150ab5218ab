"""The order of a procedure: which of its steps show, by what, and what is said when too few do."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sopgen.base.diagnostic import Diagnostic
from sopgen.base.notation import read_notation
from sopgen.base.span import Span
from sopgen.compliance.binding import bind
from sopgen.compliance.checker import make_checker
from sopgen.compliance.model import Verdict
from sopgen.compliance.pack import Pack
from sopgen.compliance.step import read_steps
from sopgen.conversation.model import Conversation
from sopgen.conversation.notation import conversation_of
from sopgen.sop.lint import lint
from sopgen.sop.model import Sop, SopHistory
from sopgen.sop.reader import read_sop

FRONT = "---\nid: cs\ntitle: CS\nlanguage: id\nowner: K\napprover: D\nreview_every: 90d\n---"
STEPS = (
    "1. Sapa pelanggan. {#greet check=opening-greeting}\n"
    '2. Minta nomor pesanan. {#ask says="nomor pesanan | kode booking"}\n'
    "3. Proses di panel. {#panel}\n"
    '4. Kabari hasilnya. {#tell says="sudah kami proses"}\n'
    "5. Tutup percakapan. {#close event=closed}\n"
)
ORDER = "\n- Kerjakan berurutan. {#order check=procedure-order}\n"
Chat = Callable[[str], Conversation]


def sop_of(text: str) -> Sop:
    sop = read_sop(f"{FRONT}\n\n## Prosedur\n\n### Refund\n\n{text}", file="sop.md", report=lambda _: None)
    assert sop is not None
    return sop


def flaws_of(text: str, pack: Pack) -> list[tuple[str, str, str]]:
    flaws: list[Diagnostic] = []
    bind(sop_of(text), pack, flaws.append)
    return [(flaw.code, flaw.message, flaw.hint) for flaw in flaws]


def test_the_steps_of_the_procedure_around_the_clause_are_judged(pack: Pack, chat: Chat) -> None:
    """A step shows by what it says of itself, or by the one act of its check; others are passed over."""
    checker = make_checker([SopHistory(draft=sop_of(STEPS + ORDER))], pack, lambda _: None, draft=True)
    said = (
        "09:00 pelanggan  refund dong\n09:01 agen  halo kak, selamat pagi\n"
        "09:02 agen  sudah kami proses ya\n09:03 agen  eh, kode bookingnya berapa?\n09:04 agen  (ditutup)"
    )
    judged = next(each for each in checker.judge(chat(said)) if each.clause == "order")
    assert judged.verdict is Verdict.FAIL
    assert judged.reason == "Langkah “Kabari hasilnya.” dikerjakan sebelum “Minta nomor pesanan.”."
    assert [each.text for each in judged.evidence] == ["sudah kami proses", "kode bookingnya"]


def test_a_procedure_whose_steps_do_not_show_is_told(pack: Pack) -> None:
    """The remedy shows how a step says that it shows."""
    (flaw,) = flaws_of("1. Sapa. {#a}\n2. Tutup. {#b}\n" + ORDER, pack)
    assert flaw[0] == "BND109"
    assert "act=greeting" in flaw[2]


@pytest.mark.parametrize(
    ("attribute", "message", "hint"),
    [
        ("act=greting", "the step 'Sapa.': 'greting' is no act", "did you mean 'greeting'?"),
        ("event=close", "the step 'Sapa.': 'close' is no event", "did you mean 'closed'?"),
        (
            'says="(a"',
            "the step 'Sapa.': the phrase '(a' cannot be read: ')' is missing",
            "write plain words",
        ),
    ],
)
def test_a_step_that_cannot_show_is_told(pack: Pack, attribute: str, message: str, hint: str) -> None:
    """A misspelt act would be a step that nobody ever takes."""
    text = f"1. Sapa. {{#a {attribute}}}\n2. Tutup. {{#b event=closed}}\n{ORDER}"
    assert flaws_of(text, pack) == [("BND103", message, hint)]


def test_how_a_step_shows_is_no_parameter_of_its_check_and_needs_no_reason(pack: Pack) -> None:
    """A step may name both a check and what shows it, and a step that shows counts as judged."""
    text = '1. Sapa. {#a check=opening-greeting says="halo"}\n2. Tutup. {#b event=closed}\n' + ORDER
    assert flaws_of(text, pack) == []
    told = [flaw.code for flaw in lint([SopHistory(draft=sop_of(text))]) if "'b'" in flaw.message]
    assert told == []


def test_steps_are_written_as_a_text_too() -> None:
    """An act by its name, phrases after `says:`, an event after `event:`."""
    written = "greeting > says: nomor pesanan | kode > event: closed"
    steps = read_steps(written).steps
    assert str(read_steps(written)) == written
    assert [(step.act, step.phrases, step.event) for step in steps] == [
        ("greeting", (), ""),
        ("", ("nomor pesanan", "kode"), ""),
        ("", (), "closed"),
    ]


WORDS = ("satu satu", "dua dua", "tiga tiga")


@given(st.lists(st.sampled_from(range(3)), min_size=1, max_size=8))
def test_order_is_kept_when_the_steps_can_be_found_one_after_another(pack: Pack, taken: list[int]) -> None:
    """Against the plain definition: some choice of places never goes back."""
    steps = " > ".join(f"says: {word}" for word in WORDS)
    sop = sop_of(f'- Urut. {{#order check=procedure-order steps="{steps}"}}\n')
    checker = make_checker([SopHistory(draft=sop)], pack, lambda _: None, draft=True)
    said = "\n".join(f"09:{at:02} agen  {WORDS[step]}" for at, step in enumerate(taken))
    lines = read_notation(said, Span(file="chat"), lambda _: None)
    (judged,) = checker.judge(conversation_of(lines, id="c"))

    def kept(reached: int, wanted: list[int]) -> bool:
        if not wanted:
            return True
        places = [at for at, step in enumerate(taken) if step == wanted[0] and at >= reached]
        return any(kept(at, wanted[1:]) for at in places)

    present = sorted(set(taken))
    expected = Verdict.NA if len(present) < 2 else Verdict.PASS if kept(0, present) else Verdict.FAIL
    assert judged.verdict is expected
