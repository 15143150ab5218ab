"""Why a target refused a message, in our own words.

What a service or a library says may hold the target's token, an address or a name. Nothing of it is told: it
is only searched for signs of troubles that are known here, and of a status nothing but the number is taken.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from http import HTTPStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """Why a message was not taken, and what to do. Neither says anything of the target but a status."""

    why: str
    hint: str


_WAIT = "wait: the next night sends it again"
_BY_HAND = "try the target by hand: apprise -vv -b test URL"
_NETWORK = "look whether this machine reaches it: a name, a firewall, a proxy"

UNREADABLE = Refusal(
    why="Apprise knows no such target",
    hint="look up how a URL of its kind is written: apprise --details",
)
BROKEN = Refusal(why="Apprise ended with an error", hint=_BY_HAND)
UNKNOWN = Refusal(why="it does not say why", hint=_BY_HAND)

_HTTP = re.compile(r"(?:\berror=|\()([345]\d\d)\b(?!,)")
_MAIL = re.compile(r"\(([45]\d\d), b['\"]")
_SIGNS: tuple[tuple[re.Pattern[str], Refusal], ...] = tuple(
    (re.compile(sign, re.IGNORECASE), Refusal(why=why, hint=hint))
    for sign, why, hint in (
        (
            "certificate",
            "its certificate cannot be trusted",
            "install the authority that signed it, or renew it",
        ),
        ("timed? ?out", "no answer in time", _WAIT),
        ("connection refused", "nothing listens there", "look whether its host and port are right"),
        (
            "resolve|getaddrinfo|name or service|name resolution",
            "the network knows no host of that name",
            _NETWORK,
        ),
        ("unreachable|no route", "the network does not lead there", _NETWORK),
        ("proxy", "the proxy does not let it through", _NETWORK),
        ("connection error|connectionerror|remotedisconnected|reset by peer", "no connection", _NETWORK),
    )
)
"""Troubles by their signs, the most telling first."""


def refusal_of(said: Iterable[str]) -> Refusal:
    """Return why a message was not taken, by what was said meanwhile."""
    told = "\n".join(said)
    if answer := _HTTP.search(told):
        return _by_status(int(answer[1]))
    if answer := _MAIL.search(told):
        return _by_mail_status(int(answer[1]))
    return next((refusal for sign, refusal in _SIGNS if sign.search(told)), UNKNOWN)


def _by_status(status: int) -> Refusal:
    known = {each.value: f" ({each.phrase})" for each in HTTPStatus}
    why = f"the service answered {status}{known.get(status, '')}"
    if status in (401, 403):
        return Refusal(why=why, hint="look whether the token or password in its URL still holds")
    if status in (404, 410):
        return Refusal(why=why, hint="look whether what its URL names is still there")
    return Refusal(
        why=why, hint=_WAIT if status == HTTPStatus.TOO_MANY_REQUESTS or status >= 500 else _BY_HAND
    )


def _by_mail_status(status: int) -> Refusal:
    why = f"the mail server answered {status}"
    if status in (530, 534, 535):
        return Refusal(why=f"{why}: it does not let us in", hint="look whether user and password still hold")
    return Refusal(
        why=why, hint=_WAIT if status < 500 else "look whether sender and receiver may be used there"
    )
