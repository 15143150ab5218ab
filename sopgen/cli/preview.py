"""`sopgen preview`: the manuals while they are being written."""

import tempfile
import threading
import webbrowser
from collections.abc import Iterable, Sequence
from pathlib import Path

import click

from sopgen.base.diagnostic import Diagnostic, Level
from sopgen.base.errors import SopgenError
from sopgen.cli import option
from sopgen.cli.choice import chosen_sops, existing_folder
from sopgen.cli.clock import now, processors
from sopgen.cli.project import shown_theme
from sopgen.cli.screen.console import GOOD, QUIET, notice
from sopgen.cli.screen.trouble import Gathered, show_error
from sopgen.cli.teaching import Taught
from sopgen.cli.watching import changes
from sopgen.manual.work import Order


@click.command(name="preview", cls=Taught)
@option.names
@option.sops
@click.option("--port", type=click.IntRange(0, 65535), default=8118, help="Port to serve at; 0 is any.")
@click.option("--pdf/--no-pdf", default=False, help="Also make the PDFs; each change then takes longer.")
@click.option("--open", "opens", is_flag=True, help="Open the site in the browser.")
def command(*, names: tuple[str, ...], sops: Path, port: int, pdf: bool, opens: bool) -> int:
    """Show the manuals while they are being written, drafts included.

    The site is served to this machine alone, from a folder of its own: `output` is left as it is. Whenever an
    SOP, sopgen.toml, or a template, style sheet or logo that it names is saved, the site is built again and
    every open page loads itself anew; what is wrong is shown here and at the foot of the page. Ctrl+C ends
    it.

    Examples:
      sopgen preview
      sopgen preview cs-swin --open
      sopgen preview --pdf --port 0
    """
    from sopgen.manual.preview import Preview  # noqa: PLC0415  # the server, only here

    existing_folder(sops, "--sops")
    with tempfile.TemporaryDirectory(prefix="sopgen-preview-") as folder:
        output = Path(folder)
        server = Preview(output / "site", port=port)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            server.tell(_build(names, sops=sops, output=output, pdf=pdf))
            notice(f"{server.address} (Ctrl+C ends it)", style=GOOD)
            if opens:
                webbrowser.open(server.address)
            for _ in changes(sops):
                server.tell(_build(names, sops=sops, output=output, pdf=pdf))
        finally:
            server.close()
    return 0


def _build(names: Sequence[str], *, sops: Path, output: Path, pdf: bool) -> tuple[str, ...]:
    """Return what was wrong in a build, a line each, after printing it; the last sound site then stays."""
    from sopgen.manual.build import build_manuals  # noqa: PLC0415  # after the command's options are sound

    with Gathered() as gathered:
        try:
            theme = shown_theme(sops, gathered)
            histories = chosen_sops(sops, gathered, names=names)
            order = Order(
                drafts=True, as_of=now(), theme=theme, pdfs=pdf, handbook=not names, workers=processors()
            )
            build_manuals(histories, order, output=output, report=gathered, progress=lambda _: None)
            notice(f"built at {now():%H:%M:%S}", style=QUIET)
        except SopgenError as error:
            gathered.show()
            show_error(error)
            return (*_lines(gathered.in_order()), error.message)
    return tuple(_lines(gathered.in_order()))


def _lines(diagnostics: Iterable[Diagnostic]) -> list[str]:
    """Return what the page shows: errors and warnings, each with its place."""
    told = (each for each in diagnostics if each.level is not Level.NOTE)
    return [f"{each.span}: {each.level} {each.code} {each.message}" for each in told]
