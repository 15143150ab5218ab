"""Messages whose acts people have labelled: what the trained model learns from (`training/`).

A file holds one JSON object a line. Either one message, `{"role", "before", "text", "labels"}`, where
`before` is what the other party said just before; or a conversation, `{"id", "messages": [{"role", "kind",
"text", "labels"}]}`. `labels.yaml` says what each label means, and in which files it was looked for when not
in all: elsewhere the lack of a label says nothing. Without that file every label was looked for everywhere.
A message may say by itself which labels were looked for in it: `"asked": [...]`. Other keys are for people.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path
from typing import Any, ClassVar

from sopgen.base.diagnostic import Diagnostic
from sopgen.base.errors import PackError
from sopgen.base.shape import read_yaml_file, shape

ROLES = ("agent", "customer")
"""Who has a model."""

LABELS_FILE = "labels.yaml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """What a label means, and the files (patterns) in which it was looked for."""

    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}
    meaning: str
    files: tuple[str, ...] = ("*",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Labels:
    """The labels of each role, by name."""

    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}
    agent: dict[str, Label]
    customer: dict[str, Label]

    def of(self, role: str) -> Mapping[str, Label]:
        """Return the labels of a role."""
        return self.agent if role == "agent" else self.customer


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One labelled message: lines of a `group` belong together, `asked` are the labels looked for.

    `conversation` is the id of the whole conversation that it comes from, "" for a line by itself, and
    `position` its place in it. `finding` is the one about which people decided so, "" where nobody did.
    """

    role: str
    before: str
    text: str
    labels: frozenset[str]
    asked: frozenset[str]
    group: str
    conversation: str = ""
    position: int = 0
    finding: str = ""


def read_lines(
    folder: Path, is_wanted: Callable[[str], bool] = lambda _: True, *, more: Sequence[Path] = ()
) -> tuple[Line, ...]:
    """Return the lines of every `*.jsonl` of a folder whose name is wanted, file by file, then of `more`.

    The latter are files; what labels mean is said in the folder. Errors: MDL102 no lines, MDL103 a line is
    broken or has an unknown label, MDL105 `labels.yaml` is.
    """
    paths = [path for path in sorted(folder.glob("*.jsonl")) if is_wanted(path.name)] + list(more)
    written = (folder / LABELS_FILE).is_file()
    labels = _read_labels(folder / LABELS_FILE) if written else _labels_in(paths)
    lines = tuple(line for path in paths for line in _lines_of(path, labels))
    if not lines:
        raise PackError(
            "MDL102", f"there are no training lines in '{folder}'", hint="name a folder of .jsonl"
        )
    return lines


def _read_labels(path: Path) -> Labels:
    def refuse(flaw: Diagnostic) -> None:
        raise PackError("MDL105", f"{flaw.span}: {flaw.message}", hint="write `label: {meaning: …}` per role")

    document = read_yaml_file(path, refuse)
    labels = shape(document, Labels, refuse, code="MDL105") if document else None
    assert labels is not None, "whatever is amiss was refused"
    return labels


def _labels_in(paths: Iterable[Path]) -> Labels:
    """Return the labels that the files use, each looked for in all of them."""
    used: dict[str, dict[str, Label]] = {role: {} for role in ROLES}
    for path in paths:
        for _, said in _said_in(path):
            used.get(said["role"], {}).update((label, Label(meaning="")) for label in said["labels"])
    return Labels(**used)


def _lines_of(path: Path, labels: Labels) -> Iterator[Line]:
    asked = {role: _asked_in(path.name, labels.of(role)) for role in ROLES}
    for number, said in _said_in(path):
        try:
            yield _line(said, labels, asked)
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise _broken(path, number, error) from error


def _said_in(path: Path) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """Yield each labelled message of a file with the number of its line."""
    for number, raw in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not raw.strip():
            continue
        try:
            for said in _messages_in(json.loads(raw)):
                yield number, {**said, "role": said["role"], "labels": said["labels"]}
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise _broken(path, number, error) from error


def _broken(path: Path, number: int, error: Exception) -> PackError:
    hint = f"write role, before, text and labels of {LABELS_FILE}, or messages of that kind"
    return PackError("MDL103", f"{path}:{number}: not a training line: {error!r}", hint=hint)


def _asked_in(file: str, labels: Mapping[str, Label]) -> frozenset[str]:
    return frozenset(
        name for name, label in labels.items() if any(fnmatch(file, pattern) for pattern in label.files)
    )


def _messages_in(held: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Yield each labelled message with its `before` and its `group`."""
    if "messages" not in held:
        remark = "" if "finding" in held else held.get("before")
        yield {"group": remark or held["text"], "before": "", **held}
        return
    last = dict.fromkeys(ROLES, "")
    name = held["id"]
    for position, message in enumerate(held["messages"]):
        role = message["role"]
        if role in last and message["kind"] == "text":
            before = last[ROLES[role == ROLES[0]]]
            yield {**message, "before": before, "group": name, "conversation": name, "position": position}
            last[role] = message["text"]


def _line(said: Mapping[str, Any], labels: Labels, asked: Mapping[str, frozenset[str]]) -> Line:
    role, given = said["role"], frozenset(said["labels"])
    looked_for = frozenset(said["asked"]) if "asked" in said else asked[role]
    unknown = sorted((given | looked_for) - set(labels.of(role)))
    if unknown:
        raise ValueError(f"unknown label '{unknown[0]}' of a message by the {role}")
    return Line(
        role=role,
        before=said["before"],
        text=said["text"],
        labels=given & looked_for,
        asked=looked_for,
        group=said["group"],
        conversation=said.get("conversation", ""),
        position=said.get("position", 0),
        finding=said.get("finding", ""),
    )
