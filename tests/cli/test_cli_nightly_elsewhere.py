"""Nights whose inboxes are on other machines, whose messages go out, and whose disk is full. Real servers."""

import json
import logging
import os
import re
import resource
import shutil
import subprocess
import sys
from pathlib import Path

import boto3
import fsspec
import pytest
from moto.server import ThreadedMotoServer
from night_project import CONFIG, NightProject, adds_up, chat
from night_servers import PASSWORD, USER, http_server, is_root, sftp_server

from sopgen.cli.main import run
from sopgen.compliance.place import default_pack_folder

logging.getLogger("werkzeug").setLevel(logging.ERROR)
logging.getLogger("paramiko").setLevel(logging.CRITICAL)


TAKEN = {"kind": "json", "sent": 1, "waiting": 0, "why": "", "hint": ""}
APPRISE_IS_OLD = pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")


@pytest.fixture
def project(tmp_path, capsys):
    """Return a project with one inbox."""
    return NightProject(tmp_path / "toko", capsys)


def lines(*chats):
    """Return conversations as an export's bytes."""
    return "".join(json.dumps(each) + "\n" for each in chats).encode()


def from_url(url):
    """Return a configuration whose inbox is at a URL."""
    return CONFIG.replace('"inbox"', f'"{url}"')


def test_an_inbox_behind_fsspec_is_fetched_once(project):
    """Only what is new or changed is fetched, and nothing of it stays here; no pictures."""
    store = fsspec.filesystem("memory")
    store.store.clear()
    store.pipe("/chats/2026/a.jsonl", lines(chat(1)))
    store.pipe("/chats/2026/.hidden.jsonl", lines(chat(8)))
    store.pipe("/chats/2026/photo.png", b"no chat")
    project.configure(from_url("memory://chats"))
    told = project.night()
    adds_up(told)
    assert (told["to_judge"], told["inboxes"][0]["found"]) == (1, 1)
    assert not (project.folder / "output/.night").exists()
    store.pipe("/chats/2026/b.jsonl", lines(chat(1), chat(2)))
    told = project.night()
    assert (told["inboxes"][0]["read"], told["to_judge"], told["unchanged"]) == (1, 1, 1)
    assert project.night()["read"] == 0


def test_options_beside_a_remote_export_are_used(project):
    """X.options.json beside X is fetched with it."""
    store = fsspec.filesystem("memory")
    store.store.clear()
    table = (
        "conversation,at,role,text\nT-1,2026-03-05 09:00,pembeli,halo\nT-1,2026-03-05 09:01,penjual,Halo\n"
    )
    store.pipe("/shop/t.csv", table.encode())
    roles = {"roles": {"pembeli": "customer", "penjual": "agent"}, "channel": "livechat"}
    store.pipe("/shop/t.csv.options.json", json.dumps(roles).encode())
    project.configure(from_url("memory://shop/*.csv*"))
    told = project.night()
    assert (told["to_judge"], told["set_aside"]) == (1, 0)


@pytest.fixture
def bucket(monkeypatch):
    """Return a client of a real S3 server with an empty bucket; the environment alone has credentials."""
    server = ThreadedMotoServer(port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "key-of-a-test")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", PASSWORD)
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    monkeypatch.setenv("AWS_ENDPOINT_URL_S3", f"http://{host}:{port}")
    client = boto3.client("s3")
    client.create_bucket(Bucket="toko")
    yield client
    client.close()
    server.stop()


@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
def test_an_inbox_in_s3_is_read(project, bucket):
    """Objects below a prefix are read; one that is replaced is read again; no secret is told."""
    bucket.put_object(Bucket="toko", Key="chats/a.jsonl", Body=lines(chat(1), chat(2)))
    project.configure(from_url("s3://toko/chats"))
    assert project.night()["to_judge"] == 2
    assert project.night()["read"] == 0
    bucket.put_object(Bucket="toko", Key="chats/a.jsonl", Body=lines(chat(1, more=1), chat(2)))
    told = project.night()
    adds_up(told)
    assert (told["to_judge"], told["unchanged"]) == (1, 1)
    project.configure(from_url("s3://no-such-bucket/chats"))
    project.night(status=5)
    assert "NGT104" in project.err
    assert PASSWORD not in project.err


def test_an_inbox_over_sftp_is_read(project, tmp_path):
    """Files of a real SFTP server; a wrong password costs the inbox, and is not told."""
    served = tmp_path / "served"
    (served / "chats").mkdir(parents=True)
    (served / "chats/a.jsonl").write_bytes(lines(chat(1), chat(2)))
    with sftp_server(served) as port:
        project.configure(from_url(f"sftp://{USER}:${{SFTP_PASSWORD}}@127.0.0.1:{port}/chats"))
        os.environ["SFTP_PASSWORD"] = PASSWORD
        try:
            assert project.night()["to_judge"] == 2
            assert project.night()["read"] == 0
            os.environ["SFTP_PASSWORD"] = "wrong-" + PASSWORD
            fsspec.get_filesystem_class("sftp").clear_instance_cache()
            project.night(status=5)
        finally:
            del os.environ["SFTP_PASSWORD"]
    assert "NGT104" in project.err
    stored = b"".join(path.read_bytes() for path in (project.folder / "output").rglob("*") if path.is_file())
    assert PASSWORD not in project.err
    assert PASSWORD.encode() not in stored


@APPRISE_IS_OLD
def test_people_hear_of_a_night_without_a_word_of_a_customer(project, monkeypatch):
    """A title and five lines, in the language of the SOPs; the target's secret is in no file."""
    with http_server() as mailbox:
        monkeypatch.setenv("HOOK", f"json://127.0.0.1:{mailbox.port}/token-0815")
        project.configure(
            CONFIG + '[nightly.notify]\ntargets = ["${HOOK}"]\n[nightly.fail]\nseverity = "minor"\n'
        )
        project.put("a.jsonl", [chat(n, customer="Budi Santoso", said="rahasia sekali") for n in range(3)])
        told = project.night(status=1)
        assert told["notices"] == [TAKEN]
        project.night()
    assert len(mailbox.got) == 1
    letter = mailbox.got[0]
    assert letter["title"].startswith("sopgen: batas terlampaui")
    body = letter["message"].splitlines()
    assert len(body) == 5
    assert body[0] == "3 dibaca = 3 percakapan diperiksa + 0 tidak berubah + 0 catatan disisihkan"
    assert body[1].startswith("1 temuan: 0 kritis")
    assert body[2].startswith("Paling sering dilanggar: ")
    assert "opening-greeting 33,3%. Belum ada pemeriksaan sebelumnya" in body[2]
    assert f"{project.runs[0].name}/report.html" in body[4]
    assert "Budi" not in json.dumps(letter)
    assert "rahasia" not in json.dumps(letter)
    stored = b"".join(path.read_bytes() for path in (project.folder / "output").rglob("*") if path.is_file())
    assert b"token-0815" not in stored
    assert "token-0815" not in project.err


@APPRISE_IS_OLD
@pytest.mark.parametrize(
    ("language", "news", "judged"),
    [
        (
            "id",
            "temuan minor baru 0 (1 sudah dikenal, paling banyak 0) ✓",
            "percakapan yang dinilai dalam 20 jam 3 (paling sedikit 3) ✓",
        ),
        (
            "en",
            "new findings of minor 0 (1 known, at most 0) ✓",
            "conversations judged within 20 hours 3 (at least 3) ✓",
        ),
    ],
)
def test_a_message_about_an_earlier_run_knows_what_is_known(language, news, judged, project, monkeypatch):
    """A run that nobody was told of before is told with the limits that its news broke, not what is known."""
    project.put("a.jsonl", map(chat, range(3)))
    project.night()
    out, sops = str(project.folder / "output"), str(project.folder / "sop_sources")
    assert run(["baseline", project.runs[0].name, "--out", out, "--sops", sops]) == 0
    for path in (project.folder / "output").glob("ledger.sqlite*"):
        path.unlink()
    with http_server() as mailbox:
        monkeypatch.setenv("HOOK", f"json://127.0.0.1:{mailbox.port}")
        notify = f'[nightly.notify]\ntargets = ["${{HOOK}}"]\nlanguage = "{language}"\n'
        project.configure(f'{CONFIG}{notify}[nightly.fail]\nseverity = "minor"\nfewest = 3\n')
        assert project.night()["recovered"] == [project.runs[0].name]
    limits = [each["message"].splitlines()[3].partition(": ")[2] for each in mailbox.got]
    assert limits == [f"{news}; {judged}"]


@APPRISE_IS_OLD
def test_people_hear_that_an_inbox_could_not_be_read(project, monkeypatch):
    """Beside what the other inboxes brought, and alone, where not one could be read."""
    gone = '[[nightly.inbox]]\nname = "mail"\npath = "gone"\n'
    project.put("a.jsonl", [chat(1)])
    with http_server() as mailbox:
        monkeypatch.setenv("HOOK", f"json://127.0.0.1:{mailbox.port}")
        notify = '[nightly.notify]\ntargets = ["${HOOK}"]\nwhen = "broken"\n'
        project.configure(CONFIG + gone + notify)
        project.night(status=5)
        project.configure(f"{gone}{notify}")
        project.night(status=5)
    assert [each["title"].partition(",")[0] for each in mailbox.got] == [
        "sopgen: kotak masuk tidak terbaca"
    ] * 2
    for letter in mailbox.got:
        assert letter["message"].startswith("Tidak dapat dibaca: kotak masuk mail.")


@APPRISE_IS_OLD
def test_a_night_does_not_judge_by_checks_with_errors(project, monkeypatch):
    """A rule of one's own that cannot be read: nothing is replaced, and people hear of it."""
    project.put("a.jsonl", map(chat, range(3)))
    project.night()
    before = project.latest()
    rule = project.folder / "checks/rules/opening-greeting.yaml"
    rule.parent.mkdir(parents=True)
    sound = (default_pack_folder() / "rules/opening-greeting.yaml").read_text(encoding="utf-8")
    rule.write_text(f"{sound}\noops: [\n", encoding="utf-8")
    with http_server() as mailbox:
        monkeypatch.setenv("HOOK", f"json://127.0.0.1:{mailbox.port}")
        project.configure(CONFIG + '[nightly.notify]\ntargets = ["${HOOK}"]\nlanguage = "en"\n')
        told = project.night(status=4)
        assert project.night("--dry-run", status=4)["flaws"] == told["flaws"]
    assert "NGT108" in project.err
    assert {each["code"] for each in told["flaws"]} == {"YML101", "BND101"}
    assert (told["run"], told["read"], project.latest()) == (None, 0, before)
    (letter,) = mailbox.got
    assert letter["title"] == "sopgen: nothing was judged, checks or SOPs have errors"
    assert "opening-greeting.yaml:" in letter["message"]
    rule.write_text(sound, encoding="utf-8")
    project.configure(CONFIG)
    assert project.night()["to_judge"] == 3
    assert project.latest() == before


def test_the_draft_of_a_released_sop_may_have_errors(project):
    """Its releases judge, so a night goes on while somebody writes; where the draft judges, it does not."""
    project.put("a.jsonl", [chat(1)])
    sops = project.folder / "sop_sources"
    shutil.copytree(sops / "cs-kecil", sops / "cs-lain")
    draft = sops / "cs-lain/sop.md"
    sound = draft.read_text(encoding="utf-8").replace("cs-kecil", "cs-lain")
    flawed = sound.replace("language: id", "language: xx")
    draft.write_text(flawed, encoding="utf-8")
    project.night(status=4)
    draft.write_text(sound, encoding="utf-8")
    words = ["--approved-by", "Pemilik", "--effective", "2026-01-01", "--summary", "Pertama"]
    assert run(["release", "cs-lain", *words, "--sops", str(sops)]) == 0, project.capsys.readouterr().err
    draft.write_text(flawed, encoding="utf-8")
    assert project.night()["to_judge"] == 1


@APPRISE_IS_OLD
def test_a_message_that_is_refused_waits_for_the_next_night(project, monkeypatch):
    """The night is kept; the message is sent, once, as soon as the target takes it."""
    with http_server() as mailbox:
        monkeypatch.setenv("HOOK", f"json://127.0.0.1:{mailbox.port}/token-0815")
        project.configure(CONFIG + '[nightly.notify]\ntargets = ["${HOOK}"]\nlanguage = "en"\n')
        mailbox.status = 500
        project.put("a.jsonl", [chat(1)])
        told = project.night()
        why = "the service answered 500 (Internal Server Error)"
        refused = {"kind": "json", "sent": 0, "waiting": 1, "why": why}
        assert told["to_judge"] == 1
        assert [{**each, "hint": ""} for each in told["notices"]] == [{**refused, "hint": ""}]
        mailbox.status = 200
        assert project.night()["notices"] == [TAKEN]
        assert project.night()["notices"] == [{**TAKEN, "sent": 0}]
    assert [each["title"] for each in mailbox.got] == ["sopgen: the night is done, findings: 0"]


@APPRISE_IS_OLD
@pytest.mark.parametrize(
    ("target", "status", "why"),
    [
        ("json://{host}/xoxb-0815", 403, "the service answered 403 (Forbidden)"),
        ("json://me:xoxb-0815@127.0.0.1:9/xoxb-0815", 0, "nothing listens there"),
        ("nothing://xoxb-0815/Rina", 0, "Apprise knows no such target"),
    ],
)
def test_why_a_message_was_refused_is_told_without_secrets(target, status, why, project, monkeypatch):
    """What the service answered, or that nobody did, and a remedy; not a word of the target's URL."""
    with http_server() as mailbox:
        mailbox.status = status
        monkeypatch.setenv("HOOK", target.format(host=f"127.0.0.1:{mailbox.port}"))
        project.configure(CONFIG + '[nightly.notify]\ntargets = ["${HOOK}"]\n')
        project.put("a.jsonl", [chat(1)])
        assert run(["nightly", "--config", str(project.folder / "sopgen.toml")]) == 0
    told = project.capsys.readouterr()
    assert f"1 refused and kept for the next night: {why}\n  hint: " in told.out
    assert not re.search("xoxb|0815|127.0.0.1|Rina", told.out + told.err)


def spent(project, **limits):
    """Return a night in a process of its own."""
    program = Path(sys.executable).parent / "sopgen"
    call = [program, "nightly", "--config", project.folder / "sopgen.toml", "--json"]
    return subprocess.run(call, capture_output=True, text=True, check=False, **limits)


def whole_night(project, conversations):
    """Hold that the night after the trouble judges everything once."""
    told = project.night()
    adds_up(told)
    assert told["to_judge"] == conversations
    assert len({id_ for id_, *_ in project.latest()}) == conversations
    assert len(project.runs) == 1


@pytest.mark.parametrize("bytes_allowed", [4_000, 40_000])
def test_a_file_that_may_not_grow_ends_the_night_and_loses_nothing(project, bytes_allowed):
    """Whichever file meets the limit first: the night ends with 7 and leaves no half result."""
    project.put("a.jsonl", [chat(n, more=n % 5) for n in range(60)])

    def limit():
        resource.setrlimit(resource.RLIMIT_FSIZE, (bytes_allowed, bytes_allowed))

    ran = spent(project, preexec_fn=limit)
    assert ran.returncode == 7, ran.stderr
    assert "STO101" in ran.stderr or "LDG101" in ran.stderr
    assert project.runs == []
    whole_night(project, 60)


@pytest.mark.skipif(not is_root(), reason="only root may mount a small disk")
def test_a_full_disk_ends_the_night_and_loses_nothing(project, tmp_path):
    """A real disk of 300 kB: the night ends with 7; with more room the next one does everything."""
    output = project.folder / "output"
    output.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=300k", "tmpfs", output]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("this machine does not let tests mount")
    try:
        project.put("a.jsonl", [chat(n, more=n % 5) for n in range(400)])
        ran = spent(project)
        assert ran.returncode == 7, ran.stderr
        assert "STO101" in ran.stderr or "LDG101" in ran.stderr
        assert project.runs == []
        subprocess.run(["mount", "-o", "remount,size=64m", output], check=True)
        whole_night(project, 400)
    finally:
        subprocess.run(["umount", output], check=True)
    shutil.rmtree(tmp_path / "toko")
