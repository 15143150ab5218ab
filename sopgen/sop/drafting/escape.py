"""Words of a document as Markdown that shows exactly these words."""

import re

from sopgen.sop.drafting.piece import Runs

_ALWAYS = re.compile(r"([\\`*])|(?<!\w)(_)|(_)(?!\w)|(<)(?=[A-Za-z/!?])|(!)(?=\[)")
_LINKED = re.compile(r"\][(\[:]")
_ENTITY = re.compile(r"&(?=#?\w{1,32};)")
_BRACE = re.compile(r"\{(?=\s*(?:#|[A-Za-z][\w-]*\s*=))")
_START = re.compile(r"(?=[#>~=|:+-])|(?<=\d)(?=[.)](?:\s|$))")
_NUMBER = re.compile(r"(\d{1,9})([.)])(?=\s|$)")
_LINK_END = re.compile(r"[()<>\\\s]")


def escaped(text: str) -> str:
    """Return a text of one line as inline Markdown: no mark, link, tag or attribute block comes of it."""
    safe = _ALWAYS.sub(lambda match: f"\\{match[0]}", " ".join(text.split()))
    if _LINKED.search(safe):
        safe = safe.replace("[", "\\[")
    return _BRACE.sub("&#123;", _ENTITY.sub("&amp;", safe))


def as_block(markdown: str) -> str:
    """Return inline Markdown that begins a block, so that its first characters open no list or heading."""
    number = _NUMBER.match(markdown)
    if number:
        return f"{number[1]}\\{markdown[number.end(1) :]}"
    return f"\\{markdown}" if markdown[:1] in "#>~=|+-" and markdown else markdown


def inline(runs: Runs) -> str:
    """Return the runs as inline Markdown, bold and links kept."""
    return "".join(_run(run.text, bold=run.bold, link=run.link) for run in runs).strip()


def _run(text: str, *, bold: bool, link: str) -> str:
    core = text.strip()
    if not core:
        return " " if text else ""
    written = escaped(core)
    if link and not _LINK_END.search(link):
        written = f"[{written}]({link})" if "[" not in core and "]" not in core else written
    elif link:
        written = f"{written} ({escaped(link)})"
    if bold and not link and core[0].isalnum() and core[-1].isalnum():
        written = f"**{written}**"
    before = " " if text[:1].isspace() else ""
    return f"{before}{written}{' ' if text[-1:].isspace() else ''}"


def in_cell(markdown: str) -> str:
    """Return inline Markdown for the cell of a table."""
    return markdown.replace("|", "\\|")


def in_comment(text: str) -> str:
    """Return a text that may stand inside a comment and does not end it."""
    return re.sub(r"-(?=->)", "- ", re.sub(r"--(?=!?>)", "- -", text)).replace("<!--", "< !--")
