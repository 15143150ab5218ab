"""`sopgen disposition`: what somebody decided about findings, and what follows from it."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

import click

from sopgen.base.errors import UsageError
from sopgen.base.span import Span
from sopgen.base.suggestion import did_you_mean
from sopgen.cli import option
from sopgen.cli.choice import run_folder
from sopgen.cli.clock import now
from sopgen.cli.knowing import project_known
from sopgen.cli.screen.document import show_json
from sopgen.cli.screen.standing_finding import show_decided, show_standings
from sopgen.cli.screen.trouble import Gathered
from sopgen.cli.teaching import Taught
from sopgen.cli.unmasking import user
from sopgen.compliance.model import Verdict
from sopgen.quality.disposition import DISPOSITIONS, Decision, Disposition, written
from sopgen.quality.health import health_of
from sopgen.quality.known import Known, news_of
from sopgen.runs.finding import Finding
from sopgen.runs.fingerprint import fingerprint_of
from sopgen.runs.store import open_run
from sopgen.runs.trouble import storing


@click.command(name="disposition", cls=Taught)
@click.argument("run", metavar="RUN", type=click.Path(path_type=Path))
@click.argument("findings", metavar="[FINDING]...", nargs=-1)
@option.out
@option.sops
@click.option("--as", "decision", type=click.Choice(list(map(str, Decision))), help="What was found.")
@click.option("--until", metavar="DATE", help="Last day of an acceptance, such as 2026-12-31.")
@click.option("--reason", metavar="WHY", help="Why; people read it in reports.")
@click.option("--by", metavar="NAME", help="Who decided.  [default: the machine's user]")
@click.option(
    "--instead",
    type=click.Choice(["pass", "na"]),
    help="Of a false alarm: the verdict that would have been right.",
)
@option.as_json
def command(
    *,
    run: Path,
    findings: tuple[str, ...],
    out: Path,
    sops: Path,
    decision: str | None,
    until: str | None,
    reason: str | None,
    by: str | None,
    instead: str | None,
    as_json: bool,
) -> int:
    """Say what people decided about findings, or how those of a run stand.

    RUN is the id of a run in DIR/runs, or its folder; FINDING the 12 characters by which reports name one. A
    decision goes into `dispositions.yaml` beside the SOPs, which people may edit, too: confirmed, false
    alarm, or accepted until a day, with a reason and who decided. It holds for the same finding in every
    later run. An acceptance that has expired makes the finding news again.

    Without a FINDING the command counts how those of the run stand, and shows each check's precision by what
    was decided, with its 95 % interval.

    Examples:
      sopgen disposition demo
      sopgen disposition demo 7f3a9c0d2b41 --as "false alarm" --reason "she quoted us" --instead pass
      sopgen disposition demo 7f3a9c0d2b41 --as accepted --until 2026-12-31 --reason "new system in January"
    """
    stored = {fingerprint_of(each): each for each in open_run(run_folder(run, out)).findings()}
    with Gathered() as gathered:
        known = project_known(sops, gathered)
    if not findings:
        return _show(stored, known, as_json=as_json)
    decided = _decided(findings, stored, _Said(decision, until, reason, by or user(), instead))
    _refuse_decided(decided, known)
    path = sops.parent / DISPOSITIONS
    with storing(path), path.open("a", encoding="utf-8") as file:
        file.write(written(decided))
    if as_json:
        show_json([{"finding": each.finding, "decision": str(each.decision)} for each in decided])
    else:
        show_decided(decided, path)
    return 0


def _show(stored: Mapping[str, Finding], known: Known, *, as_json: bool) -> int:
    news = news_of(stored.values(), known)
    checks = {fingerprint: finding.judgement.check for fingerprint, finding in stored.items()}
    health = health_of(known.dispositions.values(), checks)
    if as_json:
        show_json({**news.as_dict(), "checks": [each.as_dict() for each in health]})
    else:
        show_standings(news, health)
    return 0


class _Said:
    """What the call's options say of a decision."""

    def __init__(
        self, decision: str | None, until: str | None, reason: str | None, by: str, instead: str | None
    ) -> None:
        if decision is None or not (reason or "").strip():
            hint = 'add --as "false alarm" --reason WHY; see sopgen disposition --help'
            raise UsageError("DSP108", "a decision says what was found, and why", hint=hint)
        self.decision, self.reason, self.by = Decision(decision), str(reason).strip(), by
        self.until = _day(until) if until else None
        self.instead = Verdict(instead) if instead else None
        self.on: datetime = now()
        if (self.decision is Decision.ACCEPTED) != (self.until is not None):
            hint = "write: --as accepted --until 2026-12-31"
            raise UsageError("DSP108", "what is accepted is accepted until a day", hint=hint)
        if self.instead is not None and self.decision is not Decision.FALSE_ALARM:
            hint = 'leave --instead away, or say --as "false alarm"'
            raise UsageError("DSP108", "only a false alarm hides another verdict", hint=hint)


def _decided(findings: Sequence[str], stored: Mapping[str, Finding], said: _Said) -> tuple[Disposition, ...]:
    return tuple(_disposition(each, stored, said) for each in dict.fromkeys(findings))


def _disposition(fingerprint: str, stored: Mapping[str, Finding], said: _Said) -> Disposition:
    finding = stored.get(fingerprint)
    if finding is None:
        hint = did_you_mean(fingerprint, stored)
        raise UsageError("DSP109", f"the run has no finding '{fingerprint}'", hint=hint)
    judgement = finding.judgement
    return Disposition(
        finding=fingerprint,
        decision=said.decision,
        until=said.until,
        reason=said.reason,
        by=said.by,
        on=said.on.date(),
        clause=f"{judgement.sop}/{judgement.clause}",
        check=judgement.check,
        instead=said.instead,
        span=Span(file=DISPOSITIONS),
    )


def _refuse_decided(decided: Sequence[Disposition], known: Known) -> None:
    for each in decided:
        before = known.dispositions.get(each.finding)
        if before is not None:
            message = f"the finding {each.finding} is decided already: {before.decision}, by {before.by}"
            raise UsageError("DSP104", message, hint=f"change or remove the entry at {before.span}")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        hint = "write it as 2026-12-31"
        raise UsageError("DSP108", f"'{text}' is no day", hint=hint) from error
