"""The encoder as a teacher: it hears labelled lines as it hears chats, and says how likely each label is."""

import math
from dataclasses import replace

import pytest

from sopgen.compliance.pack import default_pack_folder
from sopgen.language.encoder import Heard, open_encoder
from sopgen.language.labelled import Line
from sopgen.language.predictors import ENCODER
from sopgen.language.teacher import heard_lines, make_teacher

FOLDER = default_pack_folder() / "model" / ENCODER


def line(role: str, text: str, before: str = "", *, talk: str = "", position: int = 0) -> Line:
    """Return a line without labels."""
    none: frozenset[str] = frozenset()
    return Line(
        role=role,
        before=before,
        text=text,
        labels=none,
        asked=none,
        group=text,
        conversation=talk,
        position=position,
    )


def test_a_line_by_itself_is_heard_after_what_stood_before() -> None:
    """Nothing follows it, and its writer said nothing before."""
    assert heard_lines([line("agent", "siap kak", "makasih")]) == [Heard("siap kak", "makasih")]


def test_a_line_of_a_conversation_is_heard_with_what_is_said_around() -> None:
    """However the lines are sorted, and with none of another conversation's words."""
    talk = [
        line("customer", "rusak", talk="a", position=0),
        line("agent", "fotonya?", "rusak", talk="a", position=1),
        line("agent", "maaf ya", "rusak", talk="a", position=2),
        line("customer", "ini", "maaf ya", talk="a", position=4),
    ]
    other = replace(talk[0], text="halo", conversation="b")
    heard = heard_lines([talk[2], other, talk[3], talk[0], talk[1]])
    assert heard == [
        Heard("maaf ya", "rusak", "ini", "fotonya?"),
        Heard("halo"),
        Heard("ini", "maaf ya", "", "rusak"),
        Heard("rusak", "", "fotonya?"),
        Heard("fotonya?", "rusak", "ini"),
    ]


def test_a_teacher_says_what_the_encoder_says_of_a_role() -> None:
    """One chance a message for each label of the role, and none of the other role's."""
    heard = [Heard("Mohon maaf atas kejadian ini ya Kak."), Heard("Ada yang bisa dibantu?", "halo")]
    found = make_teacher(FOLDER)("agent", heard)
    encode, blends = open_encoder(FOLDER)
    assert {f"agent/{name}" for name in found} == {each for each in blends if each.startswith("agent/")}
    for name, chances in found.items():
        expected = [1 / (1 + math.exp(-encode(each)[f"agent/{name}"])) for each in heard]
        assert chances.tolist() == pytest.approx(expected)
    sorry, asking = found["apology"]
    assert sorry > 0.9
    assert asking < 0.1


def test_a_teacher_without_messages_says_nothing() -> None:
    """Lines of one sentence each have no sentences to judge."""
    found = make_teacher(FOLDER)("customer", [])
    assert "complaint" in found
    assert all(len(chances) == 0 for chances in found.values())
