"""Words of a document as Markdown that shows exactly these words."""

import re

from sopgen.sop.drafting.piece import Run, Runs

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
    """Return the runs as inline Markdown, bold, links and pictures kept."""
    return "".join(_run(run) for run in runs).strip()


def _run(run: Run) -> str:
    text, bold, link = run.text, run.bold, run.link
    core = text.strip()
    if not core:
        return " " if text else ""
    written = escaped(core)
    if run.picture:
        described = written.replace("[", "(").replace("]", ")").replace("\\(", "(")
        return _between_blanks(f"![{described}]({run.picture})", text)
    if link and not _LINK_END.search(link):
        written = f"[{written}]({link})" if "[" not in core and "]" not in core else written
    elif link:
        written = f"{written} ({escaped(link)})"
    if bold and not link and core[0].isalnum() and core[-1].isalnum():
        written = f"**{written}**"
    return _between_blanks(written, text)


def _between_blanks(written: str, text: str) -> str:
    """Return what a text is written as, a blank where the text begins or ends with one."""
    return f"{' ' if text[:1].isspace() else ''}{written}{' ' if text[-1:].isspace() else ''}"


def in_cell(markdown: str) -> str:
    """Return inline Markdown for the cell of a table."""
    return markdown.replace("|", "\\|")


def in_comment(text: str) -> str:
    """Return a text that may stand inside a comment and does not end it."""
    return re.sub(r"-(?=->)", "- ", re.sub(r"--(?=!?>)", "- -", text)).replace("<!--", "< !--")
