"""The codes of storing a run and reading it back. The state of a disk cannot be shown in a snippet."""

from sopgen.base.code import Code

CODES: tuple[Code, ...] = (
    Code(
        code="RUN101",
        title="A process that judges was ended from outside",
        why="With `--workers` several processes judge. The machine ended one of them, as it does when memory "
        "runs out, or somebody did. What it was judging is lost, so the run ends and leaves no results "
        "rather than incomplete ones. No snippet can show a process.",
    ),
    Code(
        code="STO101",
        title="No room left to write results",
        why="The disk, or the user's share of it, is full. The run ends at once and removes what it had "
        "written, so that no half result is taken for a whole one. A full disk cannot be shown in a snippet.",
    ),
    Code(
        code="STO102",
        title="Results cannot be written",
        why="The folder may not be written by this user, or the disk is read-only or failing. Rights depend "
        "on the machine, so no snippet can show this.",
    ),
    Code(
        code="STO103",
        title="The folder holds something that is no run",
        why="A run replaces its folder as a whole. To protect whatever else stands there, only an earlier "
        "run (a folder with a `summary.json`), an empty folder, or none at all is replaced. No snippet can "
        "show a folder.",
    ),
    Code(
        code="STO104",
        title="Another run is writing the same folder",
        why="Two runs that write the same results at once would mix them. The lock is the running process's: "
        "it is gone as soon as that process ends, however it ends. No snippet can show two processes.",
    ),
    Code(
        code="STO201",
        title="There is no run in this folder",
        why="Reports and queries start from a run's `summary.json`. Which folders exist depends on the "
        "machine, so no snippet can show this.",
    ),
    Code(
        code="STO202",
        title="A stored result is damaged",
        why="A file of the run is missing, cut, edited, or was written by another version of sopgen. Results "
        "are never repaired by guessing: the same exports, SOPs and checks give the same run again. No "
        "snippet can show a Parquet file.",
    ),
)
