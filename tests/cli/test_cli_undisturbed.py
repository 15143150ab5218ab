"""Interrupts that wait."""

import signal

import pytest

from sopgen.cli.undisturbed import undisturbed


def test_an_interrupt_waits_for_the_end() -> None:
    """The block runs through, and the interrupt comes right after it; handlers are those of before."""
    before = signal.getsignal(signal.SIGINT)
    done: list[str] = []

    def interrupted() -> None:
        with undisturbed():
            signal.raise_signal(signal.SIGINT)
            done.append("through")

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert done == ["through"]
    assert signal.getsignal(signal.SIGINT) is before


def test_an_error_is_told_before_the_interrupt() -> None:
    """What went wrong in the block is not lost behind it."""

    def failing() -> None:
        with undisturbed():
            signal.raise_signal(signal.SIGINT)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        failing()
