"""The text of one LINE chat as a conversation, or the reason why it cannot be one."""

from collections.abc import Sequence
from datetime import date, datetime

from sopgen.conversation.chat import concluded
from sopgen.conversation.date_order import DateOrder, Evidence
from sopgen.conversation.desk import Desk
from sopgen.conversation.importer import UnreadableError
from sopgen.conversation.importers.line.calendar import DateLine, day_of, order_of
from sopgen.conversation.importers.line.phrase import event_in, file_in, is_call, is_withdrawn
from sopgen.conversation.importers.line.row import Row, rows_of, title_in
from sopgen.conversation.instant import in_zone
from sopgen.conversation.model import MINUTE, Reading
from sopgen.conversation.thread import Thread

_ASK = "say it: --date-order dmy|mdy|ymd"


def read_chat(text: str, desk: Desk) -> Reading:
    """Return the chat as one conversation; UnreadableError LNE101 to LNE103. EXP118 sets it aside."""
    lines = text.split("\n")
    first = next((line for line in lines if line.strip()), "")
    title = title_in(first) or title_in(desk.stem())
    options = desk.options
    pieces = list(rows_of(lines, (title, *options.agents, *options.bots)))
    rows = [each for each in pieces if isinstance(each, Row)]
    if not rows:
        reason = "no row of time, name and text as LINE writes them"
        raise UnreadableError("LNE101", reason, "export the chat from LINE again, as text")
    order = _order_of([each for each in pieces if isinstance(each, DateLine)], desk)
    thread = desk.thread(id=title, channel="line", in_order=True, precision=MINUTE)
    names = {row.name.strip() for row in rows if row.name}
    day: date | None = None
    for piece in pieces:
        if isinstance(piece, DateLine):
            day = day_of(piece, order) or day
        else:
            _add(thread, piece, _instant(piece, day, desk), names, desk)
    return concluded(thread, desk)


def _order_of(dates: Sequence[DateLine], desk: Desk) -> str:
    """Return the order of the dates; UnreadableError LNE102: none fits, LNE103: several do."""
    if not dates:
        return ""
    order = order_of(dates, stated=desk.options.date_order)
    if order.evidence is Evidence.IMPOSSIBLE:
        raise UnreadableError(
            "LNE102", "its dates fit no single order of day, month and year", "split the file"
        )
    if order.evidence is Evidence.UNCLEAR:
        reason = f"day or month first? '{dates[0].written}' and the other dates allow both"
        raise UnreadableError("LNE103", reason, _ASK)
    _remark_on(order, desk)
    return order.order


def _remark_on(order: DateOrder, desk: Desk) -> None:
    stated = desk.options.date_order
    if order.evidence is Evidence.COURSE:
        desk.remark("LNE202", f"dates read as {order.order}, because only so they run on")
    elif stated and order.order not in (stated, "ymd"):
        desk.remark("LNE202", f"dates read as {order.order}: they cannot be {stated}")


def _instant(row: Row, day: date | None, desk: Desk) -> datetime | None:
    if day is None:
        desk.remark("LNE201", "rows above the first date have no day, so no time", row.line)
        return None
    return in_zone(datetime.combine(day, row.at), desk.zone())


def _add(thread: Thread, row: Row, at: datetime | None, names: set[str], desk: Desk) -> None:
    name, text = (row.name or "").strip(), row.text
    if row.name is None and text in names:  # somebody's message without any text
        name, text = text, ""
    if not name:
        thread.tell(event_in(text), at=at, text=text)
        return
    role = desk.role(None, name)
    if is_withdrawn(text, name) or is_call(text):
        event = "call" if is_call(text) else "deleted"
        thread.tell(event, at=at, text=text, role=role, author=name)
        return
    file = file_in(text)
    if file is None:
        thread.say(text, at=at, role=role, author=name)
    else:
        thread.say(file[1], at=at, role=role, author=name, files=[file[0]])
