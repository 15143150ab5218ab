"""Every code of an export is documented by a snippet that triggers it and one that does not."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

import sopgen.conversation
from sopgen.base.code import Code
from sopgen.base.diagnostic import Diagnostic
from sopgen.base.errors import UsageError
from sopgen.conversation.codes import CODES
from sopgen.conversation.export import read_exports
from sopgen.conversation.model import SetAside
from sopgen.conversation.options import ImportOptions

SHOWN = [code for code in CODES if code.breaks]
OF_THE_CALL = {
    "EXP101": "format",
    "EXP120": "agents",
    "EXP122": "split",
    "EXP104": "tz",
    "EXP105": "date_order",
}
CS = ImportOptions(agents=("CS",), tz="Asia/Jakarta")
OPTIONS = {
    "WA104": ImportOptions(tz="Asia/Jakarta"),
    "WA203": ImportOptions(tz="Asia/Jakarta"),
    "WA206": ImportOptions(agents=("CS",), tz="Asia/Jakarta", date_order="dmy"),
    "EXP114": ImportOptions(agents=("CS",)),
    "LNE202": ImportOptions(agents=("CS",), tz="Asia/Jakarta", date_order="mdy"),
    "CAN108": ImportOptions(),
}
FORMATS = {
    "JSN": "vcon",
    "CAN": "canonical",
    "ROW": "rows",
    "WA1": "whatsapp",
    "WA2": "whatsapp",
    "TLG": "telegram",
    "LNE": "line",
}


def name_of(code: Code) -> str:
    return "Chat WhatsApp dengan Budi.txt" if code.code.startswith("WA") else "export.jsonl"


def codes_met(snippet: str, code: Code, folder: Path) -> set[str]:
    """Return every code that reading the snippet brings up."""
    path = folder / name_of(code)
    path.write_text("20/08/24 14.30 - CS: halo\n", encoding="utf-8")
    options = OPTIONS.get(code.code, CS)
    if code.code in OF_THE_CALL:
        name = OF_THE_CALL[code.code]
        options = replace(CS, **{name: (snippet,) if name == "agents" else snippet})
    else:
        path.write_text(snippet, encoding="utf-8")
        format_name = FORMATS.get(code.code[:3], "")
        options = ImportOptions(
            agents=options.agents, tz=options.tz, date_order=options.date_order, format=format_name
        )
    flaws: list[Diagnostic] = []
    try:
        readings = list(read_exports([path], options, flaws.append))
    except UsageError as error:
        return {error.code}
    return {each.code for each in readings if isinstance(each, SetAside)} | {each.code for each in flaws}


@pytest.mark.parametrize("code", SHOWN, ids=lambda code: code.code)
def test_what_breaks_a_code_brings_it_up(code: Code, tmp_path: Path) -> None:
    """The snippet of `breaks` triggers the code."""
    assert code.code in codes_met(code.breaks, code, tmp_path)


@pytest.mark.parametrize("code", SHOWN, ids=lambda code: code.code)
def test_what_keeps_a_code_does_not(code: Code, tmp_path: Path) -> None:
    """The snippet of `keeps` does not trigger it."""
    assert code.code not in codes_met(code.keeps, code, tmp_path)


def test_every_code_in_the_source_is_in_the_catalogue_and_the_other_way_round() -> None:
    """The codes that the modules use are exactly those that are documented, each once."""
    folder = Path(sopgen.conversation.__file__).parent
    sources = [path for path in folder.rglob("*.py") if not path.name.endswith("codes.py")]
    used = {
        found
        for path in sources
        for found in re.findall(
            r'"((?:EXP|CAN|ROW|WA|JSN|ML|TLG|MET|LNE)\d{3})"', path.read_text(encoding="utf-8")
        )
    }
    documented = [code.code for code in CODES]
    assert sorted(documented) == sorted(used)


@pytest.mark.parametrize("code", CODES, ids=lambda code: code.code)
def test_a_code_without_a_snippet_says_why(code: Code) -> None:
    """What no snippet can show says so."""
    assert code.breaks or "no snippet" in code.why or "no text can" in code.why or "no UTF-8" in code.why
