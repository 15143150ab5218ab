"""What a user says about export files that the files cannot say themselves."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

from sopgen.base.errors import UsageError

DEFAULT_TZ = "Asia/Jakarta"
"""The zone of times that name none, when no option does: most readers' own (our decision, 2026-11-21)."""

DATE_ORDERS = ("dmy", "mdy", "ymd")

_INDONESIAN_ZONES = {"WIB": "Asia/Jakarta", "WITA": "Asia/Makassar", "WIT": "Asia/Jayapura", "Z": "UTC"}
_OFFSET = re.compile(r"(?:UTC|GMT)?([+-])(\d{1,2}):?([0-5]\d)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportOptions:
    """How exports are to be read; "" and () leave it to the file.

    `format`: an importer's name instead of detection. `tz`: the zone of times without one (Asia/Jakarta,
    WIB, +07:00). `agents`, `bots`: names or ids of staff and automata; where a source has no roles, everyone
    else is a customer. `date_order`: dmy, mdy or ymd, where a file's dates allow several. `channel`, `team`:
    what a conversation gets that names none. `platform`: which product, where several share a layout.
    `columns`: our name of a field (conversation, at, role, author, text …) to the export's. `roles`: the
    export's word for a role to ours.
    """

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

    def zone(self) -> tzinfo | None:
        """Return the zone that `tz` names, None when it names none. UsageError EXP104: no such zone."""
        return zone_of(self.tz) if self.tz else None


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
