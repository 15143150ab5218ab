"""Where the links and pictures of an SOP may lead: into the SOP, its folder, or the web."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from urllib.parse import unquote

from sopgen.base.picture import LARGEST_ATTACHED, SUFFIXES, is_picture
from sopgen.base.suggestion import did_you_mean

SCHEMES = frozenset({"https", "http", "mailto", "tel"})
FILES = frozenset({*SUFFIXES, ".pdf", ".txt", ".csv", ".docx", ".xlsx", ".pptx", ".odt", ".ods", ".odp"})
"""The kinds of file a manual links to; none of them runs in the reader's browser."""

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")


class Leads(StrEnum):
    """Where an allowed link leads."""

    HERE = "here"
    FILE = "file"
    OUTSIDE = "outside"


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """Why a link or picture is not rendered: code, what is wrong with it, how to mend it."""

    code: str
    message: str
    hint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowed:
    """A link that is rendered; `file` is the name below the SOP's folder when it leads to a file."""

    leads: Leads
    file: str = ""


def judge_link(target: str, *, anchors: Collection[str], folder: str) -> Allowed | Refusal:
    """Return where the link leads, or why it is refused: MAN101, MAN102 or MAN103."""
    if target.startswith("#"):
        return _judge_anchor(unquote(target[1:]), anchors)
    scheme = _SCHEME.match(target)
    if scheme is not None:
        return _judge_scheme(scheme[1], target)
    return _judge_file(target, folder, FILES)


def judge_picture(target: str, *, folder: str) -> Allowed | Refusal:
    """Return the file that the picture is, or why it is refused: MAN101 or MAN103."""
    if _SCHEME.match(target) or target.startswith("//"):
        return Refusal(
            code="MAN101",
            message=f"a manual shows no picture from elsewhere: '{_short(target)}'",
            hint="save the picture beside sop.md and name it there: ![description](picture.png)",
        )
    return _judge_file(target, folder, SUFFIXES)


def find_inside(folder: str, name: str) -> Path | None:
    """Return the regular file `name` below `folder`, or None when there is none or it leads out of it."""
    if not folder or "\\" in name or "\0" in name:
        return None
    parts = name.split("/")
    if any(part in ("", "..") or part.startswith(".") for part in parts):
        return None
    home = Path(folder).resolve()
    try:
        path = home.joinpath(*parts).resolve()
        return path if path.is_relative_to(home) and path.is_file() else None
    except OSError:  # no file can have such a name
        return None


def _judge_anchor(anchor: str, anchors: Collection[str]) -> Allowed | Refusal:
    if anchor in anchors:
        return Allowed(leads=Leads.HERE)
    return Refusal(
        code="MAN102",
        message=f"nothing in this SOP is called '#{_short(anchor)}'",
        hint=did_you_mean(anchor[:100], anchors) if anchors else "give the place an id: {#name}",
    )


def _judge_scheme(scheme: str, target: str) -> Allowed | Refusal:
    if scheme.lower() in SCHEMES:
        return Allowed(leads=Leads.OUTSIDE)
    return Refusal(
        code="MAN101",
        message=f"a link may not use '{scheme}:': '{_short(target)}'",
        hint=f"use one of: {', '.join(sorted(SCHEMES))}, a #place, or a file beside sop.md",
    )


def _judge_file(target: str, folder: str, kinds: Collection[str]) -> Allowed | Refusal:
    name = unquote(target.partition("#")[0])
    if target.startswith(("/", "\\")) or ".." in name.replace("\\", "/").split("/"):
        return Refusal(
            code="MAN101",
            message=f"the link leads out of the SOP's folder: '{_short(target)}'",
            hint="copy the file into the SOP's folder and link to it there",
        )
    path = find_inside(folder, name.removeprefix("./"))
    if path is None:
        return _unusable(f"there is no file '{_short(name)}' in the SOP's folder", "check its name and place")
    flaw = _flaw_of(path, kinds)
    if flaw:
        return _unusable(f"the file '{_short(name)}' {flaw}", "use one of: " + ", ".join(sorted(kinds)))
    return Allowed(leads=Leads.FILE, file=name.removeprefix("./"))


def _flaw_of(path: Path, kinds: Collection[str]) -> str:
    """Return what makes the file unfit for a manual, or ""."""
    kind = path.suffix.lower()
    if kind not in kinds:
        return f"is of a kind that a manual does not take ('{kind}')"
    if path.stat().st_size > LARGEST_ATTACHED:
        return f"is larger than {LARGEST_ATTACHED >> 20} MB"
    with path.open("rb") as file:
        start = file.read(16)
    if kind in SUFFIXES and not is_picture(kind, start):
        return f"does not hold what '{kind}' promises"
    return ""


def _unusable(message: str, hint: str) -> Refusal:
    return Refusal(code="MAN103", message=message, hint=hint)


def _short(text: str) -> str:
    return text if len(text) <= 80 else f"{text[:77]}…"
