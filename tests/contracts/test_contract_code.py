"""Every code that can be printed is in the catalogue, once, and `sopgen explain` opens it."""

import ast
import re
from importlib import import_module
from pathlib import Path

import pytest
import yaml

from sopgen.cli.catalogue import FOLDERS, all_codes
from sopgen.cli.main import COMMANDS, run
from sopgen.cli.screen.plain import plain
from sopgen.compliance.pack import default_pack_folder
from sopgen.conversation.codes import CODES as EXPORT_CODES
from sopgen.quality.remark import indonesian, sentence_of
from sopgen.quality.wording import Wording

SOURCE = Path(__file__).parents[2] / "sopgen"
FORM = re.compile(r"[A-Z]{2,3}\d{3}")


def codes_in_use():
    """Return the codes that stand as texts in the source, catalogues apart."""
    return {
        node.value
        for path in sorted(SOURCE.rglob("*.py"))
        if path.name != "codes.py"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and FORM.fullmatch(node.value)
    }


def test_hints_name_only_commands_that_exist():
    """No text of the source tells a user to run a command that is not in the table."""
    named = {
        (str(path.relative_to(SOURCE)), name)
        for path in sorted(SOURCE.rglob("*.py"))
        for name in re.findall(r"['`(]sopgen ([a-z]+)", path.read_text(encoding="utf-8"))
    }
    known = {entry.name for entry in COMMANDS}
    assert {(path, name) for path, name in named if name not in known} == set()


def test_every_catalogue_of_the_tree_is_opened():
    """The literal list of catalogues holds every folder whose `codes` module has CODES."""
    modules = sorted(SOURCE.rglob("codes.py"))
    names = [".".join(["sopgen", *path.parent.relative_to(SOURCE).parts]) for path in modules]
    assert {name for name in names if hasattr(import_module(f"{name}.codes"), "CODES")} == set(FOLDERS)


def test_a_code_is_never_used_twice():
    """No two entries share a code, and every code has the form AB123 or ABC123."""
    codes = [entry.code for folder in FOLDERS for entry in import_module(f"{folder}.codes").CODES]
    assert sorted(codes) == sorted(set(codes))
    assert all(FORM.fullmatch(code) for code in codes)


def test_no_check_goes_by_the_code_of_a_diagnostic():
    """A code in a report names a check, or what `sopgen explain` says of a flaw, never both."""
    rules = sorted((default_pack_folder() / "rules").glob("*.yaml"))
    checks = {yaml.safe_load(path.read_text(encoding="utf-8"))["code"]: path.stem for path in rules}
    assert len(checks) == len(rules) > 0
    assert {code: checks[code] for code in checks.keys() & all_codes().keys()} == {}


@pytest.mark.parametrize("check", ["no-secret-request", "no-personal-data-leak"])
def test_explain_opens_a_check_whose_code_a_diagnostic_had(check, capsys):
    """PRV101 and PRV102 of a finding lead to its check."""
    assert run(["explain", check]) == 0
    by_name = capsys.readouterr().out
    assert run(["explain", by_name.split()[0]]) == 0
    assert capsys.readouterr().out == by_name


def test_every_code_in_use_is_in_the_catalogue():
    """A code that the source prints has an entry, and an entry is of a code that the source prints."""
    assert codes_in_use() == set(all_codes())


@pytest.mark.parametrize("entry", all_codes().values(), ids=lambda entry: entry.code)
def test_explain_opens_every_code(entry, capsys):
    """`sopgen explain CODE` prints the title, the reason and the snippets."""
    assert run(["explain", entry.code]) == 0
    told = capsys.readouterr().out
    assert entry.code in told
    assert entry.title in told
    assert entry.why
    for line in (entry.breaks + "\n" + entry.keeps).splitlines():
        assert plain(line).strip() in told


def test_every_code_of_an_export_is_told_in_indonesian():
    """A report tells it in its own language: each has one whole sentence, and no other code has."""
    sentences = indonesian()
    assert set(sentences) == {entry.code for entry in EXPORT_CODES}
    for code, sentence in sentences.items():
        assert sentence.endswith("."), code
        assert sentence_of(code, Wording("id")) == sentence


@pytest.mark.parametrize("language", ["id", "en"])
def test_a_code_of_another_kind_is_told_in_general(language):
    """An SOP's flaw is no flaw of the export, and still says something in the report's language."""
    assert sentence_of("SOP101", Wording(language)) == Wording(language).say("remark_other")
    assert sentence_of("WA103", Wording("en")) == "Day or month first?"
