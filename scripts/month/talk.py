"""One conversation, from the first word to the rating."""

import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from world import Agent, Theme, World

_PRIORITIES = {"vpn-down": "high", "app-error": "medium", "reset-password": "low"}
_AUTOMATIC = "Terima kasih telah menghubungi kami. Pesan Anda segera dijawab."


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """Who talks to whom about what, where, on which day of the month; `again`: about the same once more."""

    id: str
    customer: str
    agent: Agent
    theme: Theme
    channel: str
    opened_at: datetime
    day: int
    again: bool = False


@dataclass(slots=True)
class Talk:
    """A conversation being written. `faults` counts what a customer would hold against the agent."""

    case: Case
    world: World
    dice: random.Random
    at: datetime
    messages: list[dict[str, Any]] = field(default_factory=list)
    faults: float = 0
    closed: datetime | None = None

    def does(self, habit: str) -> bool:
        """Return whether the agent's habit shows this time."""
        return self.case.agent.does(habit, self.case.day, self.dice)

    def line(self, who: str, what: str) -> str:
        """Return one way to say a thing, with its places filled."""
        return self.filled(self.world.say(who, what, self.dice))

    def filled(self, text: str) -> str:
        """Return the text with names, numbers and times in its places."""
        given = self.case.customer.split()[0]
        hour = self.at.hour
        part = "pagi" if hour < 11 else "siang" if hour < 15 else "sore" if hour < 18 else "malam"
        facts = random.Random(self.case.id)  # noqa: S311 - the same order all through a conversation
        return text.format(
            name=given, agent=self.case.agent.name.split()[0], part=part,
            order=f"INV-{facts.randrange(10_000, 99_999)}",
            amount=f"Rp{facts.randrange(20, 900)}.000",
            city=facts.choice(self.world.blocks["cities"]),
            phone=f"08{facts.randrange(1_100_000_000, 9_999_999_999)}",
            email=f"{given.lower()}{facts.randrange(10, 99)}@contoh.example",
            account=f"swn{facts.randrange(1000, 9999)}",
            when=facts.choice(self.world.blocks["whens"]),
        )  # fmt: skip

    def customer(self, text: str, after: float = 60) -> None:
        """Let the customer say something, about so many seconds later."""
        self._add("customer", self.case.customer, text, self.dice.lognormvariate(0, 0.8) * after)

    def agent(self, *texts: str, slow: float = 1) -> None:
        """Let the agent answer with these texts, as fast as the team and the agent are."""
        pace = self.world.blocks["teams"][self.case.agent.team]["pace"] / self.case.agent.fast
        wait = self.dice.lognormvariate(0, 0.7) * pace * slow
        self.faults += 0.5 if wait > 4 * pace else 0
        self._add("agent", self.case.agent.name, " ".join(filter(None, texts)), wait)

    def event(self, what: str, after: float = 20, role: str = "agent") -> None:
        """Let something happen."""
        self._add(role, self.case.agent.name if role == "agent" else "", what, after, kind="event")

    def note(self, text: str) -> None:
        """Let the agent write an internal note."""
        self._add("agent", self.case.agent.name, text, 15, kind="note")

    def bot(self, text: str) -> None:
        """Let the bot answer at once."""
        self._add("bot", "bot", text, 1)

    def _add(self, role: str, author: str, text: str, after: float, kind: str = "text") -> None:
        self.at += timedelta(seconds=round(after))
        self.messages.append(
            {
                "id": f"m{len(self.messages) + 1}",
                "at": self.at.isoformat(),
                "role": role,
                "author": author or None,
                "kind": kind,
                "text": text,
            }
        )


def conversation(case: Case, world: World, dice: random.Random) -> dict[str, Any]:
    """Return the canonical record of a case, marked as generated."""
    talk = Talk(case=case, world=world, dice=dice, at=case.opened_at)
    if not _open(talk):
        return _record(talk, csat=None)
    _middle(talk)
    _end(talk)
    return _record(talk, csat=_rating(talk))


def _open(talk: Talk) -> bool:
    """Write the beginning; return whether an agent ever answers."""
    said = talk.world.blocks["says"][talk.case.theme.name]
    opening = talk.filled(talk.dice.choice(said["open"]))
    hello = talk.dice.random() < 0.12
    if hello:
        talk.customer(talk.line("customer", "hello"), 0)
        talk.agent(_greeting(talk), talk.line("agent", "ask_need") if talk.does("ask_need") else "")
    talk.customer(
        " ".join(filter(None, (talk.line("customer", "again") if talk.case.again else "", opening))), 5
    )
    if talk.case.channel in ("livechat", "webchat") and not hello:
        talk.bot(_AUTOMATIC)
    if talk.case.theme.kind != "question" and talk.dice.random() < 0.05:
        talk.customer(talk.line("customer", "angry"), 20)
    if not hello and talk.dice.random() < 0.015:
        talk.customer(talk.line("customer", "nudge"), 1800)
        return False
    first = "" if hello else _greeting(talk)
    talk.agent(first, *_answer_to_report(talk, said), slow=2 if talk.dice.random() < 0.06 else 1)
    return True


def _greeting(talk: Talk) -> str:
    return talk.line("agent", "greet") if talk.does("greet") else ""


def _answer_to_report(talk: Talk, said: dict[str, list[str]]) -> list[str]:
    """Return what the agent says to what the customer brings."""
    kind = talk.case.theme.kind
    if kind == "question":
        return [talk.filled(talk.dice.choice(said["answer"]))]
    if kind == "account":
        if talk.does("verify"):
            return [talk.line("agent", "verify")]
        return [talk.filled(talk.dice.choice(said["answer"]))]
    parts = []
    angry = talk.messages[-1]["text"] in talk.world.blocks["customer"]["angry"]
    for habit in ("empathy",) * angry + ("apologise",) + ("thank_report",) * (kind == "damage"):
        if talk.does(habit):
            parts.append(talk.line("agent", habit))
        else:
            talk.faults += 0.7
    if talk.does("ask"):
        parts.append(talk.filled(talk.dice.choice(said["ask"])))
    return parts or [talk.line("agent", "hold")]


def _middle(talk: Talk) -> None:
    """Write the facts, the slips, the hand-over and the answer."""
    kind = talk.case.theme.kind
    unverified = kind == "account" and talk.messages[-1]["text"].endswith(
        tuple(talk.world.blocks["says"][talk.case.theme.name]["answer"])
    )
    if kind == "question" or unverified:
        return
    talk.customer(talk.line("customer", "gives_account" if kind == "account" else "gives"))
    _slip(talk)
    if talk.case.agent.team == "helpdesk" and talk.dice.random() < 0.2:
        if talk.does("note"):
            talk.note(talk.line("agent", "handover_note"))
        talk.event("transferred")
    if kind == "account":
        talk.agent(talk.filled(talk.dice.choice(talk.world.blocks["says"][talk.case.theme.name]["answer"])))
        return
    if talk.does("promise"):
        talk.agent(talk.line("agent", "promise"))
        talk.customer(talk.line("customer", "thanks"))
        talk.agent(talk.line("agent", "follow_up"), slow=15)
    else:
        talk.faults += 1
        talk.agent(talk.line("agent", "vague"))
        if talk.dice.random() < 0.4:
            talk.customer(talk.line("customer", "nudge"), 900)
            talk.agent(talk.line("agent", "hold"))
        talk.agent(
            talk.filled(talk.dice.choice(talk.world.blocks["says"][talk.case.theme.name]["answer"])), slow=6
        )


def _slip(talk: Talk) -> None:
    """Write what should never be said, where the agent says it."""
    for habit in ("rude", "blame", "otp", "overpromise", "off_channel", "block", "profanity"):
        if talk.does(habit):
            talk.faults += 2.5
            talk.agent(talk.line("agent", habit))
            talk.customer(talk.line("customer", "angry" if talk.dice.random() < 0.3 else "nudge"), 60)
            return


def _end(talk: Talk) -> None:
    """Write the end: asked whether all is well or not, closed or left, now and then reopened."""
    if talk.dice.random() < 0.03:
        talk.customer(talk.line("customer", "unsolved"), 120)
        talk.faults += 1.5
        return
    if talk.does("confirm"):
        talk.agent(talk.line("agent", "confirm"))
        talk.customer(talk.line("customer", "yes"), 90)
    else:
        talk.faults += 0.4
        talk.customer(talk.line("customer", "thanks"), 90)
    talk.agent(talk.line("agent", "close" if talk.does("close") else "close_abrupt"))
    talk.event("closed")
    talk.closed = talk.at
    if talk.dice.random() < 0.02 + 0.02 * talk.faults:
        talk.customer(talk.line("customer", "unsolved"), 7200)
        talk.event("reopened", 1, role="system")
        talk.agent(talk.line("agent", "apologise"), talk.line("agent", "promise"))
        talk.faults += 1
        if talk.dice.random() < 0.8:
            talk.agent(talk.line("agent", "follow_up"), slow=10)
            talk.customer(talk.line("customer", "yes"), 300)
            talk.agent(talk.line("agent", "close"))
            talk.event("closed")
            talk.closed = talk.at


def _rating(talk: Talk) -> int | None:
    """Return the customer's rating from 1 to 5, given by a third of them, the unhappy more readily."""
    if talk.closed is None or talk.dice.random() > 0.28 + 0.05 * talk.faults:
        return None
    talk.event("rated", 300, role="customer")
    return max(1, min(5, round(talk.dice.gauss(4.75 - 0.75 * talk.faults, 0.6))))


def _record(talk: Talk, csat: int | None) -> dict[str, Any]:
    case = talk.case
    asked = csat is not None and talk.dice.random() < 0.3
    nps = max(0, min(10, round(talk.dice.gauss(2 * csat - 0.6, 1.3)))) if asked and csat else None
    helped = case.agent.team == "helpdesk"
    recorded = not helped or talk.dice.random() < 0.93
    known = {
        "id": case.id,
        "channel": case.channel,
        "team": case.agent.team,
        "opened_at": case.opened_at.isoformat(),
        "closed_at": talk.closed.isoformat() if talk.closed else None,
        "tags": ["generated", case.theme.kind],
        "category": case.theme.category if recorded else None,
        "priority": _PRIORITIES.get(case.theme.name, "medium") if helped and recorded else None,
        "csat": csat,
        "nps": nps,
        "messages": talk.messages,
    }
    return {name: value for name, value in known.items() if value is not None}
