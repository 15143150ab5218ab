"""What a code or a check means, for a reader who has just met it."""

from collections.abc import Iterable
from textwrap import indent

from sopgen.base.code import Code
from sopgen.cli.screen.console import BAD, GOOD, QUIET, say, show_table
from sopgen.compliance.rule import Rule, RuleExample

_SHOWN = ("pass", "fail", "na")


def show_code(entry: Code) -> None:
    """Print what a code means, and a snippet that breaks it and one that keeps it."""
    say(f"{entry.code}  {entry.title}", style="bold")
    say(f"\n{entry.why}")
    for title, snippet, style in (("Flawed", entry.breaks, BAD), ("Sound", entry.keeps, GOOD)):
        if snippet:
            say(f"\n{title}:", style=style)
            say(indent(snippet.strip("\n"), "    "))


def show_check(rule: Rule) -> None:
    """Print what a check demands, what a clause may set, and one chat for each verdict."""
    source = rule.source
    say(f"{rule.code}  {rule.name}: {rule.title.en}", style="bold")
    say(f"       {rule.title.id}", style=QUIET)
    say(f"\n{source.severity} by default, {source.error_class} class, weight {source.weight:g}")
    say(f"does not apply: {source.say.na.en}")
    say(f"remedy: {source.remedy.en}")
    for name, default in source.parameters.items():
        say(f"a clause may set: {name} (default {default})")
    say(f"\nIn an SOP:\n    - **Wajib** … {{#id check={rule.name}{_parameters(rule)}}}")
    for verdict in _SHOWN:
        for example in [each for each in source.examples if each.expect == verdict][:1]:
            _show_example(example)
    say(f"\n{len(source.examples)} examples in {rule.document.file}", style=QUIET)


def _parameters(rule: Rule) -> str:
    return "".join(f" {name}={default}" for name, default in rule.source.parameters.items())


def _show_example(example: RuleExample) -> None:
    style = {"pass": GOOD, "fail": BAD}.get(example.expect, QUIET)
    say(f"\n{example.expect}: {example.title}", style=style)
    say(indent(example.chat.strip("\n"), "    "))


def show_contents(rules: Iterable[Rule], codes: Iterable[Code]) -> None:
    """Print every check and every code, a line each."""
    rows = ((rule.code, rule.name, str(rule.severity), rule.title.en) for rule in rules)
    show_table(("code", "check", "severity", "title"), rows, title="Checks")
    say("")
    show_table(("code", "title"), ((entry.code, entry.title) for entry in codes), title="Codes")
