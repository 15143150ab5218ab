"""What people are told of a night, waiting to be sent: what a target refused is sent the next night.

Targets are URLs of Apprise. They hold secrets, so that only their kind is ever told, and the waiting room
remembers a target by its fingerprint.
"""

import json
import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from sopgen.base.errors import MachineError
from sopgen.runs.night.ledger import Ledger
from sopgen.runs.night.standard import fingerprint

WAITING = "notices"
MOST_WAITING = 50
"""Messages that wait at most; older ones are dropped: nobody reads so many (our decision, 2026-11-22)."""

Send = Callable[[str, str, str], bool]
"""Sends a title and a body to a target; returns whether it was taken."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A message to one target."""

    target: str
    title: str
    body: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """What became of messages to a target of this kind, such as `slack` or `mailto`."""

    kind: str
    sent: int
    waiting: int


def send_all(
    ledger: Ledger, targets: Iterable[str], message: tuple[str, str] | None, send: Send
) -> tuple[Sent, ...]:
    """Return what became of the message, if there is one, and of those that waited, target by target.

    What is refused waits for the next night. Messages to a target that is no longer named are dropped.
    """
    names = {fingerprint(target.encode("utf-8", "surrogatepass")).hex(): target for target in targets}
    waiting = [each for each in _waiting(ledger) if each.target in names]
    if message is not None:
        waiting += [Notice(target=name, title=message[0], body=message[1]) for name in names]
        _write(ledger, waiting)
    left = [each for each in waiting if not send(names[each.target], each.title, each.body)]
    if left != waiting:
        _write(ledger, left)
    return tuple(
        Sent(
            kind=kind_of(target),
            sent=_count(waiting, name) - _count(left, name),
            waiting=_count(left, name),
        )
        for name, target in names.items()
    )


def kind_of(target: str) -> str:
    """Return the kind of a target, which is all that may be told of it."""
    return target.partition("://")[0] if "://" in target else "a target that is no URL"


def apprise_sender() -> Send:
    """Return what sends through Apprise. MachineError NGT106: it is not installed."""
    try:
        import apprise  # noqa: PLC0415 -- an extra, and slow to load
    except ImportError as error:
        hint = "pip install 'sopgen[notify]', or take the targets out of [nightly.notify]"
        raise MachineError("NGT106", "notifications need Apprise, which is not here", hint=hint) from error
    logging.getLogger("apprise").addHandler(logging.NullHandler())
    logging.getLogger("apprise").propagate = False
    return lambda target, title, body: _send(apprise, target, title, body)


def _send(apprise: Any, target: str, title: str, body: str) -> bool:
    """Return whether the target took the message; whatever a service raises is a refusal."""
    post = apprise.Apprise()
    try:
        return bool(post.add(target)) and bool(post.notify(title=title, body=body))
    except Exception:  # noqa: BLE001 -- a service that fails must not lose the night
        return False


def _waiting(ledger: Ledger) -> list[Notice]:
    written = ledger.fact(WAITING)
    return [Notice(**each) for each in json.loads(written)] if written else []


def _write(ledger: Ledger, waiting: list[Notice]) -> None:
    kept = waiting[-MOST_WAITING:]
    told = [{"target": each.target, "title": each.title, "body": each.body} for each in kept]
    ledger.note(WAITING, json.dumps(told))


def _count(notices: Iterable[Notice], name: str) -> int:
    return sum(each.target == name for each in notices)
