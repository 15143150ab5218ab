"""Packs of one's own: what is wrong with a rule is said at its place, and nothing crashes."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from sopgen.base.diagnostic import Diagnostic
from sopgen.base.errors import PackError
from sopgen.compliance import codes as compliance
from sopgen.compliance.checker import Checker
from sopgen.compliance.model import Verdict
from sopgen.compliance.pack import default_pack_folder, load_pack
from sopgen.conversation.model import Conversation
from sopgen.language import codes as language
from sopgen.sop.model import Severity

RULE = next(code.keeps for code in compliance.CODES if code.code == "RUL101").partition("\n")[2]
ACT = next(code.keeps for code in language.CODES if code.code == "ACT101").partition("\n")[2]
CheckerIn = Callable[[list[Path]], Checker]
Chat = Callable[[str], Conversation]
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
        ("{absence: {of: {role: agent}, show: turns}}", "unknown show 'turns'"),
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


OVERRIDES = """
no-profanity:
  severity: minor
  weight: 0.5
  remedy: {id: Tulis ulang., en: Write it again.}
first-response-time:
  parameters: {limit: 10m}
  say: {fail: {id: "Telat {gap}.", en: "Late by {gap}."}}
"""


def test_a_project_changes_rules_without_copying_them(own: Path, checker_in: CheckerIn, chat: Chat) -> None:
    """Its own rule stands beside the shipped ones, whose severity, weight, wording and limit it changes."""
    (own / "overrides.yaml").write_text(OVERRIDES, encoding="utf-8")
    checker = checker_in([default_pack_folder(), own])
    conversation = chat("09:00 pelanggan  halo\n09:11 agen  dasar goblok")
    judged = {each.check: each for each in checker.judge(conversation)}
    rude, late = judged["no-profanity"], judged["first-response-time"]
    assert (rude.verdict, rude.severity, rude.weight) == (Verdict.FAIL, Severity.MINOR, 0.5)
    assert (rude.remedy, rude.reason) == ("Tulis ulang.", "Agen memakai kata kasar: “goblok”.")
    assert (late.verdict, late.reason) == (Verdict.FAIL, "Telat 11 menit.")
    assert judged["sapa"].code == "X101"


def test_a_changed_override_is_another_pack(own: Path) -> None:
    """A verdict's pack version tells that what judged it has changed."""
    plain = load_pack([own], lambda _: None).version
    (own / "overrides.yaml").write_text("sapa: {severity: major}\n", encoding="utf-8")
    assert load_pack([own], lambda _: None).version != plain


@pytest.mark.parametrize(
    ("override", "message"),
    [
        ("sappa: {severity: major}", "there is no rule 'sappa' to override"),
        ("sapa: {weight: -1}", "'-1.0' is no weight"),
        ("sapa: {parameters: {limits: 2m}}", "'sapa' has no parameter 'limits'"),
        ("sapa: {parameters: {limit: fast}}", "'fast' is no duration"),
        ("sapa: {expect: {}}", "unknown key 'sapa.expect'"),
        ("- sapa", "document: Input should be a valid dictionary"),
    ],
)
def test_an_override_that_cannot_be_applied_says_why(own: Path, override: str, message: str) -> None:
    """A misspelt rule or key is named, and the rule stays as it was."""
    (own / "overrides.yaml").write_text(override + "\n", encoding="utf-8")
    assert flaws_of(own) == [("RUL105", message)]


def test_a_misspelt_key_of_an_override_is_corrected(own: Path) -> None:
    """The hint names the key that was meant."""
    (own / "overrides.yaml").write_text("sapa: {severty: major}\n", encoding="utf-8")
    flaws: list[Diagnostic] = []
    load_pack([own], flaws.append)
    assert [flaw.hint for flaw in flaws] == ["did you mean 'severity'?"]


def test_a_file_of_the_same_name_replaces_the_shipped_one(own: Path) -> None:
    """A project that wants another rule of that name writes the whole of it."""
    rule = RULE.replace("name: sapa", "name: opening-greeting")
    (own / "rules" / "opening-greeting.yaml").write_text(rule, encoding="utf-8")
    (own / "rules" / "sapa.yaml").unlink()
    pack = load_pack([default_pack_folder(), own], lambda _: None)
    assert pack.rules["opening-greeting"].code == "X101"


def test_the_same_bytes_are_loaded_once_and_tell_their_flaws_each_time(own: Path) -> None:
    """Who loads an unchanged folder again gets the same pack and the same flaws; a change is seen."""
    (own / "acts" / "broken.yaml").write_text("act: [", encoding="utf-8")
    flaws: list[Diagnostic] = []
    first, again = (load_pack([own], flaws.append) for _ in range(2))
    assert first is again
    assert [flaw.code for flaw in flaws] == ["YML101", "YML101"]
    (own / "acts" / "broken.yaml").unlink()
    (own / "pack.yaml").write_text("name: own\nversion: '2'\n", encoding="utf-8")
    mended = load_pack([own], flaws.append)
    assert mended is not first
    assert len(flaws) == 2
    (own / "pack.yaml").write_text("name: own\nversion: '3'\n", encoding="utf-8")
    assert load_pack([own], flaws.append).version == mended.version.replace("own-2", "own-3")


def test_a_moment_is_of_messages_or_of_turns(own: Path) -> None:
    """What stands in both units at once could not be compared; RUL102 says so."""
    (own / "moments").mkdir()
    (own / "moments" / "akhir.yaml").write_text(
        "- {role: agent}\n- {unit: turn, role: agent}\n", encoding="utf-8"
    )
    assert ("RUL102", "a moment holds messages or turns, not both") in flaws_of(own)
