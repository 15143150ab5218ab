"""What every room of the reader shares while one source is read: its text, its ids, where flaws go."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from sopgen.base.diagnostic import Diagnostic, Level, Report
from sopgen.base.span import Span
from sopgen.sop.attribute import WAS, Attributed, Attributes, is_id, split_attributes
from sopgen.sop.node import Node
from sopgen.sop.source_text import SourceText

_EXPLICIT = re.compile(r"\{\s*#([a-z0-9-]+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """The reading of one source; `names` grows as ids are met, everything else stays as it is."""

    source: SourceText
    report: Report
    language: str
    names: "Names"

    def flaw(self, code: str, span: Span, message: str, hint: str, *, level: Level = Level.ERROR) -> None:
        """Report a flaw of the source."""
        self.report(Diagnostic(code=code, level=level, span=span, message=message, hint=hint))

    def take_apart(self, node: Node) -> Attributed:
        """Return the text and the attributes of a paragraph or heading, after reporting their flaws.

        Diagnostics: SOP111 the block cannot be read, SOP112 text follows the block.
        """
        content, line = node.inline, node.lines[0]
        apart = split_attributes(content)
        for flaw in apart.flaws:
            code = "SOP112" if flaw.misplaced else "SOP111"
            self.flaw(code, self.source.place(line, content, flaw.offset), flaw.message, flaw.hint)
        return apart

    def claim(self, name: str, span: Span) -> str:
        """Return the id that a part gets which asks for `name`; SOP114 when another part has that."""
        before = self.names.claim(name, span)
        if before is None:
            return name
        hint = f"choose another id; '{name}' stands at line {before.line} already"
        self.flaw("SOP114", span, f"the id '{name}' is taken", hint)
        return self.names.coin(name, span)

    def earlier_ids(self, node: Node, apart: Attributed) -> tuple[str, ...]:
        """Return the ids that `was=` of a paragraph or heading names; SOP125 when one of them is no id."""
        attributes = apart.attributes or Attributes()
        for name in attributes.was:
            if not is_id(name) or name == attributes.id:
                span = self.attribute_span(node, apart, WAS)
                said = "is the id that it has" if name == attributes.id else "is no id"
                hint = "write the id that it had in the last release: was=old-id"
                self.flaw("SOP125", span, f"was={name}: '{name}' {said}", hint)
        return attributes.was

    def attribute_span(self, node: Node, apart: Attributed, key: str) -> Span:
        """Return where the attribute `key` ("#" for the id) of a paragraph or heading stands."""
        offsets: Mapping[str, int] = apart.attributes.offsets if apart.attributes else {}
        return self.source.place(node.lines[0], node.inline, offsets.get(key, 0))

    def places(self, node: Node, apart: Attributed, start: Span) -> Mapping[str, Span]:
        """Return where each attribute of a paragraph stands ("#" for the id); the text begins at `start`."""
        content = node.inline
        offsets: Mapping[str, int] = apart.attributes.offsets if apart.attributes else {}
        if "\n" not in content and start.column:
            return {key: start.shifted(columns=offset) for key, offset in offsets.items()}
        return {key: self.source.place(node.lines[0], content, offset) for key, offset in offsets.items()}


@dataclass(slots=True)
class Names:
    """The ids of one SOP: those written anywhere in the source, and those given out so far."""

    written: frozenset[str]
    places: dict[str, Span] = field(default_factory=dict)
    coined: dict[str, int] = field(default_factory=dict)

    def claim(self, name: str, span: Span) -> Span | None:
        """Return where the explicit id `name` was claimed before, or None after claiming it."""
        before = self.places.get(name)
        if before is None:
            self.places[name] = span
        return before

    def coin(self, wish: str, span: Span) -> str:
        """Return `wish`, with a number behind it when another part bears that name already."""
        name, number = wish, self.coined.get(wish, 1)
        while name in self.places or name in self.written:
            number += 1
            name = f"{wish}-{number}"
        self.coined[wish] = number
        self.places[name] = span
        return name


def names_in(text: str) -> Names:
    """Return the names of a source with every id that its author wrote already set apart."""
    return Names(written=frozenset(_EXPLICIT.findall(text)))
