"""Who hears of a night, and what."""

from pathlib import Path

from sopgen.base.diagnostic import Diagnostic, Level, Report
from sopgen.base.errors import MachineError
from sopgen.base.span import Span
from sopgen.cli.house import Night
from sopgen.cli.knowing import project_known
from sopgen.cli.project import FILE
from sopgen.cli.screen.trouble import Gathered
from sopgen.cli.stored import runs_before
from sopgen.cli.weighing import limits_then
from sopgen.quality.figure.figures import QaFigures
from sopgen.quality.known import Known
from sopgen.quality.letter import Letter, NightFacts, night_letter, refused_letter
from sopgen.quality.locale import full_moment
from sopgen.quality.report import REPORT, Assignment, opened
from sopgen.quality.veil import project_veil
from sopgen.quality.wording import Wording
from sopgen.runs.night.ledger import Duty, Ledger
from sopgen.runs.night.limit import Limit
from sopgen.runs.night.notice import Sent, apprise_sender, kind_of, send_all
from sopgen.runs.store import open_run
from sopgen.runs.summary import RunSummary


def tell(night: Night, ledger: Ledger, targets: tuple[str, ...], report: Report) -> tuple[Sent, ...]:
    """Return what became of the messages: this night's, those of nights before it, and the waiting ones.

    Without Apprise (NGT106, reported) they are sent when it is there.
    """
    if not targets:
        for run in ledger.due(Duty.TOLD):
            ledger.done(run, Duty.TOLD)
        return ()
    try:
        send = apprise_sender()
    except MachineError as error:
        place = Span(file=str(night.house.folder / FILE))
        report(
            Diagnostic(code=error.code, level=Level.ERROR, span=place, message=error.message, hint=error.hint)
        )
        why, hint = error.message, error.hint
        return tuple(Sent(kind=kind_of(each), sent=0, waiting=1, why=why, hint=hint) for each in targets)
    sent: tuple[Sent, ...] = ()
    for run in ledger.due(Duty.TOLD):
        letter = _letter_about(night, run, ledger)
        sent = send_all(ledger, targets, (letter.title, letter.body) if letter else None, send)
        ledger.done(run, Duty.TOLD)
    if night.summary is None and (night.is_broken or night.unread or night.flaws):
        letter = _letter(night, None, night.limits)
        return send_all(ledger, targets, (letter.title, letter.body), send)
    return sent or send_all(ledger, targets, None, send)


def _letter_about(night: Night, run: str, ledger: Ledger) -> Letter | None:
    """Return what people are told of a run; None where they only want to hear of broken limits."""
    settings = night.house.settings
    is_own = night.folder is not None and run == night.folder.name
    if is_own:
        summary, limits = night.summary, night.limits
    else:
        summary = open_run(night.house.output / "runs" / run).summary
        limits = limits_then(night.house, ledger, summary, _known(night))
    is_well = not any(each.broken for each in limits) and not (is_own and night.unread)
    if settings.notify.when == "broken" and is_well:
        return None
    return _letter(night, summary, limits)


def _letter(night: Night, summary: RunSummary | None, limits: tuple[Limit, ...]) -> Letter:
    """Return the message about a run, or about a night that judged nothing."""
    settings = night.house.settings.notify
    language = settings.language or (summary.language if summary else "id")
    moment = (summary.started_at if summary else night.started_at).astimezone(night.house.plan.zone)
    facts = NightFacts(
        totals=night.totals if summary is None else summary.totals,
        limits=limits,
        place=_place(night, summary) if summary else "",
        when=full_moment(moment, language),
        unread=night.unread if summary is night.summary else (),
        flaws=tuple(f"{each.span.file}:{each.span.line} {each.code}" for each in night.flaws),
    )
    if summary is None and facts.flaws:
        return refused_letter(facts, Wording(language))
    return night_letter(_figures(night, summary) if summary else None, facts, Wording(language))


def _figures(night: Night, summary: RunSummary) -> QaFigures:
    """Return what the run came to, against the runs before it; what is known is told apart."""
    folder = night.house.output / "runs" / summary.run_id
    assignment = Assignment(
        runs=(folder,),
        veil=project_veil(night.house.output),
        history=runs_before(folder),
        known=_known(night),
    )
    with opened(assignment) as pages:
        return pages.figures()


def _known(night: Night) -> Known:
    return project_known(night.house.sops, Gathered(quiet=True))


def _place(night: Night, summary: RunSummary) -> str:
    reports = night.house.settings.notify.reports
    if reports:
        return f"{reports.rstrip('/')}/{summary.run_id}/{REPORT}"
    return str(Path(night.house.settings.output) / "runs" / summary.run_id / REPORT)
