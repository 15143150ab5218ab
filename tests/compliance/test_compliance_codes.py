"""Every code of packs and bindings is shown by its snippet."""

from pathlib import Path

import pytest

from sopgen.base.code import Code
from sopgen.base.diagnostic import Diagnostic
from sopgen.base.errors import PackError
from sopgen.compliance import codes as compliance
from sopgen.compliance.checker import make_checker
from sopgen.compliance.consistency_codes import CONSISTENCY_CODES
from sopgen.compliance.pack import load_pack
from sopgen.language import codes as language
from sopgen.language.labelled import read_lines
from sopgen.sop.model import SopHistory
from sopgen.sop.reader import read_sop

ALL = (*language.CODES, *(code for code in compliance.CODES if code not in CONSISTENCY_CODES))
SHOWN = [code for code in ALL if code.breaks]

SOUND = next(code.keeps for code in compliance.CODES if code.code == "RUL101")
SALAM = next(code.keeps for code in language.CODES if code.code == "ACT101")


def codes_of(snippet: str, folder: Path) -> set[str]:
    """Return the codes that loading the snippet's pack, and binding its SOP, yields."""
    flaws: list[Diagnostic] = []
    for part in [*SALAM.split("=== ")[1:], *SOUND.split("=== ")[1:], *snippet.split("=== ")[1:]]:
        name, _, text = part.partition("\n")
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    try:
        pack = load_pack([folder], flaws.append)
    except PackError as error:
        return {error.code, *(flaw.code for flaw in flaws)}
    if (folder / "training").is_dir():
        try:
            read_lines(folder / "training")
        except PackError as error:
            return {error.code}
    if (folder / "sop.md").exists():
        sop = read_sop((folder / "sop.md").read_text(encoding="utf-8"), file="sop.md", report=lambda _: None)
        assert sop is not None
        make_checker([SopHistory(draft=sop)], pack, flaws.append, draft=True)
    return {flaw.code for flaw in flaws}


@pytest.mark.parametrize("code", SHOWN, ids=lambda code: code.code)
def test_a_code_is_shown_by_its_snippet(code: Code, tmp_path: Path) -> None:
    """What breaks it yields the code; what keeps it yields nothing."""
    assert code.code in codes_of(code.breaks, tmp_path / "breaks")
    assert codes_of(code.keeps, tmp_path / "keeps") == set()


def test_a_missing_folder_is_an_error(tmp_path: Path) -> None:
    """PCK101 names the folder."""
    with pytest.raises(PackError, match="nowhere") as raised:
        load_pack([tmp_path / "nowhere"], lambda _: None)
    assert raised.value.code == "PCK101"


def test_a_word_list_that_is_not_utf8_is_reported(tmp_path: Path) -> None:
    """LEX101 names the list; the rest of the pack loads."""
    (tmp_path / "lexicons").mkdir()
    (tmp_path / "lexicons" / "kata.txt").write_bytes(b"\xff\xfe\xff")
    assert codes_of("", tmp_path) == {"LEX101"}
