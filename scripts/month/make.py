#!/usr/bin/env python3
"""Make a month of conversations that nobody had, marked as such, and judge them day by day.

    python scripts/month/make.py DIR [--conversations 20000] [--from 2026-10-22] [--days 30] [--seed 1]
    python scripts/month/make.py DIR --check [--sops sop_sources] [--workers 1]

Writes DIR/exports/<day>.jsonl, in canonical form: ids begin with "gen-", tags hold "generated", addresses are
of the reserved domain `.example`. The same seed gives the same bytes. With --check each day becomes a run in
DIR/runs, as if it had been checked at two in the following night; days that have one are left as they are.
"""

import argparse
import random
import time
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from datetime import time as clock
from pathlib import Path
from typing import Any

import orjson
from talk import Case, conversation
from world import ZONE, World, conversations_on, moment_on, read_world

RETURNS = 0.06
"""The share of customers with a complaint who come back with it within some days."""


def main() -> None:
    """Make the month, or judge it."""
    arguments = _arguments()
    if arguments.check:
        _check(arguments.folder, arguments.sops, arguments.workers)
        return
    began, count, messages = time.perf_counter(), 0, 0
    days = [arguments.start + timedelta(days=number) for number in range(arguments.days)]
    folder = arguments.folder / "exports"
    folder.mkdir(parents=True, exist_ok=True)
    for day, records in month(days, arguments.conversations, arguments.seed):
        with (folder / f"{day}.jsonl").open("wb") as file:
            for record in records:
                file.write(orjson.dumps(record, option=orjson.OPT_APPEND_NEWLINE))
                count, messages = count + 1, messages + len(record["messages"])
    print(f"{count} conversations, {messages} messages, {time.perf_counter() - began:.1f} s: {folder}")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, metavar="DIR")
    parser.add_argument("--conversations", type=int, default=20_000)
    parser.add_argument("--from", dest="start", type=date.fromisoformat, default=date(2026, 10, 22))
    parser.add_argument("--days", type=int, default=30)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--check", action="store_true", help="judge what was made before")
    parser.add_argument("--sops", type=Path, default=Path("sop_sources"))
    parser.add_argument("--workers", type=int, default=1)
    return parser.parse_args()


def month(days: list[date], total: int, seed: int) -> Iterator[tuple[date, list[dict[str, Any]]]]:
    """Yield each day with the records of its conversations, in the order of their beginnings."""
    dice, world = random.Random(seed), read_world()  # noqa: S311 - the same month for the same seed
    due: dict[date, list[Case]] = {}
    for number, (day, count) in enumerate(zip(days, conversations_on(days, total), strict=True), 1):
        back = due.pop(day, [])
        cases = [_case(world, day, number, dice) for _ in range(max(0, count - len(back)))] + back
        cases.sort(key=lambda each: (each.opened_at, each.customer))
        named = [_with(case, id=f"gen-{day:%Y%m%d}-{n:05}") for n, case in enumerate(cases, 1)]
        yield day, [conversation(case, world, dice) for case in named]
        for case in named:
            _come_back(case, number, due, dice)


def _case(world: World, day: date, number: int, dice: random.Random) -> Case:
    teams = world.blocks["teams"]
    (team,) = dice.choices(list(teams), [each["share"] for each in teams.values()])
    themes = [each for each in world.themes if team in each.teams]
    (theme,) = dice.choices(themes, [each.weight_on(number) for each in themes])
    channels = teams[team]["channels"]
    (channel,) = dice.choices(list(channels), list(channels.values()))
    agents = world.agents[team]
    (agent,) = dice.choices(agents, [each.share for each in agents])
    return Case(
        id="",
        customer=_person(dice.choice(world.customers), dice),
        agent=agent,
        theme=theme,
        channel=channel,
        opened_at=moment_on(day, dice),
        day=number,
    )


def _person(name: str, dice: random.Random) -> str:
    """Return one of 26 people of that name, told apart by an initial; the first ones write most often."""
    given, family = name.rsplit(" ", 1)
    return f"{given} {chr(ord('A') + int(dice.paretovariate(0.8)) % 26)}. {family}"


def _come_back(case: Case, number: int, due: dict[date, list[Case]], dice: random.Random) -> None:
    """Let some come back about the same thing some days later, to whoever is on duty or the same agent."""
    if case.theme.kind in ("question", "account") or dice.random() > RETURNS:
        return
    later = dice.randint(1, 9)
    opened = case.opened_at + timedelta(days=later, seconds=dice.randrange(7200))
    due.setdefault(opened.date(), []).append(
        _with(case, id="", opened_at=opened, day=number + later, again=True)
    )


def _with(case: Case, **changes: Any) -> Case:
    told = {name: getattr(case, name) for name in Case.__slots__} | changes
    return Case(**told)


def _check(folder: Path, sops: Path, workers: int) -> None:
    """Judge every day that has no run yet."""
    from sopgen.compliance.checker import make_checker  # noqa: PLC0415 - making a month needs no checker
    from sopgen.compliance.pack import default_pack_folder, load_pack  # noqa: PLC0415
    from sopgen.conversation.export import read_exports  # noqa: PLC0415
    from sopgen.conversation.options import ImportOptions  # noqa: PLC0415
    from sopgen.runs.check import run_check  # noqa: PLC0415
    from sopgen.sop.library import read_library  # noqa: PLC0415

    pack = load_pack([default_pack_folder()], print)
    histories = read_library(sops, lambda _: None)
    checker = make_checker(histories, pack, lambda _: None)
    versions = {each.id: tuple(edition.sop.version for edition in each.editions) for each in histories}
    for export in sorted((folder / "exports").glob("*.jsonl")):
        day = date.fromisoformat(export.stem)
        run, began = folder / "runs" / f"{day}", time.perf_counter()
        if run.exists():
            continue
        summary = run_check(
            read_exports([export], ImportOptions(), lambda _: None),
            checker,
            folder=run,
            run_id=run.name,
            started_at=datetime.combine(day + timedelta(days=1), clock(2), tzinfo=ZONE),
            pack_version=pack.version,
            sops=versions,
            workers=workers,
        )
        told, seconds = summary.totals, time.perf_counter() - began
        print(
            f"{day}: {told.checked} conversations, {told.messages} messages, {told.verdicts} verdicts, "
            f"{told.findings} findings, {seconds:.1f} s, {told.messages / seconds:.0f} messages/s",
            flush=True,
        )


if __name__ == "__main__":
    main()
