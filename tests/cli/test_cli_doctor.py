"""`sopgen doctor`: is this machine ready, and what to install."""

import json

from sopgen.cli.machine import Part, remedy


def test_doctor_finds_the_parts_of_this_machine(call):
    """Every part is named and ready on a machine that runs the tests."""
    parts = json.loads(call("doctor", "--json").out)
    assert [part["name"] for part in parts if not part["ready"]] == []
    assert len(parts) == 5
    assert call("doctor").out.endswith("Ready.\n")
    assert call("doctor", "--apt").out.strip() == ""


def test_without_an_emoji_font_doctor_says_what_to_install(call, monkeypatch, tmp_path):
    """A machine without fontconfig lacks the font; the package is named for Debian, and alone for scripts."""
    monkeypatch.setenv("PATH", str(tmp_path))
    ran = call("doctor")
    assert ran.status == 1
    assert "missing" in ran.out
    assert "1 of 5 parts are missing" in ran.out
    assert call("doctor", "--apt").out.strip() == "fontconfig fonts-noto-color-emoji"


def test_a_place_that_cannot_be_written_is_told(call, project):
    """A file where the folder of results should be is named with a remedy."""
    (project / "taken").write_text("a file", encoding="utf-8")
    ran = call("doctor", "--out", "taken/output")
    assert ran.status == 1
    assert "--out DIR" in ran.out


def test_each_system_gets_its_own_line_to_type():
    """It is apt on Linux, brew on macOS, advice where no package helps, nothing when ready."""
    missing = Part(name="x", ready=False, found="", apt="one two", brew="three")
    assert remedy(missing, system="Linux") == "sudo apt-get install one two"
    assert remedy(missing, system="Darwin") == "brew install three"
    assert remedy(Part(name="x", ready=False, found="", advice="do it"), system="Linux") == "do it"
    assert remedy(Part(name="x", ready=True, found="", apt="one"), system="Linux") == ""
