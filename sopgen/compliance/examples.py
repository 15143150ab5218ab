"""Everything that claims to be recognised, tried: examples of acts, rules and clauses."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from sopgen.base.notation import NotedLine
from sopgen.base.span import Span
from sopgen.compliance.batch import MOST, judged
from sopgen.compliance.binding import BoundClause, bind
from sopgen.compliance.checker import Checker
from sopgen.compliance.choosing import EVERY, Choosing, choosing_of
from sopgen.compliance.pack import Pack
from sopgen.compliance.parameter import written_defaults
from sopgen.compliance.rule import Rule
from sopgen.conversation.notation import conversation_of
from sopgen.language.act import Act
from sopgen.language.recognition import Asked, Recogniser, Recognition, heard_apart
from sopgen.sop.model import (
    BusinessHours,
    Clause,
    ClauseList,
    Modality,
    Section,
    SectionKind,
    Sop,
    SopHistory,
)

_TODO = "todo-"


@dataclass(frozen=True, slots=True, kw_only=True)
class ExampleResult:
    """One example tried: what it should show, what it showed.

    `todo` marks a known gap; it is `ok` whatever it shows, and `closed` says that the gap is gone.
    """

    kind: Literal["act", "rule", "clause"]
    subject: str
    title: str
    expected: str
    actual: str
    ok: bool
    todo: bool
    span: Span

    @property
    def closed(self) -> bool:
        """Return whether a known gap has been closed, so that its example can be promoted."""
        return self.todo and self.expected == self.actual


def run_examples(pack: Pack, histories: Sequence[SopHistory]) -> Iterator[ExampleResult]:
    """Yield the result of every example of the pack and of the SOPs' drafts."""
    for act in pack.acts.values():
        yield from _try_act(act, pack)
    for rule in pack.rules.values():
        yield from _try_rule(rule, pack)
    for draft in (history.draft for history in histories if history.draft):
        yield from _try_clauses(draft, pack)


def _try_act(act: Act, pack: Pack) -> Iterator[ExampleResult]:
    examples = act.source.examples
    groups = (
        ("hit", examples.hit),
        ("miss", examples.miss),
        ("todo_hit", examples.todo_hit),
        ("todo_miss", examples.todo_miss),
    )
    role = "agent" if act.source.role == "any" else act.source.role
    for group, texts in groups:
        heard = _heard([(role, text, "") for text in texts], pack.recognise)
        for number, (text, found) in enumerate(zip(texts, heard, strict=True)):
            actual = "hit" if found.performs(frozenset({act.name})) else "miss"
            place = act.document.place(("examples", group, number))
            yield _result(
                "act", act.name, place, title=text, expected=group.replace("todo_", _TODO), actual=actual
            )


def _heard(texts: Sequence[Asked], recognise: Recogniser) -> Iterator[Recognition]:
    """Yield what each text does by itself; those of a batch are recognised together."""
    for start in range(0, len(texts), MOST):
        yield from heard_apart(recognise, texts[start : start + MOST])


def _try_rule(rule: Rule, pack: Pack) -> Iterator[ExampleResult]:
    """Yield the rule's examples, tried with the limits of its own file, whatever overrides say."""
    defaults = written_defaults(rule.document.value)
    alike: dict[tuple[tuple[str, str], ...], list[int]] = {}
    for number, example in enumerate(rule.source.examples):
        alike.setdefault(tuple(sorted(example.given.items())), []).append(number)
    actual: dict[int, str] = {}
    for given, numbers in alike.items():
        checker = _checker_for(_clause_of(rule, {**defaults, **dict(given)}), pack, hours=None)
        lines = [rule.example_lines(number, _ignore) for number in numbers]
        actual.update(zip(numbers, _verdicts(checker, lines), strict=True))
    for number, example in enumerate(rule.source.examples):
        place = rule.document.place(("examples", number))
        yield _result(
            "rule", rule.name, place, title=example.title, expected=example.expect, actual=actual[number]
        )


def _clause_of(rule: Rule, parameters: Mapping[str, str]) -> Clause:
    return Clause(
        id=rule.name,
        number="1",
        text=rule.title.en,
        markdown=rule.title.en,
        modality=Modality.MUST,
        check=rule.name,
        parameters=parameters,
    )


def _try_clauses(sop: Sop, pack: Pack) -> Iterator[ExampleResult]:
    for clause in sop.clauses():
        if clause.check not in pack.rules:
            continue
        checker = _checker_for(clause, pack, hours=sop.hours)
        verdicts = _verdicts(checker, [example.lines for example in clause.examples], choosing_of(clause))
        for example, actual in zip(clause.examples, verdicts, strict=True):
            subject = f"{sop.id}#{clause.id}"
            yield _result(
                "clause",
                subject,
                example.span,
                title=example.title,
                expected=example.expected.value,
                actual=actual,
            )


def _checker_for(clause: Clause, pack: Pack, *, hours: BusinessHours | None) -> Checker:
    """Return a checker of an SOP that holds this clause alone."""
    section = Section(
        kind=SectionKind.STANDARDS,
        id="standards",
        number="1",
        heading="",
        blocks=(ClauseList(ordered=False, clauses=(clause,)),),
    )
    sop = Sop(
        id="example",
        title="",
        language="en",
        owner="",
        approver="",
        review_every=timedelta(),
        hours=hours,
        sections=(section,),
    )
    bound: tuple[BoundClause, ...] = bind(sop, pack, _ignore)
    return Checker([SopHistory(draft=sop)], {(sop.id, sop.version): bound}, pack, None)


def _verdicts(
    checker: Checker, examples: Sequence[tuple[NotedLine, ...]], choosing: Choosing = EVERY
) -> Iterator[str]:
    """Yield what a checker of one clause says of each example."""
    talks = (choosing.as_chosen(conversation_of(lines, id="example")) for lines in examples)
    for judgements in judged(talks, checker):
        yield judgements[0].verdict.value if judgements else "not bound"


def _result(
    kind: Literal["act", "rule", "clause"],
    subject: str,
    span: Span,
    *,
    title: str,
    expected: str,
    actual: str,
) -> ExampleResult:
    todo = expected.startswith(_TODO)
    wanted = expected.removeprefix(_TODO)
    return ExampleResult(
        kind=kind,
        subject=subject,
        title=title,
        expected=wanted,
        actual=actual,
        ok=todo or wanted == actual,
        todo=todo,
        span=span,
    )


def _ignore(_: object) -> None:
    """Flaws were reported when the pack and the SOPs were read."""
