"""A reader that goes away while we write to it: `sopgen … | head`."""

from collections.abc import Iterator
from contextlib import contextmanager


class ReaderGoneError(Exception):
    """Nobody reads standard output any more. No error of anybody: the call ends at once, without a word."""


@contextmanager
def sending() -> Iterator[None]:
    """Run the block, which writes to standard output. Raises ReaderGoneError when nobody reads it."""
    try:
        yield
    except BrokenPipeError as error:
        raise ReaderGoneError from error
