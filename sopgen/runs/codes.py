"""The codes of nights, of storing a run and reading it back. No snippet can show the state of a disk."""

from sopgen.base.code import Code

CODES: tuple[Code, ...] = (
    Code(
        code="LDG101",
        title="The ledger cannot be used",
        why="`ledger.sqlite` in the output folder says which conversation was judged in which run. The disk "
        "is full or refuses, or another program keeps the file locked. What was noted before is kept, and "
        "the next night goes on from there. No snippet can show a disk.",
    ),
    Code(
        code="LDG102",
        title="The ledger is damaged",
        why="`ledger.sqlite` was cut, edited, or made by another version. It is only an index of the runs "
        "that stand beside it: delete it, and the next night makes it again. Runs that were removed because "
        "their time was up are then forgotten, and their conversations judged again if they still lie in an "
        "inbox. No snippet can show a database.",
    ),
    Code(
        code="NGT101",
        title="A setting of the nights that cannot be",
        why="`[nightly]` needs at least one inbox with a name of its own, lengths of time like `90d`, and "
        "options that importers know. Nothing is read before all of them make sense.",
        breaks='[nightly.keep]\nruns = "three months"\n\n[[nightly.inbox]]\nname = "chats"\npath = "exports"',
        keeps='[nightly.keep]\nruns = "90d"\n\n[[nightly.inbox]]\nname = "chats"\npath = "exports"',
    ),
    Code(
        code="NGT102",
        title="A variable of the environment is not set",
        why="Secrets do not belong into `sopgen.toml`: `${NAME}` in a target or an inbox stands for what the "
        "environment holds. A night without it would tell nobody, so it does not begin. What is set depends "
        "on the machine, so no snippet can show this.",
    ),
    Code(
        code="NGT103",
        title="Another call is at work in the output folder",
        why="Two nights at once would judge the same conversations twice, and an erasure must not meet a "
        "night. The message says which process holds the folder; its lock ends with it, however it ends. No "
        "snippet can show two processes.",
    ),
    Code(
        code="NGT104",
        title="An inbox cannot be read",
        why="Its folder is not there, or the machine behind its URL does not answer or does not let you in. "
        "The other inboxes are read and judged; what lies in this one is taken by the next night that "
        "reaches it. No snippet can show a network.",
    ),
    Code(
        code="NGT105",
        title="An inbox needs a library that is not installed",
        why="Inboxes on other machines are reached through fsspec and, for each kind of URL, a library of "
        "its own. They are an extra, since most projects read folders. What is installed depends on the "
        "machine, so no snippet can show this.",
    ),
    Code(
        code="NGT106",
        title="Messages need Apprise",
        why="`[nightly.notify]` names targets, and what sends to them is an extra. The night is judged and "
        "kept all the same; its message is sent by the first night that finds Apprise. What is installed "
        "depends on the machine, so no snippet can show this.",
    ),
    Code(
        code="NGT107",
        title="Some inboxes were not read",
        why="Everything else was done and its results stand, but the night is not whole, and a job that "
        "looks at the exit status has to know. It takes an inbox that fails, so no snippet can show this.",
    ),
    Code(
        code="NGT108",
        title="A night with errors in its SOPs or checks",
        why="A rule that cannot be read turns its clauses off. To judge all the same would put no verdict in "
        "the place of good ones, and the night would look clean. So nothing is judged, people are told, and "
        "the next call after the errors are mended does it all. It takes a night, no snippet can show this.",
    ),
    Code(
        code="NGT109",
        title="A window in which nothing can begin",
        why="`--since` is the first moment that counts, `--until` the first that does not any more. The "
        "other way round no conversation counts, and the night would look clean. It takes a night, so no "
        "snippet can show this.",
    ),
    Code(
        code="QRY101",
        title="A question that cannot be understood",
        why="`sopgen query` takes SQL as DuckDB speaks it. The message is the database's own: a word out of "
        "place, or a column that the view does not have (`sopgen query --views` lists them).",
        breaks="SELECT clauze FROM latest_verdicts",
        keeps="SELECT clause FROM latest_verdicts",
    ),
    Code(
        code="QRY102",
        title="A question that is more than a question",
        why="Results are only read, and only through the views: one SELECT, no COPY, no files, no settings. "
        "So nothing that is pasted into a shell can change results or show them unmasked.",
        breaks="COPY (SELECT * FROM verdicts) TO 'verdicts.csv'",
        keeps="SELECT * FROM verdicts",
    ),
    Code(
        code="QRY103",
        title="No answer in time",
        why="A question that joins everything with everything would go on for ever. `--timeout` gives it "
        "longer. How long an answer takes depends on the machine, so no snippet can show this.",
    ),
    Code(
        code="RUN101",
        title="A process that judges was ended from outside",
        why="With `--workers` several processes judge. The machine ended one of them, as it does when memory "
        "runs out, or somebody did. What it was judging is lost, so the run ends and leaves no results "
        "rather than incomplete ones. No snippet can show a process.",
    ),
    Code(
        code="RUN102",
        title="No cluster to judge on",
        why="`--engine ray` needs the extra `sopgen[ray]`, and connects to the cluster that RAY_ADDRESS "
        "names or begins one of its own. Whether there is one depends on the machine, so no snippet can "
        "show this.",
    ),
    Code(
        code="RUN103",
        title="A machine of the cluster has another sopgen",
        why="Verdicts of one run come from one version of sopgen and one pack of checks, wherever they are "
        "made. Install the same version everywhere. No snippet can show two machines.",
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
        code="STO105",
        title="Results cannot be taken to a URL",
        why="`--out URL` copies a run through fsspec once it is whole here, its summary last. The place "
        "refused it, or could not be reached: what stands there without a `summary.json` is no run. No "
        "snippet can show another machine.",
    ),
    Code(
        code="STO106",
        title="A library for a URL is missing",
        why="URLs are fsspec's, an extra of sopgen, and each kind of place has a library of its own. Which "
        "are installed depends on the machine, so no snippet can show this.",
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
