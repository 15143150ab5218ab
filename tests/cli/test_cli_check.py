"""Commands that read exports: check, report, convert, evaluate; on sound input and on bad."""

import json
import os
import subprocess
import sys
import zipfile

import pytest

CHATS = "chats.jsonl"
WHATSAPP = "Chat WhatsApp dengan Sari.txt"

COUNTING_THREADS = """
import sys
from threadpoolctl import threadpool_info
from sopgen.cli.main import main
try:
    main()
finally:
    print([each["num_threads"] for each in threadpool_info() if each["user_api"] == "blas"], file=sys.stderr)
"""
"""A command line that says at its end on how many threads it multiplied."""


def summary_of(ran):
    """Return the one JSON document that a call printed."""
    return json.loads(ran.out)


def test_check_prints_a_row_for_each_bound_clause_and_the_totals(call, project):
    """Every clause with a check has its verdicts counted; the sums stand below; the paths exist."""
    ran = call("check", CHATS, "--run-id", "one")
    assert ran.status == 0
    row = next(line for line in ran.out.splitlines() if "opening-greeting" in line)
    assert row.split()[-4:] == ["1", "1", "1", "0"]
    assert "4 read = 4 conversations checked + 0 unchanged + 0 records set aside" in ran.out
    assert "1 of the checked are governed by no SOP" in ran.out
    for name in ("report.html", "verdicts.parquet", "findings.jsonl", "summary.json"):
        assert f"output/runs/one/{name}" in ran.out
        assert (project / "output/runs/one" / name).stat().st_size


def test_check_as_json_prints_the_runs_summary_alone(call, project):
    """`--json` prints what `summary.json` holds, and nothing else to standard output."""
    ran = call("check", CHATS, "--run-id", "one", "--json")
    assert summary_of(ran) == json.loads((project / "output/runs/one/summary.json").read_bytes())


def test_verdicts_of_each_clause_add_up_to_the_governed_conversations(call):
    """Nothing is lost between reading and counting."""
    summary = summary_of(call("check", CHATS, "--json"))
    totals = summary["totals"]
    assert totals["read"] == totals["checked"] + totals["unchanged"] + totals["set_aside"]
    for clause in summary["clauses"]:
        assert sum(clause["verdicts"].values()) == totals["governed"]


def test_two_checks_of_the_same_input_leave_the_same_bytes(call, project):
    """Verdicts and findings do not depend on when a run starts."""
    call("check", CHATS, "--run-id", "one")
    call("check", CHATS, "--run-id", "two")
    for name in ("verdicts.parquet", "findings.jsonl", "set_aside.jsonl"):
        one, two = (project / "output/runs" / each / name for each in ("one", "two"))
        assert one.read_bytes() == two.read_bytes()


def test_workers_change_no_byte(call, project):
    """Two processes leave the results that one leaves, with the whole default pack and its model."""
    for workers in ("1", "2"):
        assert call("check", CHATS, "--run-id", workers, "--workers", workers).status == 0
    for name in ("verdicts.parquet", "findings.jsonl", "set_aside.jsonl"):
        one, two = (project / "output/runs" / each / name for each in ("1", "2"))
        assert one.read_bytes() == two.read_bytes()


@pytest.mark.parametrize(("severity", "status"), [("critical", 1), ("major", 1), ("minor", 1)])
def test_findings_fail_the_call_only_when_asked(call, severity, status):
    """`--fail-on` turns findings at least so severe into status 1; without it the status is 0."""
    assert call("check", CHATS).status == 0
    assert call("check", CHATS, "--fail-on", severity).status == status


def test_a_clean_run_passes_any_threshold(call, project):
    """Without a finding `--fail-on minor` ends with 0."""
    first = (project / CHATS).read_text(encoding="utf-8").splitlines()[0]
    (project / "clean.jsonl").write_text(first + "\n", encoding="utf-8")
    assert call("check", "clean.jsonl", "--fail-on", "minor").status == 0


def test_a_run_is_named_by_its_start_and_never_overwrites_another(call, project, monkeypatch):
    """Two runs in one second get two names; `--run-id` names a run as one likes."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1772413200")
    call("check", CHATS)
    call("check", CHATS)
    names = sorted(path.name for path in (project / "output/runs").iterdir())
    assert names == ["20260302-010000", "20260302-010000-2"]


def test_a_stored_run_is_replaced_only_when_that_is_said(call, project):
    """The second call with the same name touches nothing, and says how to go on."""
    first, *_ = (project / CHATS).read_text(encoding="utf-8").splitlines()
    (project / "one.jsonl").write_text(first + "\n", encoding="utf-8")
    call("check", CHATS, "--run-id", "a")
    summary = project / "output/runs/a/summary.json"
    before = summary.read_bytes()
    refused = call("check", "one.jsonl", "--run-id", "a")
    assert refused.status == 2
    assert "CLI144" in refused.err
    assert "--replace" in refused.err
    assert summary.read_bytes() == before
    assert call("check", "one.jsonl", "--run-id", "a", "--replace").status == 0
    assert json.loads(summary.read_bytes())["totals"]["checked"] == 1


@pytest.mark.parametrize("name", ["../elsewhere", "a/b", ".hidden", ""])
def test_a_run_id_cannot_leave_the_folder_of_runs(call, project, name):
    """A name that is a path is refused; nothing is written."""
    ran = call("check", CHATS, "--run-id", name)
    if name:
        assert ran.status == 2
        assert "CLI107" in ran.err
        assert not (project / "output").exists()
    else:
        assert ran.status == 0


def test_a_broken_line_is_set_aside_and_the_rest_goes_on(call, project):
    """Line 2 is cut: it is told with its place, reason and remedy, kept, and counted."""
    ran = call("check", "broken-line.jsonl", "--run-id", "one")
    assert ran.status == 0
    assert "broken-line.jsonl:2: error CAN101 set aside: not JSON" in ran.err
    assert "hint: " in ran.err
    assert "3 read = 2 conversations checked + 0 unchanged + 1 record set aside" in ran.out
    (record,) = (project / "output/runs/one/set_aside.jsonl").read_text(encoding="utf-8").splitlines()
    assert json.loads(record)["position"] == "line 2"


@pytest.mark.parametrize(
    ("export", "code"),
    [("empty.jsonl", "EXP108"), ("unknown-format.bin", "EXP106"), ("only-broken.jsonl", "")],
)
def test_an_export_without_one_readable_record_ends_with_5(call, export, code):
    """An empty file, an unknown format, nothing but broken lines: told, and no clean run."""
    ran = call("check", export)
    assert ran.status == 5
    assert export in ran.err
    assert code in ran.err
    assert "hint: " in ran.err
    assert "1 read = 0 conversations checked + 0 unchanged + 1 record set aside" in ran.out


@pytest.mark.parametrize("as_json", [False, True])
@pytest.mark.parametrize("export", ["empty.jsonl", "unknown-format.bin"])
def test_a_run_of_nothing_leaves_nothing(call, project, export, as_json):
    """Where not even a broken record was found, no run appears, and one of the same name stays as it was."""
    assert call("check", "chats.jsonl", "--run-id", "old").status == 0
    before = (project / "output/runs/old/summary.json").read_bytes()
    for name in ("old", "new"):
        ran = call("check", export, "--run-id", name, "--replace", *(["--json"] if as_json else []))
        assert ran.status == 5
        assert "CLI108" in ran.err
        assert not as_json or json.loads(ran.out)["totals"]["set_aside"] == 1
    assert [path.name for path in (project / "output/runs").iterdir()] == ["old"]
    assert (project / "output/runs/old/summary.json").read_bytes() == before


def test_broken_records_are_kept_even_where_none_is_whole(call, project):
    """What could not be read stands in the run, with its place, so that it can be mended."""
    ran = call("check", "only-broken.jsonl", "--format", "canonical", "--run-id", "one")
    assert ran.status == 5
    assert (project / "output/runs/one/set_aside.jsonl").read_text(encoding="utf-8").count("line 1") == 1


def test_a_half_written_zip_costs_only_itself(call, project):
    """A cut archive is set aside with a remedy; the other export is checked."""
    whole, half = project / "whole.zip", project / "half.zip"
    with zipfile.ZipFile(whole, "w") as archive:
        archive.write(project / WHATSAPP, WHATSAPP)
    half.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
    ran = call("check", "half.zip", CHATS)
    assert ran.status == 0
    assert "half.zip: error EXP" in ran.err
    assert "5 read = 4 conversations checked + 0 unchanged + 1 record set aside" in ran.out


def test_many_broken_lines_are_counted_not_poured_out(call, project):
    """Five of a kind are shown, the rest is a number."""
    chats = (project / CHATS).read_text(encoding="utf-8")
    (project / "torn.jsonl").write_text(chats + "{\n" * 40, encoding="utf-8")
    ran = call("check", "torn.jsonl")
    assert ran.err.count("set aside:") == 5
    assert "35 more records set aside for CAN101" in ran.err
    assert "44 read = 4 conversations checked + 0 unchanged + 40 records set aside" in ran.out


def test_words_that_a_terminal_would_obey_are_shown_not_sent(call, project):
    """An escape sequence in a broken line or a file name cannot repaint the screen."""
    name = "evil\x1b[2J.jsonl"
    (project / name).write_text('{"id": "\x1b]0;x"\n', encoding="utf-8")
    ran = call("check", name, CHATS)
    assert "\x1b" not in ran.out + ran.err
    assert "\\x1b" in ran.err


def test_a_missing_export_is_told_before_anything_is_written(call, project):
    """A path that does not exist ends with 2."""
    ran = call("check", "chat.jsonl")
    assert ran.status == 2
    assert "chat.jsonl" in ran.err
    assert "hint: " in ran.err
    assert not (project / "output").exists()


def test_an_unknown_format_name_is_told_with_the_known(call):
    """`--format` takes the importers' names."""
    ran = call("check", CHATS, "--format", "whatsap")
    assert ran.status == 2
    assert "did you mean 'whatsapp'?" in ran.err


def test_bad_sops_are_told_and_the_rest_is_checked(call):
    """A bad front matter and an unknown check cost what they are part of; `--fail-on` makes them count."""
    ran = call("check", CHATS, "--sops", "mixed-sops", "--json")
    assert ran.status == 0
    assert "cs-rusak/sop.md:4:" in ran.err
    assert "unknown check 'opening-greting'" in ran.err
    summary = summary_of(ran)
    assert {clause["sop"] for clause in summary["clauses"]} == {"cs-asing", "cs-kecil"}
    assert {flaw["code"] for flaw in summary["diagnostics"]} >= {"BND101", "SOP103"}
    assert call("check", CHATS, "--sops", "mixed-sops", "--fail-on", "critical").status == 1


def test_an_open_conversation_is_undecided_where_it_can_still_be_kept(call):
    """Shortly after its last message the unanswered chat is no finding yet."""
    later = summary_of(call("check", CHATS, "--json"))
    meanwhile = summary_of(call("check", CHATS, "--json", "--as-of", "2026-03-02T11:00:30+07:00"))
    hanging = [
        next(clause["verdicts"] for clause in each["clauses"] if clause["clause"] == "no-hanging")
        for each in (later, meanwhile)
    ]
    waiting = 2  # a question, and a number that was asked for
    assert (
        hanging[0]["fail"] - hanging[1]["fail"]
        == hanging[1]["undecided"] - hanging[0]["undecided"]
        == waiting
    )


@pytest.mark.parametrize("moment", ["2026-03-02 11:00", "tomorrow"])
def test_a_moment_without_offset_or_sense_is_refused(call, moment):
    """`--as-of` needs an instant; `--tz` gives one to a time without offset."""
    ran = call("check", CHATS, "--as-of", moment)
    assert ran.status == 2
    assert "CLI105" in ran.err
    assert call("check", CHATS, "--as-of", "2026-03-02 11:00", "--tz", "Asia/Jakarta").status == 0


def test_report_is_written_again_from_the_stored_run(call, project):
    """By id and by folder; the same report comes out."""
    call("check", CHATS, "--run-id", "one")
    report = project / "output/runs/one/report.html"
    first = report.read_bytes()
    for run in ("one", "output/runs/one"):
        report.unlink()
        ran = call("report", run)
        assert ran.status == 0
        assert "output/runs/one/report.html" in ran.out
        assert report.read_bytes() == first


def test_a_report_written_again_keeps_the_language_of_the_sops(call, project):
    """An English SOP's report is English, the first time and again; `--language` says otherwise."""
    source = project / "sop_sources/cs-kecil/sop.md"
    source.write_text(
        source.read_text(encoding="utf-8").replace("language: id", "language: en"), encoding="utf-8"
    )
    report = project / "output/runs/one/report.html"
    call("check", CHATS, "--run-id", "one")
    assert 'lang="en"' in report.read_text(encoding="utf-8")
    for options, language in (((), "en"), (("--language", "id"), "id"), ((), "en")):
        assert call("report", "one", *options).status == 0
        assert f'lang="{language}"' in report.read_text(encoding="utf-8")


def test_the_report_of_a_run_that_does_not_exist_is_told(call):
    """A run that is not there ends with 7."""
    ran = call("report", "none")
    assert ran.status == 7
    assert "output/runs/none" in ran.err


def test_convert_writes_one_conversation_a_line_that_check_reads(call):
    """A WhatsApp export becomes canonical lines; the agent is who `--agent` says."""
    ran = call("convert", WHATSAPP, "--agent", "Rina Toko", "--tz", "Asia/Jakarta", "--out", "sari.jsonl")
    assert ran.status == 0
    assert ran.out == ""
    assert "1 read = 1 conversation written + 0 records set aside" in ran.err
    summary = summary_of(call("check", "sari.jsonl", "--json"))
    assert summary["totals"]["governed"] == 1
    greeting = next(clause for clause in summary["clauses"] if clause["check"] == "opening-greeting")
    assert greeting["verdicts"]["pass"] == 1


def test_convert_to_standard_output_and_options_from_a_file(call):
    """Without `--out` the lines go to standard output; a flag wins over the options file."""
    told = json.loads(call("convert", WHATSAPP, "--options", "options.json").out)
    assert {message["role"] for message in told["messages"]} >= {"customer", "agent"}
    other = json.loads(call("convert", WHATSAPP, "--options", "options.json", "--agent", "Sari").out)
    agents = {message["author"] for message in other["messages"] if message["role"] == "agent"}
    assert agents == {"Sari"}


def test_convert_tells_what_it_left_out_and_ends_with_1(call):
    """A broken line makes the conversion incomplete."""
    ran = call("convert", "broken-line.jsonl")
    assert ran.status == 1
    assert len(ran.out.splitlines()) == 2
    assert "3 read = 2 conversations written + 1 record set aside" in ran.err


def test_convert_reads_a_chat_whose_name_is_not_utf_8(call, project):
    """The chat's id comes from its file's name, and JSON holds only whole characters."""
    name = os.fsdecode(b"WhatsApp Chat with S\xe1ri.txt")
    (project / name).write_bytes((project / WHATSAPP).read_bytes())
    ran = call("convert", name, "--agent", "Rina Toko", "--tz", "Asia/Jakarta")
    assert (ran.status, json.loads(ran.out)["id"]) == (0, "S\ufffdri")


def test_convert_to_a_place_that_cannot_be_written_ends_with_7(call):
    """The folder of `--out` must exist."""
    ran = call("convert", CHATS, "--out", "nowhere/out.jsonl")
    assert ran.status == 7
    assert "nowhere/out.jsonl" in ran.err


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('{"agent": ["Rina"]}', "did you mean 'agents'?"),
        ('{"agents": "Rina"}', "a list of texts"),
        ('{"tz": 7}', "a text"),
        ("[]", "not one object"),
        ('{"tz": ', "bad.json:1:"),
    ],
)
def test_a_bad_options_file_is_refused_with_its_remedy(call, project, text, told):
    """A misspelt or misshapen option would silently change who counts as an agent."""
    (project / "bad.json").write_text(text, encoding="utf-8")
    ran = call("convert", CHATS, "--options", "bad.json")
    assert ran.status == 2
    assert told in ran.err
    assert "CLI104" in ran.err


def test_evaluate_scores_each_labelled_check(call):
    """Labels that the checker meets give an F1 of 1; a null label is not scored."""
    scores = {each["check"]: each for each in summary_of(call("evaluate", "gold.jsonl", "--json"))["checks"]}
    assert scores["opening-greeting"]["scored"] == 3
    assert scores["first-response-time"]["scored"] == 2
    assert scores["no-secret-request"]["f1"]["value"] == 1.0


def test_evaluate_prints_a_table_and_lists_mistakes_when_asked(call, project):
    """A label that the checker does not meet is told with both opinions and the reason."""
    gold = project / "gold.jsonl"
    text = gold.read_text(encoding="utf-8").replace(
        '"no-secret-request": "fail"', '"no-secret-request": "pass"'
    )
    gold.write_text(text, encoding="utf-8")
    ran = call("evaluate", "gold.jsonl", "--mistakes")
    assert ran.status == 0
    assert "opening-greeting" in ran.out
    assert "no-secret-request should be pass, but is fail" in ran.out
    assert "should be" not in call("evaluate", "gold.jsonl").out


def test_a_gold_line_without_labels_is_told(call):
    """Conversations without labels are not scored in silence."""
    ran = call("evaluate", CHATS)
    assert "GLD102" in ran.err


def test_a_run_that_no_sop_governs_is_no_clean_run(call, project):
    """Conversations of a channel that no SOP names end the call with the channel and a remedy."""
    chat = {
        "id": "S-1",
        "channel": "fax",
        "messages": [{"id": "1", "at": "2026-03-02T09:00:00+07:00", "role": "agent"}],
    }
    chat["messages"][0] |= {"author": "Rina", "kind": "text", "text": "sebutkan PIN Bapak"}
    (project / "fax.jsonl").write_text(json.dumps(chat) + "\n", encoding="utf-8")
    ran = call("check", "fax.jsonl")
    assert ran.status == 3
    assert "no SOP governs any of the 1 conversations (channels: fax)" in ran.err
    assert "CLI110" in ran.err


def test_channels_that_no_sop_governs_are_named_with_a_remedy(call, project):
    """Where some are judged and others are not, it is said which channels these have and what to do."""
    chats = (project / CHATS).read_text(encoding="utf-8")
    fax = json.dumps({**json.loads(chats.splitlines()[0]), "id": "F-1", "channel": "fax"})
    (project / "more.jsonl").write_text(f"{chats}{fax}\n", encoding="utf-8")
    ran = call("check", "more.jsonl", "--run-id", "one")
    groups = json.loads((project / "output/runs/one/summary.json").read_bytes())["not_governed"]
    named = ", ".join(sorted({each["channel"] for each in groups}))
    assert "fax" in named
    assert f"2 of the checked are governed by no SOP (channels: {named}; see applies_to)" in ran.out
    assert "hint: name the channel: --channel livechat, or widen applies_to in the SOP" in ran.out
    assert ran.status == 0


@pytest.mark.parametrize("command", [("check", "--out", "out"), ("evaluate",)], ids=lambda each: each[0])
def test_whoever_judges_multiplies_on_one_thread(command, project):
    """No second thread waits at full speed for matrices too small to share; who asks for more gets them."""
    call = [sys.executable, "-c", COUNTING_THREADS, command[0], "gold.jsonl", *command[1:]]
    free = {name: value for name, value in os.environ.items() if not name.endswith("_NUM_THREADS")}
    several = min(2, len(os.sched_getaffinity(0)))
    for asked, threads in (
        ({}, 1),
        ({"OPENBLAS_NUM_THREADS": "2"}, several),
        ({"OMP_NUM_THREADS": "2"}, several),
    ):
        done = subprocess.run(call, env=free | asked, cwd=project, capture_output=True, check=True, text=True)
        assert set(json.loads(done.stderr.splitlines()[-1])) == {threads}
