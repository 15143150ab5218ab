"""`conversations.parquet`: one row per checked conversation, governed or not: what reports count of it."""

import statistics
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pyarrow as pa

from sopgen.compliance.account import Account, Examination, Times
from sopgen.compliance.model import Judgement, Verdict
from sopgen.conversation.model import SPEAKING, Conversation, Role
from sopgen.language.personal.name import names_in
from sopgen.runs.finding import TEXT_LENGTH
from sopgen.runs.table import INSTANT, Column, Table

BATCH_ROWS = 2_000
"""Conversations held in memory, with their messages, before they are written (our decision, 2026-11-22)."""

_SOP = pa.struct([("sop", pa.string()), ("version", pa.string())])


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """A conversation and what the checker tells of it; `failed` are the fails among its judgements.

    `names` are those of customers whom it names, by which its words are masked: of a conversation whose words
    are stored, since it has findings or a complaint.
    """

    conversation: Conversation
    examination: Examination
    failed: tuple[Judgement, ...]
    names: tuple[str, ...] = ()

    @property
    def account(self) -> Account:
        """Return what the conversation came to besides its verdicts."""
        return self.examination.account


def checked_of(conversation: Conversation, examination: Examination) -> Checked:
    """Return a conversation as it is stored, with the names in it where its words are."""
    failed = tuple([each for each in examination.judgements if each.verdict is Verdict.FAIL])
    wanted = failed or examination.account.complaint is not None
    names = names_in(conversation) if wanted else ()
    return Checked(conversation=conversation, examination=examination, failed=failed, names=names)


def _customer(checked: Checked) -> str:
    """Return the first name under which a customer wrote."""
    return next(iter(_authors(checked.conversation, Role.CUSTOMER)), "")


def _customers(checked: Checked) -> list[str]:
    """Return the names by which a stored complaint is masked; without one, those of authors."""
    if checked.account.complaint is None:
        return _authors(checked.conversation, Role.CUSTOMER)
    return list(checked.names)


def _authors(conversation: Conversation, role: Role) -> list[str]:
    spoken = (each for each in conversation.messages if each.role is role and each.kind in SPEAKING)
    return list(dict.fromkeys(each.author for each in spoken if each.author))


def _said_by(role: Role) -> Callable[[Checked], int]:
    return lambda each: sum(
        message.role is role and message.kind in SPEAKING for message in each.conversation.messages
    )


def _on_the_wall(checked: Checked) -> datetime | None:
    started = checked.conversation.started_at()
    return None if started is None else started.replace(tzinfo=None)


def _last_message_at(checked: Checked) -> datetime | None:
    times = [each.at for each in checked.conversation.messages if each.at is not None]
    return max(times, default=None)


def _governing(checked: Checked) -> list[dict[str, str]]:
    demands = [each.demand for each in checked.examination.judgements]
    found = dict.fromkeys([(each.sop, each.version) for each in demands])
    return [{"sop": sop, "version": version} for sop, version in found]


def _seconds(length: timedelta | None) -> float | None:
    return None if length is None else length.total_seconds()


def _first(times: Times | None) -> float | None:
    return _seconds(times.responses[0]) if times is not None and times.responses else None


def _known(times: Times | None) -> list[float]:
    told = times.responses if times is not None else ()
    return [each.total_seconds() for each in told if each is not None]


def _of_known(
    take: Callable[[Account], Times | None], sum_up: Callable[[Iterable[float]], float]
) -> Callable[[Checked], float | None]:
    def told(checked: Checked) -> float | None:
        known = _known(take(checked.account))
        return sum_up(known) if known else None

    return told


def _wall(account: Account) -> Times:
    return account.times


def _business(account: Account) -> Times | None:
    return account.business


def _complaint_text(checked: Checked) -> str | None:
    complaint = checked.account.complaint
    return None if complaint is None else complaint.text[:TEXT_LENGTH]


COLUMNS: tuple[Column[Checked], ...] = (
    Column("conversation_id", pa.string(), lambda each: each.conversation.id),
    Column("source", pa.string(), lambda each: each.conversation.source),
    Column("channel", pa.string(), lambda each: each.conversation.channel),
    Column("team", pa.string(), lambda each: each.conversation.team),
    Column("language", pa.string(), lambda each: each.conversation.language),
    Column("opened_at", INSTANT, lambda each: each.conversation.started_at()),
    Column("opened_on_the_wall", pa.timestamp("us"), _on_the_wall),
    Column("closed_at", INSTANT, lambda each: each.conversation.closed_at),
    Column("last_message_at", INSTANT, _last_message_at),
    Column("closed", pa.bool_(), lambda each: each.account.closed),
    Column("reopened", pa.int32(), lambda each: each.account.reopened),
    Column("transfers", pa.int32(), lambda each: each.account.transfers),
    Column("customer", pa.string(), _customer),
    Column("customers", pa.list_(pa.string()), _customers),
    Column("agents", pa.list_(pa.string()), lambda each: _authors(each.conversation, Role.AGENT)),
    Column("category", pa.string(), lambda each: each.conversation.category),
    Column("priority", pa.string(), lambda each: each.conversation.priority),
    Column("tags", pa.list_(pa.string()), lambda each: list(each.conversation.tags)),
    Column("csat", pa.float64(), lambda each: each.conversation.csat),
    Column("nps", pa.float64(), lambda each: each.conversation.nps),
    Column("messages", pa.int32(), lambda each: len(each.conversation.messages)),
    Column("customer_messages", pa.int32(), _said_by(Role.CUSTOMER)),
    Column("agent_messages", pa.int32(), _said_by(Role.AGENT)),
    Column("bot_messages", pa.int32(), _said_by(Role.BOT)),
    Column("responses", pa.int32(), lambda each: len(each.account.times.responses)),
    Column("first_response_seconds", pa.float64(), lambda each: _first(each.account.times)),
    Column("mean_response_seconds", pa.float64(), _of_known(_wall, statistics.fmean)),
    Column("median_response_seconds", pa.float64(), _of_known(_wall, statistics.median)),
    Column("resolution_seconds", pa.float64(), lambda each: _seconds(each.account.times.resolution)),
    Column("business_hours", pa.bool_(), lambda each: each.account.business is not None),
    Column("business_first_response_seconds", pa.float64(), lambda each: _first(each.account.business)),
    Column("business_mean_response_seconds", pa.float64(), _of_known(_business, statistics.fmean)),
    Column("business_median_response_seconds", pa.float64(), _of_known(_business, statistics.median)),
    Column(
        "business_resolution_seconds",
        pa.float64(),
        lambda each: None if each.account.business is None else _seconds(each.account.business.resolution),
    ),
    Column(
        "complaint_message_id",
        pa.string(),
        lambda each: None if each.account.complaint is None else each.account.complaint.id,
    ),
    Column("complaint_text", pa.string(), _complaint_text),
    Column("sops", pa.list_(_SOP), _governing),
)
"""The columns in their order. Instants are in UTC, lengths of time in seconds, null where a stamp is missing.

`opened_at` is the opening, else the first message's time; `opened_on_the_wall` is that instant as the clock
of the export showed it, without its zone, so that days and hours are those of the people who wrote.
`customer` is the first name under which a customer wrote, `customers` are all of them, and where there is a
complaint also those that the chat says, so that its text can be masked; `agents` are all names under which
agents did, as written. `*_messages` count texts and media, and `messages` everything. `responses` counts the
customer's turns that agents answered; the times run from such a turn's first text to the answer.
`resolution_seconds` is null unless the conversation was closed. The `business_*` times count opening hours
alone, and are null unless a governing SOP sets `hours`. `complaint_*` are of the first message in which the
customer complains, null where there is none or no SOP governs. `sops` are those with at least one verdict.
"""


def new_conversation_table(path: Path) -> Table:
    """Return an empty table of conversations, to be filled inside a `with` block."""
    return Table(path, COLUMNS, batch_rows=BATCH_ROWS)
