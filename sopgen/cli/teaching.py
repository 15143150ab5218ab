"""Help that teaches: the part of a docstring below `Examples:` or `Start here:` is shown as it is written."""

import inspect
import re

import click

_EXAMPLES = re.compile(r"\n\n(Examples|Start here):\n((?: +\S.*\n?)+)\s*\Z")


class Taught(click.Command):
    """A command whose examples stand line by line between its description and its options."""

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the description, then the examples."""
        told = inspect.cleandoc(self.help or "")
        found = _EXAMPLES.search(told)
        self.help = told[: found.start()] if found else told
        super().format_help_text(ctx, formatter)
        self.help = told
        if found:
            write_examples(found[1], found[2], formatter)


def write_examples(title: str, lines: str, formatter: click.HelpFormatter) -> None:
    """Write a section whose lines are not wrapped, so that they can be pasted."""
    with formatter.section(title):
        for line in lines.splitlines():
            formatter.write(f"{'':>{formatter.current_indent}}{line.strip()}\n")
