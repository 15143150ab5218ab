"""`sopgen diff`: what lies between two versions of an SOP."""

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from sopgen.base.errors import UsageError
from sopgen.base.suggestion import did_you_mean
from sopgen.cli import option
from sopgen.cli.choice import chosen_sops
from sopgen.cli.clock import now
from sopgen.cli.project import project_theme
from sopgen.cli.screen.document import show_json
from sopgen.cli.screen.paper import write_pdf
from sopgen.cli.screen.pipe import sending
from sopgen.cli.screen.trouble import Gathered
from sopgen.cli.teaching import Taught
from sopgen.cli.version import categories_of, compared
from sopgen.manual.redline import Redline, redline_markdown, redline_page
from sopgen.manual.template import dressed
from sopgen.sop.difference import Change, decided, differences, unknown_names

_FORMS = ("text", "json", "markdown", "html", "pdf")


@click.command(name="diff", cls=Taught)
@click.argument("name", metavar="SOP")
@click.argument("versions", metavar="[A] [B]", nargs=-1)
@option.sops
@click.option("--format", "form", type=click.Choice(_FORMS), default="text", help="How to print.")
@option.as_json
@click.option(
    "--category",
    "categories",
    metavar="ID=CATEGORY",
    multiple=True,
    help="Decide what kind of change it is: ID=clarification, or of one value only: ID:limit=… (repeatable).",
)
@click.option("--exit-code", is_flag=True, help="End with 1 when anything differs, as `diff` does.")
def command(
    *,
    name: str,
    versions: tuple[str, ...],
    sops: Path,
    form: str,
    as_json: bool,
    categories: tuple[str, ...],
    exit_code: bool,
) -> int:
    """Show what lies between two versions, clause by clause.

    A and B are versions, or `draft`. Without B, A is compared with the draft; without both, the version in
    force is. Each change has a proposed category (substantive, clarification, administrative) with the
    reason; `--category` overrules it. `html` is a page of its own with the words marked, to send; `pdf` is
    the same for paper.

    Examples:
      sopgen diff cs-swin
      sopgen diff cs-swin 1.0 1.1 --format html > changes.html
      sopgen diff cs-swin 1.0 1.1 --format pdf > changes.pdf
      sopgen diff cs-swin 1.0 --category first-reply=clarification
    """
    if as_json and form not in ("text", "json"):
        raise click.UsageError(f"--format {form} and --json ask for two things: leave one of them out")
    with Gathered() as gathered:
        (history,) = chosen_sops(sops, gathered, names=(name,))
    old, new = compared(history, versions, at=now())
    changes = _decided(differences(old, new), categories)
    redline = Redline(old=old, new=new, changes=changes)
    match "json" if as_json else form:
        case "pdf":
            write_pdf(redline, history, theme=project_theme(sops, gathered))
        case "html":
            with dressed(project_theme(sops, gathered)):
                _write(redline_page(redline))
        case chosen:
            _print(redline, chosen)
    return int(exit_code and bool(changes))


def _decided(changes: Sequence[Change], written: Sequence[str]) -> tuple[Change, ...]:
    categories = categories_of(written)
    for name in unknown_names(changes, categories):
        hint = did_you_mean(name, (change.id for change in changes))
        raise UsageError("CLI133", f"--category {name}=…: nothing of that id has changed", hint=hint)
    return decided(changes, categories)


def _print(redline: Redline, form: str) -> None:
    match form:
        case "json":
            show_json(_record(redline))
        case "markdown":
            _write(redline_markdown(redline))
        case _:
            from sopgen.cli.screen.difference import show_difference  # noqa: PLC0415 - only here

            show_difference(redline)


def _write(text: str) -> None:
    with sending():
        sys.stdout.write(text)


def _record(redline: Redline) -> dict[str, object]:
    return {
        "sop": redline.new.id,
        "title": redline.new.title,
        "from": redline.old.version,
        "to": redline.new.version,
        "counts": {str(category): count for category, count in redline.counts},
        "changes": [change_record(change) for change in redline.changes],
    }


def change_record(change: Change) -> dict[str, object]:
    """Return a change as one flat object, with its words marked and its places in both sources."""
    told = ("kind", "subject", "id", "section", "number", "text", "name", "old", "new", "category", "why")
    return {
        **{key: getattr(change, key) for key in told},
        "fields": dict(change.fields),
        "words": [[each.marked, each.text] for each in change.words],
        "old_place": str(change.old_span),
        "new_place": str(change.new_span),
    }
