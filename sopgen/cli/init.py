"""`sopgen init`: the first SOP of one's own."""

from pathlib import Path
from tempfile import TemporaryDirectory

import click

from sopgen.base.errors import UsageError
from sopgen.cli import option
from sopgen.cli.choice import existing_folder, with_sops
from sopgen.cli.omitting import remembering
from sopgen.cli.project import FILE
from sopgen.cli.screen.console import say
from sopgen.cli.screen.document import show_json
from sopgen.cli.teaching import Taught
from sopgen.runs.trouble import storing
from sopgen.sop.library import SOURCE
from sopgen.sop.skeleton.skeleton import Skeleton, settings_of, skeleton_of


@click.command(name="init", cls=Taught)
@click.argument("id_", metavar="[ID]", default="")
@click.option(
    "--language",
    type=click.Choice(["id", "en"]),
    default="id",
    help="Language of the SOP's headings and text.",
)
@click.option(
    "--title", metavar="TITLE", default="", show_default=False, help="Title of the SOP; else a usual one."
)
@click.option(
    "--channel",
    "channels",
    metavar="NAME",
    multiple=True,
    help="Channel that it governs: whatsapp,livechat (repeatable); else all.",
)
@option.sops
@option.as_json
def command(
    *, id_: str, language: str, title: str, channels: tuple[str, ...], sops: Path, as_json: bool
) -> int:
    """Begin an SOP of your own: a whole one, to be fitted to your workplace.

    Writes DIR/ID/sop.md with front matter, the seven sections that an SOP needs, clauses that the commonest
    checks judge, examples and quick replies; and sopgen.toml beside DIR, all comments, where no such file
    governs yet. It can be checked by at once. What you have to replace stands in [square brackets]. Nothing
    that is there is ever overwritten. ID is small letters, digits and hyphens; else it is made of the title.

    Examples:
      sopgen init
      sopgen init cs-toko --title "Layanan Toko Sumber Rejeki" --channel whatsapp
      sopgen init cs-shop --language en --channel livechat --channel whatsapp
    """
    named = tuple(name.strip() for each in channels for name in each.split(",") if name.strip())
    skeleton = skeleton_of(language=language, id_=id_, title=title, channels=named)
    written = (_begun(skeleton, sops), *_settings(language, sops))
    _tell(skeleton, written, sops, as_json=as_json)
    return 0


def _begun(skeleton: Skeleton, sops: Path) -> Path:
    """Return the path of the SOP, written whole. UsageError: CLI101, INI102; StorageError: STO101, STO102."""
    if sops.exists():
        existing_folder(sops, "--sops")
    target = sops / skeleton.id / SOURCE
    if target.parent.exists():
        hint = f"go on with that one, or name another id: {with_sops(f'sopgen init {skeleton.id}-2', sops)}"
        raise UsageError("INI102", f"'{target.parent}' is there already", hint=hint)
    with storing(target, option="--sops"):
        sops.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=sops, prefix=".init-") as aside:
            made = Path(aside) / skeleton.id
            made.mkdir()
            (made / SOURCE).write_text(skeleton.source, encoding="utf-8", newline="\n")
            made.rename(target.parent)
    return target


def _settings(language: str, sops: Path) -> tuple[Path, ...]:
    """Return the path of `sopgen.toml` where it was written: where none governs the project yet."""
    target = sops.parent / FILE
    if target.exists() or remembering(sops).is_file():
        return ()
    with storing(target, option="--sops"), target.open("x", encoding="utf-8", newline="\n") as stream:
        stream.write(settings_of(language=language))
    return (target,)


def _tell(skeleton: Skeleton, written: tuple[Path, ...], sops: Path, *, as_json: bool) -> None:
    following = _following(skeleton.id, sops)
    if as_json:
        files = [str(path) for path in written]
        commands = [call for call, _ in following]
        show_json({"id": skeleton.id, "title": skeleton.title, "files": files, "next": commands})
        return
    for path in written:
        say(f"written: {path}")
    say("replace what stands in [square brackets], then:")
    width = max(len(call) for call, _ in following)
    for call, why in following:
        say(f"  {call:<{width}}  # {why}")


def _following(id_: str, sops: Path) -> tuple[tuple[str, str], ...]:
    """Return the commands to call next, each with what it does."""
    return (
        (with_sops(f"sopgen lint {id_}", sops), "what is wrong, with place and remedy"),
        (with_sops(f"sopgen preview {id_}", sops), "the manual while you write it; sopgen build makes it"),
        (with_sops("sopgen check chats.jsonl", sops), "hold an export of your chats against it"),
    )
