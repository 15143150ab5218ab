"""Every example of the default pack."""

from sopgen.compliance.examples import run_examples
from sopgen.compliance.pack import Pack


def test_every_example_of_the_default_pack_holds(pack: Pack) -> None:
    """Acts hit and miss as they claim, rules pass and fail as they claim."""
    results = list(run_examples(pack, []))
    wrong = [
        f"{each.span}: {each.title}: {each.expected} != {each.actual}" for each in results if not each.ok
    ]
    assert wrong == []
    assert {each.subject for each in results} == {*pack.acts, *pack.rules}
