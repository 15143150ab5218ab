"""List items into clauses: id, modality, binding to a check, examples, what stands below."""

from collections.abc import Iterator
from dataclasses import dataclass
from types import MappingProxyType

from sopgen.base.diagnostic import Level
from sopgen.base.span import Span
from sopgen.base.suggestion import did_you_mean
from sopgen.sop.attribute import WAS, Attributed, Attributes
from sopgen.sop.example import is_chat, read_example
from sopgen.sop.heading import slug
from sopgen.sop.inline import plain_text
from sopgen.sop.modality import modality_of
from sopgen.sop.model import Clause, Example, Modality, SectionKind, Severity
from sopgen.sop.node import Node
from sopgen.sop.reading import Reading

UNREAD = "?"
"""The reason of a clause whose attributes cannot be read, so that nobody asks it for a check as well."""

_OWN_KEYS = frozenset({"check", "reason", "severity", WAS})


@dataclass(slots=True)
class Numbering:
    """The numbers of the clauses of one part, in their order: `7.B.1`, then `7.B.2`."""

    prefix: str
    last: int = 0

    def next(self) -> str:
        """Return the next number."""
        self.last += 1
        return f"{self.prefix}.{self.last}"


def read_clause(item: Node, reading: Reading, kind: SectionKind, *, number: str) -> Clause | None:
    """Return the clause that a list item sets out, without what stands below it, or None without a text.

    Diagnostics: SOP111 and SOP112 from its attributes, SOP113 no id, SOP114 an id that is taken, SOP115
    unknown severity, SOP117 no text, SOP125 `was=` names no earlier id; those of its examples.
    """
    paragraph = next(iter(item.children), None)
    if paragraph is None or paragraph.type != "paragraph":
        _report_empty(item, reading)
        return None
    apart = reading.take_apart(paragraph)
    attributes = apart.attributes or Attributes()
    text = plain_text(apart.markdown)
    span = reading.source.place(paragraph.lines[0], paragraph.inline)
    if not text:
        _report_empty(item, reading)
        return None
    check = attributes.values.get("check", "none")
    places = reading.places(paragraph, apart, span)
    return Clause(
        id=_id_of(attributes, text, reading, places.get("#", span)),
        number=number,
        text=text,
        markdown=apart.markdown,
        modality=_modality(text, kind),
        check="" if check == "none" else check,
        reason=attributes.values.get("reason", "").strip() or (UNREAD if apart.flaws else ""),
        severity=_severity(paragraph, apart, reading),
        parameters=_parameters(attributes),
        examples=tuple(_examples(item, reading)),
        section=kind,
        was=reading.earlier_ids(paragraph, apart),
        span=span,
        places=places,
    )


def _report_empty(item: Node, reading: Reading) -> None:
    line = item.lines[0]
    span = reading.source.span(line, reading.source.indent(line) + 1)
    reading.flaw("SOP117", span, "this item has no text", "write what is demanded, or delete the item")


def _id_of(attributes: Attributes, text: str, reading: Reading, span: Span) -> str:
    return reading.claim(attributes.id, span) if attributes.id else provisional_id(text, span, reading)


def provisional_id(text: str, span: Span, reading: Reading) -> str:
    """Return an id made from the first words of `text`, after reporting SOP113."""
    name = reading.names.coin(f"provisional-{slug(text, words=5) or 'clause'}", span)
    start = text if len(text) <= 40 else f"{text[:39].rstrip()}…"
    reading.flaw(
        "SOP113",
        span,
        f"'{start}' has no id",
        "write an id at its end, such as {#short-name}",
        level=Level.WARNING,
    )
    return name


def _modality(text: str, kind: SectionKind) -> Modality:
    """Return the modality; in the prohibitions a plain statement ("Memblokir pelanggan") is prohibited."""
    modality = modality_of(text)
    if modality is Modality.PLAIN and kind is SectionKind.PROHIBITIONS:
        return Modality.MUST_NOT
    return modality


def _severity(paragraph: Node, apart: Attributed, reading: Reading) -> Severity | None:
    written = apart.attributes.values.get("severity") if apart.attributes else None
    if written is None or written in set(Severity):
        return Severity(written) if written else None
    span = reading.attribute_span(paragraph, apart, "severity")
    reading.flaw("SOP115", span, f"unknown severity '{written}'", did_you_mean(written, Severity))
    return None


def _parameters(attributes: Attributes) -> MappingProxyType[str, str]:
    return MappingProxyType({key: value for key, value in attributes.values.items() if key not in _OWN_KEYS})


def _examples(item: Node, reading: Reading) -> Iterator[Example]:
    for node in item.children:
        example = read_example(node, reading) if is_chat(node) else None
        if example is not None:
            yield example
