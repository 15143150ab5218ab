"""The codes of the command line's own troubles: a call that asks for something that cannot be."""

from sopgen.base.code import Code

CODES: tuple[Code, ...] = (
    Code(
        code="CLI101",
        title="A folder or file that the call names does not exist",
        why="Nothing is read or written before the call makes sense as a whole. What exists depends on where "
        "the command runs, so no snippet can show this.",
    ),
    Code(
        code="CLI102",
        title="The call names an SOP that is not there",
        why="SOPs are called by their id, the name of their folder in the folder that `--sops` names. Which "
        "ids exist depends on that folder, so no snippet can show this.",
    ),
    Code(
        code="CLI103",
        title="No SOP can be used",
        why="A manual or a verdict without an SOP would say nothing. Mend the diagnostics above the message, "
        "name the folder that holds the SOPs with `--sops`, or begin one with `sopgen init`; no snippet can "
        "show an empty folder.",
    ),
    Code(
        code="CLI104",
        title="An options file cannot be used",
        why="`--options FILE.json` holds one JSON object whose keys are the importer options (`format`, "
        "`tz`, `agents`, `bots`, `date_order` …). A misspelt key would silently change who counts as an "
        "agent, so it is refused.",
        breaks='{"agent": ["Rina"]}',
        keeps='{"agents": ["Rina"], "tz": "Asia/Jakarta"}',
    ),
    Code(
        code="CLI105",
        title="A moment that cannot be understood",
        why="`--as-of` decides which conversations are still open. A time without an offset means another "
        "instant in Jakarta than in Jayapura, so it needs an offset or `--tz`.",
        breaks="2026-07-01 22:00",
        keeps="2026-07-01T22:00:00+07:00",
    ),
    Code(
        code="CLI106",
        title="Nothing goes by that code or name",
        why="`sopgen explain` knows the codes that diagnostics and errors print, and the names and codes of "
        "the checks in the packs that it was given. Which checks exist depends on the packs, so no snippet "
        "can show this.",
    ),
    Code(
        code="CLI107",
        title="A run id that is no plain name",
        why="A run's id is the name of its folder. A name with a slash could reach out of the folder of "
        "runs, one that starts with a dot would be hidden.",
        breaks="../demo",
        keeps="2026-07-01.night_2",
    ),
    Code(
        code="CLI108",
        title="Not one record could be read",
        why="A run without a single verdict must not look like a clean one. Each record that was set aside "
        "is told with its place, reason and remedy, and kept in `set_aside.jsonl`. Where the exports hold no "
        "record at all (an empty file, an unknown format), nothing is kept of the run.",
        breaks='{"id": "S-1", "messages": [\n',
        keeps='{"id": "S-1", "channel": "livechat", "messages": [{"role": "agent", "text": "Halo"}]}',
    ),
    Code(
        code="CLI109",
        title="Not one conversation has labels",
        why="`sopgen evaluate` compares the checker with what people said. A gold file is canonical JSON "
        "Lines whose conversations also have a `gold` key.",
        breaks='{"id": "S-1", "channel": "livechat", "messages": [{"role": "agent", "text": "Halo"}]}',
        keeps='{"id": "S-1", "channel": "livechat", "messages": [{"role": "agent", "text": "Halo"}], '
        '"gold": {"verdicts": {"opening-greeting": "pass"}}}',
    ),
    Code(
        code="CLI110",
        title="No SOP governs any of the conversations",
        why="Nothing was judged, and a run without a verdict must not look clean. An SOP governs the "
        "channels and teams of its `applies_to`; those depend on the SOPs, so no snippet can show this.",
    ),
    Code(
        code="CLI111",
        title="A length of time that cannot be understood",
        why="Lengths are written with their units: s, m, h, d. The snippet is what follows `--timeout`.",
        breaks="ten",
        keeps="10m",
    ),
    Code(
        code="CLI131",
        title="A version that the SOP does not have",
        why="Versions go by the number that they were released under, and the working source by `draft`. One "
        "whose frozen files were changed cannot be used either. Which there are depends on the SOP, so no "
        "snippet can show this.",
    ),
    Code(
        code="CLI132",
        title="No version is in force",
        why="Without two versions to compare, `sopgen diff` takes the one in force now. Which one that is "
        "depends on the releases and on the day, so no snippet can show this.",
    ),
    Code(
        code="CLI133",
        title="A category is decided for a part in which nothing changed",
        why="A misspelt id would leave the proposed category in place, unnoticed. What has changed depends "
        "on the versions, so no snippet can show this.",
    ),
    Code(
        code="CLI134",
        title="More than two versions are named",
        why="A comparison has two sides. The snippet is what follows the name of the SOP.",
        breaks="1.0 1.1 draft",
        keeps="1.0 draft",
    ),
    Code(
        code="CLI135",
        title="A category that cannot be understood",
        why="`--category` names a part by its id, and substantive, clarification or administrative. The "
        "snippet is what follows the option.",
        breaks="first-reply=klarifikasi",
        keeps="first-reply=clarification",
    ),
    Code(
        code="CLI136",
        title="A schema that there is not",
        why="`sopgen schema` lists the kinds of YAML that people write. The snippet is what follows it.",
        breaks="rules",
        keeps="rule",
    ),
    Code(
        code="CLI137",
        title="A report cannot be set on paper",
        why="The message says what the renderer refused; the same report as HTML is not touched by it. It "
        "takes a fault in a template to show it, so there is no snippet.",
    ),
    Code(
        code="CLI120",
        title="Some of what governs was damaged, and judged nothing",
        why="A frozen release that was changed or is missing must not judge, and no other version may judge "
        "in its place. The rest was judged and its results are stored, but the run is not whole. It takes a "
        "damaged release to show it, so there is no snippet.",
    ),
    Code(
        code="CLI140",
        title="The configuration cannot be used",
        why="`sopgen.toml` stands beside the folder of the SOPs. A misspelt setting that is passed over in "
        "silence would look as if it had no effect, so every flaw in the file ends the call.",
        breaks='[manual]\nnmae = "Toko Sumber Rejeki"',
        keeps='[manual]\nname = "Toko Sumber Rejeki"',
    ),
    Code(
        code="CLI141",
        title="The port of the preview cannot be used",
        why="Another program, perhaps another preview, listens there. Which ports are free depends on the "
        "machine, so no snippet can show this.",
    ),
    Code(
        code="CLI142",
        title="Parquet to standard output",
        why="A Parquet file ends with its index and is read from there, so it needs a file. It takes a call "
        "to show it, so there is no snippet.",
    ),
    Code(
        code="CLI143",
        title="A PDF was asked for on a terminal",
        why="Its bytes are no text, and a terminal would obey some of them. Send them to a file or another "
        "program; no snippet of text can show this.",
    ),
    Code(
        code="CLI144",
        title="A run id that another run has",
        why="`--run-id` with the name of a stored run would replace its verdicts, which later reports and "
        "comparisons count on. `--replace` says that this is meant. Which runs there are depends on the "
        "folder, so no snippet can show this.",
    ),
    Code(
        code="CFG101",
        title="A setting that sopgen cannot take",
        why="The section has no such setting, or its value is of another kind than it should be.",
        breaks='[manual]\npdf = "ua-7"',
        keeps='[manual]\npdf = "ua-1"',
    ),
    Code(
        code="CFG102",
        title="A section that sopgen does not know",
        why="Settings below a misspelt heading would have no effect.",
        breaks='[manuals]\nname = "Toko Sumber Rejeki"',
        keeps='[manual]\nname = "Toko Sumber Rejeki"',
    ),
    Code(
        code="ERA101",
        title="An erasure without a name or without a reason",
        why="Everybody who wrote without a name would be meant, and a proof without a reason proves nothing. "
        "The snippet is what follows `sopgen erase`.",
        breaks='"" --reason "request 4711"',
        keeps='"Budi Santoso" --reason "request 4711"',
    ),
    Code(
        code="ERA102",
        title="It cannot be told who was erased",
        why="Erased people are remembered without their names, by hashes that only mean something with the "
        "key beside them (folder `erasures`). With either lost or damaged, while the other or a proof is "
        "still there, an export would bring everybody back, so nothing is judged. Back the folder up. No "
        "snippet can show a key.",
    ),
    Code(
        code="EXM101",
        title="An example does not come out as it should",
        why="An example is what the author means. When the checker sees it otherwise, the example, the "
        "clause's parameters or the check is wrong; a known gap is marked `todo-`.",
        breaks="""- **Wajib** membuka dengan salam. {#greet check=opening-greeting}

  ```chat pass "tanpa salam"
  09:00 pelanggan  halo
  09:01 agen       kenapa?
  ```
""",
        keeps="""- **Wajib** membuka dengan salam. {#greet check=opening-greeting}

  ```chat fail "tanpa salam"
  09:00 pelanggan  halo
  09:01 agen       kenapa?
  ```
""",
    ),
    Code(
        code="EXM102",
        title="A known gap has closed",
        why="An example marked `todo-` comes out as it should by now. Take the mark away, and it will be "
        "held to from now on.",
        breaks="""- **Wajib** membuka dengan salam. {#greet check=opening-greeting}

  ```chat todo-fail "tanpa salam"
  09:00 pelanggan  halo
  09:01 agen       kenapa?
  ```
""",
        keeps="""- **Wajib** membuka dengan salam. {#greet check=opening-greeting}

  ```chat fail "tanpa salam"
  09:00 pelanggan  halo
  09:01 agen       kenapa?
  ```
""",
    ),
)
