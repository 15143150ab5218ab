"""What a user says about export files that the files cannot say themselves."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import timedelta, timezone, tzinfo
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from sopgen.base.errors import UsageError
from sopgen.base.suggestion import did_you_mean

DEFAULT_TZ = "Asia/Jakarta"
"""The zone of times that name none, when no option does: most readers' own (our decision, 2026-11-21)."""

DATE_ORDERS = ("dmy", "mdy", "ymd")

_INDONESIAN_ZONES = {"WIB": "Asia/Jakarta", "WITA": "Asia/Makassar", "WIT": "Asia/Jayapura", "Z": "UTC"}
_OFFSET = re.compile(r"(?:UTC|GMT)?([+-])(\d{1,2}):?([0-5]\d)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportOptions:
    """How exports are to be read; "" and () leave it to the file.

    `format`: an importer's name instead of detection. `tz`: the zone of times without one (Asia/Jakarta,
    WIB, +07:00). `agents`, `bots`: names, ids, numbers or patterns of staff and automata; where a source has
    no roles, everyone else is a customer. `teams`: the agents of each team; a conversation without a team
    gets its first agent's. `date_order`: dmy, mdy or ymd, where a file's dates allow several. `channel`,
    `team`: what a conversation gets that names none. `platform`: which product, where several share a layout.
    `columns`: our name of a field (conversation, at, role, author, text …) to the export's. `roles`: the
    export's word for a role to ours. `sheet`: of a workbook. `anyone`: read chats in which nobody is known to
    be staff, too, everyone a customer. `split`: the silence that cuts a messenger's endless thread into
    conversations (12h; never).
    """

    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}
    format: str = ""
    tz: str = ""
    agents: tuple[str, ...] = ()
    bots: tuple[str, ...] = ()
    date_order: str = ""
    channel: str = ""
    team: str = ""
    platform: str = ""
    columns: Mapping[str, str] = field(default_factory=dict, hash=False)
    roles: Mapping[str, str] = field(default_factory=dict, hash=False)
    teams: Mapping[str, tuple[str, ...]] = field(default_factory=dict, hash=False)
    sheet: str = ""
    anyone: bool = False
    split: str = ""

    def zone(self) -> tzinfo | None:
        """Return the zone that `tz` names, None when it names none. UsageError EXP104: no such zone."""
        return zone_of(self.tz) if self.tz else None


class OptionError(ValueError):
    """An option's value cannot be what it is: what is wrong, and what to write."""

    def __init__(self, reason: str, hint: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.hint = hint


_DEFAULTS: Mapping[str, Any] = {
    each.name: getattr(ImportOptions(), each.name) for each in fields(ImportOptions)
}
_TEXTS = frozenset({"columns", "roles"})
_EXAMPLE = 'write one object, such as {"tz": "Asia/Jakarta", "agents": ["Rina"]}'


def options_from(record: object) -> dict[str, Any]:
    """Return the options of a JSON or TOML object, by name. OptionError when they are none."""
    if not isinstance(record, dict):
        raise OptionError(f"holds a {type(record).__name__}, not one object", _EXAMPLE)
    return {name: _value(name, value) for name, value in record.items()}


def _value(name: str, value: object) -> Any:
    """Return an option's value as the options hold it."""
    if name not in _DEFAULTS:
        raise OptionError(f"unknown option '{name}'", did_you_mean(name, _DEFAULTS))
    match _DEFAULTS[name], value:
        case bool(), bool():
            return value
        case str(), str():
            return value
        case tuple(), list() if _are_texts(value):
            return tuple(str(each) for each in value)
        case Mapping(), dict() if name in _TEXTS and _are_texts([*value.values()]):
            return value
        case Mapping(), dict() if name == "teams" and all(_are_texts(each) for each in value.values()):
            return {team: tuple(map(str, members)) for team, members in value.items()}
    raise OptionError(f"'{name}' is {value!r}", f"give {_wanted(name)} for '{name}'")


def _are_texts(values: object) -> bool:
    """Return whether it is a list of texts; ids may be numbers."""
    if not isinstance(values, list):
        return False
    return all(isinstance(each, str | int) and not isinstance(each, bool) for each in values)


def _wanted(name: str) -> str:
    if name == "teams":
        return "an object of lists of texts"
    words = {"str": "a text", "tuple": "a list of texts", "bool": "true or false"}
    return words.get(type(_DEFAULTS[name]).__name__, "an object of texts")


def merged(first: ImportOptions, *others: ImportOptions) -> ImportOptions:
    """Return the options together: a value of the first that says something wins, lists of people add up."""
    values = {name: getattr(first, name) for name in _DEFAULTS}
    for other in others:
        for name, default in _DEFAULTS.items():
            mine, theirs = values[name], getattr(other, name)
            if isinstance(default, tuple):
                values[name] = tuple(dict.fromkeys((*mine, *theirs)))
            elif isinstance(default, Mapping):
                values[name] = {**theirs, **mine}
            else:
                values[name] = mine or theirs
    return ImportOptions(**values)


def zone_of(name: str) -> tzinfo:
    """Return the zone called `name`: an IANA name, WIB, WITA, WIT, or an offset like +07:00.

    UsageError EXP104 when there is none.
    """
    word = name.strip()
    offset = _OFFSET.fullmatch(word)
    if offset and int(offset[2]) < 24:
        sign = -1 if offset[1] == "-" else 1
        return timezone(sign * timedelta(hours=int(offset[2]), minutes=int(offset[3] or 0)))
    try:
        return ZoneInfo(_INDONESIAN_ZONES.get(word.upper(), word))
    except (KeyError, ValueError, OSError) as error:
        hint = "name a zone such as Asia/Jakarta, WITA or +07:00"
        raise UsageError("EXP104", f"unknown time zone '{name}'", hint=hint) from error


def check_date_order(order: str) -> None:
    """Raise UsageError EXP105 unless `order` is "", dmy, mdy or ymd."""
    if order and order not in DATE_ORDERS:
        raise UsageError("EXP105", f"unknown date order '{order}'", hint="use one of: dmy, mdy, ymd")
