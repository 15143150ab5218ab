"""What people are told of a night, waiting to be sent: what a target refused is sent the next night.

Targets are URLs of Apprise. They hold secrets, so that only their kind is ever told, and the waiting room
remembers a target by its fingerprint. Why one refuses is told in our own words (`refusal`).
"""

import json
import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sopgen.base.errors import MachineError
from sopgen.runs.night.ledger import Ledger
from sopgen.runs.night.refusal import BROKEN, UNREADABLE, Refusal, refusal_of
from sopgen.runs.night.standard import fingerprint

WAITING = "notices"
MOST_WAITING = 50
"""Messages that wait at most; older ones are dropped: nobody reads so many (our decision, 2026-11-22)."""

Send = Callable[[str, str, str], Refusal | None]
"""Sends a title and a body to a target; returns why it was not taken, None where it was."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A message to one target."""

    target: str
    title: str
    body: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """What became of messages to a target of this kind, such as `slack` or `mailto`.

    `why` and `hint` are of the last one that was refused, "" where none was.
    """

    kind: str
    sent: int
    waiting: int
    why: str = ""
    hint: str = ""


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
    answers = [(each, send(names[each.target], each.title, each.body)) for each in waiting]
    left = [each for each, refusal in answers if refusal is not None]
    if left != waiting:
        _write(ledger, left)
    return tuple(
        _sent(kind_of(target), [answer for each, answer in answers if each.target == name])
        for name, target in names.items()
    )


def _sent(kind: str, answers: Sequence[Refusal | None]) -> Sent:
    refusals = [each for each in answers if each is not None]
    last = refusals[-1] if refusals else Refusal(why="", hint="")
    return Sent(
        kind=kind, sent=len(answers) - len(refusals), waiting=len(refusals), why=last.why, hint=last.hint
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
    return lambda target, title, body: _send(apprise, target, title, body)


def _send(apprise: Any, target: str, title: str, body: str) -> Refusal | None:
    """Return why the target did not take the message; whatever a service raises is a refusal."""
    post = apprise.Apprise()
    with _listening() as said:
        try:
            if not post.add(target):
                return UNREADABLE
            return None if post.notify(title=title, body=body) else refusal_of(said)
        except Exception:  # noqa: BLE001 -- a service that fails must not lose the night
            return BROKEN


class _Ears(logging.Handler):
    """Remembers what tells of troubles; what is sent goes by unheard."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        try:
            told = record.getMessage()
        except Exception:  # noqa: BLE001 -- a record that is formatted wrongly must not undo what was sent
            return
        if record.levelno >= logging.WARNING or told.startswith("Socket Exception"):
            self.said.append(told)


@contextmanager
def _listening() -> Iterator[list[str]]:
    """Give what Apprise says in its log while the block runs; nothing of it goes anywhere else."""
    log, ears = logging.getLogger("apprise"), _Ears()
    others, propagates, level = tuple(log.handlers), log.propagate, log.level
    for other in others:
        log.removeHandler(other)
    log.addHandler(ears)
    log.propagate = False
    log.setLevel(logging.DEBUG)
    try:
        yield ears.said
    finally:
        log.removeHandler(ears)
        for other in others:
            log.addHandler(other)
        log.propagate = propagates
        log.setLevel(level)


def _waiting(ledger: Ledger) -> list[Notice]:
    written = ledger.fact(WAITING)
    return [Notice(**each) for each in json.loads(written)] if written else []


def _write(ledger: Ledger, waiting: list[Notice]) -> None:
    kept = waiting[-MOST_WAITING:]
    told = [{"target": each.target, "title": each.title, "body": each.body} for each in kept]
    ledger.note(WAITING, json.dumps(told))
