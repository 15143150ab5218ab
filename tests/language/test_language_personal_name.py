"""Names of customers are found by the signs that people give, and ordinary words are not taken for them."""

from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from sopgen.conversation.model import Conversation, Message, Role
from sopgen.language.personal.name import MOST_SAID, NAME_LENGTH, names_in

CASES = yaml.safe_load((Path(__file__).parent / "cases" / "names.yaml").read_text(encoding="utf-8"))


def said(*messages: Message) -> Conversation:
    return Conversation(id="C1", channel="livechat", messages=messages)


def message(role: Role, text: str, author: str = "") -> Message:
    return Message(id="m", at=None, role=role, text=text, author=author)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:40])
def test_a_name_is_found_by_what_stands_before_it(case: dict[str, object]) -> None:
    """Only what follows such a sign, up to the first ordinary word."""
    assert list(names_in(said(message(Role(case["role"]), str(case["text"]))))) == case["names"]


def test_every_customer_who_writes_is_named() -> None:
    """Of a group of any size; agents are not."""
    many = [message(Role.CUSTOMER, "halo", f"Warga {number}") for number in range(300)]
    assert len(names_in(said(*many, message(Role.AGENT, "halo", "Rina")))) == 300


def test_staff_who_write_in_the_chat_are_no_customers() -> None:
    """An agent who is called by a colleague, or signs a template, stays readable."""
    talk = said(
        message(Role.AGENT, "Kak Laras, tolong dibantu", "Doni"), message(Role.AGENT, "ok", "Laras Ayu")
    )
    assert names_in(talk) == ()
    assert names_in(replace(talk, messages=talk.messages[:1])) == ("Laras",)


@given(st.lists(st.tuples(st.sampled_from(Role), st.text(max_size=200), st.text(max_size=100)), max_size=6))
def test_whatever_is_said_names_are_few_and_short(lines: list[tuple[Role, str, str]]) -> None:
    """Any characters, half ones included."""
    found = names_in(said(*(message(role, text, author) for role, text, author in lines)))
    assert len(found) <= len(lines) + MOST_SAID
    assert all(0 < len(name) <= NAME_LENGTH for name in found)
