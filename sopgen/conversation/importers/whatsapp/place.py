"""Which chat is being read, and how a remark on it is made."""

from dataclasses import dataclass

from sopgen.base.diagnostic import Diagnostic, Level
from sopgen.base.span import Span
from sopgen.conversation.speaker import AGENT_HINT

_REMARKS = {
    "EXP114": (Level.WARNING, "say where the phone was: --tz Asia/Makassar"),
    "EXP115": (Level.WARNING, "save the file as UTF-8"),
    "WA201": (Level.NOTE, "say it yourself if that is wrong: --date-order dmy|mdy|ymd"),
    "WA202": (Level.WARNING, "look whether they are messages of a second export, and keep one export a file"),
    "WA203": (Level.NOTE, "say who is staff if that is wrong: --agent NAME"),
    "WA204": (Level.WARNING, "check the clock of the phone; the order of the file was kept"),
    "WA205": (Level.WARNING, "export the chat again if its beginning is missing"),
    "WA206": (Level.WARNING, "leave --date-order out for this file"),
    "WA207": (Level.WARNING, AGENT_HINT),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A chat's file, its entry if the file is an archive, and the names that may tell its title."""

    source: str
    entry: str = ""
    names: tuple[str, ...]

    def remark(self, code: str, message: str, line: int = 0) -> Diagnostic:
        """Return a remark on the chat, at a line of it or (0) on the whole."""
        level, hint = _REMARKS[code]
        file = f"{self.source}!{self.entry}" if self.entry else self.source
        return Diagnostic(code=code, level=level, span=Span(file=file, line=line), message=message, hint=hint)
