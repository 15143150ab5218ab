"""Stored results as people may see them: the views of `open_results`, every personal column behind the veil.

Whatever a query does with such a column, it does with what is shown: there is no other.
"""

from collections.abc import Callable, Mapping
from functools import lru_cache, wraps
from threading import Event
from typing import Any

import duckdb
import orjson

from sopgen.quality.veil import Veil, secrets_recorded
from sopgen.runs.results import AS_STORED, Dress

REMEMBERED = 1 << 16
"""Texts whose shown form is remembered: ids and reasons repeat (our decision, 2026-11-22)."""

_ID = "shown_id({}, channel)"
_ROUTE = {"channel": "shown_agent(channel)", "team": "shown_agent(team)"}
"""Exports fill these fields with what they like, a number or an address among them."""

_COLUMNS: Mapping[str, Mapping[str, str]] = {
    "verdicts": {
        **_ROUTE,
        "conversation_id": _ID.format("conversation_id"),
        "source": "shown_place(source)",
        "agent": "shown_agent(agent)",
        "reason": "shown_text(reason)",
        "words": "shown_words(words, CAST([] AS VARCHAR[]))",
    },
    "conversations": {
        **_ROUTE,
        "conversation_id": _ID.format("conversation_id"),
        "source": "shown_place(source)",
        "customer": "shown_person(customer)",
        "agents": "[shown_agent(each) FOR each IN agents]",
        "customers": "[shown_person(each) FOR each IN customers]",
        "complaint_text": "shown_words([complaint_text], customers)[1]",
        "category": "shown_words([category], customers)[1]",
        "priority": "shown_words([priority], customers)[1]",
        "tags": "shown_words(tags, customers)",
    },
    "findings": {
        **_ROUTE,
        "conversation": _ID.format("conversation"),
        "source": "shown_place(source)",
        "agent": "shown_agent(agent)",
        "reason": "shown_evidence([reason], customers, CAST(context AS VARCHAR))[1]",
        "words": "shown_evidence(words, customers, CAST(context AS VARCHAR))",
        "context": "CAST(shown_context(CAST(context AS VARCHAR), customers) AS JSON)",
        "customers": "[shown_person(each) FOR each IN customers]",
    },
    "transcripts": {
        "channel": _ROUTE["channel"],
        "conversation_id": _ID.format("conversation_id"),
        "source": "shown_place(source)",
        "messages": "shown_context(messages, customers)",
        "customers": "[shown_person(each) FOR each IN customers]",
    },
    "set_aside": {
        "source": "shown_place(source)",
        "position": "shown_text(position)",
        "reason": "shown_remark(reason, code)",
        "hint": "shown_remark(hint, '')",
        "excerpt": "CASE WHEN excerpt = '' THEN '' ELSE '…' END",
    },
}
"""By view and column, what is shown in its place."""


def veiled(veil: Veil, late: Event) -> Dress:
    """Return how results are shown behind a veil; an open one shows them as they are stored.

    Once it is `late` no further text is masked: TimeoutError.
    """
    if veil.open:
        return AS_STORED

    def prepare(connection: duckdb.DuckDBPyConnection) -> None:
        texts: Mapping[str, Callable[[str], str]] = {
            "shown_text": veil.text,
            "shown_place": veil.place,
            "shown_agent": veil.agent,
            "shown_person": veil.person,
        }
        functions: Mapping[str, tuple[Callable[..., Any], list[Any], str]] = {
            **{
                name: (lru_cache(REMEMBERED)(_of_one(show)), ["VARCHAR"], "VARCHAR")
                for name, show in texts.items()
            },
            "shown_remark": (lru_cache(REMEMBERED)(_of_two(veil.remark)), ["VARCHAR", "VARCHAR"], "VARCHAR"),
            "shown_id": (lru_cache(REMEMBERED)(_identifier(veil)), ["VARCHAR", "VARCHAR"], "VARCHAR"),
            "shown_words": (_words(veil), ["VARCHAR[]", "VARCHAR[]"], "VARCHAR[]"),
            "shown_evidence": (_evidence(veil), ["VARCHAR[]", "VARCHAR[]", "VARCHAR"], "VARCHAR[]"),
            "shown_context": (_context(veil), ["VARCHAR", "VARCHAR[]"], "VARCHAR"),
        }
        for name, (show, kinds, kind) in functions.items():
            connection.create_function(name, _until(late, show), kinds, kind)

    return Dress(columns=_COLUMNS, prepare=prepare)


def _until(late: Event, show: Callable[..., Any]) -> Callable[..., Any]:
    """Return the function, which refuses once it is late: the database would go on to the end of its rows."""

    @wraps(show)
    def shown(*values: object) -> object:
        if late.is_set():
            raise TimeoutError
        return show(*values)

    return shown


def _identifier(veil: Veil) -> Callable[[str, str], str]:
    def shown(text: str, channel: str) -> str:
        return veil.identifier(text, channel=channel)

    return shown


def _of_one(show: Callable[[str], str]) -> Callable[[str], str]:
    """Return the function with its first parameter alone: the database counts parameters."""

    def shown(text: str) -> str:
        return show(text)

    return shown


def _of_two(show: Callable[[str, str], str]) -> Callable[[str, str], str]:
    def shown(text: str, code: str) -> str:
        return show(text, code)

    return shown


def _words(veil: Veil) -> Callable[[list[str], list[str]], list[str]]:
    def shown(words: list[str], customers: list[str]) -> list[str]:
        return [veil.text(each, customers) if each else each for each in words]

    return shown


def _evidence(veil: Veil) -> Callable[[list[str], list[str], str], list[str]]:
    def shown(words: list[str], customers: list[str], context: str) -> list[str]:
        secrets = secrets_recorded(context)
        return [veil.text(each, customers, secrets) if each else each for each in words]

    return shown


def _context(veil: Veil) -> Callable[[str, list[str]], str]:
    def shown(context: str, customers: list[str]) -> str:
        mask = veil.mask(customers, secrets_recorded(context))
        return orjson.dumps([_said(each, mask, veil) for each in orjson.loads(context)]).decode()

    return shown


def _said(said: dict[str, Any], mask: Callable[[str], str], veil: Veil) -> dict[str, Any]:
    author = veil.agent(said["author"]) if said["role"] == "agent" else veil.person(said["author"])
    return said | {"author": author if said["author"] else "", "text": mask(said["text"])}
