"""From a stored run to the page that shows it."""

from collections.abc import Iterable

from sopgen.quality.departure import bind, findings_of, tables_of
from sopgen.quality.headline import head_of
from sopgen.quality.leftover import agents_of, diagnostics_of, levels_of, not_governed_of, set_aside_of
from sopgen.quality.page import Page
from sopgen.quality.selection import key_of
from sopgen.quality.veil import Veil
from sopgen.quality.wording import Wording
from sopgen.runs.store import StoredRun
from sopgen.runs.summary import ClauseTally
from sopgen.runs.trouble import damaged


def compose(run: StoredRun, veil: Veil, *, manual_url: str | None, limit: int) -> Page:
    """Return the page of a run, with at most `limit` findings in full, in the veil's language.

    `manual_url` is where the manuals' site lies as seen from the page, None for no links. StorageError:
    STO202 where a file is damaged, or where the table does not hold what the summary counted.
    """
    _require_agreement(run)
    summary, wording = run.summary, Wording(veil.language)
    binding = bind(summary.clauses, wording, veil, manual_url=manual_url, limit=limit)
    findings = findings_of(run, binding)
    return Page(
        language=veil.language,
        head=head_of(summary, wording),
        tables=tables_of(summary.clauses, binding),
        findings=findings,
        findings_count=summary.totals.findings,
        findings_shown=sum(len(clause.shown) for group in findings for clause in group.clauses),
        query=_query(summary.clauses),
        agents=agents_of(run, veil, wording),
        set_aside=set_aside_of(run, veil),
        not_governed=tuple(not_governed_of(group, veil) for group in summary.not_governed),
        diagnostics=diagnostics_of(summary.diagnostics, veil, wording),
        levels=tuple(levels_of(summary.diagnostics, wording)),
    )


def _require_agreement(run: StoredRun) -> None:
    """Refuse to show figures that the table does not bear out."""
    told = {key_of(tally): tally.counts for tally in run.summary.clauses}
    counted = {(each.sop, each.version, each.clause, each.check): each.counts for each in run.by_clause()}
    if told != counted:
        difference = sorted(
            {key for key in told.keys() | counted.keys() if told.get(key) != counted.get(key)}
        )
        raise damaged(run.folder, ValueError(f"table and summary differ for {'/'.join(difference[0])}"))


def _query(tallies: Iterable[ClauseTally]) -> str:
    """Return a query that finds the findings of the clause that has most, to be changed and pasted."""
    most = max(tallies, key=lambda tally: tally.counts.failed, default=None)
    clause = most.clause if most else ""
    quoted = clause.replace("'", "''")
    return (
        "SELECT conversation, agent, reason, words\n"
        "FROM 'findings.jsonl'\n"
        f"WHERE clause = '{quoted}'"
    )  # fmt: skip
