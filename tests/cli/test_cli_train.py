"""`sopgen train`: a model from lines of one's own."""

import json

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
    cards = json.loads(ran.out)
    assert [(card["role"], card["label"], card["positives"]) for card in cards] == [
        ("agent", "apology", 20),
        ("customer", "complaint", 20),
        ("customer", "question", 20),
    ]
    assert {path.name for path in (project / "own/model").iterdir()} == {"agent.npz", "customer.npz"}


def test_train_without_lines_says_so(call, project):
    """A folder without lines ends the call with its code and no model."""
    (project / "empty").mkdir()
    ran = call("train", "--lines", "empty", "--to", "own/model")
    assert ran.status == 4
    assert "MDL102" in ran.err
    assert not (project / "own").exists()
