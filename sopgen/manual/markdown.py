"""An author's Markdown as safe HTML: raw HTML is text, links lead where they may, no inline style."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from markupsafe import Markup

from sopgen.base.diagnostic import Diagnostic, Level, Report
from sopgen.base.span import Span
from sopgen.manual.glossary import Glossary, defined_terms
from sopgen.manual.label import labels
from sopgen.manual.link import Allowed, Leads, Refusal, judge_link, judge_picture
from sopgen.manual.table import MOST_COLUMNS, fit_table
from sopgen.sop.inline import cut_at_bold
from sopgen.sop.modality import modality_of
from sopgen.sop.model import Modality, Prose

_LINE_END = re.compile(r"\n[ \t]*")
_PARAGRAPHS = re.compile(r"(?:(?:\*\*)?[^\W\d_](?:.*\S)?(?:\n\n?(?=\S)|\Z))+")
"""Lines that begin with a letter, in bold or not, and single blank lines: no table, list, remark or code."""

_ALIGN = re.compile(r"text-align:(left|right|center)")


class MarkdownRenderer:
    """Renders the Markdown of one SOP; `files` gathers the names of the files that it shows or links to."""

    def __init__(
        self,
        *,
        language: str,
        anchors: Collection[str],
        folder: str,
        level: Level,
        report: Report,
        definitions: Sequence[Prose] = (),
    ) -> None:
        self._labels: Mapping[str, str] = labels(language)
        self._anchors = anchors
        self._folder = folder
        self._level = level
        self._report = report
        self._parser = _make_parser()
        self.files: set[str] = set()
        self._parsed = {prose.markdown: self._parser.parse(prose.markdown) for prose in definitions}
        found = (defined_terms(tokens) for tokens in self._parsed.values())
        self.glossary = Glossary([term for terms in found for term, _ in terms])

    def block(self, prose: Prose, *, defines: bool = False) -> Markup:
        """Return paragraphs, lists, tables and remarks as HTML; one that defines terms gets their anchors.

        Diagnostics: MAN101 a link that may not be, MAN102 a place that is not there, MAN103 a file that is
        not there or not usable, MAN104 a picture without a description, MAN117 a table too wide for paper.
        """
        paragraphs = None if defines else _plain_paragraphs(prose.markdown)
        if paragraphs is not None:
            return Markup("\n".join(f"<p>{self._words(parts)}</p>" for parts in paragraphs))  # noqa: S704  # escaped
        tokens = self._parsed.pop(prose.markdown, None) or self._parser.parse(prose.markdown)
        self._mend(tokens, prose.span)
        if defines:
            self._anchor_terms(tokens)
        else:
            self._hint_terms(tokens)
        return self._html(tokens)

    def inline(self, markdown: str, span: Span, modality: Modality = Modality.PLAIN) -> Markup:
        """Return one paragraph's content as HTML; the modal word, where it is in bold, is marked."""
        parts = cut_at_bold(markdown)
        if parts is not None:
            return Markup(self._words(parts, modality))  # noqa: S704  # every part is escaped
        tokens = self._parser.parseInline(markdown)
        self._mend(tokens, span)
        self._hint_terms(tokens)
        for token in tokens:
            _mark_modal_word(token.children or [], modality)
        return self._html(tokens)

    def _words(self, parts: Sequence[str], modality: Modality = Modality.PLAIN) -> str:
        """Return as HTML what the parser would make of words of which every second part is bold."""
        html = [self._hinted_words(part) for part in parts]
        modal = (place for place in range(1, len(parts), 2) if modality_of(parts[place]) is modality)
        marked = next(modal, 0) if modality is not Modality.PLAIN else 0
        for place in range(1, len(parts), 2):
            said = f' class="modality {modality.value}"' if place == marked else ""
            html[place] = f"<strong{said}>{html[place]}</strong>"
        return "".join(html)

    def _hinted_words(self, text: str) -> str:
        """Return words as HTML, with links around the terms that are to be explained."""
        text, html, done = _LINE_END.sub("\n", text), [], 0
        for use in self.glossary.uses_in(text):
            term = f'<a href="#{use.anchor}" class="term">{escapeHtml(text[use.start : use.end])}</a>'
            html += [escapeHtml(text[done : use.start]), term]
            done = use.end
        return "".join((*html, escapeHtml(text[done:])))

    def _anchor_terms(self, tokens: Sequence[Token]) -> None:
        for term, holder in defined_terms(tokens):
            anchor = self.glossary.anchor_of(term)
            if anchor:
                holder.attrSet("id", anchor)

    def _hint_terms(self, tokens: Sequence[Token]) -> None:
        """Make the first use of each defined term in a section a link to its definition."""
        inside = ""
        for token in tokens:
            if token.type in ("heading_open", "alert_title_open"):
                inside = token.type
            elif token.type in ("heading_close", "alert_title_close"):
                inside = ""
            elif token.type == "inline" and token.children and not inside:
                token.children = list(_hinted(token.children, self.glossary))

    def _html(self, tokens: Sequence[Token]) -> Markup:
        html = self._parser.renderer.render(tokens, self._parser.options, {})
        return Markup(html.strip())  # noqa: S704  # the parser escapes everything: raw HTML is off

    def _mend(self, tokens: list[Token], span: Span) -> None:
        for place, token in enumerate(tokens):
            line = token.map[0] if token.map else 0
            if token.type in ("th_open", "td_open"):
                _align_by_class(token)
            elif token.type == "table_open":
                self._fit_table(tokens, place, span.shifted(lines=line))
            elif token.type == "heading_open":
                _lower_heading(token, tokens[place + 2])
            elif token.type == "alert_title_open":
                self._name_alert(tokens, place)
            elif token.type == "inline" and token.children:
                self._mend_inline(token.children, span.shifted(lines=line))

    def _fit_table(self, tokens: list[Token], place: int, span: Span) -> None:
        columns = fit_table(tokens, place)
        if columns > MOST_COLUMNS:
            message = (
                f"a table of {columns} columns is too wide for paper; its words are broken every few letters"
            )
            self._tell(
                "MAN117", Level.WARNING, span, message, "split it into several tables, or turn it round"
            )

    def _mend_inline(self, children: list[Token], span: Span) -> None:
        refused: list[bool] = []
        for token in children:
            if token.type in ("softbreak", "hardbreak"):
                span = span.shifted(lines=1)
            elif token.type == "image":
                self._mend_picture(token, span)
            elif token.type == "link_open":
                refused.append(not self._allow_link(token, span))
                _hide_if(token, hidden=refused[-1])
            elif token.type == "link_close":
                _hide_if(token, hidden=refused.pop())

    def _allow_link(self, token: Token, span: Span) -> bool:
        target = str(token.attrGet("href") or "")
        judged = judge_link(target, anchors=self._anchors, folder=self._folder)
        if isinstance(judged, Refusal):
            self._refuse(judged, span)
            return False
        self._keep(judged)
        if judged.leads is not Leads.HERE:
            token.attrSet("class", judged.leads.value)
        if judged.leads is Leads.OUTSIDE:
            token.attrSet("rel", "noopener noreferrer")
        return True

    def _mend_picture(self, token: Token, span: Span) -> None:
        judged = judge_picture(str(token.attrGet("src") or ""), folder=self._folder)
        if isinstance(judged, Refusal):
            self._refuse(judged, span)
            token.type, token.tag, token.children = "text", "", None
            return
        self._keep(judged)
        if not token.content.strip():
            self._tell("MAN104", Level.WARNING, span, *_NO_DESCRIPTION)

    def _keep(self, allowed: Allowed) -> None:
        if allowed.file:
            self.files.add(allowed.file)

    def _refuse(self, refusal: Refusal, span: Span) -> None:
        self._tell(refusal.code, self._level, span, refusal.message, refusal.hint)

    def _tell(self, code: str, level: Level, span: Span, message: str, hint: str) -> None:
        self._report(Diagnostic(code=code, level=level, span=span, message=message, hint=hint))

    def _name_alert(self, tokens: list[Token], place: int) -> None:
        """Put the remark's name into the SOP's language."""
        name = tokens[place + 1]
        said = self._labels.get(f"alert-{name.content.lower()}", name.content)
        name.content, name.children = said, [_text(said)]


_NO_DESCRIPTION = (
    "this picture has no description; people who cannot see it learn nothing from it",
    "describe it: ![what it shows](picture.png)",
)


class _Parser(MarkdownIt):
    """A parser that passes every link on: the renderer judges each and says where a refused one stands."""

    def validateLink(self, url: str) -> bool:  # noqa: N802, ARG002  # the parser's own name
        return True


@lru_cache(maxsize=1)
def _make_parser() -> MarkdownIt:
    """Return the parser: CommonMark with tables, strikethrough and remarks, without raw HTML."""
    parser = _Parser("commonmark", {"html": False, "alerts": True, "xhtmlOut": False}).enable(
        ["table", "strikethrough"]
    )
    parser.core.ruler.at("inline", _parse_inline)
    parser.add_render_rule("table_open", _open_table)
    parser.add_render_rule("table_close", _close_table)
    return parser


def _parse_inline(state: StateCore) -> None:
    """Find the marks inside each paragraph, heading and cell; most have none, and are one text."""
    for token in state.tokens:
        if token.type != "inline":
            continue
        parts = cut_at_bold(token.content)
        if parts is None:
            token.children = []
            state.md.inline.parse(token.content, state.md, state.env, token.children)
        else:
            token.children = list(_tokens_of(parts))


def _plain_paragraphs(markdown: str) -> list[tuple[str, ...]] | None:
    """Return the paragraphs cut at their bold words, or None where there is anything but such paragraphs."""
    if not _PARAGRAPHS.fullmatch(markdown):
        return None
    paragraphs = [cut_at_bold(each) for each in markdown.split("\n\n")]
    return None if None in paragraphs else [parts for parts in paragraphs if parts]


def _tokens_of(parts: Sequence[str]) -> Iterator[Token]:
    """Yield what the parser makes of text whose every second part is bold."""
    for place, part in enumerate(parts):
        if place % 2:
            yield Token("strong_open", "strong", 1, markup="**")
            yield _text(part)
            yield Token("strong_close", "strong", -1, markup="**")
        elif part:
            yield from _lines_of(part)


def _lines_of(text: str) -> Iterator[Token]:
    first, *more = text.split("\n")
    if first:
        yield _text(first)
    for line in more:
        yield Token("softbreak", "br", 0)
        if said := line.lstrip(" \t"):
            yield _text(said)


def _text(content: str) -> Token:
    return Token("text", "", 0, content=content)


def _open_table(_: object, tokens: Sequence[Token], place: int, *__: object) -> str:
    """Return a table in a frame that scrolls sideways by itself on a narrow screen."""
    classes = " ".join(("table", *str(tokens[place].attrGet("class") or "").split()))
    return f'<div class="{classes}" tabindex="0"><table>\n'


def _close_table(*_: object) -> str:
    return "</table></div>\n"


def _align_by_class(token: Token) -> None:
    """Turn the parser's inline style into a class, which the site's Content-Security-Policy allows."""
    match = _ALIGN.search(str(token.attrs.pop("style", "")))
    if match and match[1] != "left":
        token.attrJoin("class", match[1])
    if token.type == "th_open":
        token.attrSet("scope", "col")


def _lower_heading(opening: Token, closing: Token) -> None:
    """Keep headings inside a section below the section's own."""
    level = max(int(opening.tag[1]), 3)
    opening.tag = closing.tag = f"h{level}"


def _hinted(children: Sequence[Token], glossary: Glossary) -> Iterator[Token]:
    """Yield the tokens of a line, with links around the terms that stand outside of links."""
    depth = 0
    for token in children:
        depth += (token.type == "link_open") - (token.type == "link_close")
        if token.type == "text" and not depth:
            yield from _cut_at_terms(token, glossary)
        else:
            yield token


def _cut_at_terms(token: Token, glossary: Glossary) -> Iterator[Token]:
    text, done = token.content, 0
    for use in glossary.uses_in(text):
        yield _text(text[done : use.start])
        yield Token("link_open", "a", 1, attrs={"href": f"#{use.anchor}", "class": "term"})
        yield _text(text[use.start : use.end])
        yield Token("link_close", "a", -1)
        done = use.end
    yield token if not done else _text(text[done:])


def _hide_if(token: Token, *, hidden: bool) -> None:
    if hidden:
        token.type, token.tag, token.content = "text", "", ""


def _mark_modal_word(children: list[Token], modality: Modality) -> None:
    """Give the first bold words that say the clause's modality its class: `**wajib**`, `**must not**`."""
    if modality is Modality.PLAIN:
        return
    for opening, words in pairwise(children):
        if opening.type == "strong_open" and modality_of(words.content) is modality:
            opening.attrSet("class", f"modality {modality.value}")
            return
