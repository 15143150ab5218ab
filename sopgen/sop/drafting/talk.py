"""A told conversation as an example in chat notation, where the document says times and verdict."""

import re

from sopgen.sop.drafting.block import Talk
from sopgen.sop.drafting.template import Speech, speech_of

_GOOD = re.compile(r"\b(?:benar|baik|tepat|good|right|correct|do)\b", re.IGNORECASE)
_BAD = re.compile(
    r"\b(?:salah|buruk|keliru|tidak (?:boleh|benar|baik)|bad|wrong|incorrect|don[’']?t)\b", re.IGNORECASE
)
_SPEAKERS = {"id": ("agen", "pelanggan"), "en": ("agent", "customer")}


def chat_of(talk: Talk, language: str) -> str:
    """Return a fenced `chat` block, "" unless every message has its time and the lead-in its verdict."""
    speeches = [speech for piece in talk.pieces if (speech := speech_of(piece.text)) is not None]
    lead = talk.lead.text.rstrip(" :") if talk.lead else ""
    expected = "fail" if _BAD.search(lead) else "pass" if _GOOD.search(lead) else ""
    if not expected or not all(speech.time for speech in speeches):
        return ""
    title = lead.replace('"', "'").replace("`", "'")
    lines = [_line(speech, language) for speech in speeches]
    return "\n".join([f'```chat {expected} "{title}"', *lines, "```"])


def _line(speech: Speech, language: str) -> str:
    hour, _, minute = speech.time.partition(":")
    who = _SPEAKERS[language][speech.customer]
    return f"{int(hour):02d}:{minute} {who}  {' '.join(speech.said.split())}"
