"""Who is staff in sources that name speakers but not their roles."""

import re
from dataclasses import dataclass

from sopgen.conversation.model import Role
from sopgen.conversation.options import ImportOptions
from sopgen.conversation.text import clean

_NUMBER = re.compile(r"\+?[\d\s().\-\u2010\u2011]{7,}")
_COUNTRY = "62"
"""Indonesia's country code: 0812… is +62 812…"""


def name_of(raw: str) -> str:
    """Return a speaker's name without marks and the ~ that WhatsApp puts before a contact not saved."""
    name = clean(raw)
    return name[1:].lstrip() or name if name.startswith("~") else name


def key_of(name: str) -> str:
    """Return what two spellings of one speaker share: case and spacing of a name, the digits of a number."""
    plain = name_of(name)
    if _NUMBER.fullmatch(plain):
        digits = "".join(each for each in plain if each.isdigit())
        return _COUNTRY + digits[1:] if digits.startswith("0") else digits
    return " ".join(plain.casefold().split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Staff:
    """The agents and bots of a run, by `key_of`; everyone else is a customer."""

    agents: frozenset[str]
    bots: frozenset[str]

    def role_of(self, name: str) -> Role:
        """Return the speaker's role."""
        key = key_of(name)
        if key in self.bots:
            return Role.BOT
        return Role.AGENT if key in self.agents else Role.CUSTOMER


def staff_of(options: ImportOptions) -> Staff:
    """Return the staff that the options name."""
    return Staff(agents=frozenset(map(key_of, options.agents)), bots=frozenset(map(key_of, options.bots)))
