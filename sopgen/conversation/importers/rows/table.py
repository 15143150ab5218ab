"""What the cells of a table mean: rows as messages of the canonical form, cells of transcripts as several."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sopgen.conversation.canonical_value import called
from sopgen.conversation.column import columns_of
from sopgen.conversation.desk import Desk
from sopgen.conversation.hypertext import text_of_cell
from sopgen.conversation.importer import UnreadableError
from sopgen.conversation.importers.rows import transcript
from sopgen.conversation.instant import NotAnInstant, NoZone, read_instant
from sopgen.conversation.local_time import (
    is_to_the_minute,
    read_day,
    read_local,
    read_serial,
)
from sopgen.conversation.model import Kind, Role
from sopgen.conversation.notice import read_notice
from sopgen.conversation.speaker import name_of
from sopgen.conversation.text import clean, excerpt_of
from sopgen.conversation.vocabulary import INTERNAL, kind_called, role_called

OF_CONVERSATION = (
    "channel",
    "team",
    "tags",
    "category",
    "priority",
    "subject",
    "status",
    "csat",
    "closed_at",
)
"""Fields that a row tells of its whole conversation; the first that says something holds."""

_DIRECTIONS = dict.fromkeys(("in", "incoming", "inbound", "received", "masuk"), "customer") | dict.fromkeys(
    ("out", "outgoing", "outbound", "sent", "keluar"), "agent"
)
_SIGNS = frozenset({"+", "-"})
_YES = frozenset({"true", "1", "yes", "ya", "y"})
_PLAIN = frozenset({"conversation", "at", "role", "author", "text", "id"})


@dataclass(slots=True)
class Plan:
    """What the columns of some rows are for; `plain` when they are only those that every chat has."""

    fields: dict[str, str]
    plain: bool
    has_facts: bool
    conversation: str
    at: str
    role: str
    author: str
    text: str
    id: str


def _plan_of(fields: dict[str, str], width: int) -> Plan:
    plain = fields.keys() <= _PLAIN and {"at", "role", "text", "conversation"} <= fields.keys()
    return Plan(
        fields=fields,
        plain=plain and width == len(fields),
        has_facts=not fields.keys().isdisjoint(OF_CONVERSATION),
        **{name: fields.get(name, "") for name in sorted(_PLAIN)},
    )


class Table:
    """What the columns of the rows mean; rows with the same columns are looked at once."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._options = desk.options
        options = desk.options
        self._named = bool(options.agents or options.bots or options.teams or options.anyone)
        self._roles = {key.strip().casefold(): role for key, role in desk.options.roles.items()}
        self._plans: dict[tuple[str, ...], Plan] = {}
        self._known_roles: dict[object, object] = {}
        self.order = ""

    @property
    def holds_transcripts(self) -> bool:
        """Return whether rows that were looked at are whole conversations."""
        return any("transcript" in plan.fields for plan in self._plans.values())

    def fields(self, row: Mapping[str, Any]) -> dict[str, str]:
        """Return our field to the row's column."""
        return self.plan(row).fields

    def plan(self, row: Mapping[str, Any]) -> Plan:
        """Return what the row's columns are for."""
        keys = tuple(row)
        found = self._plans.get(keys)
        if found is None:
            fields = columns_of(keys, self._options.columns)
            if "role" not in fields and self._says_role(row.get(fields.get("author", ""))):
                said = columns_of(keys, {**self._options.columns, "role": fields["author"]})
                fields = said if "author" in said else fields
            if "text" in fields and "transcript" not in fields and self._is_transcript(row, fields):
                fields["transcript"] = fields.pop("text")
            found = self._plans[keys] = _plan_of(fields, len(keys))
        return found

    def plain_message(self, row: Mapping[str, Any], plan: Plan, number: int) -> dict[str, Any] | None:
        """Return the row as the message that it plainly is: quick; None sends it the careful way.

        Its time is ISO with an offset, its role known, its text a text.
        """
        at, text, author = row[plan.at], row[plan.text], row[plan.author] if plan.author else None
        if type(at) is not str or type(text) is not str or at[4:5] != "-" or at[-6:-5] not in _SIGNS:
            return None
        role = self._known_roles.get(row[plan.role])
        if role is None:
            role = self._role_of(row[plan.role], author)
            if role_called(row[plan.role]) in (None, Role.SYSTEM):
                return None
            self._known_roles[row[plan.role]] = role
        if type(author) is not str and author is not None:
            return None
        name = row[plan.id] if plan.id else None
        return {
            "id": name if name not in (None, "") else f"m{number}",
            "at": at,
            "role": role,
            "author": name_of(author) if author else "",
            "kind": "text",
            "text": clean(text_of_cell(text)),
        }

    def conversation_of(self, row: Mapping[str, Any]) -> str:
        """Return the id of the row's conversation, "" when it names none."""
        given = row.get(self.plan(row).conversation)
        if type(given) is str:
            return given.strip()
        return str(given).strip() if isinstance(given, str | int) and not isinstance(given, bool) else ""

    def says_something(self, row: Mapping[str, Any]) -> bool:
        """Return whether the row has words, and a cell for its conversation, blank or not."""
        plan = self.plan(row)
        return bool(plan.conversation and str(row.get(plan.text) or "").strip())

    def times_of(self, row: Mapping[str, Any]) -> Iterable[object]:
        """Return the cells of the row that may hold a date."""
        plan = self.plan(row)
        if plan.plain:
            return (row[plan.at],)
        fields = plan.fields
        cells = [row.get(fields[name]) for name in ("at", "date", "closed_at") if name in fields]
        text = row.get(fields.get("transcript", ""))
        if isinstance(text, str):
            cells += [line.stamp.strip(" -–|,") for line in transcript.lines_of(text)]
        return cells

    def facts_of(self, row: Mapping[str, Any]) -> dict[str, Any]:
        """Return what the row tells of its conversation."""
        plan = self.plan(row)
        if not plan.has_facts:
            return {}
        fields = plan.fields
        facts = {
            name: row[fields[name]]
            for name in OF_CONVERSATION
            if row.get(fields.get(name, "")) not in (None, "")
        }
        if "closed_at" in facts:
            facts["closed_at"] = self._instant(facts["closed_at"])
        if isinstance(facts.get("tags"), str):
            facts["tags"] = [
                each.strip() for each in facts["tags"].replace(";", ",").split(",") if each.strip()
            ]
        return facts

    def messages_of(self, row: Mapping[str, Any], number: int) -> list[dict[str, Any]]:
        """Return the row as messages of the canonical form: one, or those of its transcript.

        `number` is the place that it gets in its conversation, from 1.
        """
        plan = self.plan(row)
        plain = self.plain_message(row, plan, number) if plan.plain else None
        if plain is not None:
            return [plain]
        fields = plan.fields
        cell = row.get(fields.get("transcript", ""))
        held = transcript.messages_in(cell)
        if held is not None:
            return [self._message_of(each, self.fields(each)) for each in held]
        if not isinstance(cell, str) or not cell.strip():
            return [self._message_of(row, fields)]
        lines = transcript.lines_of(cell)
        if not lines:
            raise UnreadableError(
                "ROW108", "nobody speaks in the transcript", "write each message as NAME: TEXT"
            )
        return self._spoken(lines, row, fields)

    def _spoken(
        self, lines: list[transcript.Line], row: Mapping[str, Any], fields: Mapping[str, str]
    ) -> list[dict[str, Any]]:
        """Return the lines of a transcript as messages."""
        start = self._time_cell(row, fields)
        clock = transcript.Clock(self._day_of(start))
        roles = self._roles_of(tuple(transcript.speakers_of(lines)), row, fields)
        return [
            {
                **_precision_of(line.stamp),
                "at": self._instant(clock.at(line.stamp)),
                "role": roles[line.name],
                "author": name_of(line.name),
                "text": clean(line.words),
            }
            for line in lines
        ]

    def _roles_of(
        self, names: tuple[str, ...], row: Mapping[str, Any], fields: Mapping[str, str]
    ) -> dict[str, str]:
        """Return the role of each speaker of a transcript: by its word, by a column, by the options."""
        agent, customer = (
            str(row.get(fields.get(name, ""), "") or "").casefold() for name in ("agent", "customer")
        )
        known: dict[str, str] = {}
        for name in names:
            plain = name.strip().casefold()
            word = self._roles.get(plain) or role_called(plain)
            if word:
                known[name] = str(word)
            elif agent and plain == agent:
                known[name] = "agent"
            elif customer and plain == customer:
                known[name] = "customer"
        rest = [name for name in names if name not in known]
        if rest and not known:
            self._desk.need_staff(rest)
        both = "agent" in known.values() or "customer" not in known.values() or self._named
        return known | {name: self._desk.role(None, name).value if both else "agent" for name in rest}

    def _message_of(self, row: Mapping[str, Any], fields: Mapping[str, str]) -> dict[str, Any]:
        """Return the row as a message; columns that mean nothing known stay as they are."""
        known = {name for field, name in fields.items()}
        message = {key: value for key, value in row.items() if key not in known and value is not None}
        message |= {
            field: row[name]
            for field, name in fields.items()
            if field in ("id", "role", "author", "kind", "text") and row.get(name) is not None
        }
        text = message.get("text")
        message["text"] = "" if text is None else clean(text_of_cell(str(text)))
        if isinstance(row.get(fields.get("text", "")), list | dict):
            reason = f"text is {called(row[fields['text']])}, not a text"
            raise UnreadableError("CAN109", reason, 'write "text": "…"')
        if isinstance(message.get("author"), str):
            message["author"] = name_of(message["author"])
        written = self._time_cell(row, fields)
        message |= {**_precision_of(written), "at": self._instant(written)}
        message["role"] = self._role_of(message.get("role"), message.get("author"))
        if "role" not in fields and self._says_role(message.get("author")):
            del message["author"]
        role = self._known_role(message["role"])
        if not message.get("author") and role in (Role.AGENT, Role.CUSTOMER):
            message["author"] = clean(str(row.get(fields.get(role.value, "")) or ""))
        return message | self._extras(row, fields, message)

    def _extras(
        self, row: Mapping[str, Any], fields: Mapping[str, str], message: Mapping[str, Any]
    ) -> dict[str, Any]:
        """Return kind, visibility and files of a message."""
        extras: dict[str, Any] = {}
        if role_called(message["role"]) is Role.SYSTEM and "kind" not in message:
            notice = read_notice(message["text"])
            extras |= {"kind": Kind.EVENT.value, "event": notice.event}
            extras |= {"action": notice.action} if notice.action else {}
        kind, private = message.get("kind"), row.get(fields.get("visibility", ""))
        if kind is not None and kind_called(kind) is None:
            extras["kind"] = Kind.TEXT.value
        if private is True or str(private).strip().casefold() in INTERNAL | _YES:
            extras["visibility"] = "internal"
        file = row.get(fields.get("attachment", ""))
        if file not in (None, "", []):
            names = file if isinstance(file, list) else [file]
            names = [each.get("name") if isinstance(each, dict) else each for each in names]
            extras["attachments"] = [{"name": None if each is None else str(each)} for each in names]
            if not message["text"]:
                extras["kind"] = Kind.MEDIA.value
        return extras

    def _role_of(self, word: object, author: object) -> object:
        if word not in (None, ""):
            plain = str(word).strip().casefold()
            said = self._roles.get(plain) or _DIRECTIONS.get(plain) or word
            stated = None if role_called(said) else self._desk.stated_role(word, author)
            return stated.value if stated else said
        if not isinstance(author, str):
            return None
        stated = self._desk.stated_role(author) or role_called(self._roles.get(author.casefold(), author))
        return (stated or Role.CUSTOMER).value if stated or self._named else None

    @staticmethod
    def _known_role(said: object) -> Role | None:
        """Return the role that a message's word means; UnreadableError CAN105 for a word that means none."""
        role = role_called(said)
        if role is None and said not in (None, ""):
            word = excerpt_of(str(said)[:80])
            given = json.dumps({"roles": {word: "agent"}}, ensure_ascii=False)
            hint = f"say what it means in a file for --options: {given}; ours are {', '.join(sorted(Role))}"
            raise UnreadableError("CAN105", f"unknown role '{word}'", hint)
        return role

    def _says_role(self, cell: object) -> bool:
        """Return whether a cell that should name a speaker names a role instead, as `sender: agent` does."""
        said = str(cell).strip().casefold()
        return said in self._roles or role_called(said) is not None or said in _DIRECTIONS

    def _time_cell(self, row: Mapping[str, Any], fields: Mapping[str, str]) -> object:
        """Return when the row was written, its date and its clock together."""
        if "at" in fields:
            return row.get(fields["at"])
        day, clock = row.get(fields.get("date", "")), row.get(fields.get("clock", ""))
        if isinstance(day, datetime):
            day = day.date().isoformat()
        if isinstance(clock, datetime):
            clock = clock.time().isoformat()
        return f"{day} {clock}" if day not in (None, "") and clock not in (None, "") else day

    def _instant(self, value: object) -> datetime | None:
        """Return the instant of a cell; UnreadableError CAN107 when it holds something else."""
        if value is None or value == "":
            return None
        try:
            return self._read(value)
        except NotAnInstant as error:
            reason = f"no time that can be read: '{excerpt_of(str(value)[:80])}'{error}"
            hint = "write it like 2026-01-05T09:00:00+07:00"
            raise UnreadableError("CAN107", reason, hint) from error

    def _read(self, value: object) -> datetime:
        if isinstance(value, int | float) and not isinstance(value, bool) and 20_000 <= value < 90_000:
            return read_serial(value, self._desk.zone())
        try:
            return read_instant(value)
        except NoZone:
            return read_instant(value, self._desk.zone())
        except NotAnInstant as error:
            if isinstance(value, str) and not str(error):
                return read_local(value, self.order, self._desk.zone())
            raise

    def _day_of(self, value: object) -> Any:
        if isinstance(value, datetime):
            return value.date()
        if isinstance(value, str):
            return read_day(value, self.order) or read_day(value[:10], self.order)
        return None

    @staticmethod
    def _is_transcript(row: Mapping[str, Any], fields: Mapping[str, str]) -> bool:
        """Return whether the text of a table without speakers holds whole conversations."""
        return not {"role", "author"} & fields.keys() and transcript.looks_like_transcript(
            row[fields["text"]]
        )


def _precision_of(written: object) -> dict[str, str]:
    """Return how fine a cell's clock is, where it is coarser than a second."""
    coarse = isinstance(written, str) and is_to_the_minute(written)
    return {"precision": "minute"} if coarse else {}
