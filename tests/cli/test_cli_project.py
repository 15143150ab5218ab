"""`sopgen.toml`: read beside the SOPs, every flaw with its line."""

import pytest

from sopgen.base.errors import UsageError
from sopgen.cli.codes import CODES
from sopgen.cli.project import SECTIONS, read_project
from sopgen.cli.screen.trouble import Gathered
from sopgen.manual.codes import CODES as MANUAL_CODES
from sopgen.manual.setting import ManualSettings, theme_of

SHOWN = [
    code
    for code in (*CODES, *MANUAL_CODES)
    if code.code in ("CLI140", "CFG101", "CFG102", "MAN110", "MAN111", "MAN112", "MAN113")
]


def read(folder, text):
    """Return what comes of a configuration: the codes of its flaws with their lines, or the theme."""
    (folder / "sopgen.toml").write_text(text, encoding="utf-8")
    gathered = Gathered(quiet=True)
    try:
        project = read_project(folder / "sop_sources", gathered)
    except UsageError as error:
        return [(flaw.code, flaw.span.line) for flaw in gathered.diagnostics], error.code
    settings = project.section("manual", ManualSettings)
    theme = theme_of(settings, project.document, project.folder, gathered)
    return [(flaw.code, flaw.span.line) for flaw in gathered.diagnostics], theme


def test_a_project_without_a_file_has_defaults(tmp_path):
    """No `sopgen.toml` is no flaw."""
    project = read_project(tmp_path / "sop_sources", Gathered(quiet=True))
    assert project.section("manual", ManualSettings) == ManualSettings()
    assert project.folder == tmp_path


def test_every_section_has_its_defaults():
    """A section may be left out: its dataclass can be made of nothing."""
    assert all(into() == into() for into in SECTIONS.values())


def test_what_is_said_is_read(tmp_path):
    """Names, addresses, colours and the kind of PDF arrive; what is not said stays ours."""
    flaws, theme = read(
        tmp_path,
        '[manual]\nname = "Toko Sumber"\nbase_url = "https://sop.example.com/"\npdf = "a-3u"\n'
        '[manual.colours]\naccent = "#8B1A1A"\n',
    )
    assert flaws == []
    assert (theme.name, theme.base_url, theme.variant) == ("Toko Sumber", "https://sop.example.com", "a-3u")
    assert theme.light.accent == "#8b1a1a"
    assert theme.light.ink == "#1c2226"
    assert theme.site_style() == (
        ":root{--accent:light-dark(#8b1a1a,#83cabd);--accent-soft:light-dark(#f3e8e8,#1d322f)}"
    )


FLAWS = {
    '[manual]\nname = "x"\nlogos = "x.png"\n': [("CFG101", 3)],
    '[manual]\nname = 3\npdf = "pdf/x-1"\n': [("CFG101", 2), ("CFG101", 3)],
    "manual = 3\n": [("CFG101", 1)],
    '[manual.colours]\naccnet = "#fff"\n': [("CFG101", 2)],
    '[mannual]\nname = "x"\n': [("CFG102", 1)],
    "[manual]\nname = x\n": [("TML101", 2)],
    "[manual\n": [("TML101", 1)],
    "a = " + "[" * 5000: [("TML101", 0)],
}


@pytest.mark.parametrize("text", FLAWS, ids=lambda text: text[:24])
def test_a_flaw_is_told_with_its_line(tmp_path, text):
    """Whatever is wrong ends the call, after its place was told."""
    assert read(tmp_path, text) == (FLAWS[text], "CLI140")


THEME_FLAWS = {
    '[manual.colours]\naccent = "red"\n': ("MAN110", 2),
    '[manual.colours]\npaper = "#fff"\nsoft = "#999999"\n': ("MAN111", 3),
    '[manual.colours]\npaper = "#111"\n': ("MAN111", 2),
    '[manual.colours.dark]\naccent = "#000"\n': ("MAN111", 2),
    '[manual]\nlogo = "../logo.png"\n': ("MAN112", 2),
    '[manual]\nlogo = "/etc/passwd"\n': ("MAN112", 2),
    '[manual]\nlogo = "script.svg"\n': ("MAN112", 2),
    '[manual]\nlogo = "page.png"\n': ("MAN112", 2),
    '[manual]\ncss = "import.css"\n': ("MAN112", 2),
    '[manual]\nprint_css = "fetch.css"\n': ("MAN112", 2),
    '[manual]\ntemplates = "sopgen.toml"\n': ("MAN112", 2),
    '[manual]\nbase_url = "javascript:alert(1)"\n': ("MAN113", 2),
    '[manual]\nbase_url = "https://[x"\n': ("MAN113", 2),
}


@pytest.mark.parametrize("text", THEME_FLAWS, ids=lambda text: text[:48])
def test_a_theme_that_cannot_be_is_refused(tmp_path, text):
    """Colours nobody can read, files outside of the project or with scripts, and requests to elsewhere."""
    (tmp_path / "script.svg").write_text('<svg xmlns="x"><script>alert(1)</script></svg>')
    (tmp_path / "page.png").write_text("<html>")
    (tmp_path / "import.css").write_text("@import 'https://example.com/x.css';")
    (tmp_path / "fetch.css").write_text("p { background: url( 'file:///etc/passwd' ) }")
    flaws, theme = read(tmp_path, text)
    assert set(flaws) == {THEME_FLAWS[text]}
    assert theme is None


def test_the_contrast_error_names_both_colours_and_the_ratio(tmp_path):
    """Black on white has 21 to 1; a grey that is too light is told with what it reaches."""
    (tmp_path / "sopgen.toml").write_text('[manual.colours]\nsoft = "#999"\ncard = "#fff"\npaper = "#fff"\n')
    gathered = Gathered(quiet=True)
    project = read_project(tmp_path / "sop_sources", gathered)
    theme_of(project.section("manual", ManualSettings), project.document, project.folder, gathered)
    first = gathered.diagnostics[0]
    assert "soft #999999 on paper #ffffff" in first.message
    assert "2.85 to 1" in first.message


def test_sound_files_are_taken(tmp_path):
    """A logo and style sheets of the project come with their bytes."""
    (tmp_path / "logo.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0h9v9z"/></svg>')
    (tmp_path / "own.css").write_text(".part { color: #111 }")
    (tmp_path / "templates").mkdir()
    flaws, theme = read(
        tmp_path,
        '[manual]\nlogo = "logo.svg"\ncss = "own.css"\nprint_css = "own.css"\ntemplates="templates"\n',
    )
    assert flaws == []
    assert theme.logo.name == "logo.svg"
    assert theme.css == theme.print_css == ".part { color: #111 }"
    assert theme.templates == str(tmp_path / "templates")


@pytest.mark.parametrize("code", SHOWN, ids=lambda code: code.code)
def test_the_snippets_of_the_catalogue_show_their_code(tmp_path, code):
    """What a code's entry says breaks it does, and what keeps it is free of any flaw."""
    broken, error = read(tmp_path, code.breaks)
    assert code.code in {*(name for name, _ in broken), error}
    sound, _ = read(tmp_path, code.keeps)
    assert sound == []
