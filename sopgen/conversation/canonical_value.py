"""The values of a canonical record: what each field may be, read or refused with the reason.

Every function takes a JSON value and its name, and raises UnreadableError under the code it documents; the
number is the message's, from 1, or 0 where the field is the conversation's.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta, tzinfo
from math import isfinite
from typing import Any

from sopgen.base.suggestion import did_you_mean
from sopgen.conversation.importer import UnreadableError
from sopgen.conversation.instant import NotAnInstant, NoZone, read_instant
from sopgen.conversation.model import MINUTE, SECOND, Kind, Role
from sopgen.conversation.text import excerpt_of
from sopgen.conversation.vocabulary import kind_called, role_called


def role_of(word: object, number: int) -> Role:
    """Return the role; CAN105 when there is none or it is unknown."""
    role = role_called(word)
    if role is not None:
        return role
    if word in (None, ""):
        raise UnreadableError(
            "CAN105", f"message {number} has no role", 'add "role": customer, agent, bot or system'
        )
    hint = did_you_mean(str(word), [each.value for each in Role])
    raise UnreadableError("CAN105", f"message {number}: unknown role '{_short(word)}'", hint)


def kind_of(word: object, number: int) -> Kind:
    """Return the kind, text when none is named; CAN106 when it is unknown."""
    if word in (None, ""):
        return Kind.TEXT
    kind = kind_called(word)
    if kind is None:
        hint = did_you_mean(str(word), [each.value for each in Kind])
        raise UnreadableError("CAN106", f"message {number}: unknown kind '{_short(word)}'", hint)
    return kind


def message_text_of(raw: Mapping[str, Any], number: int) -> str:
    """Return the message's text; CAN109 when a text message has none."""
    if "text" not in raw and raw.get("kind") in (None, "", "text"):
        raise UnreadableError("CAN109", f"message {number} has no text", 'add "text": "…"')
    return text_of(raw.get("text"), "text", number)


def precision_of(value: object, number: int) -> timedelta:
    """Return how fine the clock is; CAN109 when it is neither a known word nor seconds."""
    if value in (None, "second"):
        return SECOND
    if value == "minute":
        return MINUTE
    if isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 86400:
        return timedelta(seconds=value)
    reason = f"message {number}: precision is '{_short(value)}'"
    raise UnreadableError("CAN109", reason, 'write "second", "minute", or seconds')


def instant_of(value: object, key: str, zone: tzinfo | None, number: int = 0) -> datetime | None:
    """Return the instant, None for none; CAN107 when it is no time, CAN108 when it has no zone."""
    if value is None or value == "":
        return None
    try:
        return read_instant(value, zone)
    except NotAnInstant as error:
        reason = f"{_where(number)}{key} is no time: '{_short(value)}'{error}"
        raise UnreadableError("CAN107", reason, "write it like 2026-01-05T09:00:00+07:00") from error
    except NoZone as error:
        reason = f"{_where(number)}{key} has no time zone: '{_short(value)}'"
        raise UnreadableError(
            "CAN108", reason, "add an offset such as +07:00, or say --tz Asia/Jakarta"
        ) from error


def text_of(value: object, key: str, number: int = 0) -> str:
    """Return the text, "" for null; numbers as text; CAN109 for anything else."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    raise UnreadableError(
        "CAN109", f"{_where(number)}{key} is {called(value)}, not a text", f'write "{key}": "…"'
    )


def number_of(value: object, key: str) -> float | None:
    """Return the number, None for none, also when written as text; CAN109 for anything else."""
    if value is None or value == "":
        return None
    try:
        if not isinstance(value, bool) and isinstance(value, int | float | str):
            number = float(value)
            if isfinite(number):
                return number
    except (ValueError, OverflowError):
        pass
    raise UnreadableError("CAN109", f"{key} is no number: '{_short(value)}'", f'write "{key}": 4')


def tags_of(value: object) -> tuple[str, ...]:
    """Return the tags of a list, or of a single text."""
    if isinstance(value, list):
        return tuple(text_of(each, "tags") for each in value)
    return (text_of(value, "tags"),) if value else ()


def _where(number: int) -> str:
    return f"message {number}: " if number else ""


def called(value: object) -> str:
    """Return what a JSON value is, in words."""
    match value:
        case None:
            return "null"
        case bool():
            return str(value).lower()
        case dict():
            return "an object"
        case list():
            return "a list"
        case str():
            return "a text"
        case _:
            return "a number"


def _short(value: object) -> str:
    return excerpt_of(str(value)[:80])
