"""A small real checker, and conversations from chat notation, for the tests of runs and quality."""

import re
import shlex
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sopgen.base.notation import read_notation
from sopgen.base.span import Span
from sopgen.compliance.model import ErrorClass, Evidence, Judgement, Verdict, judgement_of
from sopgen.conversation.model import Conversation, Kind, Message, Reading, Role, SetAside
from sopgen.conversation.notation import conversation_of
from sopgen.runs.check import run_check
from sopgen.runs.judge import Judge
from sopgen.runs.summary import RunSummary
from sopgen.sop.model import Severity

CASES = Path(__file__).parent / "cases"
STARTED_AT = datetime(2026, 11, 21, 20, 0, tzinfo=UTC)
RUDE = re.compile(r"\b(?:goblok|anjing)\b")
BROKEN = SetAside(
    source="web.jsonl",
    position="line 4",
    code="CAN101",
    reason="not JSON: unexpected end of data",
    hint="export the file again",
    excerpt='{"id": "c9", "messages": [{"text": "hubungi 0812-1111-2222 <b>',
)


def conversations(path: Path = CASES / "evening.chat") -> Iterator[Conversation]:
    """Yield the conversations of a file of chat notation; its head says what the lines cannot."""
    for part in path.read_text(encoding="utf-8").split("\n=== ")[1:]:
        head, _, body = part.partition("\n")
        id_, channel, *pairs = shlex.split(head)
        yield _dressed(_noted(body, id_, channel), dict(pair.split("=", 1) for pair in pairs))


def _noted(body: str, id_: str, channel: str) -> Conversation:
    flaws: list[object] = []
    conversation = conversation_of(read_notation(body, Span(file="x"), flaws.append), id=id_, channel=channel)
    assert not flaws
    return conversation


def _dressed(conversation: Conversation, facts: dict[str, str]) -> Conversation:
    names = {Role.AGENT: facts["agent"], Role.CUSTOMER: facts["customer"]}
    messages = tuple(
        replace(each, author=names.get(each.role, each.author)) for each in conversation.messages
    )
    return replace(conversation, messages=messages, team=facts["team"], source=facts["source"])


class SmallChecker:
    """Three clauses of one SOP for WhatsApp and live chat; mail is governed by none."""

    def judge(self, conversation: Conversation) -> tuple[Judgement, ...]:
        """Return the verdicts on greeting (4.2), first reply (4.10) and swearing (6.1), in this order."""
        if conversation.channel == "email":
            return ()
        return (
            _judgement(conversation, GREETING, *_greeting(conversation)),
            _judgement(conversation, FIRST_REPLY, *_first_reply(conversation)),
            _judgement(conversation, SWEARING, *_swearing(conversation)),
        )


Clause = tuple[str, str, str, str, str, Severity]
Found = tuple[Verdict, tuple[Evidence, ...], str]
GREETING = ("greet", "4.2", "Wajib menyapa pelanggan.", "opening-greeting", "OPN101", Severity.MAJOR)
FIRST_REPLY = (
    "first-reply",
    "4.10",
    "Wajib membalas dalam 2 menit.",
    "first-response-time",
    "TIM101",
    Severity.MINOR,
)
SWEARING = ("clean", "6.1", "Dilarang memaki <pelanggan>.", "no-profanity", "TON103", Severity.CRITICAL)


def _greeting(conversation: Conversation) -> Found:
    said = _texts(conversation, Role.AGENT)
    if not said:
        return Verdict.NA, (), "agen tidak menulis"
    if "halo" in said[0].text:
        return Verdict.PASS, (), "ada salam"
    whole = Evidence(message=said[0].id, start=0, end=len(said[0].text), text=said[0].text, at=said[0].at)
    return Verdict.FAIL, (whole,), "tidak ada salam di pesan pertama agen"


def _first_reply(conversation: Conversation) -> Found:
    asked, said = _texts(conversation, Role.CUSTOMER), _texts(conversation, Role.AGENT)
    if not said or not asked or said[0].at is None or asked[0].at is None:
        return Verdict.UNDECIDED, (), "belum ada balasan, atau tanpa jam"
    waited = said[0].at - asked[0].at
    if waited <= timedelta(minutes=2):
        return Verdict.PASS, (), f"dibalas dalam {waited}"
    late = Evidence(message=said[0].id, start=0, end=len(said[0].text), text=said[0].text, at=said[0].at)
    return Verdict.FAIL, (late,), f"menunggu {waited}; nomornya 0813 9876 5432"


def _swearing(conversation: Conversation) -> Found:
    evidence = tuple(
        Evidence(message=message.id, start=match.start(), end=match.end(), text=match[0], at=message.at)
        for message in _texts(conversation, Role.AGENT)
        for match in RUDE.finditer(message.text)
    )
    if evidence:
        return Verdict.FAIL, evidence, f"kata kasar: {evidence[0].text}"
    return Verdict.PASS, (), "bersih"


def _texts(conversation: Conversation, role: Role) -> list[Message]:
    return [each for each in conversation.messages if each.role is role and each.kind is Kind.TEXT]


def _judgement(
    conversation: Conversation, clause: tuple[str, str, str, str, str, Severity], *found: object
) -> Judgement:
    verdict, evidence, reason = found
    assert isinstance(verdict, Verdict)
    assert isinstance(evidence, tuple)
    id_, number, text, check, code, severity = clause
    agents = [each.author for each in conversation.messages if each.role is Role.AGENT]
    return judgement_of(
        conversation=conversation.id,
        source=conversation.source,
        channel=conversation.channel,
        team=conversation.team,
        agent=agents[0] if agents else "",
        opened_at=conversation.started_at(),
        sop="cs-kecil",
        version="1.0",
        clause=id_,
        clause_number=number,
        clause_text=text,
        check=check,
        code=code,
        verdict=verdict,
        severity=severity,
        error_class=ErrorClass.CUSTOMER,
        weight=1.0,
        evidence=evidence,
        reason=reason,
        remedy="Halo Kak, ada yang bisa kami bantu?" if verdict is Verdict.FAIL else "",
        confidence=1.0,
        language="id",
        pack_version="small-1",
    )


def run(folder: Path, readings: Iterator[Reading] | None = None, checker: Judge | None = None) -> RunSummary:
    """Return what a run came to: by default of the evening, judged by the small checker."""
    return run_check(
        evening() if readings is None else readings,
        checker or SmallChecker(),
        folder=folder,
        run_id=folder.name,
        started_at=STARTED_AT,
        pack_version="small-1",
        sops={"cs-kecil": ["1.0"]},
    )


def evening() -> Iterator[Reading]:
    """Yield the conversations of an evening, a broken record among them."""
    yield from list(conversations())[:3]
    yield BROKEN
    yield from list(conversations())[3:]
