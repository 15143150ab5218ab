"""LINE: the text that "Export chat history" writes, on phones and computers, in any of LINE's languages.

There is no specification; words and dates follow the app's language. Rooms: `calendar` reads lines with a
date, `row` finds where messages begin and end, `phrase` holds LINE's own words, `chat` puts it together.
Decisions: one file is one conversation in the order of the file; a row without a sender is a notice; a
weekday beside a date settles which number is the month, else `--date-order` is asked for. Codes: LNE101 to
LNE104 set a chat aside, LNE201 and LNE202 are remarks.
"""

from collections.abc import Iterator

from sopgen.base.diagnostic import Report
from sopgen.conversation.archive import LARGEST_ENTRY
from sopgen.conversation.desk import Desk
from sopgen.conversation.encoding import decode
from sopgen.conversation.importer import NO, ExportFile, Head, Sniff, UnreadableError
from sopgen.conversation.importers.line.calendar import date_line
from sopgen.conversation.importers.line.row import ROW, title_in
from sopgen.conversation.line import Tick
from sopgen.conversation.model import Reading
from sopgen.conversation.options import ImportOptions
from sopgen.conversation.text import tidy

_LINES_LOOKED_AT = 60


def sniff(head: Head) -> Sniff:
    """Return how sure it is: by LINE's first line, else by rows with tabs below a line with a date."""
    lines = [line for line in tidy(head.text).split("\n") if line.strip()][:_LINES_LOOKED_AT]
    if not lines or head.start.startswith(b"PK"):
        return NO
    rows = sum(bool(found and found["tab"]) for found in map(ROW.match, lines))
    dates = sum(date_line(line) is not None for line in lines)
    if lines[0].lstrip().startswith("[LINE]") and (dates or rows):
        return Sniff(score=95, reason="the first line begins with [LINE]")
    if title_in(lines[0]) and dates:
        return Sniff(score=90, reason="the first line is LINE's, and lines with a date follow")
    if rows and dates:
        return Sniff(score=80, reason="rows of time, name and text with tabs, below a date")
    if head.name.startswith("[LINE]") and dates:
        return Sniff(score=75, reason="the file is named as LINE names it, and has lines with a date")
    return NO


def read(file: ExportFile, options: ImportOptions, report: Report, tick: Tick) -> Iterator[Reading]:
    """Yield the chat."""
    from sopgen.conversation.importers.line.chat import read_chat  # noqa: PLC0415 -- most files are no chat

    desk = Desk(file, options, report)
    with file.open() as stream:
        data = stream.read(LARGEST_ENTRY + 1)
    tick(len(data))
    if len(data) > LARGEST_ENTRY:
        reason = f"larger than {LARGEST_ENTRY >> 20} MiB, more than any chat that LINE exports"
        yield UnreadableError("LNE104", reason, "split the file").aside(data, source=file.source, position="")
        return
    text = decode(data)
    if text.note:
        desk.remark("EXP115", text.note)
    try:
        yield read_chat(tidy(text.text), desk)
    except UnreadableError as error:
        yield error.aside(data, source=file.source, position="")
