"""Steps of a procedure that show in a chat: by an act, by phrases, or by an event.

In an SOP a step says how it shows: `{#verify act=identity-request}`, `{#wait says="mohon ditunggu"}` or
`{#hand-over event=transferred}`. A step without such an attribute shows by what its check expects, if that is
a single act. As a text: `greeting > says: nomor pesanan | kode booking > event: closed`.
"""

from dataclasses import dataclass

from sopgen.language.phrase_book import split_phrases
from sopgen.sop.model import STEP_KEYS

EVENTS = ("assigned", "transferred", "closed", "reopened", "blocked", "rated")


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A step by its name and what shows it: one of an act, phrases, an event."""

    name: str
    act: str = ""
    phrases: tuple[str, ...] = ()
    event: str = ""


@dataclass(frozen=True, slots=True)
class Steps:
    """The steps of a procedure that show, in their order."""

    steps: tuple[Step, ...]

    def __str__(self) -> str:
        """Return the steps as a text names them."""
        return " > ".join(map(_written, self.steps))


def read_steps(written: str) -> Steps:
    """Return the steps that a text names with `>` between them."""
    return Steps(tuple(_step(part.strip()) for part in written.split(">") if part.strip()))


def step_shown_by(key: str, value: str, *, name: str) -> Step:
    """Return the step of that name that shows by an attribute's value."""
    match key:
        case "says":
            return Step(name=name, phrases=split_phrases(value))
        case "event":
            return Step(name=name, event=value)
    return Step(name=name, act=value)


def _written(step: Step) -> str:
    if step.phrases:
        return f"says: {' | '.join(step.phrases)}"
    return f"event: {step.event}" if step.event else step.act


def _step(part: str) -> Step:
    key, colon, value = part.partition(":")
    if colon and key.strip() in STEP_KEYS:
        return step_shown_by(key.strip(), value.strip(), name=value.strip())
    return Step(name=part, act=part)
