"""`sopgen erase`: nothing of the person is left, the totals add up, and no night brings the person back."""

import json
import re
import shutil
from datetime import datetime
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from night_project import NightProject, chat, rows

from sopgen.cli.erasing import Erased, ground_of
from sopgen.cli.house import read_house
from sopgen.cli.main import run
from sopgen.cli.screen.erasure import show_erasure
from sopgen.cli.screen.trouble import Gathered
from sopgen.runs.night import erasure
from sopgen.runs.night.erasure import PENDING

NAME = "Budi Santoso"


@pytest.fixture
def project(tmp_path, capsys):
    """Return a project in which Budi wrote twice, once under a number, among others, over two nights."""
    project = NightProject(tmp_path / "toko", capsys)
    phone = "+62 812-3456-7890"
    project.put("a.jsonl", [chat(0, customer=NAME), chat(1), chat(2, customer=phone, said="nomor saya 0812")])
    project.put("broken.jsonl", [])
    (project.folder / "inbox/broken.jsonl").write_text(
        '{"id": "K-9", "messages": [{"author": "Budi Santoso"\n'
    )
    project.night()
    project.put("b.jsonl", [chat(0, customer=NAME, more=2), chat(3)])
    project.night()
    return project


def call(project, *arguments, status=0):
    """Return what an erasure tells programs."""
    project.capsys.readouterr()
    config = str(project.folder / "sopgen.toml")
    assert run(["erase", *arguments, "--config", config, "--json"]) == status
    return json.loads(project.capsys.readouterr().out)


def everything(folder: Path) -> bytes:
    """Return all bytes that are stored under a folder, Parquet as text."""
    found = [path for path in folder.rglob("*") if path.is_file()]
    texts = [repr(pq.read_table(path).to_pylist()).encode() for path in found if path.suffix == ".parquet"]
    return b"".join([*texts, *(path.read_bytes() for path in found)])


def test_nothing_of_the_person_is_left(project):
    """Neither the name nor the conversation stands in any file, nor in the proof; the others' do."""
    output = project.folder / "output"
    assert b"Budi" in everything(output)
    told = call(project, "budi  SANTOSO", "--reason", "request 4711", "--by", "DPO")
    assert (told["conversations"], len(told["runs"])) == (1, 2)
    for folder in (output, project.folder / "erasures"):
        assert not re.search(rb"Budi|Santoso|K-0\b", everything(folder), re.IGNORECASE)
    assert {id_ for id_, *_ in project.latest()} == {"K-1", "K-2", "K-3"}
    proof = json.loads(Path(told["file"]).read_bytes())
    assert (proof["by"], proof["reason"], proof["left"], proof["conversations"]) == (
        "DPO",
        "request 4711",
        0,
        1,
    )
    assert proof["verdicts"] == 8
    kept = {name.partition("/day=")[2].partition("/")[0] for name in proof["files"]} - {""}
    assert kept <= set(proof["days"])
    assert not (project.folder / "erasures" / PENDING).exists()


def test_pages_of_several_runs_go_too(project):
    """A report over both nights, even with names in clear, and a backtest go, and are told; others stay."""
    runs, output = [str(run) for run in project.runs], project.folder / "output"
    why = ["--unmask", "--reason", "customer asked for his chat, ticket 4711"]
    assert run(["report", *runs, "--out", str(output), "--format", "json", *why]) == 0
    pages = [*(output / "reports").rglob("*.json"), output / "backtests/a-1.0-draft.html"]
    pages[1].parent.mkdir()
    pages[1].write_text("Halo Kak")
    other = output / "reports/19990101-000000_19990102-000000/report.html"
    other.parent.mkdir()
    other.write_text("-")
    names = sorted(page.relative_to(output).as_posix() for page in pages)
    assert call(project, NAME, "--reason", "request 4711", "--dry-run")["pages"] == names
    assert all(page.is_file() for page in pages)
    told = call(project, NAME, "--reason", "request 4711")
    assert told["pages"] == told["proof"]["pages"] == names
    assert other.is_file()
    assert not any(page.exists() for page in pages)


def remember(project):
    """Take what the newest run found as known, decide about one finding, and return both files."""
    told = places(project)
    newest = project.runs[-1].name
    assert run(["baseline", newest, *told]) == 0
    findings = (project.runs[-1] / "findings.jsonl").read_text(encoding="utf-8").splitlines()
    project.capsys.readouterr()
    assert run(["disposition", newest, *told, "--json"]) == 0
    baseline = project.folder / "baseline.txt"
    baseline.write_text(baseline.read_text(encoding="utf-8") + "# ours to keep\n", encoding="utf-8")
    first = next(line for line in baseline.read_text(encoding="utf-8").splitlines() if "K-0" in line)
    wrong = [first[:12], "--as", "false alarm", "--reason", "she quoted us"]
    assert run(["disposition", newest, *wrong, *told]) == 0
    assert len(findings) > 1
    return baseline, project.folder / "dispositions.yaml"


@pytest.mark.parametrize("is_gone", [False, True])
def test_the_baseline_forgets_the_person(project, is_gone):
    """Its lines go, also of a run whose time was up; the others' stay, and decisions under their hash."""
    project.put("c.jsonl", [chat(0, customer=NAME, more=4), chat(3, more=1)])
    project.night()
    baseline, dispositions = remember(project)
    before, decided = baseline.read_text(encoding="utf-8"), dispositions.read_bytes()
    lines = sum("K-0" in line for line in before.splitlines())
    assert lines > 0
    if is_gone:
        for folder in project.runs:
            shutil.rmtree(folder)
    dry = call(project, NAME, "--reason", "request 4711", "--dry-run")
    assert (dry["baseline"], baseline.read_text(encoding="utf-8")) == (lines, before)
    told = call(project, NAME, "--reason", "request 4711")
    kept = [line for line in before.splitlines() if "K-0" not in line]
    assert baseline.read_text(encoding="utf-8").splitlines() == kept
    assert any("K-3" in line for line in kept)
    assert told["proof"]["baseline"] == lines
    assert told["proof"]["decisions"] == (0 if is_gone else 1)
    assert dispositions.read_bytes() == decided
    assert b"K-0" not in decided


def test_one_decision_stays_and_two_stay(project):
    """What is said of decisions agrees with their number."""
    project.put("c.jsonl", [chat(0, customer=NAME, more=4), chat(3, more=1)])
    project.night()
    baseline, _ = remember(project)
    config = str(project.folder / "sopgen.toml")
    asked = ["erase", NAME, "--reason", "request 4711", "--dry-run", "--config", config]
    project.capsys.readouterr()
    assert run(asked) == 0
    told = project.capsys.readouterr().out.splitlines()
    assert "1 decision about the findings stays, under a hash; look through its reason for names" in told
    second = [line[:12] for line in baseline.read_text(encoding="utf-8").splitlines() if "K-0" in line][1]
    said = [second, "--as", "confirmed", "--reason", "seen"]
    assert run(["disposition", project.runs[-1].name, *said, *places(project)]) == 0
    project.capsys.readouterr()
    assert run(asked) == 0
    told = project.capsys.readouterr().out.splitlines()
    assert "2 decisions about the findings stay, under a hash; look through their reasons for names" in told


def test_an_erasure_counts_in_words_that_fit(capsys):
    """One of each is told in the singular."""
    counts = dict.fromkeys(("messages", "verdicts", "findings"), 1)
    once = Erased(dry_run=True, conversations=1, runs=("a",), counts=counts, exports=("a.jsonl",), pages=())
    show_erasure(once)
    told = capsys.readouterr().out.splitlines()
    head = "would be erased: 1 conversation in 1 run: 1 message, 1 verdict, 1 finding"
    assert told[0] == f"{head}; nothing was written"
    assert "This export still holds the person, for you to delete:" in told


def test_somebody_who_never_wrote_is_answered_with_a_remedy(project):
    """Nothing goes, no page does, and the call says how names are found."""
    assert run(["erase", "Nemo", "--reason", "x", "--config", str(project.folder / "sopgen.toml")]) == 0
    assert "--who" in project.capsys.readouterr().out


def test_totals_and_reports_are_those_of_the_rest(project):
    """Each run's summary adds up, agrees with its tables, and its report was written again."""
    call(project, NAME, "--reason", "request 4711")
    for folder in project.runs:
        summary = json.loads((folder / "summary.json").read_bytes())
        totals = summary["totals"]
        assert totals["read"] == totals["checked"] + totals["unchanged"] + totals["set_aside"]
        assert totals["checked"] == len(rows(folder / "conversations.parquet", "conversation_id"))
        verdicts = rows(folder / "verdicts.parquet", "verdict")
        assert (
            totals["verdicts"]
            == len(verdicts)
            == sum(sum(each["verdicts"].values()) for each in summary["clauses"])
        )
        assert (
            totals["findings"] == verdicts.count(("fail",)) == sum(summary["findings_by_severity"].values())
        )
        assert "Budi" not in (folder / "report.html").read_text(encoding="utf-8")
    assert run(["report", str(project.runs[0])]) == 0


def test_no_night_brings_the_person_back(project):
    """Not from the same files, from new ones, under another name, or after the output was deleted."""
    call(project, NAME, "--reason", "request 4711")
    project.put("c.jsonl", [chat(0, customer="B. S.", more=3), chat(7, customer="BUDI SANTOSO"), chat(8)])
    told = project.night()
    assert (told["to_judge"], told["erased"]) == (1, 2)
    assert {id_ for id_, *_ in project.latest()} == {"K-1", "K-2", "K-3", "K-8"}
    for path in sorted((project.folder / "output").rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    told = project.night()
    assert told["erased"] == 4
    assert {id_ for id_, *_ in project.latest()} == {"K-1", "K-2", "K-3", "K-8"}


def check(project, export, *arguments, status=0):
    """Return what a check tells programs."""
    project.capsys.readouterr()
    found = run(["check", str(export), *places(project), *arguments, "--json"])
    told = project.capsys.readouterr()
    assert found == status, told.err
    return json.loads(told.out)


def places(project):
    """Return the options that name the project's SOPs and output."""
    return ["--sops", str(project.folder / "sop_sources"), "--out", str(project.folder / "output")]


def test_no_check_brings_the_person_back(project):
    """Left out and counted, as if the run had been erased after it; listed nowhere."""
    inbox = project.folder / "inbox"
    (inbox / "broken.jsonl").write_text("{", encoding="utf-8")
    before = check(project, inbox, "--run-id", "before")["totals"]
    assert (before["checked"], before["erased"]) == (5, 0)
    call(project, NAME, "--reason", "request 4711")
    stored = json.loads((project.folder / "output/runs/before/summary.json").read_bytes())["totals"]
    told = check(project, inbox, "--run-id", "after")["totals"]
    assert told == stored
    assert (told["read"], told["checked"], told["set_aside"], told["erased"]) == (4, 3, 1, 2)
    vcons = project.folder / "v.jsonl"
    check(project, inbox, "--vcon", str(vcons))
    assert b"Budi" not in vcons.read_bytes() + everything(project.folder / "output")
    assert run(["check", str(inbox), *places(project)]) == 0
    assert "2 conversations of erased people left out" in project.capsys.readouterr().out
    assert run(["check", str(inbox), *places(project), "--who", "--unmask", "--reason", "ticket 4711"]) == 0
    seen = project.capsys.readouterr()
    assert ("Pelanggan 1" in seen.out, "Budi" in seen.out) == (True, False)
    assert "2 conversations of erased people left out" in seen.err


def test_a_conversation_is_known_by_its_inbox_under_another_name(project):
    """In an export of the inbox that it came from; elsewhere the same id may be somebody else's."""
    call(project, NAME, "--reason", "request 4711")
    (project.folder / "old").mkdir()
    talks = [chat(0, customer="B. S.", more=3), chat(7, customer="BUDI SANTOSO"), chat(8)]
    here, there = project.put("c.jsonl", talks), project.put("c.jsonl", talks, "old")
    assert check(project, here)["totals"]["erased"] == 2
    assert check(project, there)["totals"]["erased"] == 1


def test_an_export_of_nobody_else_is_no_error(project):
    """All of it left out: the call ends clean and says so."""
    call(project, NAME, "--reason", "request 4711")
    (project.folder / "old").mkdir()
    alone = project.put("b.jsonl", [chat(0, customer=NAME)], "old")
    totals = check(project, alone)["totals"]
    assert (totals["read"], totals["checked"], totals["erased"]) == (0, 0, 1)


def test_no_backtest_brings_the_person_back(project):
    """Left out of its figures, its examples and its page, and counted."""
    call(project, NAME, "--reason", "request 4711")
    sops = places(project)[1]
    released = [
        "release",
        "cs-kecil",
        "1.0",
        "--sops",
        sops,
        "--approved-by",
        "D",
        "--effective",
        "2026-01-01",
    ]
    assert run([*released, "--summary", "s"]) == 0
    project.capsys.readouterr()
    assert run(["backtest", "cs-kecil", str(project.folder / "inbox"), *places(project), "--json"]) == 0
    told = json.loads(project.capsys.readouterr().out)
    assert (told["conversations"], told["set_aside"], told["erased"]) == (3, 1, 2)
    assert "2 percakapan orang" in Path(told["page"]).read_text(encoding="utf-8")
    assert run(["backtest", "cs-kecil", str(project.folder / "inbox"), *places(project)]) == 0
    assert "2 conversations of erased people left out" in project.capsys.readouterr().out


def test_a_check_finds_the_configuration_above_its_sops(project, monkeypatch):
    """Where the SOPs stand deeper than beside it: by an absolute path and by one from the folder itself."""
    (project.folder / "policy").mkdir()
    sops = (project.folder / "sop_sources").rename(project.folder / "policy/sops")
    project.configure(project.config.replace("[nightly]", '[nightly]\nsops = "policy/sops"'))
    call(project, NAME, "--reason", "request 4711")
    for named in (str(sops), "sops", "."):
        monkeypatch.chdir(sops if named == "." else sops.parent)
        out = ["--out", str(project.folder / "output"), "--json"]
        project.capsys.readouterr()
        assert run(["check", str(project.folder / "inbox"), "--sops", named, *out]) == 0
        assert json.loads(project.capsys.readouterr().out)["totals"]["erased"] == 2


@pytest.mark.parametrize("harm", ["name", "depth", "nearer", "none"])
def test_an_erasure_that_no_check_finds_is_told(project, harm):
    """By another name of the configuration, too deep, or with another one nearer; else nothing is said."""
    deep = {"depth": "a/b/c/d/e/sops", "nearer": "policy/sops", "name": "sop_sources", "none": "a/b/c/sops"}
    sops = project.folder / deep[harm]
    if harm != "name":
        sops.parent.mkdir(parents=True)
        (project.folder / "sop_sources").rename(sops)
    if harm == "nearer":
        (sops.parent / "sopgen.toml").write_text('[import]\ntz = "Asia/Jakarta"\n', encoding="utf-8")
    config = project.folder / ("toko.toml" if harm == "name" else "sopgen.toml")
    (project.folder / "sopgen.toml").rename(config)
    config.write_text(project.config.replace("[nightly]", f'[nightly]\nsops = "{deep[harm]}"'), "utf-8")
    project.capsys.readouterr()
    assert run(["erase", NAME, "--reason", "request 4711", "--config", str(config), "--json"]) == 0
    told = project.capsys.readouterr()
    assert json.loads(told.out)["conversations"] == 1
    assert ("will not find this erasure" in told.err) == (harm != "none")


HARMS = {
    "key gone": lambda erasures: (erasures / "key").unlink(),
    "key cut": lambda erasures: (erasures / "key").write_text("abc\n"),
    "hashes gone": lambda erasures: (erasures / "erased").unlink(),
    "hashes empty": lambda erasures: (erasures / "erased").write_text(""),
    "hash cut": lambda erasures: (erasures / "erased").write_text((erasures / "erased").read_text()[:-5]),
    "only proofs": lambda erasures: [(erasures / name).unlink() for name in ("key", "erased")],
}


@pytest.mark.parametrize("harm", HARMS)
def test_without_the_key_nobody_comes_back_unnoticed(project, harm):
    """Without the hashes neither: nothing is judged, the remedy is named, and nothing is written."""
    call(project, NAME, "--reason", "request 4711")
    erasures = project.folder / "erasures"
    HARMS[harm](erasures)
    left = everything(erasures)
    config = str(project.folder / "sopgen.toml")
    for arguments in (
        ["nightly", "--config", config],
        ["nightly", "--config", config, "--dry-run"],
        ["check", str(project.folder / "inbox"), *places(project)],
    ):
        project.capsys.readouterr()
        assert run(arguments) == 7
        told = project.capsys.readouterr()
        assert "ERA102" in told.err
        assert "backup" in told.err
    assert everything(erasures) == left
    for path in ("key", "erased", "proofs"):
        if (erasures / path).exists():
            (erasures / path).rename(project.folder / f"old-{path}")
    assert call(project, "Pelanggan 3", "--reason", "request 4711")["conversations"] == 1


def test_a_number_is_the_same_however_it_is_written(project):
    """0812… is +62 812…."""
    assert call(project, "081234567890", "--reason", "request 4712")["conversations"] == 1
    assert {id_ for id_, *_ in project.latest()} == {"K-0", "K-1", "K-3"}


def test_somebody_who_only_stands_in_a_transcript_is_found(project):
    """In a crowd, far from any evidence, in a run that no night made: no finding names them."""
    crowd = [f"Warga {letter}{letter.lower()}{letter.lower()}" for letter in "ABCDEFGHIJ"]
    talk = chat(9, customer=crowd[0])
    at = "2026-03-02T09:00:30+07:00"
    others = [
        {"id": f"x{each}", "at": at, "role": "customer", "author": name, "kind": "text", "text": "sama"}
        for each, name in enumerate([*crowd, "Wiryawangsa", *crowd])
    ]
    talk["messages"] = [talk["messages"][0], *others, *talk["messages"][1:]]
    path = project.put("crowd.jsonl", [talk])
    out = project.folder / "output"
    sops = str(project.folder / "sop_sources")
    assert run(["check", str(path), "--sops", sops, "--out", str(out), "--run-id", "crowd"]) == 0
    assert b"Wiryawangsa" not in (out / "runs/crowd/findings.jsonl").read_bytes()
    assert b"Wiryawangsa" in everything(out / "runs/crowd")
    told = call(project, "Wiryawangsa", "--reason", "request 4713")
    assert (told["conversations"], told["runs"]) == (1, ["crowd"])
    assert b"Wiryawangsa" not in everything(out)


def test_somebody_whom_others_name_is_known_to_nights_too(project):
    """Who only stands in what was said leaves the results by day as well, and no night brings that back."""
    talk = chat(3, said="nama saya Siti Wiryawangsa")
    talk["messages"].append(talk["messages"][-1] | {"id": "9", "text": "kecewa sekali, barang saya rusak"})
    project.put("said.jsonl", [talk])
    project.night()
    assert b"Wiryawangsa" in everything(project.folder / "output")
    assert call(project, "Siti Wiryawangsa", "--reason", "request 4714")["conversations"] == 1
    assert b"Wiryawangsa" not in everything(project.folder / "output")
    assert "K-3" not in {id_ for id_, *_ in project.latest()}
    assert project.night("--rejudge")["erased"] == 2
    assert b"Wiryawangsa" not in everything(project.folder / "output")


def test_a_record_that_nobody_could_read_goes_too(project):
    """In a run that holds nothing else of the person; words that merely contain the name stay."""
    broken = project.folder / "odd.jsonl"
    broken.write_text(
        '{"id": "1", "messages": [{"author": "Siti"\n{"id": "2", "messages": [{"author": "Sitika"\n', "utf-8"
    )
    check(project, broken, "--run-id", "odd", "--format", "canonical", status=5)
    told = call(project, "Siti", "--reason", "request 4715")
    assert (told["conversations"], told["runs"], told["exports"]) == (0, ["odd"], [str(broken)])
    left = (project.folder / "output/runs/odd/set_aside.jsonl").read_text(encoding="utf-8")
    assert (left.count("\n"), '"Siti\\"' in left, "Sitika" in left) == (2, False, True)


def test_a_dry_run_changes_nothing_and_names_the_exports(project):
    """It counts what would go, and tells where the person still stands."""
    before = everything(project.folder / "output/runs")
    told = call(project, NAME, "--reason", "request 4711", "--dry-run")
    assert (told["conversations"], told["proof"]) == (1, None)
    assert told["exports"] == ["inbox/a.jsonl", "inbox/b.jsonl", "inbox/broken.jsonl"]
    assert everything(project.folder / "output/runs") == before


def test_an_erasure_that_died_is_finished_by_the_next_night(project):
    """What was written down is done, whichever of it had been done already."""
    erasures = project.folder / "erasures"
    kept = {path: path.read_bytes() for path in (project.folder / "output").rglob("*") if path.is_file()}
    call(project, NAME, "--reason", "request 4711")
    proof = next((erasures / "proofs").iterdir())
    told = json.loads(proof.read_bytes())
    half = {path: content for number, (path, content) in enumerate(sorted(kept.items())) if number % 2}
    pending = pending_again(project, kept)
    for path, content in half.items():
        path.write_bytes(content)
    for path in (project.folder / "output").glob("ledger.sqlite-*"):
        path.unlink()
    (project.folder / "output/ledger.sqlite").write_bytes(kept[project.folder / "output/ledger.sqlite"])
    (erasures / PENDING).write_bytes(pending)
    project.night()
    assert not re.search(rb"Budi|Santoso|K-0\b", everything(project.folder / "output"), re.IGNORECASE)
    again = json.loads(proof.read_bytes())
    assert {name: again[name] for name in again if name != "files"} == {
        name: told[name] for name in told if name != "files"
    }


def pending_again(project, kept):
    """Return what an erasure writes down first, taken from one in a copy of the project's files."""
    for path, content in kept.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    house = read_house(project.folder / "sopgen.toml", Gathered())
    proof = json.loads(next((project.folder / "erasures/proofs").iterdir()).read_bytes())
    request = erasure.Request(
        person=NAME, by=proof["by"], reason=proof["reason"], at=datetime.fromisoformat(proof["erased_at"])
    )
    with ground_of(house) as ground:
        return erasure.written_down(ground, request)


def test_without_a_name_or_a_reason_nobody_is_erased(project):
    """The call is refused, and nothing is written."""
    project.capsys.readouterr()
    config = str(project.folder / "sopgen.toml")
    assert run(["erase", " ", "--reason", "x", "--config", config]) == 2
    assert "ERA101" in project.capsys.readouterr().err
    assert run(["erase", NAME, "--config", config]) == 2
    assert not (project.folder / "erasures/proofs").exists()
