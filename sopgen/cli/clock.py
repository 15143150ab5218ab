"""The one clock: when a run starts."""

import os
from datetime import UTC, datetime


def now() -> datetime:
    """Return this moment in the machine's zone, to the second, or the one that SOURCE_DATE_EPOCH names."""
    fixed = os.environ.get("SOURCE_DATE_EPOCH", "")
    if fixed.isdecimal():
        return datetime.fromtimestamp(int(fixed), tz=UTC)
    return datetime.now().astimezone().replace(microsecond=0)
