"""What an erasure came to, for people and for programs. Only the caller's own word names the person."""

from dataclasses import asdict
from pathlib import Path
from typing import Any

from sopgen.cli.erasing import Erased
from sopgen.cli.screen.console import DOUBTFUL, GOOD, notice, say
from sopgen.cli.screen.plain import counted, either, one_line


def show_erasure(erased: Erased) -> None:
    """Print what went, or would go, and where the person still stands."""
    counts = erased.counts
    parts = ", ".join(counted(counts[f"{noun}s"], noun) for noun in ("message", "verdict", "finding"))
    where = f"{counted(erased.conversations, 'conversation')} in {counted(len(erased.runs), 'run')}: {parts}"
    if erased.dry_run:
        say(f"would be erased: {where}; nothing was written")
    else:
        say(f"erased: {where}", style=GOOD)
    if erased.proof is not None:
        say(f"  proof: {erased.file}", style="bold")
        say(f"  looked again: {counted(erased.proof.left, 'conversation')} left")
    if erased.baseline:
        said = "would go" if erased.dry_run else "went; commit it where it is under version control"
        say(f"{counted(erased.baseline, 'line')} of baseline.txt {said}")
    if erased.decisions:
        _say_decisions(erased.decisions)
    if erased.pages:
        said = "would go, too" if erased.dry_run else "went, too; make them again where you need them"
        say(f"Reports of several runs, and backtests, {said}:")
        for name in erased.pages:
            say(f"  {name}")
    if not erased.conversations:
        say("Nobody wrote under this name: try the id or the number; sopgen check --who lists who speaks")
    if erased.exports:
        which = either(len(erased.exports), "This export still holds", "These exports still hold")
        say(f"{which} the person, for you to delete:", style=DOUBTFUL)
        for name in erased.exports:
            say(f"  {one_line(name)}")


def _say_decisions(number: int) -> None:
    """Print that what was decided about the findings stays."""
    stay = either(number, "stays", "stay")
    reasons = either(number, "its reason", "their reasons")
    what = f"{counted(number, 'decision')} about the findings {stay}"
    say(f"{what}, under a hash; look through {reasons} for names")


def show_unseen(config: Path, sops: Path, seen: Path) -> None:
    """Say that `check` goes by another configuration, and does not find who was erased."""
    notice("note: sopgen check and backtest will not find this erasure, nights will:", style=DOUBTFUL)
    notice(f"  for the SOPs in {sops} they go by {seen}, not by {config}")
    notice("  hint: call the configuration sopgen.toml and keep these SOPs in its folder, at most four deep")


def erasure_record(erased: Erased) -> dict[str, Any]:
    """Return the same for programs."""
    return asdict(erased) | {"file": str(erased.file) if erased.file else None}
