"""The default pack, loaded once, and SOPs written for the purpose."""

from collections.abc import Callable
from pathlib import Path

import pytest

from sopgen.base.diagnostic import Diagnostic
from sopgen.base.notation import read_notation
from sopgen.base.span import Span
from sopgen.compliance.checker import Checker, make_checker
from sopgen.compliance.pack import Pack, default_pack_folder, load_pack
from sopgen.compliance.parameter import say_value
from sopgen.compliance.rule import Rule
from sopgen.conversation.model import Conversation
from sopgen.conversation.notation import conversation_of
from sopgen.sop.model import SopHistory
from sopgen.sop.reader import read_sop

HEAD = """---
id: cs
title: CS
language: {language}
owner: Kepala
approver: Direktur
review_every: 90d
applies_to: {{channels: [livechat]}}
---

## Standar Pelayanan

"""

MakeChecker = Callable[..., Checker]


@pytest.fixture(scope="session")
def pack() -> Pack:
    flaws: list[Diagnostic] = []
    loaded = load_pack([default_pack_folder()], flaws.append)
    assert flaws == []
    return loaded


def _whole(pack: Pack) -> Checker:
    """Return the checker of an SOP with a clause for every rule; what a clause must set is set."""
    head = "---\nid: cs\ntitle: CS\nlanguage: id\nowner: K\napprover: D\nreview_every: 90d\n---\n"
    clauses = "\n".join(
        f"- **Wajib** {name}. {{#{name} check={name}{_must_set(rule)}}}"
        for name, rule in sorted(pack.rules.items())
    )
    sop = read_sop(f"{head}\n## Standar Pelayanan\n\n{clauses}\n", file="sop.md", report=lambda _: None)
    assert sop is not None
    return make_checker([SopHistory(draft=sop)], pack, lambda _: None, draft=True)


def _must_set(rule: Rule) -> str:
    return "".join(
        f' {name}="{say_value(each.specimen())}"'
        for name, each in rule.parameters.items()
        if each.default is None
    )


@pytest.fixture(scope="session")
def whole_checker(pack: Pack) -> Checker:
    """Return the checker of every rule of the default pack."""
    return _whole(pack)


@pytest.fixture
def checker_in() -> Callable[[list[Path]], Checker]:
    """Return a function: folders of checks -> the checker of every rule in them."""

    def make(folders: list[Path]) -> Checker:
        flaws: list[Diagnostic] = []
        checker = _whole(load_pack(folders, flaws.append))
        assert flaws == []
        return checker

    return make


@pytest.fixture
def chat() -> Callable[[str], Conversation]:
    """Return a function: chat notation -> the conversation."""

    def read(text: str) -> Conversation:
        flaws: list[object] = []
        lines = read_notation(text, Span(file="chat"), flaws.append)
        assert flaws == []
        return conversation_of(lines, id="c")

    return read


@pytest.fixture
def checker_of(pack: Pack) -> MakeChecker:
    """Return a function: clause attributes, one a line -> a checker of an SOP of these clauses."""

    def make(*attributes: str, language: str = "id", **options: object) -> Checker:
        flaws: list[Diagnostic] = []
        clauses = "\n".join(f"- **Wajib** nomor {n}. {{#c{n} {each}}}" for n, each in enumerate(attributes))
        sop = read_sop(HEAD.format(language=language) + clauses + "\n", file="sop.md", report=flaws.append)
        assert sop is not None, flaws
        return make_checker([SopHistory(draft=sop)], pack, flaws.append, draft=True, **options)  # type: ignore[arg-type]

    return make


@pytest.fixture
def pack_folder(tmp_path: Path) -> Path:
    """Return an empty folder for a pack."""
    return tmp_path / "checks"
