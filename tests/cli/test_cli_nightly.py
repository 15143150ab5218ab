"""`sopgen nightly`: only what is new is judged, whatever happened to the night before."""

import fcntl
import json
import os
import shlex
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from night_project import CONFIG, NightProject, adds_up, chat, rows

from sopgen.base.errors import StorageError
from sopgen.cli.main import run
from sopgen.cli.own_report import write_own_report
from sopgen.quality.known import Known


@pytest.fixture
def project(tmp_path, capsys):
    """Return a project with one inbox."""
    return NightProject(tmp_path / "toko", capsys)


def test_a_first_night_judges_everything_and_a_second_nothing(project):
    """The second night reads no file, writes no run, and ends clean."""
    project.put("monday.jsonl", map(chat, range(10)))
    first = project.night()
    adds_up(first)
    assert first["summary"]["totals"]["checked"] == 10
    second = project.night()
    assert (second["read"], second["run"], second["inboxes"][0]["as_before"]) == (0, None, 1)
    assert len(project.runs) == 1


def test_a_remedy_is_told_where_the_inbox_says_it(project):
    """A table that nobody understands: `check` names a flag, a night the setting, here and in its run."""
    project.configure(CONFIG + 'options = {format = "rows"}\n')
    path = project.folder / "inbox/table.csv"
    path.write_text("kode,isian\nc1,halo\n", encoding="utf-8")
    told = project.night()
    assert (told["set_aside"], "--options" in project.err) == (1, False)
    setting = "options = {columns = {conversation ="
    assert setting in " ".join(project.err.split())
    assert setting in (project.runs[0] / "set_aside.jsonl").read_text(encoding="utf-8")
    sops, out = str(project.folder / "sop_sources"), str(project.folder / "output")
    assert run(["check", str(path), "--sops", sops, "--out", out, "--format", "rows"]) == 5
    assert "--options" in project.capsys.readouterr().err


def test_channels_that_no_sop_governs_are_told_with_the_setting_of_the_inbox(project):
    """Some are judged and one is not: the night says which channel that has, and no flag of a call."""
    project.put("monday.jsonl", [chat(0), {**chat(1), "channel": "fax"}])
    project.capsys.readouterr()
    assert run(["nightly", "--config", str(project.folder / "sopgen.toml")]) == 0
    told = project.capsys.readouterr().out
    assert "1 of the checked are governed by no SOP (channels: fax; see applies_to)" in told
    assert "options = {channel = \"livechat\"} of the inbox 'chats' in sopgen.toml" in told
    assert "--channel" not in told


def _dated(number: int, *times: str) -> dict:
    """Return a conversation whose messages were written then."""
    found = chat(number)
    messages = [each | {"at": at} for each, at in zip(found["messages"], times, strict=False)]
    return found | {"messages": messages}


@pytest.mark.parametrize(
    "times",
    [
        ("9999-12-31T23:00:00Z", "9999-12-31T23:59:00Z"),
        ("9999-12-31T20:00:00-12:00", "9999-12-31T23:59:00-12:00"),
        ("0001-01-01T00:00:00+14:00", "0001-01-01T00:01:00+14:00"),
        ("2026-03-02T09:00:00Z", "9999-12-31T23:59:00Z"),
    ],
)
def test_a_time_that_cannot_be_reckoned_with_costs_its_record_alone(project, times):
    """A night and a check set it aside with its place and reason, and judge the rest."""
    path = project.put("never.jsonl", [_dated(1, *times), chat(2)])
    told = project.night()
    assert (told["set_aside"], told["to_judge"]) == (1, 1)
    assert "never.jsonl:1: error CAN107" in project.err
    sops, out = str(project.folder / "sop_sources"), str(project.folder / "output")
    assert run(["check", str(path), "--sops", sops, "--out", out, "--run-id", "again"]) == 0
    assert run(["query", "SELECT * FROM findings", "--out", out]) == 0


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (
            "Chat WhatsApp dengan Budi.txt",
            "31/12/9999 09.00 - Budi: halo\n31/12/9999 23.59 - Rina: halo juga\n",
        ),
        ("never.csv", "conversation_id,time,role,author,text\nA,9999-12-31 23:59:59,customer,B,halo\n"),
        ("never.eml", "From: a@b.id\nTo: c@d.id\nDate: Fri, 31 Dec 9999 23:59:00 -1200\n\nhalo\n"),
    ],
)
def test_other_formats_set_such_times_aside_as_well(project, name, text):
    """Whatever the export, nobody's night ends of it."""
    (project.folder / "inbox" / name).write_text(text, encoding="utf-8")
    assert project.night()["set_aside"] == 1


def test_only_new_and_changed_conversations_are_judged_again(project):
    """A cumulative export with one more chat and one that went on costs two judgements."""
    project.put("all.jsonl", map(chat, range(10)))
    project.night()
    project.put("all.jsonl", [chat(0, more=2), *map(chat, range(1, 11))])
    told = project.night()
    adds_up(told)
    totals = told["summary"]["totals"]
    assert (totals["read"], totals["checked"], totals["unchanged"]) == (11, 2, 9)
    assert {id_ for id_, *_ in project.latest()} == {f"K-{number}" for number in range(11)}


def test_the_report_of_a_night_tells_what_is_known(project):
    """A finding that was taken as known, in a chat that went on, is told apart, after erasures too."""
    project.put("all.jsonl", map(chat, range(3)))
    first = project.night()
    out = str(project.folder / "output")
    sops = str(project.folder / "sop_sources")
    assert run(["baseline", first["run"], "--out", out, "--sops", sops]) == 0
    project.put("all.jsonl", [chat(0, more=1), chat(1), chat(2)])
    second = project.night()
    report = project.folder / "output/runs" / second["run"] / "report.html"
    told = report.read_text(encoding="utf-8")
    assert 'data-standing="known"' in told
    assert "sebelumnya" in told
    assert second["news"]["standings"]["known"] > 0
    config = str(project.folder / "sopgen.toml")
    assert run(["erase", "Pelanggan 2", "--reason", "request 4711", "--config", config]) == 0
    again = project.folder / "output/runs" / first["run"] / "report.html"
    assert 'data-standing="known"' in again.read_text(encoding="utf-8")


def test_a_conversation_stands_once_among_the_latest_results(project):
    """What was judged again takes the place of what was judged before, also on another day."""
    project.put("a.jsonl", map(chat, range(4)))
    project.night()
    before = project.latest()
    project.put("b.jsonl", [chat(1, more=1), chat(2, day=3, more=1)])
    project.night()
    after = project.latest()
    assert len(after) == len(before)
    assert {row[5].isoformat() for row in after if row[0] == "K-2"} == {"2026-03-03"}


def test_the_same_conversation_in_two_files_is_judged_once(project):
    """Of two copies in one night the one that goes further counts, night after night."""
    project.put("a.jsonl", [chat(1), chat(2)])
    project.put("b.jsonl", [chat(1, more=3), chat(2)])
    told = project.night()
    adds_up(told)
    assert (told["to_judge"], told["unchanged"]) == (2, 2)
    verdicts = rows(project.runs[0] / "conversations.parquet", "conversation_id, messages")
    assert verdicts == [("K-1", 6), ("K-2", 3)]
    os.utime(project.folder / "inbox/a.jsonl", (2_000_000_000, 2_000_000_000))
    assert project.night()["to_judge"] == 0


@pytest.mark.parametrize("is_old", [False, True])
def test_a_corrected_export_takes_the_place_of_what_it_held(project, is_old):
    """A time wrongly in the future, put right in the same file; also by a ledger of an earlier version."""
    wrong = _dated(3, "2026-03-02T09:00:00+07:00", "2300-01-01T00:00:00+07:00")
    path = project.put("a.jsonl", [wrong])
    os.utime(path, (1_900_000_000, 1_900_000_000))
    project.night()
    if is_old:
        with closing(sqlite3.connect(project.folder / "output/ledger.sqlite")) as ledger:
            ledger.executescript("ALTER TABLE judged DROP COLUMN file; PRAGMA user_version = 1")
        project.night("--rejudge")
    project.put("b.jsonl", [chat(3)])
    assert project.night()["to_judge"] == 0
    project.put("a.jsonl", [chat(3)])
    os.utime(path, (1_900_000_100, 1_900_000_100))
    assert project.night()["to_judge"] == 1
    assert project.night("--rejudge")["to_judge"] == 1
    os.utime(project.folder / "inbox/b.jsonl", (1_800_000_000, 1_800_000_000))
    assert project.night()["to_judge"] == 0


def test_a_new_version_of_an_sop_judges_again_what_it_governs(project):
    """A changed draft is another standard; a changed SOP that governs nothing of it is not."""
    project.put("a.jsonl", map(chat, range(3)))
    project.night()
    sop = project.folder / "sop_sources/cs-kecil/sop.md"
    text = sop.read_text(encoding="utf-8")
    other = text.replace("cs-kecil", "cs-mail").replace("[livechat, whatsapp]", "[email]")
    (project.folder / "sop_sources/cs-mail").mkdir()
    (project.folder / "sop_sources/cs-mail/sop.md").write_text(other, encoding="utf-8")
    told = project.night()
    assert (told["read"], told["to_judge"], told["unchanged"]) == (3, 0, 3)
    sop.write_text(text.replace("limit=2m", "limit=30s"), encoding="utf-8")
    told = project.night()
    adds_up(told)
    assert told["to_judge"] == 3
    assert {row[4] for row in project.latest() if row[3] == "first-reply"} == {"fail"}


def test_a_conversation_that_was_going_on_is_judged_again_when_it_is_over(project, monkeypatch):
    """Its words are the same, but what was undecided can now be decided."""
    last = datetime(2026, 3, 2, 2, 3, tzinfo=UTC)
    project.put("a.jsonl", [chat(1)])
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int((last + timedelta(minutes=5)).timestamp())))
    assert project.night()["to_judge"] == 1
    assert project.night()["to_judge"] == 0
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int((last + timedelta(hours=2)).timestamp())))
    assert project.night()["to_judge"] == 1
    assert project.night()["read"] == 0


def test_a_record_cut_off_is_set_aside_and_read_again_when_it_is_whole(project):
    """Half an upload costs no conversation: the rest comes with the next night."""
    path = project.put("a.jsonl", map(chat, range(3)))
    whole = path.read_bytes()
    path.write_bytes(whole[:-100])
    told = project.night()
    adds_up(told)
    assert (told["to_judge"], told["set_aside"]) == (2, 1)
    path.write_bytes(whole)
    told = project.night()
    adds_up(told)
    assert (told["to_judge"], told["unchanged"], told["set_aside"]) == (1, 2, 0)


def test_files_that_are_still_being_written_are_left_for_the_next_night(project):
    """Neither a file touched a moment ago nor one called .part is read."""
    project.configure(project.config.replace('"0s"', '"10m"'))
    old = project.put("old.jsonl", [chat(1)])
    os.utime(old, (1_700_000_000, 1_700_000_000))
    project.put("young.jsonl", [chat(2)])
    os.utime(project.put("half.jsonl.part", [chat(3)]), (1_700_000_000, 1_700_000_000))
    told = project.night()
    assert (told["to_judge"], told["inboxes"][0]["left"]) == (1, 2)


def test_rejudge_and_window_choose_what_is_judged(project):
    """`--since` and `--until` leave the others alone, and `--rejudge` judges what is known."""
    project.put("a.jsonl", [chat(1, day=1), chat(2, day=2), chat(3, day=3)])
    told = project.night("--since", "2026-03-02", "--until", "2026-03-03")
    assert (told["read"], told["to_judge"], told["outside"]) == (1, 1, 2)
    assert project.night()["to_judge"] == 2
    told = project.night("--rejudge", "--since", "2026-03-03")
    adds_up(told)
    assert (told["to_judge"], told["outside"]) == (1, 2)


def test_a_dry_run_writes_nothing(project):
    """It says what would be judged; the night after it judges that."""
    project.put("a.jsonl", map(chat, range(3)))
    told = project.night("--dry-run")
    assert (told["to_judge"], told["dry_run"], told["run"]) == (3, True, None)
    left = {path.name for path in (project.folder / "output").rglob("*") if path.is_file()}
    assert left == {".nightly.lock"}
    assert not (project.folder / "erasures").exists()
    assert project.night()["to_judge"] == 3


def test_a_dry_run_writes_no_log_and_a_window_holds_something(project):
    """Not even the log that `[log]` names; a window that ends before it begins is refused."""
    project.configure(project.config + '[log]\nfile = "nights.log"\n')
    project.put("a.jsonl", [chat(1)])
    project.night("--dry-run")
    assert not (project.folder / "nights.log").exists()
    project.night("--since", "2026-03-02", "--until", "2026-03-01", status=2)
    assert "NGT109" in project.err


def test_a_second_night_is_told_who_holds_the_folder(project):
    """It ends with 9, names the process, and changes nothing."""
    project.put("a.jsonl", [chat(1)])
    project.night()
    descriptor = os.open(project.folder / "output/.nightly.lock", os.O_RDWR)
    fcntl.flock(descriptor, fcntl.LOCK_EX)
    project.put("b.jsonl", [chat(2)])
    project.night(status=9)
    assert "NGT103" in project.err
    assert f"process {os.getpid()}" in project.err
    os.close(descriptor)
    assert project.night()["to_judge"] == 1


@pytest.mark.parametrize("lost", ["told", "ledger"])
def test_a_run_that_the_ledger_does_not_know_is_taken_in(project, lost):
    """A night that died after the rename, or a ledger that was deleted, costs no second judgement."""
    project.put("a.jsonl", map(chat, range(4)))
    project.night()
    latest = project.latest()
    if lost == "ledger":
        for path in (project.folder / "output").glob("ledger.sqlite*"):
            path.unlink()
        shutil.rmtree(project.folder / "output/results")
    else:
        (project.runs[0]).rename(project.runs[0].with_name("20260101-000000-renamed"))
    told = project.night()
    assert (told["recovered"], told["to_judge"]) == ([project.runs[0].name], 0)
    assert project.latest() == latest


def test_limits_decide_the_exit_status(project):
    """Each kind of limit breaks by what it names, and holds below it."""
    project.put("a.jsonl", map(chat, range(1, 7)))
    project.configure(project.config + '[nightly.fail]\nseverity = "minor"\nfindings = 9\nfewest = 6\n')
    kept = project.night()
    assert [each["broken"] for each in kept["limits"]] == [False, False]
    project.configure(project.config + "[nightly.fail]\nrate = 0.1\nset_aside = 1\nfewest = 13\n")
    project.put("b.jsonl", map(chat, range(9, 15)))
    broken = project.night(status=1)
    assert {each["kind"]: each["broken"] for each in broken["limits"]} == {
        "rate": True,
        "set_aside": False,
        "fewest": True,
    }


def fewest_of(told):
    """Return what was found of the fewest conversations, and whether that was too few."""
    limit = next(each for each in told["limits"] if each["kind"] == "fewest")
    return limit["found"], limit["broken"]


def test_the_calls_of_one_night_count_together(project, monkeypatch):
    """Six in two calls are six, and a third finds nothing new; the next night, nothing new is too few."""
    began = int(datetime(2026, 3, 5, 2, tzinfo=UTC).timestamp())
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(began))
    project.configure(project.config + "[nightly.fail]\nfewest = 6\n")
    project.put("a.jsonl", map(chat, range(4)))
    assert fewest_of(project.night(status=1)) == (4, True)
    assert fewest_of(project.night(status=1)) == (4, True)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(began + 3600))
    project.put("b.jsonl", map(chat, range(4, 6)))
    assert fewest_of(project.night()) == (6, False)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(began + 2 * 3600))
    again = project.night()
    assert (again["to_judge"], fewest_of(again)) == (0, (6, False))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(began + 23 * 3600))
    assert fewest_of(project.night(status=1)) == (0, True)


def test_a_limit_says_how_many_findings_are_known(project):
    """What the baseline knows breaks no limit, and the line beside the findings says why."""
    project.configure(project.config + '[nightly.fail]\nseverity = "minor"\n')
    project.put("a.jsonl", map(chat, range(4)))
    broken = project.night(status=1)
    count = broken["summary"]["totals"]["findings"]
    assert (broken["limits"][0]["found"], broken["limits"][0]["known"]) == (count, None)
    config, out = str(project.folder / "sopgen.toml"), str(project.folder / "output")
    sops = str(project.folder / "sop_sources")
    assert run(["baseline", project.runs[0].name, "--out", out, "--sops", sops]) == 0
    project.capsys.readouterr()
    assert run(["nightly", "--config", config, "--rejudge"]) == 0
    told = project.capsys.readouterr().out
    assert f"limit kept: new findings of at least minor: 0 ({count} known), at most 0" in told
    project.put("b.jsonl", [chat(9)])
    assert run(["nightly", "--config", config]) == 1
    assert "limit broken: new findings of at least minor: 1, at most 0" in project.capsys.readouterr().out


def test_an_inbox_that_is_not_there_costs_that_inbox(project):
    """The others are judged, the trouble is told, and the status is 5."""
    project.configure(project.config + '[[nightly.inbox]]\nname = "mail"\npath = "no such folder"\n')
    project.put("a.jsonl", [chat(1)])
    told = project.night(status=5)
    assert told["to_judge"] == 1
    assert "NGT104" in project.err
    assert "NGT107" in project.err


def test_each_inbox_is_read_in_its_own_way(project):
    """Format, roles and zone of an inbox are its own; equal ids in two inboxes are two conversations."""
    (project.folder / "other").mkdir()
    project.put("a.jsonl", [chat(1)])
    table = (
        "conversation,at,role,text\nK-1,2026-03-05 09:00,pembeli,halo\nK-1,2026-03-05 09:01,penjual,Halo\n"
    )
    (project.folder / "other/rows.csv").write_text(table, encoding="utf-8")
    project.configure(
        project.config
        + '[[nightly.inbox]]\nname = "shop"\npath = "other/*.csv"\n'
        + 'options = {format = "rows", channel = "livechat", tz = "Asia/Jayapura", '
        + 'roles = {pembeli = "customer", penjual = "agent"}}\n'
    )
    told = project.night()
    adds_up(told)
    assert told["to_judge"] == 2
    found = rows(
        project.folder / "output/results/conversations/*/*.parquet",
        "inbox, conversation_id, epoch(opened_at)",
    )
    assert [(inbox, id_) for inbox, id_, _ in found] == [("chats", "K-1"), ("shop", "K-1")]
    assert found[1][2] == datetime(2026, 3, 5, 0, 0, tzinfo=UTC).timestamp()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("[nightly]\n", "NGT101"),
        ('[nightly.keep]\nruns = "three months"\n\n[[nightly.inbox]]\nname = "a"\npath = "b"\n', "NGT101"),
        ('[[nightly.inbox]]\nname = "a"\npath = "b"\n[[nightly.inbox]]\nname = "a"\npath = "c"\n', "NGT101"),
        ('[[nightly.inbox]]\nname = "a"\npath = "b"\noptions = {tz = "Mars/Olympus"}\n', "NGT101"),
        ('[[nightly.inbox]]\nname = "a"\npaht = "b"\n', "CFG101"),
        (
            '[[nightly.inbox]]\nname = "a"\npath = "b"\n[nightly.notify]\ntargets = ["${NO_SUCH_THING}"]\n',
            "NGT102",
        ),
    ],
)
def test_settings_that_cannot_be_end_the_call_before_anything_is_read(project, text, code):
    """A flaw is told with its code, and nothing is written."""
    project.configure(text)
    project.night(status=2)
    assert code in project.err
    assert not (project.folder / "output/runs").exists()


def test_old_runs_and_old_days_are_removed_and_nothing_comes_back(project, monkeypatch):
    """Runs go first, results by day later; a conversation older than what is kept is not judged again."""
    keep = '[nightly.keep]\nruns = "2d"\nresults = "30d"\n'
    project.configure(project.config + keep)
    project.put("a.jsonl", [chat(1, day=1), chat(2, day=20)])
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(datetime(2026, 3, 21, tzinfo=UTC).timestamp())))
    assert project.night()["to_judge"] == 2
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(datetime(2026, 4, 10, tzinfo=UTC).timestamp())))
    told = project.night()
    assert len(told["removed"]["runs"]) == 1
    assert told["removed"]["days"] == ["2026-03-01"]
    assert project.runs == []
    assert {row[0] for row in project.latest()} == {"K-2"}
    project.put("b.jsonl", [chat(1, day=1), chat(2, day=20)])
    told = project.night()
    assert (told["to_judge"], told["outside"], told["unchanged"]) == (0, 1, 1)


def test_what_a_person_sees_names_inboxes_totals_and_report(project):
    """Without `--json` a night tells files, totals that add up, and where the report is."""
    project.put("a.jsonl", map(chat, range(3)))
    project.capsys.readouterr()
    assert run(["nightly", "--config", str(project.folder / "sopgen.toml")]) == 0
    out = project.capsys.readouterr().out
    assert "3 read = 3 conversations checked + 0 unchanged + 0 records set aside" in out
    assert "chats" in out
    assert "report.html" in out
    assert json.loads((project.runs[0] / "summary.json").read_bytes())["totals"]["unchanged"] == 0


def test_a_log_tells_what_a_night_came_to_and_no_word(project):
    """`[log]` gets a line as the night begins and ends, with counts and without names."""
    project.configure(project.config + '[log]\nfile = "nights.log"\n')
    project.put("a.jsonl", [chat(1, customer="Budi Santoso", said="rahasia sekali")])
    project.night()
    written = (project.folder / "nights.log").read_text(encoding="utf-8")
    events = [json.loads(line) for line in written.splitlines()]
    assert [each["event"] for each in events if each["event"] != "diagnostic"] == [
        "night.started",
        "run.ended",
        "night.ended",
    ]
    ended = next(each for each in events if each["event"] == "night.ended")
    assert (ended["read"], ended["to_judge"], ended["files"]) == (1, 1, 1)
    assert "Budi" not in written
    assert "rahasia" not in written


def test_an_interrupted_night_says_how_to_go_on(project):
    """SIGINT ends it with 130 and nothing half-written; the next call does everything."""
    project.put("a.jsonl", [chat(n, more=n % 5) for n in range(400)])
    program = Path(sys.executable).parent / "sopgen"
    call = [program, "nightly", "--config", project.folder / "sopgen.toml"]
    with subprocess.Popen(call, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True) as night:
        while night.poll() is None and not (project.folder / "output/.night").exists():
            time.sleep(0.01)
        night.send_signal(signal.SIGINT)
        _, told = night.communicate()
    assert night.returncode == 130, told
    assert "call sopgen nightly again" in told
    assert project.runs == []
    assert project.night()["to_judge"] == 400


def test_a_report_of_two_nights_counts_a_chat_that_grew_once(project):
    """The screen says as many conversations as the report itself."""
    project.put("a.jsonl", [chat(0), chat(1)])
    project.night()
    project.put("a.jsonl", [chat(0), chat(1, more=2)])
    project.night()
    runs, out = [str(each) for each in project.runs], str(project.folder / "output")
    project.capsys.readouterr()
    assert run(["report", *runs, "--out", out, "--format", "json"]) == 0
    assert project.capsys.readouterr().out.startswith("2 runs, 2 conversations\n")


def test_a_run_whose_report_cannot_be_written_says_how_to_write_it_alone(project):
    """The results are whole and stay; the hint is the very call that makes the report."""
    project.put("a.jsonl", [chat(0)])
    project.night()
    (folder,) = project.runs
    (folder / "report.html").unlink()
    (folder / "report.html").mkdir()
    with pytest.raises(StorageError) as refused:
        write_own_report(folder, Known(baseline=frozenset(), dispositions={}, on=date(2026, 3, 3)))
    assert refused.value.code == "STO102"
    _, _, call = refused.value.hint.partition(": sopgen ")
    (folder / "report.html").rmdir()
    assert run(shlex.split(call)) == 0
    assert (folder / "report.html").is_file()


def test_a_file_left_for_later_is_told_with_its_reason(project):
    """Who calls a night right after an export came learns why nothing was read."""
    project.configure(CONFIG.replace('"0s"', '"1h"'))
    project.put("a.jsonl", [chat(0)])
    project.capsys.readouterr()
    assert run(["nightly", "--config", str(project.folder / "sopgen.toml")]) == 0
    assert "1 file left for later: changed within the time to settle" in project.capsys.readouterr().out
