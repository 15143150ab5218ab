"""`sopgen init`: somebody without an SOP gets a whole one, and nothing that is there is touched."""

import json
import re
import tomllib

import pytest

from sopgen.cli.project import SECTIONS
from sopgen.sop.model import REQUIRED_SECTIONS
from sopgen.sop.reader import read_sop
from sopgen.sop.skeleton.skeleton import settings_of

COMMONEST = {
    "first-response-time",
    "opening-greeting",
    "no-secret-request",
    "calm-tone",
    "confirm-before-close",
}
LANGUAGES = ("id", "en")


@pytest.fixture
def empty(call, tmp_path, monkeypatch):  # noqa: ARG001 - `call` enters a project of its own first
    """Return an empty folder, which is the current one."""
    folder = tmp_path / "an empty folder"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


def begun(call, folder, *arguments):
    """Return the SOP that a call begins in a folder of one's own, as it is read back."""
    told = json.loads(call("init", "--json", "--sops", str(folder / "sop_sources"), *arguments).out)
    source = folder / "sop_sources" / told["id"] / "sop.md"
    sop = read_sop(source.read_text(encoding="utf-8"), file=str(source), report=pytest.fail)
    assert sop is not None
    return sop


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_it_writes_has_nothing_to_mend_but_its_brackets(call, empty, language):
    """Lint names each bracket that is to be replaced, and nothing else; every example comes out."""
    assert call("init", "--language", language).status == 0
    (source,) = empty.glob("sop_sources/*/sop.md")
    whole = source.read_text(encoding="utf-8").partition("\n## ")
    ran = call("lint", "--format", "json")
    told = json.loads(ran.out)
    assert (ran.status, {each["code"] for each in told}) == (0, {"SOP217"})
    assert len(told) == len(re.findall(r"\[[^!\]]+\]", whole[2]))
    body = re.sub(r"\[[^!\]]+\]", "Toko Melati", whole[2])
    source.write_text(whole[0] + whole[1] + body, encoding="utf-8")
    ran = call("lint", "--fail-on", "note")
    assert (ran.status, ran.err) == (0, "")
    assert "nothing to mend" in ran.out
    assert call("fmt", "--check").status == 0
    assert call("test").status == 0
    assert {path.name for path in empty.iterdir()} == {"sop_sources", "sopgen.toml"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_whole(call, empty, language):
    """All required sections are there, the commonest checks are bound, and replies can be copied."""
    sop = begun(call, empty, "--language", language)
    source = sop.source
    assert {section.kind for section in sop.sections} >= set(REQUIRED_SECTIONS)
    assert set(re.findall(r"check=([a-z-]+)", source)) - {"none"} == COMMONEST
    assert source.count("> [!TEMPLATE]") == 2
    assert len(re.findall(r"\[(?:nama usaha|your company)\]", source)) >= 3
    assert "@" not in source


def test_chats_are_checked_by_it_at_once(call, empty, project):
    """Without a channel it governs all: the sample chats get verdicts by the draft."""
    call("init")
    ran = call("check", str(project / "chats.jsonl"), "--out", str(empty / "output"))
    assert "first-response-time" in ran.out
    assert "no-secret-request" in ran.out


def test_what_the_call_says_stands_in_it(call, empty):
    """Id, title and channels are those of the call, whatever characters they hold."""
    title = 'Layanan: "A & B" #1 @CHANNELS@'
    sop = begun(
        call, empty, "cs-toko", "--title", title, "--channel", "WhatsApp, live chat", "--channel", "no"
    )
    assert (sop.id, sop.title, sop.language) == ("cs-toko", title, "id")
    assert sop.applies_to.channels == ("whatsapp", "live chat", "no")


def test_an_id_is_made_of_the_title(call, empty):
    """Without an id the title gives one, and a title without letters the usual one."""
    assert begun(call, empty, "--title", "Retur & Refund").id == "retur-refund"
    assert begun(call, empty, "--language", "en", "--title", "!!!").id == "customer-service"


def test_it_says_what_it_wrote_and_what_comes_next(call, empty):
    """Two files, then lint, preview and check, each to be pasted; a folder of one's own is named in them."""
    ran = call("init", "cs-toko")
    assert ran.out.startswith("written: sop_sources/cs-toko/sop.md\nwritten: sopgen.toml\n")
    assert re.findall(r"^  (sopgen .*?) +#", ran.out, re.MULTILINE) == [
        "sopgen lint cs-toko",
        "sopgen preview cs-toko",
        "sopgen check chats.jsonl",
    ]
    told = json.loads(call("init", "cs-toko", "--sops", "a b", "--json").out)
    assert told["files"] == ["a b/cs-toko/sop.md"]
    assert told["next"][0] == "sopgen lint cs-toko --sops 'a b'"
    assert not [path for path in (empty / "a b").iterdir() if path.name != "cs-toko"]


def test_nothing_is_overwritten(call, empty):
    """A folder of that id, even an empty one, and a `sopgen.toml` stay as they are."""
    settings = empty / "sopgen.toml"
    settings.write_text('[manual]\nname = "Toko"\n', encoding="utf-8")
    (empty / "sop_sources" / "cs-toko").mkdir(parents=True)
    ran = call("init", "cs-toko")
    assert ran.status == 2
    assert "'sop_sources/cs-toko' is there already" in ran.err
    assert "sopgen init cs-toko-2" in ran.err
    assert "INI102" in ran.err
    assert not any((empty / "sop_sources" / "cs-toko").iterdir())
    assert call("init", "cs-toko-2").out.count("written:") == 1
    assert settings.read_text(encoding="utf-8") == '[manual]\nname = "Toko"\n'


def test_a_file_in_the_place_of_a_folder_is_told(call, empty):
    """No folder can be made in a file: the error says which one, and which option names another."""
    (empty / "sop_sources").write_text("", encoding="utf-8")
    assert "is a file, not a folder" in call("init").err
    ran = call("init", "--sops", "sop_sources/mine")
    assert ran.status == 7
    assert "--sops" in ran.err


def test_a_configuration_further_up_goes_on_to_govern(call, empty):
    """No `sopgen.toml` is written where one above tells whom the project has erased: it would hide that."""
    (empty / "sopgen.toml").write_text("", encoding="utf-8")
    call("init", "--sops", "team/sop_sources")
    assert not (empty / "team" / "sopgen.toml").exists()


def test_an_id_that_is_none_is_told_with_one_that_is(call, empty):
    """The remedy can be pasted, and nothing is written."""
    ran = call("init", "CS_Toko")
    assert ran.status == 2
    assert "INI101" in ran.err
    assert "sopgen init cs-toko" in ran.err
    assert not any(empty.iterdir())


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_settings_are_comments_that_hold_when_they_are_taken_away(call, empty, language):
    """As written the file sets nothing; without its `#` every setting in it is one that sopgen takes."""
    text = settings_of(language=language)
    assert tomllib.loads(text) == {}
    live = re.sub(r"^# (?=\[|\w+ = )", "", text, flags=re.MULTILINE)
    assert set(tomllib.loads(live)) == {"manual", "import"} <= set(SECTIONS)
    call("init", "--language", language)
    assert (empty / "sopgen.toml").read_text(encoding="utf-8") == text
    (empty / "sopgen.toml").write_text(live, encoding="utf-8")
    ran = call("build", "--no-pdf")
    assert (ran.status, ran.err.count("error")) == (0, 0)


@pytest.mark.parametrize("command", ["lint", "build", "fmt", "status", "preview", "check chats.jsonl"])
def test_who_has_no_sop_is_told_of_init(call, empty, command):
    """Where the folder of SOPs is missing, the remedy is the folder's name or an SOP of one's own."""
    (empty / "chats.jsonl").write_text("", encoding="utf-8")
    ran = call(*command.split())
    assert ran.status == 2
    assert "begin an SOP of your own: sopgen init\n" in ran.err


def test_an_empty_folder_of_sops_tells_of_init(call, empty):
    """A folder without a single SOP has the same remedy, with its name where it is not the usual one."""
    (empty / "mine").mkdir()
    assert "begin an SOP of your own: sopgen init --sops mine" in call("lint", "--sops", "mine").err


def test_a_copied_folder_is_told_to_leave_its_releases_behind(call, project):
    """SOP311 says what to do with the releases that a copy has brought along."""
    source = project / "sop_sources" / "cs-kecil"
    call("release", "cs-kecil", "--approved-by", "A", "--effective", "2026-01-01", "--summary", "Awal")
    text = (source / "sop.md").read_text(encoding="utf-8").replace("id: cs-kecil", "id: cs-toko")
    source.rename(project / "sop_sources" / "cs-toko")
    (project / "sop_sources" / "cs-toko" / "sop.md").write_text(text, encoding="utf-8")
    ran = call("lint")
    assert "SOP311" in ran.err
    assert "delete 'releases' in it" in ran.err


@pytest.mark.usefixtures("empty")
def test_a_placeholder_is_not_released(call):
    """What lint warns of is not frozen: the release is refused, and says where the bracket stands."""
    call("init", "cs-toko")
    ran = call(
        "release", "cs-toko", "--approved-by", "A", "--effective", "2027-01-01", "--summary", "x", "--dry-run"
    )
    assert ran.status == 3
    assert "SOP217" in ran.err
    assert "REL107" in ran.err
    assert re.search(r"'cs-toko' has \d+ placeholders: what is released", ran.err)
