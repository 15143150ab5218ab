"""The people, themes and habits of a generated month, read from `blocks.yaml`, and the days it has."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import yaml

ZONE = ZoneInfo("Asia/Jakarta")
WANTED, UNWANTED = 0.95, 0.002
UNWANTED_HABITS = frozenset({"rude", "blame", "otp", "block", "profanity", "overpromise", "off_channel"})
HALF_WAY = 15
"""The day of the month from which those who learn have their habit in full."""

_WEEKDAYS = (1.25, 1.1, 1.0, 1.0, 1.05, 0.75, 0.6)
_HOURS = (2, 1, 1, 1, 1, 2, 4, 8, 14, 18, 19, 17, 13, 15, 17, 16, 14, 12, 13, 15, 14, 10, 6, 3)


@dataclass(frozen=True, slots=True, kw_only=True)
class Agent:
    """A colleague: the team, how often each habit shows, how fast, and how many chats of the team's."""

    name: str
    team: str
    habits: Mapping[str, float]
    learns: tuple[str, ...]
    fast: float
    share: float

    def does(self, habit: str, day: int, dice: random.Random) -> bool:
        """Return whether the habit shows this time."""
        odds = self.habits.get(habit, UNWANTED if habit in UNWANTED_HABITS else WANTED)
        return dice.random() < (odds / 2 if habit in self.learns and day < HALF_WAY else odds)


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """What conversations are about."""

    name: str
    kind: str
    category: str
    teams: tuple[str, ...]
    weight: float
    surge: Mapping[str, Any]

    def weight_on(self, day: int) -> float:
        """Return how much of a day's talk it is, by its number in the month."""
        first, last = self.surge.get("days", (0, -1))
        return self.weight * (self.surge["by"] if first <= day <= last else 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """Everything that conversations are made of. `blocks` is the file as it stands."""

    blocks: Mapping[str, Any]
    agents: Mapping[str, tuple[Agent, ...]]
    themes: tuple[Theme, ...]
    customers: tuple[str, ...] = field(default=())

    def say(self, who: str, what: str, dice: random.Random) -> str:
        """Return one of the ways to say a thing, its places still open."""
        said: str = dice.choice(self.blocks[who][what])
        return said


def read_world() -> World:
    """Return the world of `blocks.yaml`."""
    blocks = yaml.safe_load((Path(__file__).parent / "blocks.yaml").read_text(encoding="utf-8"))
    first, last = blocks["customers"]
    return World(
        blocks=blocks,
        agents={
            team: tuple(_agent(name, team, told) for name, told in people.items())
            for team, people in blocks["agents"].items()
        },
        themes=tuple(
            Theme(name=name, surge=told.pop("surge", {}), **{**told, "teams": tuple(told["teams"])})
            for name, told in blocks["themes"].items()
        ),
        customers=tuple(f"{given} {family}" for given in first for family in last),
    )


def _agent(name: str, team: str, told: Mapping[str, Any]) -> Agent:
    known = dict(told)
    learns, fast, share = tuple(known.pop("learns", ())), known.pop("fast", 1.0), known.pop("share")
    return Agent(name=name, team=team, habits=known, learns=learns, fast=fast, share=share)


def conversations_on(days: Sequence[date], total: int) -> list[int]:
    """Return how many conversations begin on each day: fewer at weekends, more after payday."""
    weights = [_WEEKDAYS[day.weekday()] * (1.3 if 25 <= day.day <= 28 else 1) for day in days]
    bounds = [round(total * sum(weights[: n + 1]) / sum(weights)) for n in range(len(weights))]
    return [bound - before for bound, before in zip(bounds, [0, *bounds[:-1]], strict=True)]


def moment_on(day: date, dice: random.Random) -> datetime:
    """Return an instant of the day at which somebody writes."""
    (hour,) = dice.choices(range(24), _HOURS)
    return datetime(day.year, day.month, day.day, hour, tzinfo=ZONE) + timedelta(seconds=dice.randrange(3600))
