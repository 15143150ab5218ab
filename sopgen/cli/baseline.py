"""`sopgen baseline`: the findings of a run, taken as known."""

from pathlib import Path

import click

from sopgen.cli import option
from sopgen.cli.choice import run_folder
from sopgen.cli.screen.console import say
from sopgen.cli.screen.document import show_json
from sopgen.cli.screen.plain import counted
from sopgen.cli.screen.trouble import Gathered
from sopgen.cli.teaching import Taught
from sopgen.quality.known import read_baseline, write_baseline
from sopgen.quality.veil import Veil, names_of, out_of, project_veil
from sopgen.runs.finding import Finding
from sopgen.runs.fingerprint import fingerprint_of
from sopgen.runs.store import open_run


@click.command(name="baseline", cls=Taught)
@click.argument("run", metavar="RUN", type=click.Path(path_type=Path))
@option.out
@option.sops
@click.option("--replace", is_flag=True, help="Forget findings of the baseline that RUN does not have.")
@option.as_json
def command(*, run: Path, out: Path, sops: Path, replace: bool, as_json: bool) -> int:
    """Take the findings of a run as known, so that new ones stand out.

    RUN is the id of a run in DIR/runs, or its folder. The findings go into `baseline.txt` beside the SOPs,
    one a line, to be put under version control. From then on `sopgen check --fail-on` counts only findings
    that are not in it; reports show both apart. What somebody decided about a single finding goes into
    `dispositions.yaml`: see `sopgen disposition`.

    Examples:
      sopgen baseline demo
      sopgen baseline output/runs/20260701-220000 --replace
    """
    folder = run_folder(run, out)
    veil = project_veil(out_of(folder))
    present = {fingerprint_of(each): about(each, veil) for each in open_run(folder).findings()}
    with Gathered() as gathered:
        before = read_baseline(sops.parent, gathered)
    gone = before.keys() - present.keys()
    path = write_baseline(sops.parent, present if replace else {**before, **present})
    told = {"added": len(present.keys() - before.keys()), "kept": len(before.keys() & present.keys())}
    told |= {"gone": len(gone), "dropped": len(gone) if replace else 0}
    if as_json:
        show_json({"baseline": str(path), **told})
        return 0
    say(f"{counted(told['added'], 'finding')} added, {told['kept']:,} known already: {path}")
    if gone:
        fate = "dropped" if replace else "kept; --replace drops them"
        say(f"{counted(len(gone), 'finding')} of the baseline did not occur in this run ({fate})")
    return 0


def about(finding: Finding, veil: Veil) -> str:
    """Return what a finding is about, without personal data: clause, check, conversation."""
    judgement = finding.judgement
    names = names_of(finding)
    conversation = veil.identifier(judgement.conversation, channel=judgement.channel, names=names)
    return f"{judgement.sop}/{judgement.clause}  {judgement.check}  {conversation}"
