"""`sopgen explain`: what a code or a check means."""

from pathlib import Path

import click

from sopgen.base.errors import UsageError
from sopgen.base.suggestion import did_you_mean
from sopgen.cli import option
from sopgen.cli.cache import own_cache
from sopgen.cli.catalogue import all_codes
from sopgen.cli.choice import pack_folders
from sopgen.cli.screen.meaning import show_check, show_code, show_contents
from sopgen.cli.screen.trouble import Gathered
from sopgen.cli.teaching import Taught
from sopgen.compliance.pack import load_pack


@click.command(name="explain", cls=Taught)
@click.argument("word", metavar="[CODE|CHECK]", default="")
@option.checks
def command(*, word: str, checks: tuple[Path, ...]) -> int:
    """Say what a code or a check means, with an example.

    CODE is what a diagnostic or an error prints; CHECK is the name or the code of a check. Without
    either, all of them are listed.

    Examples:
      sopgen explain
      sopgen explain opening-greeting
      sopgen explain NOT102
    """
    codes = all_codes()
    if word.upper() in codes:
        show_code(codes[word.upper()])
        return 0
    with Gathered() as gathered:
        rules = load_pack(pack_folders(checks, sops=option.SOPS), gathered, cache=own_cache()).rules
    named = {name: rule for rule in rules.values() for name in (rule.name, rule.code)}
    if not word:
        show_contents(rules.values(), codes.values())
    elif word in named or word.upper() in named:
        show_check(named.get(word) or named[word.upper()])
    else:
        hint = did_you_mean(word, [*codes, *named], otherwise="see what there is with: sopgen explain")
        raise UsageError("CLI106", f"nothing goes by '{word}'", hint=hint)
    return 0
