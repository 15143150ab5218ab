"""`sopgen fmt`: what it writes, what it only tells, and the hooks that call it with files."""

import io
import re
import shlex
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
HOOKS = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
UNTIDY = """---
title: "Kecil"
id: cs-baru
language: id
owner: Kepala
approver: Direktur
review_every: 90d
---

## Standar Pelayanan

- Wajib membalas dengan ramah. {check=calm-tone}
"""


@pytest.fixture
def draft(project):
    """Return a source that is not in order, of an SOP whose first release used the id that comes to mind."""
    path = project / "sop_sources" / "cs-baru" / "sop.md"
    (path.parent / "releases").mkdir(parents=True)
    path.write_bytes(UNTIDY.replace("\n", "\r\n").encode())
    (path.parent / "releases" / "1.0.md").write_text(
        "- Wajib membalas. {#membalas-ramah}\n", encoding="utf-8"
    )
    return path


def test_a_source_is_put_in_order_and_stays_so(call, draft):
    """The id is written, none of a release is used again, line ends stay; the next call has nothing to do."""
    ran = call("fmt", "cs-baru")
    assert ran.status == 0
    assert "1 source put in order" in ran.err
    text = draft.read_bytes().decode()
    assert "- Wajib membalas dengan ramah. {#membalas-ramah-2 check=calm-tone}\r\n" in text
    assert text.startswith("---\r\nid: cs-baru\r\ntitle: Kecil\r\n")
    assert "0 sources put in order, 1 left as they are" in call("fmt", "cs-baru").err
    assert draft.read_bytes().decode() == text


def test_check_and_diff_write_nothing(call, draft):
    """`--check` names the source and ends with 1; `--diff` shows the lines; the file stays as it was."""
    before = draft.read_bytes()
    ran = call("fmt", "--check")
    assert ran.status == 1
    assert ran.out == "sop_sources/cs-baru/sop.md\n"
    shown = call("fmt", "cs-baru", "--diff")
    assert shown.status == 0
    assert "+- Wajib membalas dengan ramah. {#membalas-ramah-2 check=calm-tone}" in shown.out
    assert draft.read_bytes() == before
    call("fmt")
    assert call("fmt", "--check").status == 0


def test_standard_input_is_passed_through(call, draft, monkeypatch):
    """An editor gets the source back in order, bytes in and bytes out."""
    for names, given in (((), "membalas-ramah"), (("cs-baru",), "membalas-ramah-2")):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(draft.read_bytes())))
        ran = call("fmt", "--stdin", *names)
        assert ran.status == 0
        assert f"{{#{given} check=calm-tone}}" in ran.out


def test_a_source_with_an_error_is_told_and_left(call, draft):
    """Exit status 1, the diagnostic, and the file as it was."""
    draft.write_text(UNTIDY.replace("owner", "pemilik"), encoding="utf-8")
    ran = call("fmt", "cs-baru")
    assert ran.status == 1
    assert "SOP103" in ran.err
    assert draft.read_text(encoding="utf-8") == UNTIDY.replace("owner", "pemilik")


def test_an_unknown_sop_is_told(call):
    """CLI102, as everywhere."""
    assert "CLI102" in call("fmt", "cs-tiada").err


@pytest.mark.parametrize("hook", HOOKS, ids=lambda hook: hook["id"])
def test_each_hook_works_on_what_it_is_given(call, draft, hook):
    """`fmt` is given the sources of a commit, from the project's root; `lint` looks over all of them."""
    command = shlex.split(hook["entry"])[1:]
    given = hook.get("pass_filenames", True)
    assert re.search(hook["files"], "sop_sources/cs-baru/sop.md")
    assert bool(re.search(hook["files"], "sop_sources/cs-baru/releases/1.0.md")) is not given
    files = [str(path.relative_to(Path.cwd())) for path in sorted(Path.cwd().glob("sop_sources/*/sop.md"))]
    assert len(files) == 2
    (draft.parent / "releases" / "1.0.md").unlink()
    ran = call(*command, *(files if given else ()))
    told = {"sopgen-fmt": "1 source put in order, 1 left as they are", "sopgen-lint": "2 SOPs read"}
    assert told[hook["id"]] in ran.out + ran.err
    assert "cs-baru/sop.md" in ran.err or hook["id"] == "sopgen-fmt"
