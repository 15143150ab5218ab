"""`sopgen erase`: a customer taken out of everything that is stored, with proof."""

from pathlib import Path

import click

from sopgen.base.errors import UsageError
from sopgen.cli import option
from sopgen.cli.clock import now
from sopgen.cli.erasing import erasing
from sopgen.cli.house import read_house
from sopgen.cli.omitting import is_remembered, remembering
from sopgen.cli.project import FILE
from sopgen.cli.screen.document import show_json
from sopgen.cli.screen.erasure import erasure_record, show_erasure, show_unseen
from sopgen.cli.screen.trouble import Gathered
from sopgen.cli.teaching import Taught
from sopgen.cli.unmasking import user
from sopgen.runs.night.erasure import Request
from sopgen.runs.night.lock import alone


@click.command(name="erase", cls=Taught)
@click.argument("customer", metavar="CUSTOMER")
@click.option("--reason", metavar="WHY", required=True, help="Why, as the proof will say; name nobody in it.")
@click.option("--by", metavar="WHO", default=None, help="Who asks for it.  [default: the machine's user]")
@click.option(
    "--config",
    metavar="FILE",
    type=click.Path(path_type=Path),
    default=Path(FILE),
    help="Configuration of the project; its folders are seen from where it lies.",
)
@click.option("--dry-run", is_flag=True, help="Only say what would be erased.")
@option.as_json
def command(*, customer: str, reason: str, by: str | None, config: Path, dry_run: bool, as_json: bool) -> int:
    """Erase a customer from everything that is stored.

    CUSTOMER is the name, id or number under which the customer wrote; case, blanks and the form of a number
    do not matter. The customer's conversations leave all runs, the results by day and the ledger; totals are
    counted again and the runs' reports written again. Reports of several runs and backtests that may show
    the customer are deleted; those that --to put elsewhere are yours to delete. Lines about the customer's
    findings leave `baseline.txt`; what people decided about them stays, under a hash. A proof without any
    name is kept in the folder `erasures`.

    The exports themselves are not touched: the call names those that it knows of, for you to delete.
    Until then nights, `sopgen check` and `sopgen backtest` leave the customer's conversations out; other
    commands that read exports, such as `sopgen convert`, read them as they are. Check and backtest go by the
    nearest `sopgen.toml` in the folder of the SOPs or above it, up to four folders; the call says where that
    is another one.

    Examples:
      sopgen erase "Budi Santoso" --reason "request 4711" --dry-run
      sopgen erase "+62 812-3456-7890" --reason "request 4711" --by "Data Protection Officer"
    """
    if not customer.strip() or not reason.strip():
        hint = 'say both: sopgen erase "Budi Santoso" --reason "request 4711"'
        raise UsageError("ERA101", "without a name, or without a reason, nobody is erased", hint=hint)
    request = Request(person=customer, by=by or user(), reason=reason, at=now())
    with Gathered() as gathered:
        house = read_house(config, gathered, idle=True)
        with alone(house.output, doing="sopgen erase", at=request.at):
            erased = erasing(house, request, dry_run=dry_run)
    show_json(erasure_record(erased)) if as_json else show_erasure(erased)
    if not is_remembered(config, house.sops):
        show_unseen(config, house.sops, remembering(house.sops))
    return 0
