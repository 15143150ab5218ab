"""How binding a demand is, from the modal word that opens it, in Indonesian or English."""

import re
from functools import lru_cache

from sopgen.sop.model import Modality

_MODALS: tuple[tuple[Modality, tuple[str, ...]], ...] = (
    (
        Modality.MAY,
        ("(?:tidak|tak) (?:wajib|harus|perlu)", "need not", "do(?:es)? not (?:need|have) to"),
    ),
    (
        Modality.SHOULD,
        (
            "sebaiknya", "seyog[iy]a?nya", "hendaknya", "disarankan", "dianjurkan",
            "should(?:n't)?", "ought to", "(?:is|are) (?:recommended|encouraged)",
        ),
    ),
    (
        Modality.MUST_NOT,
        (
            "dilarang", "terlarang", "jangan(?:lah)?", "pantang", "(?:wajib|harus) (?:tidak|jangan)",
            "(?:tidak|tak|gak|nggak) (?:boleh|dibenarkan|diperbolehkan|diperkenankan)",
            "(?:must|shall|may|can) not", "cannot", "mustn't", "don't", "do(?:es)? not", "never",
            "(?:is|are) (?:prohibited|forbidden)", "(?:is|are) not (?:allowed|permitted)",
        ),
    ),
    (
        Modality.MUST,
        (
            "wajib", "harus(?:lah)?", "diwajibkan", "diharuskan", "mesti", "selalu",
            "must", "shall", "(?:is|are) (?:required|obliged) to", "ha(?:s|ve) to", "always",
        ),
    ),
    (Modality.MAY, ("boleh", "dapat", "diperbolehkan", "diperkenankan", "dibolehkan", "may", "can")),
)  # fmt: skip
"""The words that open a demand; an earlier row wins where two begin at the same place."""

_MODAL = re.compile("|".join(rf"(?P<m{n}>\b(?:{'|'.join(words)})\b)" for n, (_, words) in enumerate(_MODALS)))
_CONDITION = re.compile(
    r"^(?:jika|bila|apabila|kalau|saat|ketika|selama|sebelum|setelah|sesudah|untuk"
    r"|if|when|whenever|while|before|after|unless|for|during)\b[^,.;]*,\s*"
)
_LINKS = frozenset(
    {"dan", "atau", "yang", "tapi", "tetapi", "agar", "supaya", "tanpa", "bila", "jika"}
    | {"and", "or", "that", "which", "who", "but", "to", "so"}
)
_QUESTIONS = frozenset({"apa", "siapa", "bagaimana", "what", "how", "why", "whether"})
_WORDS_BEFORE = 4
_WORDS_READ = 12
"""Words in which a modal word is looked for: those before it, and more than the longest of them has."""


@lru_cache(maxsize=2048)
def modality_of(text: str) -> Modality:
    """Return how binding a plain text is; its modal word opens it, or follows a subject or a condition."""
    said = _CONDITION.sub("", " ".join(text.casefold().replace("’", "'").split()))
    match = _MODAL.search(" ".join(said.split(" ", _WORDS_READ)[:_WORDS_READ]))
    if match is None or not _is_subject(said[: match.start()]):
        return Modality.PLAIN
    group = match.lastgroup or "m0"
    return _MODALS[int(group[1:])][0]


def _is_subject(before: str) -> bool:
    """Return whether what precedes the modal word can be its subject: few words, no clause of its own."""
    words = before.split()
    if len(words) > _WORDS_BEFORE or any(mark in before for mark in ",.;:!?"):
        return False
    return not words or (words[-1] not in _LINKS and not _QUESTIONS.intersection(words))
