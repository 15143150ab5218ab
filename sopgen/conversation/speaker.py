"""Who is staff in sources that name speakers but not their roles."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol, cast

from sopgen.base.errors import UsageError
from sopgen.conversation.model import Role
from sopgen.conversation.options import ImportOptions
from sopgen.conversation.text import clean

AGENT_HINT = (
    "name the agent as written there: --agent NAME, or agents in [import] of sopgen.toml; "
    "sopgen check --who lists who speaks"
)
"""What to do where nobody among the speakers is staff; the names themselves are masked on screen."""

_NUMBER = re.compile(r"\+?[\d\s().\-\u2010\u2011]{7,}")
_COUNTRY = "62"
"""Indonesia's country code: 0812… is +62 812…"""


class Pattern(Protocol):
    """A compiled pattern that is matched in linear time."""

    def search(self, text: str, /) -> object:
        """Return something true where it is found."""


@lru_cache(maxsize=8192)
def name_of(raw: str) -> str:
    """Return a speaker's name without marks and the ~ that WhatsApp puts before a contact not saved."""
    name = clean(raw)
    return name[1:].lstrip() or name if name.startswith("~") else name


@lru_cache(maxsize=8192)
def key_of(name: str) -> str:
    """Return what two spellings of one speaker share: case and spacing of a name, the digits of a number."""
    plain = name_of(name)
    if _NUMBER.fullmatch(plain):
        digits = "".join(each for each in plain if each.isdigit())
        return _COUNTRY + digits[1:] if digits.startswith("0") else digits
    return " ".join(plain.casefold().split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Staff:
    """The agents and bots of a run; everyone else is a customer.

    Names are compared by `key_of`; `patterns` are those of them that stand for many: `CS *` with * and ?, or
    /^cs[0-9]+$/ between slashes (RE2, any case, found anywhere).
    """

    agents: frozenset[str]
    bots: frozenset[str]
    patterns: tuple[tuple[Pattern, Role], ...] = ()

    def __bool__(self) -> bool:
        """Return whether anybody is named."""
        return bool(self.agents or self.bots or self.patterns)

    def role_of(self, name: str) -> Role:
        """Return the speaker's role."""
        return self.stated_role(name) or Role.CUSTOMER

    def stated_role(self, *names: object) -> Role | None:
        """Return the role that the options give to one of a speaker's names, ids or numbers, else None."""
        if not self:
            return None
        if not self:
            return None
        keys = {key_of(str(name)) for name in names if name not in (None, "")}
        if keys & self.bots:
            return Role.BOT
        if keys & self.agents:
            return Role.AGENT
        return next((role for pattern, role in self.patterns for key in keys if pattern.search(key)), None)


def staff_of(options: ImportOptions) -> Staff:
    """Return the staff that the options name, members of teams among the agents."""
    agents = [*options.agents, *(each for members in options.teams.values() for each in members)]
    named = {
        Role.BOT: [each for each in options.bots if not _is_pattern(each)],
        Role.AGENT: [each for each in agents if not _is_pattern(each)],
    }
    many = [(each, Role.BOT) for each in options.bots] + [(each, Role.AGENT) for each in agents]
    return Staff(
        agents=frozenset(map(key_of, named[Role.AGENT])),
        bots=frozenset(map(key_of, named[Role.BOT])),
        patterns=tuple((_pattern_of(each), role) for each, role in many if _is_pattern(each)),
    )


def _is_pattern(name: str) -> bool:
    return "*" in name or "?" in name or _is_expression(name)


def _is_expression(name: str) -> bool:
    return len(name) > 2 and name.startswith("/") and name.endswith("/")


def _pattern_of(written: str) -> Pattern:
    """Return the pattern; UsageError EXP120 when it cannot be one."""
    import re2  # noqa: PLC0415 -- only where patterns are used

    if _is_expression(written):
        source = f"(?i){written[1:-1]}"
    else:
        parts = (f".{each}" if each == "*" else each for each in map(_literal, key_of(written)))
        source = f"(?i)^{''.join(parts)}$"
    try:
        return cast("Pattern", re2.compile(source))
    except re2.error as error:
        raise UsageError(
            "EXP120", f"'{written}' is no pattern: {error}", hint="mend it, or name people by name"
        ) from error


def _literal(character: str) -> str:
    return {"*": "*", "?": "."}.get(character, re.escape(character))
