"""What a code or a check means, for a reader who has just met it."""

from collections.abc import Iterable
from textwrap import indent

from sopgen.base.code import Code
from sopgen.cli.screen.console import BAD, GOOD, QUIET, say, show_table
from sopgen.compliance.parameter import Parameter, ParameterKind, say_value
from sopgen.compliance.rule import Rule, RuleExample

_SHOWN = ("pass", "fail", "na")
_HOW_PHRASES_ARE_WRITTEN = (
    ("one phrase | another", "`|` separates phrases"),
    ("minta … otp", "`…` stands for up to four other words, `…8` for up to eight"),
    ("sabar*", "`*` ends a word that begins so; `*nya` is one that ends so"),
    ("[mohon] ditunggu", "what is in square brackets may be left out"),
    ("(chat|obrolan) ditutup", "one of several, between round brackets"),
    ("nomor {tiket} Kakak", "a name in braces stands for up to four words"),
)
"""Examples of phrases as clauses write them, and what they show (`language.phrase`, `language.generous`)."""


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
    for name, parameter in rule.parameters.items():
        say(f"a clause {_demand(name, parameter)}")
    if any(each.kind is ParameterKind.PHRASES for each in rule.parameters.values()):
        say("")
        show_table(("phrases", "how they are written"), _HOW_PHRASES_ARE_WRITTEN)
    say(f"\nIn an SOP:\n    - **Wajib** … {{#id check={rule.name}{_parameters(rule)}}}")
    for verdict in _SHOWN:
        for example in [each for each in source.examples if each.expect == verdict][:1]:
            _show_example(example)
    say(f"\n{len(source.examples)} examples in {rule.document.file}", style=QUIET)


def _demand(name: str, parameter: Parameter) -> str:
    """Return how a clause sets a parameter: whether it must, what is allowed, what holds otherwise."""
    purpose = f", {parameter.title.en}" if parameter.title else ""
    allowed = f"; one of {', '.join(parameter.choices)}" if parameter.choices else ""
    if parameter.default is None:
        return f"must set: {name}{purpose}{allowed}"
    otherwise = say_value(parameter.default)
    return (
        f"may set: {name}{purpose}{allowed} (default {otherwise})"
        if otherwise
        else f"may set: {name}{purpose}"
    )


def _parameters(rule: Rule) -> str:
    """Return the parameters as a clause would write them; those that are empty otherwise are left out."""
    written = (
        (name, say_value(parameter.specimen() if parameter.default is None else parameter.default))
        for name, parameter in rule.parameters.items()
    )
    return "".join(
        f' {name}="{value}"' if " " in value else f" {name}={value}" for name, value in written if value
    )


def _show_example(example: RuleExample) -> None:
    style = {"pass": GOOD, "fail": BAD}.get(example.expect, QUIET)
    given = "".join(f', {name}="{value}"' for name, value in example.given.items())
    say(f"\n{example.expect}: {example.title}{given}", style=style)
    say(indent(example.chat.strip("\n"), "    "))


def show_contents(rules: Iterable[Rule], codes: Iterable[Code]) -> None:
    """Print every check and every code, a line each."""
    rows = ((rule.code, rule.name, str(rule.severity), rule.title.en) for rule in rules)
    show_table(("code", "check", "severity", "title"), rows, title="Checks")
    say("")
    show_table(("code", "title"), ((entry.code, entry.title) for entry in codes), title="Codes")
