"""What a run tells machines: progress as JSON Lines, and a log that holds no word of any chat."""

import json
import shlex
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from sopgen.cli.log import RunLog, open_log
from sopgen.cli.main import run
from sopgen.cli.screen.progress import Gauge, Pace
from sopgen.runs.tally import Progress

CALL = "from sopgen.cli.main import main; main()"
CANARY = ("Budiarto", "Wulandari", "0812-3456-7890", "rekening", "rahasia", "budi@contoh.id")


def lines_of(text):
    """Return the JSON objects among the lines of a text."""
    return [json.loads(line) for line in text.splitlines() if line.startswith("{")]


def canary_chats(count=1):
    """Return conversations full of words and names that no log may hold, one line broken in the middle."""
    said = "rekening rahasia 0812-3456-7890 budi@contoh.id goblok"
    messages = [
        {
            "id": "m1",
            "at": "2026-07-01T09:00:00+07:00",
            "role": "customer",
            "author": "Budiarto",
            "text": said,
        },
        {"id": "m2", "at": "2026-07-01T09:09:00+07:00", "role": "agent", "author": "Wulandari", "text": said},
    ]
    chats = [
        json.dumps({"id": f"Budiarto-{number}", "channel": "livechat", "messages": messages})
        for number in range(count)
    ]
    broken = '{"id": "Budiarto", "messages": [{"text": "rekening rahasia'
    return "\n".join([*chats, broken, json.dumps({"id": "x", "messages": "Budiarto 0812-3456-7890"})]) + "\n"


def test_progress_as_json_is_a_line_of_numbers(call):
    """A machine reads records, messages, bytes and seconds from each line; the last is whole."""
    ran = call("check", "chats.jsonl", "--progress", "json")
    told = lines_of(ran.err)
    assert told[-1]["event"] == "progress"
    assert (told[-1]["read"], told[-1]["set_aside"]) == (4, 0)
    assert told[-1]["messages"] > 4
    assert told[-1]["bytes_read"] == told[-1]["bytes_total"] == Path("chats.jsonl").stat().st_size
    assert {"findings", "seconds", "messages_per_second", "seconds_left"} <= set(told[-1])


def test_no_progress_is_silence(call):
    """`--progress none` leaves standard error to what is wrong."""
    assert call("check", "chats.jsonl", "--progress", "none").err == call("check", "chats.jsonl").err
    assert lines_of(call("check", "chats.jsonl", "--progress", "none").err) == []


def test_rate_and_time_left_follow_from_what_was_read():
    """A quarter of the bytes in ten seconds leaves thirty; too early, nobody can tell."""
    pace = Pace(seconds=10, read=250, size=1000, count=5000)
    assert (pace.rate, pace.seconds_left) == (500, 30)
    early = Pace(seconds=0.5, read=250, size=1000, count=5000)
    assert (early.rate, early.seconds_left) == (None, None)
    assert Pace(seconds=10, read=0, size=0, count=0).seconds_left is None


def test_a_gauge_draws_now_and_then_only():
    """However often it is told, it draws no more often than asked for."""
    drawn = []
    gauge = Gauge(lambda pace, state: drawn.append((pace.read, state)), 3600)
    for number in range(100):
        gauge.advance(10)
        gauge.tell(number)
    assert drawn == []
    gauge.finish()
    assert drawn == [(1000, 99)]


def test_the_log_holds_events_and_no_word_or_name_of_a_chat(call, project):
    """Texts, names, numbers, file names and ids of customers: none of them gets in, whatever happens."""
    chats = project / "Chat dengan Budiarto.jsonl"
    chats.write_text(canary_chats(3), encoding="utf-8")
    ran = call("check", str(chats), "--log", "run.log", "--run-id", "one")
    assert ran.status == 0
    log = (project / "run.log").read_text(encoding="utf-8")
    told = {each["event"]: each for each in lines_of(log)}
    assert not [word for word in CANARY if word.lower() in log.lower()]
    assert told["run.started"]["run"] == "one"
    assert told["run.ended"]["read"] == 5
    assert told["run.ended"]["set_aside"] == 2
    assert told["record.set_aside"]["export"] == 1
    assert sorted(each["line"] for each in lines_of(log) if each["event"] == "record.set_aside") == [4, 5]
    findings = (project / "output/runs/one/findings.jsonl").read_text(encoding="utf-8")
    assert all(word in findings for word in ("Budiarto", "rekening")), "the canary was not in the chats"


def test_the_log_of_the_project_is_found_and_grows(call, project):
    """`[log]` in sopgen.toml names the file; runs are added to it."""
    (project / "sopgen.toml").write_text('[log]\nfile = "logs/sopgen.log"\n', encoding="utf-8")
    for name in ("one", "two"):
        call("check", "chats.jsonl", "--run-id", name)
    log = lines_of((project / "logs/sopgen.log").read_text(encoding="utf-8"))
    assert [each["run"] for each in log if each["event"] == "run.started"] == ["one", "two"]


def test_a_failure_is_logged_by_its_code_alone(call, project):
    """An error's message may hold the words that caused it; the log has its code, or its kind and place."""
    (project / "output").mkdir()
    (project / "output/runs").write_text("Budiarto")
    ran = call("check", "chats.jsonl", "--log", "run.log")
    assert ran.status == 7
    last = lines_of((project / "run.log").read_text())[-1]
    assert (last["event"], last["code"]) == ("run.failed", "STO102")
    with pytest.raises(ValueError, match="rekening"), open_log(project / "bug.log") as log, log.telling(()):
        raise ValueError("rekening rahasia Budiarto")
    assert lines_of((project / "bug.log").read_text())[-1]["error"] == "ValueError"
    assert "rahasia" not in (project / "bug.log").read_text()


def test_a_fact_that_is_text_is_told_by_its_length(tmp_path):
    """Should a sentence ever be passed as a fact, it does not get in."""
    with open_log(tmp_path / "a.log") as log:
        log.say("probe", what="nomor rekening saya", code="CAN101", count=3, names=["Budi Santoso"])
    (line,) = lines_of((tmp_path / "a.log").read_text())
    assert (line["what"], line["code"], line["count"]) == ("<19 characters>", "CAN101", 3)
    assert line["names"] == ["<12 characters>"]


def test_a_log_without_a_file_says_nothing(tmp_path):
    """Who asks for no log gets none."""
    RunLog().progress(Progress(read=1, set_aside=0, findings=0))
    RunLog().say("probe", count=1)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("sent", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_run_that_is_stopped_ends_cleanly_and_says_how_to_go_on(project, sent, status, workers):
    """No traceback, no process and no half result is left; the log has the end, standard error the way on."""
    (project / "many.jsonl").write_text(canary_chats(60_000), encoding="utf-8")
    command = [sys.executable, "-c", CALL, "check", "many.jsonl", "--workers", workers]
    command += ["--progress", "json", "--log", "run.log", "--run-id", "one"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        first = process.stderr.readline()
        while not first.startswith("{"):
            first = process.stderr.readline()
        children = children_of(process.pid)
        process.send_signal(sent)
        out, err = process.communicate(timeout=60)
    assert process.returncode == status
    assert out == ""
    assert "Traceback" not in err
    assert "nothing is stored of the run 'one'" in err
    assert "sopgen report" in err
    assert list((project / "output/runs").iterdir()) == []
    assert len(children) == (0 if workers == "1" else 2)
    assert [each for each in children if is_alive(each)] == []
    assert lines_of((project / "run.log").read_text())[-1]["event"] == "run.interrupted"


def test_a_run_that_is_stopped_at_its_report_keeps_its_results(project):
    """The results are whole by then; what is told is the call that writes the report alone."""
    (project / "some.jsonl").write_text(canary_chats(60), encoding="utf-8")
    command = [sys.executable, "-c", CALL, "check", "some.jsonl", "--run-id", "one"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        while process.poll() is None and not (project / "output/runs/one").exists():
            time.sleep(0.01)
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=60)
    assert process.returncode == 130, err
    assert "the results are stored in 'output/runs/one', but not their report" in err
    call = shlex.split(err.rpartition("sopgen report")[2].splitlines()[0])
    assert run(["report", *call]) == 0
    assert (project / "output/runs/one/report.html").is_file()


def children_of(process):
    """Return the processes that a process began."""
    return [int(each) for each in Path(f"/proc/{process}/task/{process}/children").read_text().split()]


def is_alive(process):
    """Return whether a process still runs, a second later at the latest."""
    for _ in range(10):
        if not Path(f"/proc/{process}").exists():
            return False
        time.sleep(0.1)
    return True
