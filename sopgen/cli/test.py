"""`sopgen test`: everything that claims to be recognised, tried."""

from pathlib import Path

import click

from sopgen.cli import option
from sopgen.cli.bench import set_up
from sopgen.cli.screen.document import show_json
from sopgen.cli.screen.example import show_examples
from sopgen.cli.screen.trouble import Gathered
from sopgen.cli.teaching import Taught
from sopgen.compliance.examples import run_examples


@click.command(name="test", cls=Taught)
@option.sops
@option.checks
@option.as_json
def command(*, sops: Path, checks: tuple[Path, ...], as_json: bool) -> int:
    """Run the examples of every act, check and clause.

    An example is a chat or a sentence with the verdict that it must get. Those marked todo- are known gaps:
    they are listed once they are closed, and fail nothing. Checks of your own in `checks` beside the SOPs are
    tried with the others. The exit status is 1 when an example fails, or a check cannot be read.

    Examples:
      sopgen test
      sopgen test --checks checks-of-another-team
    """
    with Gathered() as gathered:
        bench = set_up(gathered, sops=sops, checks=checks, draft=True)
        results = tuple(run_examples(bench.pack, bench.histories))
    if as_json:
        show_json(results)
    else:
        show_examples(results)
    return int(gathered.has_error() or not all(each.ok for each in results))
