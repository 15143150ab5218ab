"""What the machine says of itself: the one clock, when a run starts, and how many may work at once."""

import os
from datetime import UTC, datetime


def now() -> datetime:
    """Return this moment in the machine's zone, to the second, or the one that SOURCE_DATE_EPOCH names."""
    fixed = os.environ.get("SOURCE_DATE_EPOCH", "")
    if fixed.isdecimal():
        return datetime.fromtimestamp(int(fixed), tz=UTC)
    return datetime.now().astimezone().replace(microsecond=0)


def processors() -> int:
    """Return how many processes can work at once on this machine."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
