"""What `sopgen train` learns from: shipped lines, those of the project, and what people decided."""

from collections.abc import Sequence
from pathlib import Path

from sopgen.base.errors import UsageError
from sopgen.cli.bench import set_up
from sopgen.cli.choice import OWN_CHECKS, run_folder
from sopgen.cli.knowing import project_known
from sopgen.cli.screen.trouble import Gathered
from sopgen.cli.stored import stored_runs
from sopgen.compliance.hinge import Assayer
from sopgen.compliance.pack import default_pack_folder
from sopgen.quality.decided_finding import decided_findings
from sopgen.quality.lesson import Lessons, lessons_of
from sopgen.quality.lesson_file import DECIDED, write_lessons
from sopgen.runs.results import open_results

TRAINING = "training"
MODEL = "model"
ALL = "all"
"""What stands for every run in DIR/runs."""


def lines_of_decisions(
    runs: Sequence[str], gathered: Gathered, *, out: Path, sops: Path, checks: Sequence[Path]
) -> tuple[Lessons, Path]:
    """Return what the decisions about the findings of runs teach, and the file that holds it now.

    UsageError DSP110 where nobody has decided about anything. StorageError: STO101, STO102, STO201, STO202.
    """
    known = project_known(sops, gathered)
    if not runs or not known.dispositions:
        message = "nobody has decided about any finding" if runs else "no run is named to learn from"
        hint = 'decide first: sopgen disposition RUN FINDING --as "false alarm" --reason WHY'
        raise UsageError("DSP110", message, hint=hint if runs else "name one: --dispositions RUN, or all")
    folders = stored_runs(out) if ALL in runs else [run_folder(Path(run), out) for run in runs]
    bench = set_up(gathered, sops=sops, checks=checks)
    assayer = Assayer(bench.histories, bench.pack)
    with open_results(folders) as results:
        decided = decided_findings(results, known.dispositions)
        lessons = lessons_of(decided, assayer, bench.pack, decisions=len(known.dispositions))
    path = sops.parent / OWN_CHECKS / TRAINING / DECIDED
    write_lessons(lessons, known.dispositions, path)
    return lessons, path


def own_lines(checks: Sequence[Path], *, sops: Path) -> tuple[Path, ...]:
    """Return the files of labelled lines that are not shipped: beside the SOPs, and in folders of checks."""
    shipped = (default_pack_folder() / TRAINING).resolve()
    folders = {(each / TRAINING).resolve(): each / TRAINING for each in (sops.parent / OWN_CHECKS, *checks)}
    folders.pop(shipped, None)
    return tuple(path for folder in folders.values() for path in sorted(folder.glob("*.jsonl")))


def model_folder(own: Sequence[Path], *, sops: Path) -> Path:
    """Return where a model goes: that of lines of one's own beside the SOPs, else the pack's."""
    return (sops.parent / OWN_CHECKS if own else default_pack_folder()) / MODEL
