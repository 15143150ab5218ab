"""Who speaks in exports, one a row, and what to put into sopgen.toml."""

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sopgen.cli.screen.console import say, show_table
from sopgen.cli.screen.plain import one_line
from sopgen.conversation.model import Role
from sopgen.conversation.who import Proposal
from sopgen.quality.mask import mask_name

SHOWN = 60
"""Speakers that a table shows; customers of a help desk run into thousands."""


def show_proposals(found: Sequence[Proposal]) -> None:
    """Print the table, staff first, and the lines for sopgen.toml; or that nobody speaks."""
    if not found:
        say("Nobody speaks in what could be read.")
        return
    ordered = sorted(found, key=lambda each: (each.role is Role.CUSTOMER, -each.messages, each.name))
    rows = [
        (one_line(each.name), str(each.role), f"{each.messages:,}", f"{each.conversations:,}", each.reason)
        for each in ordered[:SHOWN]
    ]
    show_table(("speaker", "proposed", "messages#", "conversations#", "because"), rows)
    if len(ordered) > SHOWN:
        say(f"and {len(ordered) - SHOWN:,} more")
    if any(each.role is Role.CUSTOMER for each in found):
        say("customers are shown by their initials; staff whom nothing speaks for are among them")
    lines = toml_lines(found)
    say("")
    if not lines:
        say("Nothing speaks for staff here; name them yourself: --agent NAME")
        return
    say("Look it over, then put into sopgen.toml:")
    say("")
    for line in lines:
        say(line)


def veiled(proposal: Proposal) -> Proposal:
    """Return a proposal as people see it: staff by name, since the project is to name them, others not."""
    if proposal.role is not Role.CUSTOMER:
        return proposal
    return replace(proposal, name=mask_name(proposal.name))


def toml_lines(found: Sequence[Proposal]) -> list[str]:
    """Return the section that names the proposed staff; [] when nobody is proposed."""
    lines = []
    for key, role in (("agents", Role.AGENT), ("bots", Role.BOT)):
        names = sorted(each.name for each in found if each.role is role)
        if names:
            lines.append(f"{key} = {json.dumps(names, ensure_ascii=False)}")
    return ["[import]", *lines] if lines else []


def proposal_records(found: Sequence[Proposal]) -> list[dict[str, Any]]:
    """Return the proposals as `--json` prints them."""
    return [
        {
            "name": each.name,
            "role": str(each.role),
            "because": each.reason,
            "messages": each.messages,
            "conversations": each.conversations,
        }
        for each in found
    ]
