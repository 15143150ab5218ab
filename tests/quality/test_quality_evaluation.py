"""The figures of an evaluation, against counts that can be checked with a pencil."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from math import isclose
from types import MappingProxyType

import pytest

from sopgen.base.diagnostic import Diagnostic, Level
from sopgen.compliance.model import ErrorClass, Evidence, Judgement, Verdict, judgement_of
from sopgen.conversation.model import Conversation, Message, Reading, Role, SetAside
from sopgen.quality.codes import CODES
from sopgen.quality.evaluation import evaluate
from sopgen.quality.gold import gold_records
from sopgen.quality.score import Evaluation, MistakeKind
from sopgen.sop.model import Severity


class Scripted:
    """A checker that says what the script says: per conversation a list of "check verdict [message …]"."""

    def __init__(self, script: Mapping[str, tuple[str, ...]]) -> None:
        self._script = script

    def judge(self, conversation: Conversation) -> tuple[Judgement, ...]:
        """Return the judgements that the script holds for the conversation."""
        return tuple(judgement(conversation, *line.split()) for line in self._script[conversation.id])


def judgement(conversation: Conversation, check: str, verdict: str, *messages: str) -> Judgement:
    critical = check == "otp"
    return judgement_of(
        conversation=conversation.id,
        source="gold.jsonl",
        channel="livechat",
        team="",
        agent="",
        opened_at=None,
        sop="s",
        version="1",
        clause=f"clause-{check}",
        clause_number="4.1",
        clause_text="",
        check=check,
        code="X",
        verdict=Verdict(verdict),
        severity=Severity.CRITICAL if critical else Severity.MINOR,
        error_class=ErrorClass.CUSTOMER,
        weight=1,
        evidence=tuple(Evidence(message=each, start=0, end=1, text="x") for each in messages),
        reason=f"{check} says {verdict}",
        remedy="",
        confidence=1,
        language="id",
        pack_version="p",
    )


def conversation(id_: str) -> Conversation:
    messages = tuple(Message(id=f"m{n}", at=None, role=Role.AGENT, text="x") for n in range(1, 4))
    return Conversation(id=id_, channel="livechat", messages=messages, source="gold.jsonl", position="line 1")


def scored(*rows: tuple[str, dict[str, str | None], tuple[str, ...]]) -> Evaluation:
    """Evaluate rows of (id, labels, answers)."""
    records = [(conversation(id_), {"verdicts": labels}) for id_, labels, _ in rows]
    return evaluate(records, Scripted({id_: answers for id_, _, answers in rows}), resamples=200)


def ten() -> Evaluation:
    """Ten conversations: greeting 3 true fails, 1 false, 2 missed (one undecided); otp 1 true, 1 false."""
    return scored(
        ("a", {"greeting": "fail", "otp": "pass"}, ("greeting fail", "otp pass")),
        ("b", {"greeting": "fail", "otp": "pass"}, ("greeting fail", "otp pass")),
        ("c", {"greeting": "fail", "otp": "fail"}, ("greeting fail", "otp fail")),
        ("d", {"greeting": "fail", "otp": "pass"}, ("greeting pass", "otp pass")),
        ("e", {"greeting": "fail", "otp": "pass"}, ("greeting undecided", "otp pass")),
        ("f", {"greeting": "pass", "otp": "pass"}, ("greeting fail", "otp pass")),
        ("g", {"greeting": "pass", "otp": "pass"}, ("greeting pass", "otp fail")),
        ("h", {"greeting": "na", "otp": "pass"}, ("greeting na", "otp pass")),
        ("i", {"greeting": "na", "otp": "pass"}, ("greeting pass", "otp pass")),
        ("j", {"greeting": None, "otp": "pass"}, ("greeting fail", "otp pass")),
    )


def test_counts_of_a_check_are_those_of_the_pencil() -> None:
    """Null is not scored; undecided on a labelled fail is a miss."""
    greeting, otp = ten().checks
    assert (greeting.check, greeting.scored) == ("greeting", 9)
    assert (greeting.true_fails, greeting.false_fails, greeting.missed_fails) == (3, 1, 2)
    assert (otp.true_fails, otp.false_fails, otp.missed_fails) == (1, 1, 0)
    assert greeting.labels == {Verdict.PASS: 2, Verdict.FAIL: 5, Verdict.NA: 2}


def test_figures_of_a_check_are_those_of_the_pencil() -> None:
    """Precision 3/4, recall 3/5, F1 2/3, agreement 5/9, applicability 8/9, undecided 1/9."""
    greeting = ten().checks[0]
    assert (greeting.precision.value, greeting.precision.of) == (3 / 4, 4)
    assert (greeting.recall.value, greeting.recall.of) == (3 / 5, 5)
    assert greeting.f1.value is not None
    assert isclose(greeting.f1.value, 2 / 3)
    assert greeting.agreement.value == 5 / 9
    assert greeting.applicability.value == 8 / 9
    assert greeting.undecided.value == 1 / 9


def test_kappa_of_a_check_is_that_of_the_pencil() -> None:
    """Observed 5/9; expected (2*3 + 5*4 + 2*1) / 81: labels 2 5 2, answers 3 pass 4 fail 1 na 1 undecided."""
    kappa = ten().checks[0].kappa.value
    expected = (2 * 3 + 5 * 4 + 2 * 1) / 81
    assert kappa is not None
    assert isclose(kappa, (5 / 9 - expected) / (1 - expected))


def test_pooled_figures_are_those_of_the_pencil() -> None:
    """Micro: 4 true, 2 false, 2 missed. Macro: mean of 2/3 and 2/3. Critical: otp alone."""
    evaluation = ten()
    overall = evaluation.overall
    assert (overall.true_fails, overall.false_fails, overall.missed_fails) == (4, 2, 2)
    assert overall.precision.value == 4 / 6
    assert overall.recall.value == 4 / 6
    assert overall.micro_f1.value == 8 / 12
    assert overall.macro_f1.value is not None
    assert isclose(overall.macro_f1.value, (2 / 3 + 2 / 3) / 2)
    assert evaluation.critical.checks == ("otp",)
    assert evaluation.critical.precision.value == 1 / 2
    assert evaluation.critical.recall.value == 1


def test_a_check_without_any_fail_has_no_f1() -> None:
    """Nothing to find, nothing found: F1 is undefined and not in the mean; a false fail makes it 0."""
    nothing = scored(("a", {"otp": "pass", "greeting": "fail"}, ("otp pass", "greeting fail")))
    assert nothing.checks[1].f1.value is None
    assert nothing.overall.macro_f1.value == 1
    false = scored(("a", {"otp": "pass", "greeting": "fail"}, ("otp fail", "greeting fail")))
    assert false.checks[1].f1.value == 0
    assert false.overall.macro_f1.value == 0.5


def test_false_alarms_are_counted_on_clean_conversations() -> None:
    """Of f, g, h, i and j, which no label faults, f and g got a false fail; j's greeting is not scored."""
    alarms = ten().false_alarms
    assert (alarms.value, alarms.of) == (2 / 5, 5)


def test_the_strictest_of_several_clauses_counts() -> None:
    """Fail before undecided before pass before na, with the evidence of every clause that said it."""
    evaluation = evaluate(
        [
            (conversation("a"), {"verdicts": {"otp": "fail"}, "evidence": {"otp": ["m3"]}}),
            (conversation("b"), {"verdicts": {"otp": "pass"}}),
            (conversation("c"), {"verdicts": {"otp": "pass"}}),
        ],
        Scripted(
            {
                "a": ("otp pass", "otp fail m1", "otp na", "otp fail m3", "otp undecided"),
                "b": ("otp pass", "otp undecided", "otp na"),
                "c": ("otp na", "otp pass"),
            }
        ),
        resamples=20,
    )
    (otp,) = evaluation.checks
    assert (otp.true_fails, otp.undecided.value, otp.agreement.value) == (1, 1 / 3, 2 / 3)
    assert otp.evidence.value == 1


def test_evidence_counts_where_labels_point() -> None:
    """One true fail points right, one wrong, one label names no message: half, of two."""
    evaluation = evaluate(
        [
            (conversation("a"), {"verdicts": {"otp": "fail"}, "evidence": {"otp": ["m1", "m2"]}}),
            (conversation("b"), {"verdicts": {"otp": "fail"}, "evidence": {"otp": ["m1"]}}),
            (conversation("c"), {"verdicts": {"otp": "fail"}}),
            (conversation("d"), {"verdicts": {"otp": "fail"}, "evidence": {"otp": ["m1"]}}),
        ],
        Scripted(
            {"a": ("otp fail m2",), "b": ("otp fail m3",), "c": ("otp fail m1",), "d": ("otp pass m1",)}
        ),
        resamples=20,
    )
    (otp,) = evaluation.checks
    assert (otp.evidence.value, otp.evidence.of) == (1 / 2, 2)
    kinds = [(each.conversation, each.kind) for each in evaluation.mistakes]
    assert kinds == [("b", MistakeKind.EVIDENCE), ("d", MistakeKind.VERDICT)]


def test_what_is_not_bound_or_not_labelled_is_listed() -> None:
    """A label without a clause and a clause without a label are no mistakes, and are not passed over."""
    evaluation = scored(
        ("a", {"otp": "pass", "empathy": "fail"}, ("otp pass", "tone fail")),
        ("b", {"otp": "pass"}, ()),
    )
    assert evaluation.gold_not_bound == ("empathy",)
    assert evaluation.bound_not_gold == ("tone",)
    assert [(each.check, each.scored, each.not_bound) for each in evaluation.checks] == [("otp", 1, 1)]
    assert evaluation.mistakes == ()


def test_mistakes_say_enough_to_look_at_them() -> None:
    """Where it is, what was expected, what came, and why."""
    first = ten().mistakes[0]
    assert (first.conversation, first.check, first.clause) == ("d", "greeting", "clause-greeting")
    assert (first.expected, first.got, first.reason) == (Verdict.FAIL, Verdict.PASS, "greeting says pass")
    assert (first.source, first.position) == ("gold.jsonl", "line 1")
    assert [each.conversation for each in ten().mistakes] == ["d", "e", "f", "g", "i"]


def test_intervals_are_the_same_each_time_and_hold_the_figure() -> None:
    """A seed decides what is drawn; bounds lie around the figure."""
    one, two = ten(), ten()
    assert one == two
    f1 = one.checks[0].f1
    assert f1.low is not None
    assert f1.value is not None
    assert f1.high is not None
    assert f1.low < f1.value < f1.high
    assert f1.of == 6
    macro = one.overall.macro_f1
    assert macro.low is not None
    assert macro.high is not None
    assert macro.low < 2 / 3 < macro.high


def test_a_perfect_score_of_few_is_not_certain() -> None:
    """Every figure is 1, and every interval leaves room below."""
    verdicts = ["fail"] * 3 + ["pass"] * 6
    perfect = scored(*((f"{n}", {"otp": word}, (f"otp {word}",)) for n, word in enumerate(verdicts)))
    overall = perfect.overall
    for estimate in (overall.precision, overall.recall, overall.micro_f1, overall.macro_f1):
        assert estimate.value == 1
        assert estimate.low is not None
        assert estimate.low < 0.8


def test_nothing_to_evaluate_is_no_crash() -> None:
    """No record: every figure is undefined."""
    evaluation = evaluate([], Scripted({}))
    assert evaluation.checks == ()
    assert evaluation.overall.macro_f1.value is None
    assert evaluation.false_alarms.value is None
    json.dumps(evaluation.as_dict())


def test_the_json_form_holds_every_figure() -> None:
    """Figures with bounds and number of cases; mistakes as they stand."""
    form = json.loads(json.dumps(ten().as_dict()))
    assert form["conversations"] == 10
    assert form["checks"][0]["precision"]["value"] == 0.75
    assert form["checks"][0]["labels"] == {"pass": 2, "fail": 5, "na": 2}
    assert form["checks"][1]["severity"] == "critical"
    assert len(form["mistakes"]) == 5
    assert form["mistakes"][0]["expected"] == "fail"


@pytest.mark.parametrize(
    ("gold", "code"),
    [
        ({"verdicts": {"otp": "failed"}}, "GLD103"),
        ({"verdicts": {"otp": "undecided"}}, "GLD103"),
        ({"verdicts": {"otp": 1}}, "GLD103"),
        ({"verdicts": {"otp": "fail"}, "evidence": {"otp": ["m9"]}}, "GLD104"),
        ({"verdicts": ["fail"]}, "GLD105"),
        ({"verdicts": {"otp": "fail"}, "evidence": "m1"}, "GLD105"),
    ],
)
def test_a_broken_label_is_told_and_not_scored(gold: dict[str, object], code: str) -> None:
    """Place, value and remedy; the other labels go on."""
    told: list[Diagnostic] = []
    evaluation = evaluate([(conversation("a"), gold)], Scripted({"a": ("otp fail",)}), report=told.append)
    assert [each.code for each in told] == [code]
    assert told[0].level in (Level.ERROR, Level.WARNING)
    assert told[0].span.line == 1
    assert told[0].hint
    assert evaluation.conversations == 1


def test_records_without_labels_and_broken_ones_are_told() -> None:
    """Nothing leaves a gold file unseen."""

    def readings() -> Iterator[Reading]:
        yield conversation("unlabelled")
        yield SetAside(source="gold.jsonl", position="line 7", code="CAN101", reason="not JSON")
        labelled = MappingProxyType({"gold": {"verdicts": {"otp": "pass"}}})
        yield replace(conversation("good"), details=labelled)

    told: list[Diagnostic] = []
    records = list(gold_records(readings(), told.append))
    assert [(each.id, gold) for each, gold in records] == [("good", {"verdicts": {"otp": "pass"}})]
    assert [(each.code, each.span.line) for each in told] == [("GLD102", 1), ("GLD101", 7)]


def test_every_code_is_documented_once() -> None:
    """The catalogue is sorted and has no double."""
    codes = [code.code for code in CODES]
    assert codes == sorted(set(codes))
    assert all(code.breaks and code.keeps for code in CODES if code.code.startswith("GLD"))
