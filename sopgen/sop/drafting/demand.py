"""Demands in running text: sentences with a modal word, each a clause of its own."""

import re

from sopgen.sop.drafting.escape import escaped, inline
from sopgen.sop.drafting.piece import Piece
from sopgen.sop.modality import modality_of
from sopgen.sop.model import Modality

_MODAL = re.compile(
    r"(?:(?:tidak|tak) (?:boleh|diperbolehkan|diperkenankan|dibenarkan)|wajib|harus|dilarang|sebaiknya|"
    r"hendaknya|dapat|boleh"
    r"|jangan|selalu|must not|must|shall not|shall|should not|should|may not|may|never|always|do "
    r"not)\b(?!\*)",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z“\"])")


def demands_in(piece: Piece) -> tuple[str, ...]:
    """Return the demands of a text as Markdown: its sentences when each demands, itself when it begins so."""
    sentences = _SENTENCE.split(piece.text)
    if len(piece.runs) == 1 and len(sentences) > 1 and all(map(_demands, sentences)):
        return tuple(escaped(sentence) for sentence in sentences)
    return (inline(piece.runs),) if _demands(piece.text) else ()


def _demands(text: str) -> bool:
    return modality_of(text) is not Modality.PLAIN


def forbids(text: str) -> bool:
    """Return whether a text begins as a prohibition: "Dilarang meminta OTP"."""
    return modality_of(text) is Modality.MUST_NOT and _MODAL.match(text) is not None


def with_bold_modal(markdown: str) -> str:
    """Return the Markdown of a clause with the modal word that it begins with in bold."""
    match = _MODAL.match(markdown)
    return f"**{match[0]}**{markdown[match.end() :]}" if match else markdown
