"""How sure a verdict is: doubtful acts taken the other way."""

from collections.abc import Callable

from sopgen.base.notation import read_notation
from sopgen.base.span import Span
from sopgen.compliance.certainty import acts_within, certainty_of, flipped
from sopgen.compliance.timeline import Timeline, remembered
from sopgen.conversation.notation import conversation_of
from sopgen.language.recognition import Hit, Recognition

CHAT = "09:00 pelanggan  halo\n09:01 agen       halo kak\n09:02 agen       maaf ya\n"


def timeline(chances: dict[str, float]) -> Timeline:
    """Return a chat in which "maaf" is an apology of a given chance, and a complaint is as likely as told."""

    def recognise(role: str, text: str, before: str = "") -> Recognition:  # noqa: ARG001
        found = (Hit("apology", 0, 4),) if text.startswith("maaf") else ()
        return Recognition(text, found, (), (), chances if found else {})

    lines = read_notation(CHAT, Span(file="chat"), lambda _: None)
    return Timeline(conversation_of(lines, id="c"), recognise)


def judge(given: Timeline) -> bool:
    """Return whether anybody apologised."""
    return any(given.performs(at, frozenset({"apology"})) for at in range(len(given.messages)))


def certainty(given: Timeline, *acts: str) -> float:
    """Return how certain the verdict on apologies is, with doubts about these acts."""
    verdict, reads = given.watch(judge)
    return certainty_of(given, frozenset(acts), judge, verdict=verdict, reads=reads)


def test_a_verdict_that_hangs_on_a_doubtful_act_is_as_doubtful() -> None:
    """With one apology of seven in ten, the verdict is right in seven of ten."""
    given = timeline({"apology": 0.7})
    assert certainty(given, "apology") == 0.7


def test_what_the_rule_does_not_ask_for_raises_no_doubt() -> None:
    """An act of another rule may be as doubtful as it likes."""
    given = timeline({"apology": 0.7})
    assert certainty(given, "greeting") == 1.0


def test_a_doubt_that_changes_nothing_does_not_count() -> None:
    """That the apology may be a greeting too does not touch the verdict on apologies."""
    given = timeline({"greeting": 0.5, "apology": 0.99})
    assert certainty(given, "apology", "greeting") == 1.0


def test_the_timeline_judged_is_left_as_it_was() -> None:
    """Trying the other way happens on a twin."""
    given = timeline({"apology": 0.6})
    judge(given)
    other = given.but(2, flipped(given.recognition(2), "apology"), "apology")
    assert judge(given)
    assert not judge(other)


def test_a_twin_repeats_only_the_work_that_its_difference_can_change() -> None:
    """Work that asked about another act or message is taken over; what asked about this one is not."""
    given, done = timeline({"apology": 0.6}), []

    def asking(act: str, position: int) -> Callable[[Timeline], bool]:
        def work(asked: Timeline) -> bool:
            done.append((act, position))
            return asked.performs(position, frozenset({act}))

        return remembered(work)

    inner, other_act, other_message = asking("apology", 2), asking("greeting", 2), asking("apology", 1)
    outer = remembered(lambda asked: not inner(asked))
    everything = remembered(lambda asked: len(asked.recognition(2).hits))
    works = (outer, other_act, other_message)
    assert [work(given) for work in works] == [False, False, False]
    assert everything(given) == 1
    twin = given.but(2, flipped(given.recognition(2), "apology"), "apology")
    done.clear()
    assert [work(twin) for work in works] == [True, False, False]
    assert everything(twin) == 0
    assert done == [("apology", 2)]


def test_the_acts_of_moments_count() -> None:
    """A rule hangs on the acts that the moments it names speak of, wherever they stand."""
    moments = {"trouble": [{"role": "customer", "act": "complaint"}]}
    spec = {"existence": {"of": {"act": ["apology"], "after": "trouble", "not": {"not-act": "hold"}}}}
    assert acts_within(spec, moments) == {"apology", "complaint", "hold"}
