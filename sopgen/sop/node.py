"""The blocks of a Markdown source as a tree.

The parser's own tree keeps two tokens and a parent for every node, and asks them for each word that is read;
most of a source's nodes are asked a dozen times.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from markdown_it.token import Token


@dataclass(slots=True, eq=False)
class Node:
    """A block, or the content of one; `lines` are its first line, from 0, and the line after its last."""

    type: str
    tag: str = ""
    content: str = ""
    info: str = ""
    markup: str = ""
    lines: tuple[int, int] = (0, 0)
    children: "list[Node]" = field(default_factory=list)

    @property
    def inline(self) -> str:
        """Return the inline Markdown of a paragraph or heading, as written."""
        return self.children[0].content if self.children else ""

    def walk(self) -> "Iterator[Node]":
        """Yield this node and all below it, in the order of the source."""
        yield self
        for child in self.children:
            yield from child.walk()


def nodes_of(tokens: Sequence[Token]) -> list[Node]:
    """Return the nodes that a block parser's tokens make up; what stands inside a paragraph is one node."""
    level: list[Node] = []
    above: list[list[Node]] = []
    for token in tokens:
        if token.nesting < 0:
            level = above.pop()
            continue
        lines = (token.map[0], token.map[1]) if token.map else (0, 0)
        name = token.type if token.nesting == 0 else token.type.removesuffix("_open")
        node = Node(name, token.tag, token.content, token.info, token.markup, lines)
        level.append(node)
        if token.nesting:
            above.append(level)
            level = node.children
    return level
