"""What a clause sets for its check: durations, counts, phrases, choices; and what is said of a wrong one."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from sopgen.base.diagnostic import Diagnostic
from sopgen.base.errors import PackError
from sopgen.compliance import codes as compliance
from sopgen.compliance.binding import bind
from sopgen.compliance.checker import Checker, make_checker
from sopgen.compliance.model import Verdict
from sopgen.compliance.pack import Pack, default_pack_folder, load_pack
from sopgen.compliance.parameter import Misfit, Parameter, ParameterKind, ParameterSource, read_parameter
from sopgen.conversation.model import Conversation
from sopgen.language import codes as language
from sopgen.sop.model import SopHistory
from sopgen.sop.reader import read_sop

RULE = next(code.keeps for code in compliance.CODES if code.code == "RUL101").partition("\n")[2]
ACT = next(code.keeps for code in language.CODES if code.code == "ACT101").partition("\n")[2]
FRONT = "---\nid: cs\ntitle: CS\nlanguage: id\nowner: K\napprover: D\nreview_every: 90d\n---"
WRONG = (Path(__file__).parent / "cases" / "wrong_values.txt").read_text(encoding="utf-8")
Chat = Callable[[str], Conversation]
MakeChecker = Callable[..., Checker]


def clause_of(attributes: str) -> str:
    """Return a clause of these attributes, as its author writes it."""
    return f"- **Wajib** menyapa. {{#c {attributes}}}"


def flaws_of_clause(attributes: str, pack: Pack) -> list[Diagnostic]:
    """Return what is wrong with a clause of these attributes."""
    flaws: list[Diagnostic] = []
    text = f"{FRONT}\n\n## Standar Pelayanan\n\n{clause_of(attributes)}\n"
    sop = read_sop(text, file="sop.md", report=lambda _: None)
    assert sop is not None
    bind(sop, pack, flaws.append)
    return flaws


@pytest.mark.parametrize("case", WRONG.strip().split("\n\n"), ids=lambda case: case.splitlines()[0])
def test_a_wrong_value_is_told_at_its_attribute_with_a_remedy(pack: Pack, case: str) -> None:
    """The author sees which attribute is wrong, why, and what to write instead."""
    attributes, place, told = case.splitlines()
    (flaw, *_) = flaws_of_clause(attributes, pack)
    assert f"{flaw.code} {flaw.message}; {flaw.hint}" == told
    assert clause_of(attributes)[flaw.span.column - 1 :].startswith(place)


def test_a_limit_of_nothing_cannot_be_kept(pack: Pack) -> None:
    """No message is answered at once; a tolerance of nothing is a strict one."""
    (flaw,) = flaws_of_clause("check=first-response-time limit=0m", pack)
    assert (flaw.code, "limit='0m' is no duration" in flaw.message) == ("BND103", True)
    assert flaws_of_clause("check=promise-kept grace=0m", pack) == []


def test_a_rule_says_what_is_a_tolerance(pack: Pack) -> None:
    """Whatever it is called; by its name alone nothing is one."""
    declared = ParameterSource(kind=ParameterKind.DURATION, default="0m", tolerance=True)
    found = read_parameter("leeway", declared, pack.book)
    assert isinstance(found, Parameter)
    assert (found.default, found.tolerance) == ("0m", True)
    assert isinstance(read_parameter("grace", "0m", pack.book), Misfit)


def test_every_flaw_of_a_clause_is_told(pack: Pack) -> None:
    """Not only the first one."""
    flaws = flaws_of_clause("check=must-say where=start need=both", pack)
    assert [flaw.code for flaw in flaws] == ["BND103", "BND103", "BND105"]


def test_several_clauses_bind_one_check_each_with_its_own_phrases(
    checker_of: MakeChecker, chat: Chat
) -> None:
    """Each finding names its own clause, and the phrases of that clause."""
    checker = checker_of(
        'check=must-say phrases="terima kasih sudah menunggu"',
        'check=must-say phrases="nomor tiket | nomor laporan"',
        'check=must-not-say phrases="pasti cair"',
    )
    thanks, ticket, promise = checker.judge(
        chat("09:00 pelanggan  halo\n09:01 agen  halo kak, makasih udah nunggu, pasti cair kok")
    )
    assert [(each.clause, each.verdict) for each in (thanks, ticket, promise)] == [
        ("c0", Verdict.PASS),
        ("c1", Verdict.FAIL),
        ("c2", Verdict.FAIL),
    ]
    assert ticket.reason == "Agen tidak mengucapkan “nomor tiket” atau “nomor laporan”."
    assert ticket.remedy == "Tulis “nomor tiket” atau “nomor laporan”."
    assert [each.text for each in thanks.evidence] == ["makasih udah nunggu"]
    assert [each.text for each in promise.evidence] == ["pasti cair"]


def test_of_several_phrases_only_those_that_are_missing_are_named(
    checker_of: MakeChecker, chat: Chat
) -> None:
    """Who said one of them is not told to say it again."""
    checker = checker_of('check=must-say need=all phrases="nomor tiket | hari kerja | maaf"')
    (judged,) = checker.judge(chat("09:00 pelanggan  refund?\n09:01 agen  mohon maaf kak, 3 hari kerja ya"))
    assert judged.reason == "Agen tidak mengucapkan “nomor tiket”."


@pytest.mark.parametrize(
    ("phrases", "language", "said"),
    [
        ("satu a | dua b | tiga c | empat d", "id", "“satu a” atau “dua b” atau “tiga c” atau “empat d”"),
        (
            "satu a | dua b | tiga c | empat d | lima e | enam f",
            "id",
            "“satu a” atau “dua b” atau “tiga c” atau “empat d” atau 2 lainnya",
        ),
        (
            "one a | two b | three c | four d | five e | one a",
            "en",
            "“one a” or “two b” or “three c” or “four d” or 1 more",
        ),
    ],
)
def test_up_to_four_phrases_are_named_and_the_others_counted(
    phrases: str, language: str, said: str, pack: Pack, chat: Chat
) -> None:
    """In the reason as in the remedy, in the language of the SOP; a phrase that stands twice counts once."""
    front = FRONT.replace("language: id", f"language: {language}")
    text = f'{front}\n\n## Standar\n\n- **Wajib** A. {{#c check=must-say phrases="{phrases}"}}\n'
    sop = read_sop(text, file="sop.md", report=lambda _: None)
    checker = make_checker([SopHistory(draft=sop)], pack, lambda _: None, draft=True)
    (judged,) = checker.judge(chat("09:00 pelanggan  halo\n09:01 agen  halo kak"))
    begins, remedy = {
        "id": ("Agen tidak mengucapkan", "Tulis"),
        "en": ("The agent did not say", "Write"),
    }[language]
    assert judged.reason == f"{begins} {said}."
    assert judged.remedy == f"{remedy} {said}."


def test_the_remedy_of_what_is_forbidden_fits_more_than_promises(checker_of: MakeChecker, chat: Chat) -> None:
    """Who said "gue" is not told to promise only what is certain."""
    checker = checker_of('check=must-not-say phrases="gue | lu"')
    (judged,) = checker.judge(chat("09:00 pelanggan  halo\n09:01 agen  halo kak, gue bantu ya"))
    assert judged.remedy == "Jangan memakai ucapan itu; pakai kata-kata yang tidak dilarang SOP."


def test_the_evidence_of_something_missing_is_the_message_that_should_have_held_it(
    checker_of: MakeChecker, chat: Chat
) -> None:
    """At the opening it is the first turn, at the closing the last."""
    checker = checker_of(
        'check=brand-mention phrases="Toko Bunga" where=opening',
        'check=brand-mention phrases="Toko Bunga" where=closing',
    )
    said = (
        "09:00 pelanggan  ongkir?\n09:01 agen  halo, 12 ribu\n09:02 pelanggan  ok\n"
        "09:03 agen  makasih, selamat siang"
    )
    judged = checker.judge(chat(said))
    assert [[each.message for each in one.evidence] for one in judged] == [["m2"], ["m4"]]


def test_a_demand_that_the_customer_made_due_tells_and_marks_the_words(
    checker_of: MakeChecker, chat: Chat
) -> None:
    """The first such words that an agent could answer, behind the message that should have held it."""
    due = 'check=must-say phrases="kirim foto" if-customer-says="rusak | pecah"'
    judged = checker_of(due).judge(
        chat(
            "09:00 pelanggan  halo\n09:01 agen  halo kak\n09:02 pelanggan  vasnya pecah, rusak semua\n"
            "09:03 agen  baik kak\n09:04 pelanggan  rusak lho"
        )
    )
    assert judged[0].reason == "Agen tidak mengucapkan “kirim foto”. Pelanggan menulis “pecah … rusak”."
    assert [(each.message, each.text) for each in judged[0].evidence] == [
        ("m4", "baik kak"),
        ("m3", "pecah"),
        ("m3", "rusak"),
    ]


def test_a_demand_without_a_condition_tells_of_no_customer(checker_of: MakeChecker, chat: Chat) -> None:
    """Nor does a condition that did not come, or a demand that was met."""
    conditional = 'check=must-say phrases="kirim foto" if-customer-says="rusak"'
    always, never = checker_of('check=must-say phrases="kirim foto"', conditional).judge(
        chat("09:00 pelanggan  vasnya pecah\n09:01 agen  baik kak")
    )
    assert always.reason == "Agen tidak mengucapkan “kirim foto”."
    assert (never.verdict, never.evidence) == (Verdict.NA, ())
    (met,) = checker_of(conditional).judge(
        chat("09:00 pelanggan  vasnya rusak\n09:01 agen  mohon kirim foto ya kak")
    )
    assert met.reason == "Diucapkan: “kirim foto”."


def test_a_message_that_waits_is_shown_whole(checker_of: MakeChecker, chat: Chat) -> None:
    """Not only the words by which it was heard to wait; of a turn, the messages that wait."""
    said = (
        "09:00 pelanggan  ongkir?\n09:01 agen  halo, 12 ribu\n"
        "09:02 pelanggan  sampai Solo kapan ya kak?\n09:02 pelanggan  makasih"
    )
    (judged,) = checker_of("check=no-hanging-chat").judge(chat(said))
    assert [(each.message, each.text) for each in judged.evidence] == [("m3", "sampai Solo kapan ya kak?")]
    assert judged.reason == "Pesan terakhir pelanggan tidak dijawab: “sampai Solo kapan ya kak?”."


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """Return a folder with one sound act and one sound rule."""
    for name, text in (("acts/salam.yaml", ACT), ("rules/sapa.yaml", RULE)):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def flaws_of_rule(own: Path, *changes: tuple[str, str]) -> list[tuple[str, str]]:
    """Return what is wrong with the sound rule after these changes."""
    text = RULE
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    (own / "rules" / "sapa.yaml").write_text(text, encoding="utf-8")
    flaws: list[Diagnostic] = []
    with suppress(PackError):
        load_pack([own], flaws.append)
    return [(flaw.code, flaw.message) for flaw in flaws]


@pytest.mark.parametrize(
    ("declared", "code", "message"),
    [
        ("{limit: fast}", "RUL103", "'fast' is no duration"),
        ("{limit: {kind: count, default: two}}", "RUL103", "'two' is no count"),
        ("{w: {kind: choice, choices: [a, b], default: c}}", "RUL103", "'c' is no choice"),
        ("{w: {kind: choice}}", "RUL103", "'w' is of the kind choice"),
        ("{p: {kind: phrases, default: ['(a']}}", "RUL103", "the phrase '(a' cannot be read: ')' is missing"),
        ("{severity: 2m}", "RUL103", "no parameter can be called 'severity'"),
        ("{limit: {kind: duration, defalt: 2m}}", "RUL101", "unknown key 'parameters.limit.defalt'"),
        ("{limit: [2m]}", "RUL101", "parameters.limit: Input should be a valid string"),
    ],
)  # fmt: skip
def test_a_parameter_that_is_wrongly_declared_says_why(
    own: Path, declared: str, code: str, message: str
) -> None:
    """One flaw, at its place, in words of the file."""
    assert flaws_of_rule(own, ("{limit: 2m}", declared)) == [(code, message)]


EXPECT = "{init: {of: {unit: turn, role: agent}, holds: {act: salam}}}"
CHOICE = ("{limit: 2m}", "{w: {kind: choice, choices: [a, b], default: a}, p: {kind: phrases}}")
SOUND = "{existence: {of: {role: agent}}}"


@pytest.mark.parametrize(
    ("expect", "message"),
    [
        (f"{{case: $w, a: {SOUND}}}", "the case 'b' is missing"),
        (f"{{case: $w, a: {SOUND}, c: {SOUND}, else: {SOUND}}}", "unknown case 'c'"),
        (f"{{case: $limit, a: {SOUND}}}", "'$limit' is no choice"),
        (f"{{case: $p, given: {SOUND}}}", "the case 'absent' is missing"),
        (
            "{case: $w, a: {existense: {}}, else: {existence: {of: {role: agent}}}}",
            "unknown constraint 'existense'",
        ),
        ("{existence: {of: {role: agent, says: $w}, min: $p}}", "'$p' is no number"),
        ("{existence: {of: {role: agent, says: ['(a']}}}", "the phrase '(a' cannot be read: ')' is missing"),
        ("{existence: {of: {role: agent, says: {phrase: $p}}}}", "unknown key 'phrase'"),
        ("{response: {from: {role: customer}, to: {role: agent}, within: $w}}", "'$w' is no duration"),
    ],
)
def test_a_rule_that_uses_a_parameter_wrongly_says_so_whatever_clauses_choose(
    own: Path, expect: str, message: str
) -> None:
    """Every branch of a case is looked over when the rule is loaded."""
    assert ("RUL102", message) in flaws_of_rule(own, CHOICE, (EXPECT, expect))


def test_an_example_sets_what_a_clause_would(own: Path) -> None:
    """A rule that demands phrases of its clauses can be shown with some."""
    flaws = flaws_of_rule(
        own,
        ("{limit: 2m}", "{p: {kind: phrases}}"),
        (EXPECT, "{existence: {of: {role: agent, says: $p}}}"),
        ("title: dengan salam,", "title: dengan salam, given: {p: halo},"),
    )
    assert flaws == []


def test_an_override_sets_the_default_of_any_kind(
    own: Path, checker_in: Callable[..., Checker], chat: Chat
) -> None:
    """Phrases in `overrides.yaml` are a list or one text; a wrong choice is refused."""
    (own / "overrides.yaml").write_text(
        "must-say: {parameters: {phrases: [selamat datang, 'sugeng rawuh'], where: opening}}\n",
        encoding="utf-8",
    )
    checker = checker_in([default_pack_folder(), own])
    judged = {each.check: each for each in checker.judge(chat("09:00 agen  ya"))}
    assert judged["must-say"].remedy == "Tulis “selamat datang” atau “sugeng rawuh”."
    (own / "overrides.yaml").write_text("must-say: {parameters: {where: start}}\n", encoding="utf-8")
    flaws: list[Diagnostic] = []
    load_pack([default_pack_folder(), own], flaws.append)
    assert [(flaw.code, flaw.message) for flaw in flaws] == [("RUL105", "'start' is no choice")]
