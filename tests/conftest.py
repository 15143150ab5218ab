"""What every test shares: properties are tried on the same cases each time, on any machine."""

import atexit
import os
import shutil
import signal
import sys
import tempfile
from collections.abc import Callable

import pytest
from hypothesis import settings

settings.register_profile("steady", derandomize=True, deadline=None, database=None)
settings.load_profile("steady")

signal.signal(signal.SIGINT, signal.default_int_handler)
# shells start jobs in the background deaf to Ctrl+C, and whatever these start inherits that

os.environ["SOPGEN_CACHE"] = tempfile.mkdtemp(prefix="sopgen-tests-")
atexit.register(shutil.rmtree, os.environ["SOPGEN_CACHE"], ignore_errors=True)
# what other sessions worked out would hide what this one cannot

CallsOf = Callable[[Callable[[], object]], int]
"""From a piece of work to how many calls it makes."""


@pytest.fixture(scope="session")
def calls_of() -> CallsOf:
    """Count the calls that a piece of work makes: its cost, whatever the machine is doing."""

    def count(work: Callable[[], object]) -> int:
        calls = 0

        def tally(*_: object) -> None:
            nonlocal calls
            calls += 1

        sys.setprofile(tally)
        try:
            work()
        finally:
            sys.setprofile(None)
        return calls

    return count
