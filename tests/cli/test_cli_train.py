"""`sopgen train`: a model from lines of one's own, and from what people decided about findings."""

import json
import shutil
from pathlib import Path

from sopgen.cli.train import _teacher
from sopgen.compliance.pack import default_pack_folder
from sopgen.language.encoder import Heard
from sopgen.language.feature import Utterance
from sopgen.language.linear import read_weights
from sopgen.language.scoring import make_predictor, told

GOODS = ("paket", "pesanan", "saldo", "tas", "sepatu", "baju", "kopi", "tiket", "lampu", "buku")


def write_lines(folder):
    """Write lines of both roles in which one word tells the label."""
    folder.mkdir()
    told = {
        "customer": (("rusak", ["complaint"]), ("ready", ["question"])),
        "agent": (("maaf", ["apology"]), ("ya", [])),
    }
    with (folder / "own.jsonl").open("w", encoding="utf-8") as file:
        for role, pairs in told.items():
            for word, labels in pairs:
                for goods in GOODS:
                    for end in ("kak", "min"):
                        line = {"role": role, "before": "", "text": f"{goods} {word} {end}", "labels": labels}
                        file.write(json.dumps(line) + "\n")


def test_train_makes_a_model_of_each_role_and_says_how_good_it_is(call, project):
    """Both files are written where the call says, and the card names the labels with their lines."""
    write_lines(project / "lines")
    ran = call("train", "--lines", "lines", "--to", "own/model", "--json")
    assert ran.status == 0
    trained = json.loads(ran.out)
    cards = trained["cards"]
    assert (trained["model"], trained["decisions"]) == ("own/model", None)
    assert [(card["role"], card["label"], card["positives"]) for card in cards] == [
        ("agent", "apology", 20),
        ("customer", "complaint", 20),
        ("customer", "question", 20),
    ]
    assert {path.name for path in (project / "own/model").iterdir()} == {
        "agent.npz",
        "customer.npz",
        "network.npz",
    }


def test_train_without_lines_says_so(call, project):
    """A folder without lines ends the call with its code and no model."""
    (project / "empty").mkdir()
    ran = call("train", "--lines", "empty", "--to", "own/model")
    assert ran.status == 4
    assert "MDL102" in ran.err
    assert not (project / "own").exists()


def test_the_encoder_teaches_the_shipped_lines_alone():
    """It knows what the shipped labels mean; others may mean something else by the same names."""
    shipped = (default_pack_folder(),)
    assert _teacher(Path("lines"), shipped) is None
    said = [Heard("paket saya hilang", "halo kak"), Heard("makasih kak", "")]
    told = _teacher(None, shipped)("customer", said)
    lost, thanked = told["complaint"].tolist()
    assert lost > 0.5 > thanked


CHATS = ("check", "chats.jsonl", "--run-id", "one", "--replace")


def decided(call, *decisions):
    """Decide about findings of a run, by their checks, and return what is learnt from that."""
    for check, *said in decisions:
        lines = Path("output/runs/one/findings.jsonl").read_text(encoding="utf-8").splitlines()
        found = next(each for each in map(json.loads, lines) if each["check"] == check)
        assert call("disposition", "one", found["fingerprint"], "--reason", "seen", *said).status == 0
    ran = call("train", "--dispositions", "all", "--lines-only", "--json")
    assert ran.status == 0, ran.err
    return json.loads(ran.out)["decisions"]


def taught():
    """Return the lines in the file of decisions."""
    lines = Path("checks/training/decided.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def test_decisions_become_lines(call):
    """Confirmed words do what the check heard, a false alarm's do not; the clock's findings teach nothing."""
    assert call(*CHATS).status == 0
    counts = decided(
        call,
        ("no-secret-request", "--as", "confirmed"),
        ("no-hanging-chat", "--as", "false alarm"),
        ("first-response-time", "--as", "confirmed"),
    )
    assert (counts["decisions"], counts["lines"], counts["silent"]["no_act"]) == (3, 2, 1)
    by_text = {each["text"]: each for each in taught()}
    asked = by_text["kirim kode OTP nya kesini"]
    assert (asked["labels"], asked["asked"]) == (["secret-request"], ["secret-request"])
    assert (asked["role"], asked["before"]) == ("agent", "min saldo saya kok belum masuk")
    assert by_text["123456"]["labels"] == []
    assert by_text["123456"]["asked"] == ["needs-reply"]
    assert by_text["123456"]["decision"] == "false alarm"


def test_without_decisions_nothing_is_trained(call):
    """Minutes of training would change nothing: the call says what to do first."""
    assert call(*CHATS).status == 0
    for arguments, remedy in (
        (("--dispositions", "one"), "sopgen disposition"),
        (("--lines-only",), "RUN, or all"),
    ):
        ran = call("train", *arguments)
        assert (ran.status, "DSP110" in ran.err, remedy in ran.err) == (2, True, True)
    assert not Path("checks/training").exists()


def test_the_file_follows_the_decisions(call):
    """The same decisions, the same bytes; what was taken back leaves; what a gone run taught stays."""
    assert call(*CHATS).status == 0
    decided(call, ("no-secret-request", "--as", "confirmed"), ("no-hanging-chat", "--as", "confirmed"))
    path, before = Path("checks/training/decided.jsonl"), taught()
    content = path.read_bytes()
    decided(call)
    assert path.read_bytes() == content
    shutil.rmtree("output/runs/one")
    first = Path("chats.jsonl").read_text(encoding="utf-8").splitlines()[0]
    Path("others.jsonl").write_text(first + "\n", encoding="utf-8")
    assert call("check", "others.jsonl", "--run-id", "two").status == 0
    counts = decided(call)
    assert (counts["lines"], counts["silent"]["gone"]) == (0, 2)
    assert taught() == before
    file = Path("dispositions.yaml")
    file.write_text(file.read_text(encoding="utf-8").replace("confirmed", "false alarm", 1), encoding="utf-8")
    decided(call)
    assert len(taught()) == 1


def test_a_decision_changes_what_the_model_says(call, project):
    """Trained with a false alarm, the model no longer takes these words for what they are not."""
    write_lines(project / "lines")
    training = project / "checks/training"
    training.mkdir(parents=True)
    text = "lampu maaf kak"
    line = {"role": "agent", "before": "", "text": text, "labels": [], "asked": ["apology"]}
    before, after = (model_says(call, project, text, lines) for lines in ("", json.dumps(line) + "\n"))
    assert before > 0.5 > after


def model_says(call, project, text, own):
    """Return how likely a text is an apology to a model of the lines and those of one's own."""
    (project / "checks/training/own.jsonl").write_text(own, encoding="utf-8")
    ran = call("train", "--lines", "lines", "--json")
    assert ran.status == 0, ran.err
    assert json.loads(ran.out)["model"] == "checks/model"
    predict = make_predictor(read_weights(project / "checks/model/agent.npz"))
    return told(predict, Utterance(text=text))["apology"]


def test_what_decisions_are_worth_is_measured_on_lines_unseen(call, project):
    """A line that others explain is heard rightly without itself, one that contradicts them is not."""
    write_lines(project / "lines")
    (project / "checks/training").mkdir(parents=True)
    own = [
        {"role": "agent", "before": "", "text": text, "labels": [], "asked": ["apology"], "finding": "0" * 12}
        for text in ("payung ya kak", "payung maaf kak")
    ]
    (project / "checks/training/own.jsonl").write_text("\n".join(map(json.dumps, own)), encoding="utf-8")
    ran = call("train", "--lines", "lines", "--json")
    assert json.loads(ran.out)["decided"] == {"labels": 2, "right": 1}


def test_nobody_stands_in_what_is_learnt(call):
    """Names and numbers of customers and staff give way to others, in the words and those before."""
    talk = json.loads(Path("chats.jsonl").read_text(encoding="utf-8").splitlines()[1])
    talk["messages"][0] |= {
        "author": "Zulkarnaen",
        "text": "saya Zulkarnaen, hp 0812-9876-5432, saldo kok belum masuk",
    }
    talk["messages"][1] |= {
        "author": "Wiryawangsa",
        "text": "Kak Zulkarnaen, ini Wiryawangsa, kirim kode OTP nya kesini",
    }
    Path("chats.jsonl").write_text(json.dumps(talk) + "\n", encoding="utf-8")
    assert call(*CHATS).status == 0
    decided(call, ("no-secret-request", "--as", "confirmed"))
    (line,) = taught()
    assert line["text"] == "Kak Sari, ini Agus, kirim kode OTP nya kesini"
    assert line["before"] == "saya Sari, hp 0834-5678-9012, saldo kok belum masuk"
