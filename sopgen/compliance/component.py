"""The acts of a message as a component of a spaCy pipeline.

    nlp = spacy.blank("id")
    nlp.add_pipe("sopgen_acts", config={"role": "agent"})
    nlp("mohon maaf kak, kode OTP-nya berapa?").spans["sopgen_acts"]

The spans are labelled with the acts; `doc._.sopgen_chances` holds what the trained model thought of each act,
and `doc._.sopgen_before`, set on the Doc given to the pipeline, is what the other party said just before. The
command line does not go this way: importing spaCy takes longer than judging a thousand chats' templates.
"""

import warnings
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from sopgen.base.diagnostic import Diagnostic
from sopgen.compliance.pack import default_pack_folder, load_pack

SPANS = "sopgen_acts"
"""The key of `doc.spans`, and the name of the component's factory."""


class Acts:
    """The component: marks what a text does, as somebody in `role` who wrote it."""

    def __init__(self, role: str, checks: list[str], *, thorough: bool) -> None:
        folders = [default_pack_folder(), *map(Path, checks)]
        self._recognise = load_pack(folders, _warn, thorough=thorough).recognise
        self._role = role

    def __call__(self, doc: Doc) -> Doc:
        """Return the Doc with its acts marked."""
        recognition = self._recognise(self._role, doc.text, doc._.sopgen_before)
        doc.spans[SPANS] = [
            span
            for hit in recognition.hits
            if (span := doc.char_span(hit.start, hit.end, label=hit.act, alignment_mode="expand")) is not None
        ]
        doc._.sopgen_chances = dict(recognition.chances)
        return doc


def _warn(flaw: Diagnostic) -> None:
    warnings.warn(f"{flaw.span}: {flaw.message}", stacklevel=3)


@Language.factory(SPANS, default_config={"role": "agent", "checks": [], "thorough": False})
def make_acts(nlp: Language, name: str, role: str, checks: list[str], thorough: bool) -> Acts:  # noqa: ARG001, FBT001 - spaCy calls it so
    """Return the component; `checks` are folders of one's own on top of the default pack."""
    Doc.set_extension("sopgen_before", default="", force=True)
    Doc.set_extension("sopgen_chances", default=None, force=True)
    return Acts(role, checks, thorough=thorough)
