"""What would have passed: the SOP's own quick reply that does what a check expects of the agent."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sopgen.compliance.compiling import CASE, Compiling, choose
from sopgen.compliance.selector import acts_of
from sopgen.compliance.sought import Acts, Said, Sought
from sopgen.conversation.model import Role
from sopgen.language.recognition import Recognise, heard_apart
from sopgen.sop.model import QuickReply

_PLACE = re.compile(r"\{[^{}\n]*\}")
_HOLDING = ("init", "end", "chain-response")


def suggested(expected: Acts, replies: Sequence[QuickReply], recognise: Recognise) -> str:
    """Return the text of the first reply that performs or says something of what is expected, or "".

    Places to fill in (`{nama}`) stay as they are written; they are read as names and as forms of address.
    """
    acts = frozenset(each.act for each in expected if isinstance(each, Sought))
    finders = [each.find for each in expected if isinstance(each, Said)]
    spelt = {reply.text: (reply.text, _PLACE.sub("Kak", reply.text)) for reply in replies}
    asked = [(Role.AGENT.value, text, "") for texts in spelt.values() for text in texts]
    heard = heard_apart(recognise, asked) if acts else ()
    performing = {each.text for each in heard if each.performs(acts)}
    for reply, texts in spelt.items():
        if any(text in performing or any(find(text) for find in finders) for text in texts):
            return reply
    return ""


def expected_of(spec: object, compiling: Compiling) -> Acts:
    """Return the acts and phrases that a constraint expects of an agent, none of those it forbids."""
    if not isinstance(spec, Mapping):
        return frozenset()
    if CASE in spec:
        return choose(spec, (), compiling.quiet(), lambda part, _, given: expected_of(part, given))
    return frozenset().union(*(acts_of(part, compiling) for part in _asked(spec)), *_inner(spec, compiling))


def expected_acts(spec: object) -> frozenset[str]:
    """Return the names of the acts that a constraint expects of an agent, whatever a clause chooses."""
    if not isinstance(spec, Mapping):
        return frozenset()
    if CASE in spec:
        return frozenset().union(*(expected_acts(part) for key, part in spec.items() if key != CASE))
    named = (_named(part) for part in _asked(spec))
    return frozenset().union(*named, *(expected_acts(part) for part in _parts(spec)))


def _inner(spec: Mapping[str, Any], compiling: Compiling) -> Iterator[Acts]:
    return (expected_of(part, compiling) for part in _parts(spec))


def _parts(spec: Mapping[str, Any]) -> Iterator[object]:
    """Yield the constraints inside `all`, `any` and `every`; what stands inside `not` is not expected."""
    for kind, inner in spec.items():
        if kind in ("all", "any") and isinstance(inner, list):
            yield from inner
        elif kind == "every" and isinstance(inner, Mapping):
            yield inner.get("holds")


def _asked(spec: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Yield the selections and filters of a constraint that an agent's message must pass."""
    for kind, inner in spec.items():
        if not isinstance(inner, Mapping):
            continue
        if kind == "existence":
            yield from _of_agents(inner.get("of"))
        elif kind in _HOLDING and any(_of_agents(inner.get("of", inner.get("next")))):
            yield from _mapping(inner.get("holds"))
        elif kind == "response":
            yield from _of_agents(inner.get("to"))
        elif kind == "absence":
            yield from (part for each in _of_agents(inner.get("of")) for part in _mapping(each.get("not")))


def _of_agents(selection: object) -> Iterator[Mapping[str, Any]]:
    for each in _mapping(selection):
        roles = each.get("role")
        if roles == Role.AGENT or (isinstance(roles, list) and Role.AGENT in roles):
            yield each


def _mapping(value: object) -> Iterator[Mapping[str, Any]]:
    if isinstance(value, Mapping):
        yield value


def _named(part: Mapping[str, Any]) -> frozenset[str]:
    act = part.get("act")
    return frozenset(act) if isinstance(act, list) else frozenset({act} if isinstance(act, str) else ())
