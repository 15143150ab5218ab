"""Packs of one's own: what is wrong with a rule is said at its place, and nothing crashes."""

from contextlib import suppress
from pathlib import Path

import pytest

from sopgen.base.diagnostic import Diagnostic
from sopgen.base.errors import PackError
from sopgen.compliance import codes as compliance
from sopgen.compliance.pack import load_pack
from sopgen.language import codes as language

RULE = next(code.keeps for code in compliance.CODES if code.code == "RUL101").partition("\n")[2]
ACT = next(code.keeps for code in language.CODES if code.code == "ACT101").partition("\n")[2]
WHEN = "{existence: {of: {role: agent}}}"


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """Return a folder with one sound act and one sound rule."""
    for name, text in (("acts/salam.yaml", ACT), ("rules/sapa.yaml", RULE)):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def flaws_of(folder: Path) -> list[tuple[str, str]]:
    flaws: list[Diagnostic] = []
    with suppress(PackError):
        load_pack([folder], flaws.append)
    return [(flaw.code, flaw.message) for flaw in flaws]


@pytest.mark.parametrize(
    ("when", "message"),
    [
        ("5", "a constraint is a mapping with one key, its kind"),
        ("{existence: {of: {any: 5}}}", "a list of filters belongs here"),
        ("{existence: {of: {role: agent, gap: {min: 5m}}}}", "unknown key 'gap'"),
        ("{existence: {of: {after: {role: agent, gap: 5m}}}}", "'5m' is no gap"),
        ("{existence: {of: {after: {role: agent, gap: [min]}}}}", "'['min']' is no gap"),
        ("{existence: {of: {after: {role: agent, gap: {min: 99999999d}}}}}", "'99999999d' is no duration"),
        ("{existence: {of: {role: agent}, min: ²}}", "'²' is no number"),
        (
            "{existence: {of: {role: agent, unit: turn, in: {role: agent}}}}",
            "'in' chooses messages, not turns",
        ),
        ("{absence: {of: {role: agent}, curable: maybe}}", "unknown curable 'maybe'"),
        ("{response: {from: {role: customer}, to: {role: agent}, pending: pass}}", "unknown pending 'pass'"),
    ],
)
def test_a_condition_that_cannot_be_read_says_why(own: Path, when: str, message: str) -> None:
    """Nothing that an author writes is passed over in silence."""
    (own / "rules" / "sapa.yaml").write_text(RULE.replace(WHEN, when), encoding="utf-8")
    assert flaws_of(own)[0] == ("RUL102", message)


@pytest.mark.parametrize("weight", ["-1", "nan", "inf"])
def test_a_weight_is_a_number_that_scores_can_hold(own: Path, weight: str) -> None:
    """A weight below nothing, or without end, would turn every score into nonsense."""
    (own / "rules" / "sapa.yaml").write_text(RULE.replace("weight: 1", f"weight: {weight}"), encoding="utf-8")
    assert [code for code, _ in flaws_of(own)] == ["RUL103"]


@pytest.mark.parametrize("place", ["rules/lain.yaml", "acts/lain.yaml", "moments/lain.yaml", "pack.yaml"])
def test_a_file_in_another_encoding_is_left_out(own: Path, place: str) -> None:
    """It is named, and the rest of the pack loads."""
    (own / place).parent.mkdir(exist_ok=True)
    (own / place).write_bytes("title: café".encode("utf-16"))
    flaws: list[Diagnostic] = []
    assert list(load_pack([own], flaws.append).rules) == ["sapa"]
    assert [(flaw.code, flaw.span.file) for flaw in flaws] == [("YML103", str(own / place))]
