"""SOPs held against themselves and each other: limits that differ, words and chats of their own that fail.

What an SOP tells people to copy (quick replies, required phrases) and to imitate (good examples) is judged by
the checks of the same SOP: by the rules that forbid something, examples also by those that measure time. What
a single message or a short example leaves out is no flaw, because other messages may hold it.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations_with_replacement

from sopgen.base.diagnostic import Diagnostic, Level
from sopgen.base.duration import parse_duration
from sopgen.base.notation import NotedLine, read_notation
from sopgen.base.span import Span
from sopgen.compliance.batch import judged
from sopgen.compliance.binding import BoundClause
from sopgen.compliance.checker import Checker, make_checker
from sopgen.compliance.choosing import choosing_of
from sopgen.compliance.model import Judgement, Verdict
from sopgen.compliance.pack import Pack
from sopgen.compliance.parameter import ParameterKind, say_value
from sopgen.compliance.spoken_limit import limits_said_otherwise
from sopgen.conversation.model import Conversation
from sopgen.conversation.notation import conversation_of
from sopgen.language.phrase_book import split_phrases
from sopgen.sop.model import Clause, Expected, QuickReply, Routing, Sop, SopHistory

_MEASURES = (ParameterKind.DURATION, ParameterKind.COUNT)
_PATTERN_MARKS = frozenset("([<|/…*\\")
_REQUIRED_PHRASES = "must-say"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Held:
    """A draft, its bound clauses, and the checker of all of them."""

    sop: Sop
    checker: Checker

    @property
    def clauses(self) -> tuple[BoundClause, ...]:
        return self.checker.clauses


def look_for_conflicts(histories: Sequence[SopHistory], pack: Pack) -> Iterator[Diagnostic]:
    """Yield SOP226, CON101 to CON105 of the drafts; what cannot be bound is passed over (see `bind`)."""
    held = [_hold(history.draft, pack) for history in histories if history.draft]
    for one, other in combinations_with_replacement(held, 2):
        if one is other or _share_conversations(one.sop.applies_to, other.sop.applies_to):
            yield from _limits_that_differ(one, other)
    for each in held:
        yield from limits_said_otherwise(each.sop, each.clauses)
        yield from _replies_that_fail(each)
        yield from _phrases_that_fail(each)
        yield from _examples_that_fail(each)
        yield from _checks_left_unbound(each.sop, pack)


def _hold(sop: Sop, pack: Pack) -> _Held:
    everywhere = replace(sop, applies_to=Routing())
    checker = make_checker([SopHistory(draft=everywhere)], pack, _ignore, draft=True)
    return _Held(sop=sop, checker=checker)


def _share_conversations(one: Routing, other: Routing) -> bool:
    """Return whether a conversation that names its channel and its team can be governed by both."""
    pairs = ((one.channels, other.channels), (one.teams, other.teams))
    return all(not left or not right or set(left) & set(right) for left, right in pairs)


def _limits_that_differ(one: _Held, other: _Held) -> Iterator[Diagnostic]:
    for first, second in _pairs(one, other):
        if first.rule is not second.rule or _others_of(first) != _others_of(second):
            continue
        if not first.choosing.can_meet(second.choosing):
            continue
        for name in _measures_of(first):
            ours, theirs = _written(first, name), _written(second, name)
            if _measured(ours) != _measured(theirs):
                where = "" if one is other else f" of '{first.sop.id}', which governs the same conversations,"
                message = (
                    f"the clause '{second.clause.id}' demands {name}={theirs} of {second.rule.name}; "
                    f"'{first.clause.id}'{where} demands {name}={ours}"
                )
                hint = "let both say the same, or let the SOPs govern different channels or teams"
                yield _flaw("CON101", second.clause.places.get(name, second.clause.span), message, hint)


def _pairs(one: _Held, other: _Held) -> Iterator[tuple[BoundClause, BoundClause]]:
    if one is not other:
        yield from ((first, second) for first in one.clauses for second in other.clauses)
        return
    for number, first in enumerate(one.clauses):
        yield from ((first, second) for second in one.clauses[number + 1 :])


def _measures_of(bound: BoundClause) -> list[str]:
    return [name for name, each in bound.rule.parameters.items() if each.kind in _MEASURES]


def _others_of(bound: BoundClause) -> dict[str, str]:
    """Return what else decides which messages a clause measures: its phrases and choices."""
    names = [name for name, each in bound.rule.parameters.items() if each.kind not in _MEASURES]
    return {name: _written(bound, name) for name in names}


def _written(bound: BoundClause, name: str) -> str:
    default = bound.rule.parameters[name].default
    return bound.clause.parameters.get(name, "" if default is None else say_value(default))


def _measured(written: str) -> object:
    length = parse_duration(written)
    return written if length is None else length


def _replies_that_fail(held: _Held) -> Iterator[Diagnostic]:
    replies = [each for each in held.sop.quick_replies() if each.text.strip()]
    for reply, broken in zip(replies, _forbidden(held, map(_filled, replies)), strict=True):
        for judgement in broken:
            message = (
                f"the quick reply '{reply.title}' breaks the clause '{judgement.clause}': {judgement.reason}"
            )
            yield _flaw("CON102", reply.span, message, "word it so that agents who copy it keep the clause")


def _phrases_that_fail(held: _Held) -> Iterator[Diagnostic]:
    demands = list(_demanded(held.clauses))
    broken = _forbidden(held, (phrase for _, phrase in demands))
    for (clause, phrase), judgements in zip(demands, broken, strict=True):
        for judgement in judgements:
            message = (
                f"the clause '{clause.id}' demands '{phrase}', which breaks the clause "
                f"'{judgement.clause}': {judgement.reason}"
            )
            span = clause.places.get("phrases", clause.span)
            yield _flaw("CON103", span, message, "demand other words, or forbid others")


def _demanded(clauses: Iterable[BoundClause]) -> Iterator[tuple[Clause, str]]:
    """Yield the phrases that clauses demand, those that are patterns left out."""
    for clause in (bound.clause for bound in clauses if bound.rule.name == _REQUIRED_PHRASES):
        for phrase in split_phrases(clause.parameters.get("phrases", "")):
            if phrase.strip() and not _PATTERN_MARKS & set(phrase):
                yield clause, phrase


def _examples_that_fail(held: _Held) -> Iterator[Diagnostic]:
    shown = {
        each.clause.id
        for each in held.clauses
        if forbids(each.rule.source.expect) or each.rule.source.clocked
    }
    examples = list(_good_examples(held.clauses))
    talks = (
        choosing_of(clause).as_chosen(conversation_of(lines, id="example"))
        for clause, lines, _, _ in examples
    )
    for (clause, _, title, span), judgements in zip(examples, judged(talks, held.checker), strict=True):
        for judgement in judgements:
            if judgement.verdict is Verdict.FAIL and judgement.clause in shown - {clause.id}:
                message = (
                    f"the good example '{title}' of '{clause.id}' breaks the clause '{judgement.clause}': "
                    f"{judgement.reason}"
                )
                hint = "mend the example: readers imitate all of it"
                yield _flaw("CON104", span, message, hint)


def _good_examples(
    clauses: Iterable[BoundClause],
) -> Iterator[tuple[Clause, tuple[NotedLine, ...], str, Span]]:
    for bound in clauses:
        for each in bound.clause.examples:
            if each.expected is Expected.PASS:
                yield bound.clause, each.lines, each.title, each.span


def _checks_left_unbound(sop: Sop, pack: Pack) -> Iterator[Diagnostic]:
    for clause in sop.clauses():
        if clause.id in pack.rules and not clause.check:
            message = f"no check judges the clause '{clause.id}', although one of that name exists"
            yield _flaw("CON105", clause.span, message, f"bind it with check={clause.id}", level=Level.NOTE)


def _forbidden(held: _Held, texts: Iterable[str]) -> Iterator[list[Judgement]]:
    """Yield for each text the clauses that an agent breaks by writing it, of the rules that forbid."""
    forbidding = {bound.clause.id for bound in held.clauses if forbids(bound.rule.source.expect)}
    for judgements in judged(map(_sent, texts), held.checker):
        yield [each for each in judgements if each.verdict is Verdict.FAIL and each.clause in forbidding]


def _sent(text: str) -> Conversation:
    """Return a conversation in which an agent writes the text."""
    said = "\n".join(f"{' ' * 18}{line}" for line in text.split("\n") if line.strip()).strip()
    lines = read_notation(f"09:00 pelanggan   halo\n09:01 agen        {said}\n", Span(file=""), _ignore)
    return conversation_of(lines, id="reply")


def forbids(expect: object) -> bool:
    """Return whether a rule's expectation only forbids: nothing has to be there for it to hold."""
    match expect:
        case {"absence": _}:
            return True
        case {"all": [*parts]}:
            return all(forbids(part) for part in parts)
        case {"case": _, **branches}:
            return all(forbids(part) for part in branches.values())
        case _:
            return False


def _filled(reply: QuickReply) -> str:
    """Return the text as an agent would send it: each place to fill in holds its own name."""
    text = reply.text
    for name in reply.fields:
        text = text.replace(f"{{{name}}}", name.replace("_", " "))
    return text


def _flaw(code: str, span: Span, message: str, hint: str, *, level: Level = Level.WARNING) -> Diagnostic:
    return Diagnostic(code=code, level=level, span=span, message=message, hint=hint)


def _ignore(_: object) -> None:
    """Flaws of binding are reported by `bind`."""
