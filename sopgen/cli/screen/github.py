"""Flaws as notes beside the lines of a pull request: workflow commands on standard output."""

from collections.abc import Iterable

from sopgen.base.diagnostic import Diagnostic, Level
from sopgen.cli.screen.console import say
from sopgen.cli.screen.plain import one_line

_COMMANDS = {Level.ERROR: "error", Level.WARNING: "warning", Level.NOTE: "notice"}


def show_annotations(flaws: Iterable[Diagnostic]) -> None:
    """Print one `::error file=…,line=…::message` for each flaw."""
    for flaw in flaws:
        places = {"file": flaw.span.file, "line": flaw.span.line, "col": flaw.span.column, "title": flaw.code}
        where = ",".join(f"{key}={_property(str(value))}" for key, value in places.items() if value)
        hint = f" (hint: {flaw.hint})" if flaw.hint else ""
        say(f"::{_COMMANDS[flaw.level]} {where}::{_data(one_line(flaw.message + hint))}")


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
