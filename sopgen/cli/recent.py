"""How the clauses were kept lately, for the manual's pages, counted in the results of a folder.

What is wrong with `dispositions.yaml` is told where findings are: a manual is built all the same.
"""

from pathlib import Path

from sopgen.cli.knowing import project_known
from sopgen.cli.screen.trouble import Gathered
from sopgen.cli.stored import kept_by_day, runs_in
from sopgen.manual.theme import ClauseRemark
from sopgen.quality.recent import recent_figures, recent_line
from sopgen.runs.results import open_results


def recent_remarks(results: Path, sops: Path) -> tuple[ClauseRemark, ...]:
    """Return what is said below clauses; nothing as long as nothing was checked. StorageError STO202."""
    folders = runs_in(results)
    if not folders:
        return ()
    known = project_known(sops, Gathered(quiet=True))
    with open_results(folders, kept=kept_by_day(results)) as opened:
        return tuple(
            ClauseRemark(
                sop=each.sop,
                version=each.version,
                clause=each.clause,
                indonesian=recent_line(each, "id"),
                english=recent_line(each, "en"),
            )
            for each in recent_figures(opened, known)
        )
