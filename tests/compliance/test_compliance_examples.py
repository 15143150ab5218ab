"""Every example of the default pack."""

from pathlib import Path

from sopgen.compliance.examples import run_examples
from sopgen.compliance.pack import Pack, default_pack_folder, load_pack


def test_every_example_of_the_default_pack_holds(pack: Pack) -> None:
    """Acts hit and miss as they claim, rules pass and fail as they claim."""
    results = list(run_examples(pack, []))
    wrong = [
        f"{each.span}: {each.title}: {each.expected} != {each.actual}" for each in results if not each.ok
    ]
    assert wrong == []
    assert {each.subject for each in results} == {*pack.acts, *pack.rules}


def test_an_overridden_limit_breaks_no_example(tmp_path: Path) -> None:
    """A rule's examples were written for its own limits, and are tried with them."""
    (tmp_path / "overrides.yaml").write_text(
        "first-response-time: {parameters: {limit: 3m}}\n", encoding="utf-8"
    )
    pack = load_pack([default_pack_folder(), tmp_path], lambda _: None)
    results = [each for each in run_examples(pack, []) if each.subject == "first-response-time"]
    assert results
    assert all(each.ok for each in results)
