"""What lies between two versions: nothing between equals, all of it between others, each with its kind."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from sopgen.sop.difference import Change, ChangeKind, Subject, decided, differences, unknown_names, weightiest
from sopgen.sop.difference.application import applied, tree_of
from sopgen.sop.model import Category
from tests.sop.sop_source import read, sop_texts

REAL = (Path(__file__).parents[3] / "sop_sources" / "cs-swin" / "sop.md").read_text(encoding="utf-8")
FRONT = """---
id: cs-contoh
title: Pelayanan
language: id
owner: Kepala Layanan
approver: Direktur
review_every: 90d
---
"""


def changes(old: str, new: str) -> tuple[Change, ...]:
    return differences(read(FRONT + old), read(FRONT + new))


def told(old: str, new: str) -> list[tuple[str, str, str, str | None, str | None, str]]:
    return [
        (str(each.kind), each.id, each.name, each.old, each.new, str(each.category))
        for each in changes(old, new)
    ]


@given(sop_texts())
def test_nothing_lies_between_a_version_and_itself(text: str) -> None:
    """`diff(x, x)` is empty, also when comments, blank lines and line ends differ."""
    other = (
        text.replace("<!-- daftar -->", "<!-- butir\n-->").replace("\n## ", "\n\n## ").replace("\n", "\r\n")
    )
    assert differences(read(text), read(text)) == ()
    assert differences(read(text), read(other)) == ()


@given(sop_texts(), sop_texts())
def test_the_changes_explain_every_difference(old: str, new: str) -> None:
    """The old version with the changes applied says what the new version says, and so the other way round."""
    before, after = read(old), read(new)
    assert applied(before, differences(before, after)) == tree_of(after)
    assert applied(after, differences(after, before)) == tree_of(before)


@given(sop_texts(), sop_texts())
def test_no_change_goes_unseen(old: str, new: str) -> None:
    """Without changes the two versions are equal in all that they say."""
    before, after = read(old), read(new)
    if not differences(before, after):
        assert [section.blocks for section in before.sections] == [
            section.blocks for section in after.sections
        ]
        assert (before.owner, before.applies_to) == (after.owner, after.applies_to)


@settings(max_examples=30)
@given(st.data())
def test_the_changes_of_a_real_sop_explain_what_an_editor_did(data: st.DataObject) -> None:
    """Lines of cs-swin that are swapped or reworded are explained by the changes."""
    lines = REAL.split("\n")
    items = [row for row, line in enumerate(lines) if line.startswith("- **") and "{" not in line]
    assert len(items) > 1
    for row in data.draw(st.lists(st.sampled_from(items), max_size=4, unique=True)):
        other = data.draw(st.sampled_from(items))
        if data.draw(st.booleans()):
            lines[row], lines[other] = lines[other], lines[row]
        else:
            lines[row] = lines[row].replace("- ", "- Mulai besok ", 1)
    before, after = read(REAL), read("\n".join(lines))
    assert applied(before, differences(before, after)) == tree_of(after)


RULE = """## Standar Pelayanan

- **Wajib** membalas dalam 2 menit. {#balas check=first-response-time limit=2m}
"""
CASES = yaml.safe_load((Path(__file__).parent / "cases" / "changes.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_each_kind_of_change_is_told(case) -> None:
    """A change is told once, with its values and the category that the rules propose."""
    assert told(case["old"], case["new"]) == [tuple(change) for change in case["changes"]]


def test_a_softer_modality_is_told_beside_the_wording() -> None:
    """A "wajib" that becomes "sebaiknya" is a change of words and of modality, both substantive."""
    found = changes(RULE, RULE.replace("**Wajib**", "**Sebaiknya**"))
    assert [(each.kind, each.old, each.new) for each in found][1] == (ChangeKind.MODALITY, "must", "should")
    assert {each.category for each in found} == {Category.SUBSTANTIVE}


def test_the_order_of_steps_is_substantive() -> None:
    """Steps that change places are another procedure; items that do are not."""
    steps = "## Prosedur\n\n### Menyapa {#sapa}\n\n{}\n\nKeluaran: disapa.\n"
    one, two = "1. Sapa. {#salam}", "2. Tanya. {#tanya}"
    (found,) = changes(steps.replace("{}", f"{one}\n{two}"), steps.replace("{}", f"{two}\n{one}"))
    assert (found.kind, found.subject, found.category) == (
        ChangeKind.MOVED,
        Subject.STEP,
        Category.SUBSTANTIVE,
    )


def test_front_matter_prose_examples_and_replies_are_compared_too() -> None:
    """An owner is administrative, scope is substantive, an example that is judged otherwise as well."""
    chat = "\n  ```chat {}\n  09:00 agen  halo\n  ```\n"
    reply = "\n> [!TEMPLATE] Salam\n> Halo Kak\n"
    scope = "\n## Ruang Lingkup\n\nSemua agen.\n"
    old = read(FRONT + RULE + chat.format("pass") + reply)
    new = read(
        FRONT.replace("Kepala Layanan", "Kepala CS") + RULE + chat.format("fail") + reply + "> Ya\n" + scope
    )
    assert [
        (str(each.subject), str(each.kind), each.id, str(each.category)) for each in differences(old, new)
    ] == [
        ("front-matter", "setting", "owner", "administrative"),
        ("example", "setting", "balas", "substantive"),
        ("quick-reply", "reworded", "reply-salam", "clarification"),
        ("section", "added", "scope", "clarification"),
        ("prose", "added", "scope", "substantive"),
    ]


def test_a_removed_clause_stands_in_the_section_that_it_was_in() -> None:
    """A removed clause is told where it stood, under the section's present id."""
    old = "## Cara kami melayani\n\n- Wajib jujur. {#jujur}\n- Wajib ramah. {#ramah}\n"
    found = changes(old, "## Cara kami melayani kini\n\n- Wajib ramah. {#ramah}\n")
    assert [(each.kind, each.section) for each in found if each.id == "jujur"] == [
        (ChangeKind.REMOVED, "cara-kami-melayani-kini")
    ]


def test_people_decide() -> None:
    """A category for an id, one of its values, or one kind of its changes replaces the proposed one."""
    found = changes(RULE, RULE.replace("2m", "5m").replace("2 menit", "5 menit"))
    chosen = {
        "balas": Category.CLARIFICATION,
        "balas:parameter": Category.ADMINISTRATIVE,
        "bals": Category.ADMINISTRATIVE,
    }
    assert [str(each.category) for each in decided(found, chosen)] == ["clarification", "administrative"]
    assert unknown_names(found, chosen) == ("bals",)
    by_value = {"balas:limit": Category.CLARIFICATION, "balas:parameter": Category.ADMINISTRATIVE}
    assert [str(each.category) for each in decided(found, by_value)] == ["substantive", "clarification"]
    assert unknown_names(found, {"balas:clock": Category.CLARIFICATION}) == ("balas:clock",)
    assert weightiest(found) is Category.SUBSTANTIVE
    assert weightiest(()) is None
