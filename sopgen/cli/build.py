"""`sopgen build`: the manuals."""

import gc
from pathlib import Path

import click

from sopgen.base.diagnostic import diagnostic_record
from sopgen.cli import option
from sopgen.cli.choice import chosen_sops, existing_folder
from sopgen.cli.clock import now, processors
from sopgen.cli.project import shown_theme
from sopgen.cli.screen.document import show_json
from sopgen.cli.screen.manual import show_built
from sopgen.cli.screen.progress import parts
from sopgen.cli.screen.trouble import Gathered
from sopgen.cli.teaching import Taught
from sopgen.manual.record import Record, forget, inputs_of, recall, remember
from sopgen.manual.work import Built, Order


@click.command(name="build", cls=Taught)
@option.names
@option.sops
@option.out
@click.option("--drafts", is_flag=True, help="Also build the working drafts of released SOPs.")
@click.option("--pdf/--no-pdf", default=True, help="Make PDFs, or only hand out those that were approved.")
@click.option("--single-file", is_flag=True, help="Write each version also as one HTML file, to send around.")
@click.option("--again", is_flag=True, help="Build even where nothing has changed since the last build.")
@option.workers
@option.as_json
def command(
    *,
    names: tuple[str, ...],
    sops: Path,
    out: Path,
    drafts: bool,
    pdf: bool,
    single_file: bool,
    again: bool,
    workers: int | None,
    as_json: bool,
) -> int:
    """Make the manuals: an HTML site, and a PDF of each SOP.

    SOP is the id of an SOP, its folder, or its sop.md; without any, all are built, and a handbook of those in
    force. An SOP with an error is left out, the others are built, and the exit status is 1. DIR/site and
    DIR/pdf are replaced as a whole; a PDF whose content has not changed is not made again. Name, logo,
    colours and templates come from `[manual]` in sopgen.toml, beside the folder of the SOPs. With `results`
    there, the pages say below each clause how it was kept in the last 30 days; PDFs stay as approved.

    Examples:
      sopgen build
      sopgen build cs-swin --out manuals
      sopgen build --drafts --no-pdf
      sopgen build cs-swin --single-file
    """
    with Gathered() as gathered:
        order = Order(
            drafts=drafts,
            as_of=now(),
            theme=shown_theme(sops, gathered),
            pdfs=pdf,
            handbook=not names,
            single_files=single_file,
            workers=workers or processors(),
        )
        built = _built(order, gathered, names=names, sops=sops, out=out, again=again)
    if as_json:
        show_json({"built": built, "diagnostics": [diagnostic_record(each) for each in gathered.in_order()]})
    else:
        show_built(built)
    return int(gathered.has_error() or bool(built.failed))


def _built(
    order: Order, gathered: Gathered, *, names: tuple[str, ...], sops: Path, out: Path, again: bool
) -> Built:
    """Return the build that stands, where nothing has changed since, or the one made now."""
    assert order.as_of is not None
    inputs = inputs_of(existing_folder(sops, "--sops"), names, order)
    last = None if again else recall(out, inputs, order.as_of)
    if last:
        gathered.take(last.diagnostics)
        return last.built
    from sopgen.manual.build import build_manuals  # noqa: PLC0415  # not where nothing has changed

    gc.freeze()  # what was imported stays: the collector need not look through it over and over
    forget(out)
    histories = chosen_sops(sops, gathered, names=names)
    try:
        with parts("building") as progress:
            built = build_manuals(histories, order, output=out, report=gathered, progress=progress)
    finally:
        gc.unfreeze()  # the database complains at the end of what was never collected
    if not (gathered.has_error() or built.failed):
        record = Record(built=built, diagnostics=gathered.in_order())
        remember(out, inputs, record, histories, order.as_of)
    return built
