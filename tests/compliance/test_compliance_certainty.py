"""How sure a verdict is: doubtful acts taken the other way."""

from sopgen.base.notation import read_notation
from sopgen.base.span import Span
from sopgen.compliance.certainty import Doubts, Hanging, acts_within
from sopgen.compliance.selection import Selection
from sopgen.compliance.timeline import Timeline, Twin, Work, reads_of
from sopgen.compliance.timelines import Timelines, joined
from sopgen.compliance.twins import Twins
from sopgen.conversation.model import Role
from sopgen.conversation.notation import conversation_of
from sopgen.language.recognition import Hit, Layout, Recognition

CHAT = "09:00 pelanggan  halo\n09:01 agen       halo kak\n09:02 agen       maaf ya\n"


def timeline(chances: dict[str, float]) -> Timeline:
    """Return a chat in which "maaf" is an apology of a given chance, and a complaint is as likely as told."""

    def recognise(role: str, text: str, before: str = "") -> Recognition:  # noqa: ARG001
        found = (Hit("apology", 0, 4),) if text.startswith("maaf") else ()
        return Recognition(text, found, Layout(lambda: ((), ())), chances if found else {})

    lines = read_notation(CHAT, Span(file="chat"), lambda _: None)
    return Timeline(conversation_of(lines, id="c"), recognise)


APOLOGISES = Selection(
    lambda talks: talks.performing(frozenset({"apology"}), talks.written), reads_of({"apology"}, Role)
)


def judge(talks: Timelines) -> tuple[int, int]:
    """Return in which conversations somebody apologised, and in which nobody did."""
    sorry = talks.talks.touching(talks[APOLOGISES])
    return sorry, talks.talks.ends & ~sorry


def certainty(given: Timeline, *acts: str) -> float:
    """Return how certain the verdict on apologies is, with doubts about these acts."""
    talks, reads = joined(given), reads_of(acts, Role)
    verdicts = judge(talks)
    hanging = Hanging(called_for=talks.talks.ends, asked=reads, to_be_called=reads)
    return Doubts(talks, [reads]).certainties(verdicts, judge, hanging).get(0, 1.0)


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
    assert given[APOLOGISES]
    other = Twin(given, 2, "apology")
    assert not other[APOLOGISES]
    assert given[APOLOGISES]


def test_a_twin_repeats_only_the_work_that_its_difference_can_change() -> None:
    """Work that asks about another act or role is taken over; what asks about this one is not."""
    given, done = timeline({"apology": 0.6}), []

    def asking(act: str, role: Role) -> Selection:
        def work(talks: Timelines) -> int:
            done.append((act, role))
            return talks.performing(frozenset({act}), talks.roles[role])

        return Selection(work, reads_of({act}, [role]))

    inner, other_act = asking("apology", Role.AGENT), asking("greeting", Role.AGENT)
    other_role = asking("apology", Role.CUSTOMER)
    outer = Work(lambda asked: not asked[inner], inner.reads)
    works = (outer, other_act, other_role)
    assert [given[work] for work in works] == [False, 0, 0]
    twin = Twin(given, 2, "apology")
    done.clear()
    assert [twin[work] for work in works] == [True, 0, 0]
    assert done == [("apology", Role.AGENT)]
    done.clear()
    together = Twins(joined(given), joined(given).doubts[0])
    assert [together.rows[0][work] for work in works] == [True, 0, 0]
    assert [together[work] for work in works[1:]] == [0, 0]
    assert done == [("apology", Role.AGENT)]


def test_the_acts_of_moments_count() -> None:
    """A rule hangs on the acts that the moments it names speak of, wherever they stand."""
    moments = {"trouble": [{"role": "customer", "act": "complaint"}]}
    spec = {"existence": {"of": {"act": ["apology"], "after": "trouble", "not": {"not-act": "hold"}}}}
    assert acts_within(spec, moments) == {"apology", "complaint", "hold"}
