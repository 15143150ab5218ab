"""What `sopgen check` shows and writes of what it read and judged, beside the run's own folder.

It is imported when there is something to show: the first verdict does not wait for it.
"""

from dataclasses import replace
from pathlib import Path
from typing import Any

import orjson

from sopgen.base.errors import ExportError
from sopgen.cli.judging import Order, read_order, refuse_unread
from sopgen.cli.lines import write_lines
from sopgen.cli.screen.aside import Aside
from sopgen.cli.screen.console import notice, say
from sopgen.cli.screen.document import show_json
from sopgen.cli.screen.run import left_out_in_words, show_run, totals_in_words
from sopgen.cli.screen.trouble import Gathered
from sopgen.cli.screen.who import proposal_records, show_proposals, veiled
from sopgen.conversation.speaker import staff_of
from sopgen.conversation.vcon_form import write_vcon
from sopgen.conversation.who import proposals, speakers_in
from sopgen.quality.known import News
from sopgen.quality.veil import Veil
from sopgen.quality.veil import project_veil as project_veil  # noqa: PLC0414  # what is shown passes through it
from sopgen.quality.veiled_summary import veiled_summary
from sopgen.runs.check import FINDINGS
from sopgen.runs.night.setting import shown_url
from sopgen.runs.store import open_run
from sopgen.runs.summary import RunSummary
from sopgen.runs.summary_form import summary_record


def show_outcome(
    summary: RunSummary, folder: Path, news: News | None, *, veil: Veil, out: Path | str, as_json: bool
) -> None:
    """Print what a run came to, for people or for programs, and where its results are."""
    if as_json:
        told = {"news": news.as_dict()} if news else {}
        show_json(summary_record(veiled_summary(summary, veil)) | told)
        return
    show_run(summary, folder, news)
    if isinstance(out, str):
        say(f"  {shown_url(out).rstrip('/')}/runs/{folder.name}/")


def refuse_blank(results: Path, out: Path, *, as_json: bool) -> None:
    """Raise ExportError CLI108, the totals told, when not even a broken record was found in the exports."""
    run = open_run(results)
    if run.summary.totals.checked or any(record.position for record in run.set_aside()):
        return
    try:
        refuse_unread(run.summary)
    except ExportError:
        if as_json:
            show_json(summary_record(veiled_summary(run.summary, project_veil(out))))
        else:
            for line in totals_in_words(run.summary.totals):
                say(line)
        raise


def show_speakers(order: Order, gathered: Gathered, *, as_json: bool, unmasked: bool) -> None:
    """Print who speaks in the exports and who of them is probably staff; customers by initials."""
    options = replace(order.options, anyone=True)
    with Aside() as aside:
        read = aside.watch(read_order(replace(order, options=options), gathered))
        found = tuple(proposals(*speakers_in(read, staff_of(options))))
    found = found if unmasked else tuple(map(veiled, found))
    if order.erased:
        notice(left_out_in_words(order.erased))
    if as_json:
        show_json(proposal_records(found))
    else:
        show_proposals(found)


def write_vcons(order: Order, path: Path) -> None:
    """Write the conversations of a run that is stored as vCon, its findings as their analysis, one a line."""
    findings: dict[str, list[dict[str, Any]]] = {}
    with (order.folder / FINDINGS).open("rb") as stored:
        for finding in map(orjson.loads, stored):
            findings.setdefault(finding["conversation"], []).append(finding)
    readings = read_order(order, lambda _: None)
    write_lines(readings, path, lambda each: write_vcon(each, findings.get(each.id, ())))
