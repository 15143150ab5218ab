"""Instagram: threads of its download. The layout is `sopgen.conversation.meta`, which Messenger shares."""

from collections.abc import Iterator

from sopgen.base.diagnostic import Report
from sopgen.conversation.importer import NO, ExportFile, Head, Sniff
from sopgen.conversation.line import Tick
from sopgen.conversation.meta import is_thread, product_of, read_threads
from sopgen.conversation.model import Reading
from sopgen.conversation.options import ImportOptions

_SCORES = {"instagram": 95, "": 60, "messenger": 20}


def sniff(head: Head) -> Sniff:
    """Return how sure it is: sure by Instagram's folders and keys only."""
    if not is_thread(head):
        return NO
    product = product_of(head)
    reason = f"a thread from Meta with marks of {product.capitalize()}" if product else "a thread from Meta"
    return Sniff(score=_SCORES[product], reason=reason)


def read(file: ExportFile, options: ImportOptions, report: Report, tick: Tick) -> Iterator[Reading]:
    """Yield the thread."""
    yield from read_threads(file, options, report, tick, channel="instagram")
