"""Limits of an SOP with opening hours: what counts, what a clause may choose, what is said."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from sopgen.base.diagnostic import Diagnostic
from sopgen.compliance.checker import Checker, make_checker
from sopgen.compliance.model import Judgement, Verdict
from sopgen.compliance.pack import Pack
from sopgen.conversation.model import Conversation
from sopgen.sop.model import SopHistory
from sopgen.sop.reader import read_sop

HOURS = 'hours: {timezone: Asia/Jakarta, weekly: {mon-fri: ["08:00-12:00", "13:00-17:00"]}, holidays: ID}'
LATE = "21:00 pelanggan  halo\n08:03 agen  halo kak"

MakeService = Callable[..., tuple[Checker, list[Diagnostic]]]
Chat = Callable[[str], Conversation]


@pytest.fixture
def service(pack: Pack) -> MakeService:
    """Return a function: clause attributes and hours -> the checker of an SOP with them, and its flaws."""

    def make(attributes: str, hours: str = HOURS, language: str = "id") -> tuple[Checker, list[Diagnostic]]:
        head = f"id: cs\ntitle: CS\nlanguage: {language}\nowner: K\napprover: D\nreview_every: 90d"
        text = f"---\n{head}\n{hours}\n---\n\n## Standar Pelayanan\n\n- **Wajib** ini. {{#c {attributes}}}\n"
        flaws: list[Diagnostic] = []
        sop = read_sop(text, file="sop.md", report=flaws.append)
        assert sop is not None, flaws
        flaws.clear()
        return make_checker([SopHistory(draft=sop)], pack, flaws.append, draft=True), flaws

    return make


def only(judgements: tuple[Judgement, ...]) -> Judgement:
    assert len(judgements) == 1
    return judgements[0]


def shifted(conversation: Conversation, days: int) -> Conversation:
    messages = tuple(
        replace(each, at=each.at + timedelta(days=days)) for each in conversation.messages if each.at
    )
    return replace(conversation, messages=messages)


def test_a_night_does_not_count(service: MakeService, chat: Chat) -> None:
    """A message of the evening waits from the opening on, and the reason says which clock it was."""
    checker, _ = service("check=first-response-time limit=2m")
    judged = only(checker.judge(chat(LATE)))
    assert judged.verdict is Verdict.FAIL
    assert judged.reason == "Balasan pertama setelah 3 menit jam kerja, batasnya 2 menit."
    english, _ = service("check=first-response-time limit=3m", language="en")
    judged = only(english.judge(chat(LATE)))
    assert judged.reason == "Answered within 3 minutes of business hours; the limit is 3 minutes."


def test_a_clause_may_count_all_time(service: MakeService, chat: Chat) -> None:
    """With `clock=always` the night counts."""
    checker, flaws = service("check=first-response-time limit=2m clock=always")
    judged = only(checker.judge(chat(LATE)))
    assert judged.reason == "Balasan pertama setelah 11 jam 3 menit, batasnya 2 menit."
    assert flaws == []


@pytest.mark.parametrize(("days", "verdict"), [(0, Verdict.FAIL), (5, Verdict.PASS), (11, Verdict.PASS)])
def test_weekends_and_holidays_do_not_count(
    service: MakeService, chat: Chat, days: int, verdict: Verdict
) -> None:
    """From nine to ten is too long on Monday; it is nothing on Saturday, or on Isra Mikraj."""
    checker, _ = service("check=first-response-time limit=30m")
    conversation = shifted(chat("09:00 pelanggan  halo\n10:00 agen  halo kak"), days)
    assert only(checker.judge(conversation)).verdict is verdict


def test_a_day_of_a_limit_is_a_day_of_the_service(service: MakeService, chat: Chat) -> None:
    """Two days are two working days of eight hours; hours are opening hours, said as such."""
    lines = "08:00 pelanggan  halo\n" + "\n".join(f"{hour}:00 bot  tunggu" for hour in ("23", "22", "21"))
    conversation = chat(f"{lines}\n20:00 agen  halo kak")
    for limit, verdict in (("3d", Verdict.FAIL), ("4d", Verdict.PASS), ("32h", Verdict.PASS)):
        checker, _ = service(f"check=first-response-time limit={limit}")
        assert only(checker.judge(conversation)).verdict is verdict
    checker, _ = service("check=first-response-time limit=3d")
    judged = only(checker.judge(conversation))
    assert judged.reason == "Balasan pertama setelah 32 jam kerja, batasnya 24 jam."


def test_a_customers_silence_counts_all_time(service: MakeService, chat: Chat) -> None:
    """The agent may close after five minutes of silence, though the service has closed meanwhile."""
    checker, _ = service("check=confirm-before-close")
    conversation = chat(
        "16:50 pelanggan  cara refund?\n"
        "16:58 agen  halo kak, lewat menu pesanan lalu pilih refund. Ada lagi yang bisa dibantu?\n"
        "17:05 agen  terima kasih telah menghubungi kami, selamat siang"
    )
    assert only(checker.judge(conversation)).verdict is Verdict.PASS


def test_a_year_without_a_calendar_is_undecided(service: MakeService, chat: Chat) -> None:
    """The verdict says why, and the year is told once."""
    checker, flaws = service("check=first-response-time")
    conversation = shifted(chat(LATE), 365 * 200)
    judged = [only(checker.judge(conversation)) for _ in range(2)][1]
    assert judged.verdict is Verdict.UNDECIDED
    assert "kalender" in judged.reason
    assert [flaw.code for flaw in flaws] == ["BND108"]


def test_a_country_without_a_calendar_measures_nothing(service: MakeService, chat: Chat) -> None:
    """BND106 is told once; guessing that no day is a holiday would make false findings."""
    checker, flaws = service("check=first-response-time", hours=HOURS.replace("ID", "QQ"))
    assert only(checker.judge(chat(LATE))).verdict is Verdict.UNDECIDED
    assert [flaw.code for flaw in flaws] == ["BND106"]


def test_hours_without_holidays_know_every_year(service: MakeService, chat: Chat) -> None:
    """Without `holidays` no calendar is asked."""
    checker, flaws = service("check=first-response-time", hours=HOURS.replace(", holidays: ID", ""))
    assert only(checker.judge(shifted(chat(LATE), 365 * 60))).verdict is not Verdict.UNDECIDED
    assert flaws == []


def test_business_hours_must_exist_to_be_counted(service: MakeService) -> None:
    """A clause that asks for opening hours in an SOP without them is warned about with BND107."""
    checker, flaws = service("check=first-response-time clock=business", hours="")
    assert len(checker.clauses) == 1
    assert [flaw.code for flaw in flaws] == ["BND107"]


def test_a_clock_that_does_not_exist_is_refused(service: MakeService) -> None:
    """BND103 names the choices."""
    _, flaws = service("check=first-response-time clock=workdays")
    assert [flaw.code for flaw in flaws] == ["BND103"]


def test_without_hours_every_minute_counts(service: MakeService, chat: Chat) -> None:
    """An SOP that says nothing about its hours is always open."""
    checker, _ = service("check=first-response-time limit=2m", hours="")
    assert "11 jam 3 menit" in only(checker.judge(chat(LATE))).reason


def test_stamps_in_utc_are_read_on_the_services_clock(service: MakeService, chat: Chat) -> None:
    """The zone of the stamps does not move the opening hours."""
    checker, _ = service("check=first-response-time limit=2m")
    conversation = chat(LATE)
    in_utc = replace(
        conversation,
        messages=tuple(
            replace(each, at=each.at.astimezone(UTC)) for each in conversation.messages if each.at
        ),
    )
    assert only(checker.judge(in_utc)).reason == only(checker.judge(conversation)).reason
    assert in_utc.messages[0].at == datetime(2026, 1, 5, 14, tzinfo=UTC)
