"""A pack as far as its files alone tell: read, looked over and compiled, and kept for the next process.

What hangs on more than the files (trained models, what clauses set) is not in it; nor are functions.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from sopgen.base.cache.form import Form
from sopgen.base.diagnostic import Diagnostic, Level
from sopgen.base.shape import Document
from sopgen.base.span import Span
from sopgen.compliance.model import ErrorClass, Titles
from sopgen.compliance.parameter import Parameter, ParameterKind, ParameterSource
from sopgen.compliance.rule import Due, Rule, RuleExample, RuleSource, Sayings
from sopgen.compliance.step import Step, Steps
from sopgen.language.act import Act, ActExamples, ActSource, Limits, ModelUse
from sopgen.language.cue_index import CueIndex
from sopgen.language.guard import Guards
from sopgen.language.lexicon import Lexicon
from sopgen.language.pattern import Pattern
from sopgen.language.personal.datum import DataKind
from sopgen.language.shortlist import Shortlist
from sopgen.language.stop import Fork, Stop
from sopgen.language.trail import Trail
from sopgen.language.trail_index import TrailIndex
from sopgen.language.word_form import FormTable, Spelling
from sopgen.sop.model import Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """What the files of a pack come to.

    `names` are those of the folders; `rules` are sound, `moments` documents in the order of their names.
    `flaws` is everything that is wrong with the files.
    """

    names: str
    lexicon: Lexicon
    acts: Mapping[str, Act]
    moments: Mapping[str, Document]
    rules: Mapping[str, Rule]
    index: CueIndex
    flaws: tuple[Diagnostic, ...]


PREPARED = Form(
    "pack",
    6,
    (
        Prepared,
        *(Diagnostic, Level, Span, Document, Titles, Severity),
        *(Lexicon, Act, ActSource, ActExamples, Limits, ModelUse, DataKind),
        *(Rule, RuleSource, RuleExample, Sayings, Due, ErrorClass),
        *(Parameter, ParameterKind, ParameterSource, Step, Steps),
        *(CueIndex, Guards, Pattern, Shortlist),
        *(TrailIndex, Trail, Fork, Stop, FormTable, Spelling),
    ),
)
"""How it is kept."""
