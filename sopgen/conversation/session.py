"""Endless threads of messengers as conversations: cut where people fell silent, or where one was closed.

A thread is cut before words that come after a silence, or after a close, unless they are an agent's and the
customer is still owed them: a late answer belongs to its question. Events stay with the words before them,
those after the silence with the words that follow. A session is called after its thread and its first
instant, so that a later export, which holds more, calls it the same.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, timedelta
from itertools import pairwise

from sopgen.base.duration import parse_duration
from sopgen.base.errors import UsageError
from sopgen.conversation.event import happening_of
from sopgen.conversation.model import SPEAKING, Conversation, Message, Role

NEVER = "never"
"""What leaves threads whole."""

SILENCE = "12h"
"""How long people are silent between two conversations of a thread (our decision, 2026-11-22)."""


def silence_of(written: str) -> timedelta | None:
    """Return the silence that cuts, None for never; UsageError EXP122 when it is no length of time."""
    if written in ("", NEVER):
        return None
    found = parse_duration(written)
    if not found:
        hint = "write it like 12h, 90m or never"
        raise UsageError("EXP122", f"'{written}' is no length of a silence", hint=hint)
    return found


def sessions_of(thread: Conversation, silence: timedelta) -> Iterator[Conversation]:
    """Yield the conversations of a thread, in order, together holding each of its messages once."""
    starts = [0, *_cuts(thread.messages, silence), len(thread.messages)]
    for begin, end in pairwise(starts):
        messages = thread.messages[begin:end]
        if messages:
            yield replace(thread, id=f"{thread.id}#{_name(messages, begin)}", messages=messages)
    if not thread.messages:
        yield thread


def _cuts(messages: Sequence[Message], silence: timedelta) -> list[int]:
    """Return the places, from 1, before which a new session begins."""
    cuts: list[int] = []
    last: Message | None = None
    waiting = 0
    is_closed = False
    for place, message in enumerate(messages):
        if message.kind not in SPEAKING:
            is_closed = _closes(message, is_closed)
            if last is not None and _gap(last, message) < silence:
                waiting = place + 1
            continue
        if last is not None and (is_closed or _gap(last, message) >= silence) and not _is_owed(last, message):
            cuts.append(waiting)
        last, waiting, is_closed = message, place + 1, False
    return cuts


def _closes(message: Message, before: bool) -> bool:  # noqa: FBT001 -- a state
    happening = happening_of(message)
    return happening == "closed" or (before and happening != "reopened")


def _is_owed(last: Message, message: Message) -> bool:
    return last.role is Role.CUSTOMER and message.role is Role.AGENT


def _gap(before: Message, after: Message) -> timedelta:
    """Return the time between two messages, none where one has no time."""
    if before.at is None or after.at is None:
        return timedelta()
    return after.at - before.at


def _name(messages: Sequence[Message], begin: int) -> str:
    """Return the first instant of a session in UTC; its place where it has none."""
    first = next((message.at for message in messages if message.at is not None), None)
    return first.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ") if first else f"m{begin + 1}"
