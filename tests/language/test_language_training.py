"""The trained model: made again the same, read back the same, and asked where an act says so."""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from sopgen.base.diagnostic import Diagnostic
from sopgen.base.errors import MachineError, PackError
from sopgen.language.act import read_act
from sopgen.language.course import (
    CONVERSATION_WEIGHT,
    SENTENCE_WEIGHT,
    course_of,
    features_of,
    gather,
    sentences_of,
)
from sopgen.language.encoder import Heard
from sopgen.language.feature import Utterance
from sopgen.language.labelled import Line, read_lines
from sopgen.language.lexicon import read_lexicon
from sopgen.language.linear import read_weights, write_weights
from sopgen.language.predictors import Models
from sopgen.language.recogniser import make_recogniser
from sopgen.language.scoring import Predict, Scored, make_predictor, told
from sopgen.language.teacher import Teach
from sopgen.language.training import LEAST_POSITIVES, train

GOODS = ("paket", "pesanan", "saldo", "tas", "sepatu", "baju", "kopi", "tiket", "lampu", "buku")
FATES = ("hilang", "rusak", "pecah", "basah")
WISHES = ("ada", "ready", "murah", "warna merah")
ASKED = ("complaint", "question", "greeting")


def line(text: str, *labels: str, before: str = "", asked: tuple[str, ...] = ASKED) -> Line:
    """Return a customer's line, in a group of its own."""
    return Line(
        role="customer",
        before=before,
        text=text,
        labels=frozenset(labels),
        asked=frozenset(asked),
        group=before or text,
    )


def hear(line: Line) -> Utterance:
    """Return a line as the model hears it when there are no cues."""
    return Utterance(text=line.text, before=line.before)


def lines() -> list[Line]:
    """Return lines in which a word of FATES makes a complaint."""
    return [
        line(f"{goods} saya {word} kak", *labels)
        for words, labels in ((FATES, {"complaint"}), (WISHES, {"question"}))
        for goods in GOODS
        for word in words
    ]


def sure_of(chance: float) -> Predict:
    """Return a model that finds a complaint of this chance in everything."""
    return lambda heard: Scored(("complaint",), np.full((len(heard), 1), chance))


@pytest.mark.parametrize("is_taught", [False, True])
def test_the_same_lines_give_the_same_bytes(tmp_path: Path, *, is_taught: bool) -> None:
    """Training is reproducible to the byte, and labels with few lines get no model."""
    teach = sure("complaint", 0.3) if is_taught else None
    few = line("halo", "greeting")
    paths = [tmp_path / "one.npz", tmp_path / "two.npz"]
    for path in paths:
        trained = train([*lines(), few], "customer", hear, lambda _: None, teach)
        weights, cards = trained.weights, trained.cards
        write_weights(weights, path)
        assert [card.label for card in cards] == ["complaint", "question"]
        assert all(card.positives >= LEAST_POSITIVES for card in cards)
    assert paths[0].read_bytes() == paths[1].read_bytes()


def test_a_model_read_back_knows_what_it_was_taught(tmp_path: Path) -> None:
    """A new sentence with a taught word is likely, one without is not; probabilities are probabilities."""
    weights = train(lines(), "customer", hear, lambda _: None).weights
    write_weights(weights, tmp_path / "customer.npz")
    predict = make_predictor(read_weights(tmp_path / "customer.npz"))
    broken, wished = (
        told(predict, Utterance(text="HP saya pecaaah rusak", before="halo kak")),
        told(predict, Utterance(text="ada warna merah")),
    )
    assert broken["complaint"] > 0.5 > wished["complaint"]
    assert all(0 <= chance <= 1 for chance in (*broken.values(), *wished.values()))


def test_a_predictor_agrees_with_the_plain_sum() -> None:
    """The cached shares of tokens add up to the features that training saw."""
    weights = train(lines(), "customer", hear, lambda _: None).weights
    heard = Utterance(
        text="PAKET RUSAK, kopi basah!",
        before="ada yang bisa dibantu?",
        acts=frozenset({"complaint"}),
        heard=frozenset({"ask-need"}),
    )
    dense = np.zeros((1 << 18, len(weights.labels)), np.float32)
    dense[weights.buckets] = weights.weights * weights.scale
    score = weights.bias + sum(dense[bucket] * weight for bucket, weight in features_of(heard))
    expected = 1 / (1 + np.exp(-(weights.slope * score + weights.shift)))
    assert list(told(make_predictor(weights), heard).values()) == pytest.approx(expected.tolist(), abs=1e-4)


def test_a_damaged_model_is_named(tmp_path: Path) -> None:
    """A file that is no model ends the run with its name and how to make it again."""
    (tmp_path / "agent.npz").write_bytes(b"PK\x03\x04 not a model")
    with pytest.raises(PackError, match="agent") as raised:
        read_weights(tmp_path / "agent.npz")
    assert raised.value.code == "MDL101"


def test_what_cues_found_is_learnt_from() -> None:
    """Of two texts of unknown words, the one that a cue hit is the likelier."""
    trained = train(
        lines(), "customer", lambda line: Utterance(text=line.text, acts=line.labels), lambda _: None
    )
    predict = make_predictor(trained.weights)
    found = told(predict, Utterance(text="zzz", acts=frozenset({"complaint"})))
    assert found["complaint"] > told(predict, Utterance(text="zzz"))["complaint"]


def test_a_label_is_learnt_only_where_it_was_looked_for() -> None:
    """A line in which nobody looked for a label is no example against it."""
    unasked = [line(f"{text.text} lagi", asked=("question",)) for text in lines()]
    cards = train([*lines(), *unasked], "customer", hear, lambda _: None).cards
    assert [(card.label, card.lines) for card in cards] == [
        ("complaint", len(lines())),
        ("question", 2 * len(lines())),
    ]


def test_a_conversation_counts_more_than_a_line_by_itself() -> None:
    """Where the same words were labelled otherwise in conversations, these have the greater say."""
    alone = [line(f"{goods} zonk {n}", "complaint") for n, goods in enumerate(GOODS)]
    spoken = [
        replace(line(f"{goods} zonk {n}"), conversation=f"c{n}") for n, goods in enumerate(GOODS, start=20)
    ]
    even = [replace(each, conversation="") for each in spoken]
    chances = [
        told(make_predictor(train(taught, "customer", hear, lambda _: None).weights), Utterance(text="zonk"))
        for taught in ([*lines(), *alone, *spoken], [*lines(), *alone, *even])
    ]
    assert chances[0]["complaint"] < chances[1]["complaint"]


def test_what_a_message_does_not_do_none_of_its_sentences_does() -> None:
    """A word that stood in long harmless messages alone is taken for harmless in a short one, too."""
    tail = "Terima kasih sudah menunggu lama sekali ya. Selamat siang dan sampai jumpa lagi."
    whole = [line(f"Ongkirnya zonk sudah {goods}. {tail}", "question") for goods in GOODS]
    cut = [line(f"Ongkirnya zonk sudah {goods}, {tail.replace('.', ',')}", "question") for goods in GOODS]
    chances = [
        told(
            make_predictor(train([*lines(), *taught], "customer", hear, lambda _: None).weights),
            Utterance(text="Ongkirnya zonk"),
        )
        for taught in (whole, cut)
    ]
    assert chances[0]["complaint"] < chances[1]["complaint"]


SMALL_TALK = [line(f"{goods} zonk {n}", "question") for n, goods in enumerate(GOODS)]


def sure(label: str, chance: float) -> Teach:
    """Return a teacher who says this of a label wherever a text says zonk, and else what is labelled."""

    def teach(_role: str, heard: Sequence[Heard]) -> Mapping[str, NDArray[np.float64]]:
        plain = [float(any(word in each.text for word in FATES)) for each in heard]
        said = [chance if "zonk" in each.text else usual for each, usual in zip(heard, plain, strict=True)]
        return {label: np.array(said)}

    return teach


def chance_of(text: str, taught: Sequence[Line], teach: Teach | None, label: str = "complaint") -> float:
    """Return how likely a label is of a text to a model of these lines and this teacher."""
    weights = train(taught, "customer", hear, lambda _: None, teach).weights
    return told(make_predictor(weights), Utterance(text=text))[label]


def test_a_teacher_has_half_a_say() -> None:
    """Words that people labelled as harmless are likelier a complaint if the teacher takes them for one."""
    taught = [*lines(), *SMALL_TALK]
    alone, even, against = (
        chance_of("zonk", taught, teach) for teach in (None, sure("complaint", 0.0), sure("complaint", 1.0))
    )
    assert alone == pytest.approx(even, rel=0.1)
    assert 100 * alone < against < 0.5


@pytest.mark.parametrize("more", ["", ". Terima kasih banyak ya kak"])
def test_what_people_decided_stands_against_the_teacher(more: str) -> None:
    """A line that tells of a decision about a finding is learnt as it was decided, sentence by sentence."""
    taught = [
        *lines(),
        *(replace(each, text=f"{each.text} nih kak{more}", finding="f1") for each in SMALL_TALK),
    ]
    against, even = (chance_of("zonk", taught, sure("complaint", chance)) for chance in (1.0, 0.0))
    assert against == even


def targets(*taught: Line, label: str, told: float | None) -> list[tuple[float, float]]:
    """Return how true a label is of each example, and what it counts; a teacher says the same of all."""
    teach = sure(label, told) if told is not None else None
    course = course_of(label, gather(taught, "customer", hear, lambda _: None, teach))
    return list(zip(course.target.tolist(), course.counts.tolist(), strict=True))


TWO = "Pakai zonk ya kak. Warnanya zonk sekali juga."


@pytest.mark.parametrize(
    ("label", "labels", "told", "whole", "sentences"),
    [
        ("complaint", (), None, 0.0, [0.0, 0.0]),
        ("complaint", (), 0.8, 0.4, [0.4, 0.4]),
        ("complaint", ("complaint",), None, 1.0, []),
        ("complaint", ("complaint",), 0.8, 0.9, [0.8, 0.8]),
        ("angry", (), 0.8, 0.0, [0.0, 0.0]),
        ("angry", ("angry",), 0.8, 1.0, []),
        ("courtesy", (), 0.8, 0.4, []),
    ],
)
def test_people_and_teacher_say_how_true_a_label_is(
    label: str, labels: tuple[str, ...], told: float | None, whole: float, sentences: list[float]
) -> None:
    """Of a line half each; of sentences that do it, the teacher alone; of a tone, no teacher."""
    taught = replace(line(TWO, *labels, asked=(label,)), conversation="c1")
    expected = [(whole, CONVERSATION_WEIGHT), *((each, SENTENCE_WEIGHT) for each in sentences)]
    found = targets(taught, label=label, told=told)
    assert found == [pytest.approx(each) for each in expected]


def test_a_label_that_the_teacher_does_not_know_is_learnt_from_people() -> None:
    """Labels of one's own are as good without a teacher."""
    assert chance_of("kopi zonk", [*lines(), *SMALL_TALK], sure("other", 1.0)) == chance_of(
        "kopi zonk", [*lines(), *SMALL_TALK], None
    )


def test_without_scikit_learn_nothing_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """The encoder would read for minutes before that was noticed."""
    monkeypatch.setitem(sys.modules, "sklearn", None)

    def teach(_role: str, _heard: Sequence[Heard]) -> Mapping[str, NDArray[np.float64]]:
        raise AssertionError("read all the same")

    with pytest.raises(MachineError, match="scikit-learn") as raised:
        train(lines(), "customer", hear, lambda _: None, teach)
    assert raised.value.code == "MDL104"


def test_lines_that_teach_no_label_are_refused() -> None:
    """A label that all of few lines have, or that all have, tells nothing apart."""
    with pytest.raises(PackError, match="no label is given to 15 lines of the customer") as raised:
        train(lines()[:20], "customer", hear, lambda _: None)
    assert raised.value.code == "MDL102"


@pytest.mark.parametrize(("label", "counts"), [("complaint", True), ("angry", False)])
def test_a_teacher_says_which_sentence_does_it(label: str, *, counts: bool) -> None:
    """Of a long message only the sentence that does it is learnt so; of a tone its word does not count."""
    asked = (label, "question")
    tail = "Terima kasih sudah menunggu lama sekali ya."
    long = [
        line(f"Ini {goods} {word} semua nih. {tail}", label, asked=asked) for goods in GOODS for word in FATES
    ]
    short = [line(f"{goods} {word}", "question", asked=asked) for goods in GOODS for word in WISHES]
    heard: list[str] = []

    def teach(role: str, read: Sequence[Heard]) -> Mapping[str, NDArray[np.float64]]:
        heard.extend(each.text for each in read)
        return sure(label, 0.5)(role, read)

    with_teacher, alone = (chance_of(tail, [*long, *short], each, label) for each in (teach, None))
    assert tail in heard
    assert (with_teacher < alone / 2) is counts


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("sudah kak", ["sudah kak"]),
        ("Maaf ya Kak. Kami cek dulu!\nBesok dikabari", ["Maaf ya Kak.", "Kami cek dulu!", "Besok dikabari"]),
        ("Baik. Kami cek ya", ["Baik. Kami cek ya"]),
        ("Rp 1.500.000 ya kak", ["Rp 1.500.000 ya kak"]),
        ("", []),
    ],
)
def test_sentences_are_told_apart(text: str, sentences: list[str]) -> None:
    """They end with a mark and a blank or with a line; a word or two go with the next."""
    assert sentences_of(text) == sentences


LABELS = """
agent: {answer: {meaning: an answer}}
customer: {complaint: {meaning: something went wrong}, chases: {meaning: asks again, files: [late*]}}
"""


def test_conversations_and_single_messages_are_read(tmp_path: Path) -> None:
    """A message of a conversation hears the other party's last words; a label counts where it was sought."""
    (tmp_path / "labels.yaml").write_text(LABELS, encoding="utf-8")
    (tmp_path / "early.jsonl").write_text(
        '{"role": "customer", "before": "", "text": "rusak", "labels": ["complaint", "chases"]}\n',
        encoding="utf-8",
    )
    (tmp_path / "late.jsonl").write_text(
        '{"id": "d1", "messages": ['
        '{"role": "customer", "kind": "text", "text": "rusak, mana?", "labels": ["complaint", "chases"]},'
        '{"role": "system", "kind": "event", "text": ""},'
        '{"role": "agent", "kind": "text", "text": "kami ganti", "labels": ["answer"]}]}\n',
        encoding="utf-8",
    )
    early, late, answer = read_lines(tmp_path)
    assert (early.labels, early.asked) == ({"complaint"}, {"complaint"})
    assert late.labels == {"complaint", "chases"}
    assert (answer.before, answer.group) == ("rusak, mana?", "d1")


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ('{"role": "agent", "text": "ya", "labels": ["anser"]}', "MDL103"),
        ('{"role": "robot", "text": "ya", "labels": []}', "MDL103"),
        ("[]", "MDL103"),
        ("", "MDL102"),
    ],
)
def test_a_broken_line_is_named(tmp_path: Path, line: str, code: str) -> None:
    """An unknown label or role, or no object at all, is an error with file and line."""
    (tmp_path / "labels.yaml").write_text(LABELS, encoding="utf-8")
    (tmp_path / "lines.jsonl").write_text(line + "\n", encoding="utf-8")
    with pytest.raises(PackError) as raised:
        read_lines(tmp_path)
    assert raised.value.code == code


def test_labels_without_a_meaning_are_refused(tmp_path: Path) -> None:
    """What a label means has to be written down."""
    (tmp_path / "labels.yaml").write_text("agent: {answer: {}}\ncustomer: {}\n", encoding="utf-8")
    with pytest.raises(PackError) as raised:
        read_lines(tmp_path)
    assert raised.value.code == "MDL105"


def test_a_folder_without_lines_is_refused(tmp_path: Path) -> None:
    """Nothing is not a training set."""
    (tmp_path / "labels.yaml").write_text(LABELS, encoding="utf-8")
    with pytest.raises(PackError) as raised:
        read_lines(tmp_path)
    assert raised.value.code == "MDL102"


ACT = """
act: complaint
title: {id: Keluhan, en: Complaint}
role: customer
cues: {id: [kecewa]}
model: {label: complaint, accept: 0.8, veto: 0.2}
examples: {hit: [kecewa], miss: [baik]}
"""


def test_a_label_that_the_model_lacks_takes_nothing_back(tmp_path: Path) -> None:
    """No opinion is not a low one: the cues stand."""
    path = tmp_path / "complaint.yaml"
    path.write_text(ACT.replace("label: complaint", "label: complant"), encoding="utf-8")
    act = read_act(path, lambda _: None)
    assert act is not None
    predictors = {"customer": sure_of(0.9)}
    lexicon = read_lexicon([tmp_path], lambda _: None)
    recognise = make_recogniser({"complaint": act}, lexicon, lambda _: None, Models(predictors=predictors))
    assert recognise("customer", "saya kecewa").performs(frozenset({"complaint"}))


@pytest.mark.parametrize(
    ("text", "chance", "hits"),
    [
        ("saya kecewa", 0.5, [(5, 11)]),
        ("saya kecewa", 0.1, []),
        ("lampunya mati", 0.9, [(0, 13)]),
        ("lampunya mati", 0.7, []),
        ("🙂", 0.99, []),
    ],
)
def test_the_model_adds_and_takes_back(
    tmp_path: Path, text: str, chance: float, hits: list[tuple[int, int]]
) -> None:
    """From `accept` on the model's word is a hit on the whole text; below `veto` it silences the cues."""
    flaws: list[Diagnostic] = []
    path = tmp_path / "complaint.yaml"
    path.write_text(ACT, encoding="utf-8")
    act = read_act(path, flaws.append)
    assert act is not None, flaws
    predictors = {"customer": sure_of(chance)}
    lexicon = read_lexicon([tmp_path], flaws.append)
    recognise = make_recogniser({"complaint": act}, lexicon, flaws.append, Models(predictors=predictors))
    assert [(hit.start, hit.end) for hit in recognise("customer", text, "halo").hits] == hits


OUTRIGHT = """
act: outcry
title: {id: Umpatan, en: Outcry}
role: customer
cues: {id: [kecewa berat]}
exceptions: [tidak kecewa berat]
examples: {hit: [kecewa berat], miss: [baik]}
"""


@pytest.mark.parametrize(
    ("text", "hits"),
    [
        ("saya kecewa berat", [("complaint", 5, 11), ("outcry", 5, 17)]),
        ("saya kecewa", []),
        ("tidak kecewa berat", []),
    ],
)
def test_what_is_done_outright_stands_against_the_model(
    tmp_path: Path, text: str, hits: list[tuple[str, int, int]]
) -> None:
    """An act known by cues alone performs the other one too, and nothing takes that back; it is certain."""
    sources = {"complaint": ACT + "outright: outcry\n", "outcry": OUTRIGHT}
    for name, source in sources.items():
        (tmp_path / f"{name}.yaml").write_text(source, encoding="utf-8")
    read = {name: read_act(tmp_path / f"{name}.yaml", lambda _: None) for name in sources}
    acts = {name: act for name, act in read.items() if act is not None}
    models = Models(predictors={"customer": sure_of(0.01)})
    recognise = make_recogniser(acts, read_lexicon([tmp_path], lambda _: None), lambda _: None, models)
    found = recognise("customer", text, "halo")
    assert [(hit.act, hit.start, hit.end) for hit in found.hits] == hits
    assert (found.chances["complaint"] > 0.99) is bool(hits)


def test_an_act_that_no_cue_finds_takes_its_place_outright(tmp_path: Path) -> None:
    """Where the other's cues find something and its own nothing, the words are those of the other."""
    sources = {"complaint": ACT.replace("[kecewa]}\nmodel", "[payah]}\nmodel") + "outright: outcry\n"}
    sources["outcry"] = OUTRIGHT
    for name, source in sources.items():
        (tmp_path / f"{name}.yaml").write_text(source, encoding="utf-8")
    read = {name: read_act(tmp_path / f"{name}.yaml", lambda _: None) for name in sources}
    acts = {name: act for name, act in read.items() if act is not None}
    models = Models(predictors={"customer": sure_of(0.01)})
    recognise = make_recogniser(acts, read_lexicon([tmp_path], lambda _: None), lambda _: None, models)
    found = recognise("customer", "saya kecewa berat", "halo")
    assert [(hit.act, hit.start, hit.end) for hit in found.hits] == [("complaint", 5, 17), ("outcry", 5, 17)]


@pytest.mark.parametrize(
    ("thorough", "chance", "hit"), [(False, 0.7, False), (True, 0.7, True), (True, 0.55, False)]
)
def test_a_thorough_check_goes_by_limits_of_its_own(
    tmp_path: Path, chance: float, *, thorough: bool, hit: bool
) -> None:
    """Where an act names limits for the encoder's word, these hold for it alone."""
    path = tmp_path / "complaint.yaml"
    path.write_text(ACT.replace("veto: 0.2", "veto: 0.2, thorough: {accept: 0.6}"), encoding="utf-8")
    act = read_act(path, lambda _: None)
    assert act is not None
    deepen = (lambda _role, scored, _heard: scored) if thorough else None
    models = Models(predictors={"customer": sure_of(chance)}, deepen=deepen)
    recognise = make_recogniser(
        {"complaint": act}, read_lexicon([tmp_path], lambda _: None), lambda _: None, models
    )
    assert recognise("customer", "lampunya mati").performs(frozenset({"complaint"})) is hit


def test_limits_of_a_thorough_check_stand_in_order(tmp_path: Path) -> None:
    """A veto above the acceptance is refused there as well."""
    flaws: list[Diagnostic] = []
    path = tmp_path / "complaint.yaml"
    path.write_text(ACT.replace("veto: 0.2", "thorough: {accept: 0.3, veto: 0.4}"), encoding="utf-8")
    assert read_act(path, flaws.append) is None
    assert [flaw.code for flaw in flaws] == ["ACT105"]
