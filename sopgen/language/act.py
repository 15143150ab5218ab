"""A dialogue act as data: its cues, its guards, its examples (`acts/<name>.yaml`)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar, Literal

from sopgen.base.diagnostic import Diagnostic, Level, Report
from sopgen.base.shape import Document, read_yaml_file, shape
from sopgen.base.span import Span
from sopgen.language.personal.datum import DataKind

_STRICT: dict[str, str] = {"extra": "forbid"}


@dataclass(frozen=True, slots=True, kw_only=True)
class ActExamples:
    """Texts that must hit and texts that must not; the `todo` lists are known gaps."""

    __pydantic_config__: ClassVar[dict[str, str]] = _STRICT
    hit: tuple[str, ...]
    miss: tuple[str, ...]
    todo_hit: tuple[str, ...] = ()
    todo_miss: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How far an act trusts a model: probabilities in [0, 1].

    From `accept` on, the model's word alone is a hit; below `veto`, it takes the cues' hits back.
    """

    __pydantic_config__: ClassVar[dict[str, str]] = _STRICT
    accept: float
    veto: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelUse(Limits):
    """How far an act trusts the trained model's `label`.

    `thorough`, where it is given, takes the place of both limits where the encoder has a say, too.
    """

    __pydantic_config__: ClassVar[dict[str, str]] = _STRICT
    label: str
    thorough: Limits | None = None

    def limits(self, *, thorough: bool) -> Limits:
        """Return the limits that hold for a check of this kind."""
        return self.thorough if thorough and self.thorough is not None else self


@dataclass(frozen=True, slots=True, kw_only=True)
class ActSource:
    """What an act file holds, as written.

    `role`: whose messages can perform it. `cues`: phrases per language. `detector`: what finds hits that no
    phrase can describe, `kinds` which of them (all, when it is silent). `exceptions`: a hit that overlaps
    one of them does not count. `always`: a hit that overlaps one of them counts, whatever the other guards
    say. In the guards of an act with a detector, `<phone>` stands for a hit of that kind and `<datum>` for
    any (`detector`). `negations`: a hit with one of them up to `negation_reach` words before it in
    the same sentence does not count. `blockers`: a sentence that holds one of them has no hit.
    `quoted`: whether words inside quotation marks or quoted lines (`> …`) count.
    `model`: what the trained model may add and take back. `outright`: the act, known by cues alone, that also
    performs this one, whatever the model says.
    """

    __pydantic_config__: ClassVar[dict[str, str]] = _STRICT
    act: str
    title: dict[Literal["id", "en"], str]
    role: Literal["agent", "customer", "any"]
    examples: ActExamples
    cues: dict[Literal["id", "en", "any"], tuple[str, ...]] = field(default_factory=dict)
    detector: Literal["personal-data"] | None = None
    kinds: tuple[DataKind, ...] = ()
    exceptions: tuple[str, ...] = ()
    always: tuple[str, ...] = ()
    negations: tuple[str, ...] = ()
    negation_reach: int = 3
    blockers: tuple[str, ...] = ()
    quoted: bool = False
    model: ModelUse | None = None
    outright: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """An act together with the document it was read from, so that flaws have a place."""

    source: ActSource
    document: Document = field(compare=False)

    @property
    def name(self) -> str:
        """Return the act's name."""
        return self.source.act


def read_act(path: Path, report: Report) -> Act | None:
    """Return the act of a file, or None after reporting ACT101 (shape) or ACT102, 103, 105, 106."""
    document = read_yaml_file(path, report)
    if document is None:
        return None
    source = shape(document, ActSource, report, code="ACT101")
    if source is None:
        return None
    flaws = tuple(_flaws(source, document, path))
    for flaw in flaws:
        report(flaw)
    return None if flaws else Act(source=source, document=document)


def _flaws(source: ActSource, document: Document, path: Path) -> list[Diagnostic]:
    flaws = []
    if source.act != path.stem:
        place = document.place(("act",))
        flaws.append(
            _flaw("ACT102", place, f"the act '{source.act}' stands in '{path.name}'", "name both alike")
        )
    model = source.model
    trusted = {("model",): model, ("model", "thorough"): model and model.thorough}
    for path_of, limits in trusted.items():
        if limits is not None and not 0 <= limits.veto <= limits.accept <= 1:
            message = f"the act '{source.act}' trusts the model from {limits.accept} to {limits.veto}"
            flaws.append(_flaw("ACT105", document.place(path_of), message, "write 0 <= veto <= accept <= 1"))
    flaws += _finding_flaws(source, document)
    if not source.examples.hit or not source.examples.miss:
        place = document.place(("examples",))
        message = f"the act '{source.act}' lacks examples"
        flaws.append(_flaw("ACT103", place, message, "give texts that hit and texts that must not"))
    return flaws


def _finding_flaws(source: ActSource, document: Document) -> list[Diagnostic]:
    """Return ACT106 when nothing could find the act, or kinds have no detector to choose from."""
    if source.kinds and source.detector is None:
        message = f"the act '{source.act}' chooses kinds, but names no detector"
        return [_flaw("ACT106", document.place(("kinds",)), message, "add `detector: personal-data`")]
    if any(source.cues.values()) or source.detector is not None or source.model is not None:
        return []
    message = f"the act '{source.act}' has neither cues nor a detector"
    return [_flaw("ACT106", document.place(("act",)), message, "give `cues:` or `detector:`")]


def _flaw(code: str, span: Span, message: str, hint: str) -> Diagnostic:
    return Diagnostic(code=code, level=Level.ERROR, span=span, message=message, hint=hint)


ActTable = Mapping[str, Act]
