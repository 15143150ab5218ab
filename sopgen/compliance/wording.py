"""The reasons that one clause gives, their places found beforehand and filled with what the clause sets."""

from collections.abc import Mapping
from dataclasses import dataclass

from sopgen.compliance.constraints.outcome import Outcome
from sopgen.compliance.model import Verdict
from sopgen.compliance.reason import HELD, Template, say_doubt, say_open, say_value
from sopgen.compliance.rule import RuleSource

Values = Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """What a clause says of its verdicts, in the language of its SOP; `known` is what the clause sets.

    `due` says of a violation which words made the clause due.
    """

    language: str
    na: str
    held: Template
    kept: str
    broken: Template
    known: Mapping[str, str]
    lacking: str
    due: Template | None = None

    def say(self, verdict: Verdict, outcome: Outcome, words: str) -> str:
        """Return the reason for the verdict; `words` are those that show it, "" for none."""
        match verdict:
            case Verdict.PASS:
                return self._say_held(outcome.values, words)
            case Verdict.NA:
                return self.na
            case Verdict.FAIL:
                return self.broken.fill({"missing": self.lacking, **self._said(outcome.values)}, words)
        if outcome.doubt is None:
            return say_open(self.language)
        return say_doubt(outcome.doubt, outcome.values, self.language)

    def say_due(self, words: str) -> str:
        """Return what made the clause due, " " before it; "" where no words did."""
        return f" {self.due.fill(self.known, words)}" if self.due is not None and words else ""

    def _say_held(self, values: Values, words: str) -> str:
        """Return how the clause was kept; plainly where nothing was measured or said."""
        places = self.held.places(words)
        if not places:
            return self.held.fill(self.known, words)
        said = self._said(values)
        if all(place in said or (words and place == "words") for place in places):
            return self.held.fill(said, words)
        return self.kept

    def _said(self, values: Values) -> Mapping[str, str]:
        if not values:
            return self.known
        told = {name: say_value(name, value, self.language) for name, value in values.items()}
        return {**self.known, **told}


def wording_of(source: RuleSource, values: Values, language: str) -> Wording:
    """Return the reasons of a clause that sets these values, as its rule words them."""
    sayings = source.say
    known = {name: say_value(name, value, language) for name, value in values.items()}
    return Wording(
        language=language,
        na=sayings.na.of(language),
        held=Template((sayings.hold or HELD).of(language)),
        kept=HELD.of(language),
        broken=Template(sayings.fail.of(language)),
        known=known,
        lacking=say_value("missing", values.get("phrases", ""), language),
        due=None if source.due is None else Template(source.due.say.of(language)),
    )
