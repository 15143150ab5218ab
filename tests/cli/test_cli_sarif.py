"""`sopgen lint --format sarif|github` where programs read it: the rules of SARIF 2.1.0, escapes."""

import json
import shutil
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from sopgen.base.diagnostic import Diagnostic, Level
from sopgen.base.span import Span
from sopgen.cli.catalogue import all_codes
from sopgen.cli.screen.sarif import show_sarif

FOLDER = "sop, 100%: isi\u00e9"
VAGUE = '- **Wajib** membalas segera. {#vague check=none reason="uji"}\n'
ALLOW = "  <!-- sopgen: allow SOP221 because diukur di klausul lain -->\n"
HIDDEN = VAGUE.replace("vague", "vague-too") + ALLOW
BROKEN = "- **Wajib** sopan. {#polite check=calm-tonne}\n"


@pytest.fixture
def odd_folder(project: Path) -> Path:
    """Move the SOPs where their path needs escapes, with an error, a warning and an allowance in one."""
    folder = project / FOLDER
    shutil.move(project / "sop_sources", folder)
    source = folder / "cs-kecil" / "sop.md"
    text = source.read_text(encoding="utf-8")
    more = f"## Larangan\n\n{VAGUE}{HIDDEN}{BROKEN}"
    source.write_text(text.replace("## Larangan\n\n", more, 1), encoding="utf-8")
    return folder


def the_run(text: str) -> dict:
    """Return the only run of a log, after holding it against what SARIF 2.1.0 demands of every log."""
    log = json.loads(text)
    assert set(log) == {"$schema", "version", "runs"}
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    driver = run["tool"]["driver"]
    assert driver["name"]
    ids = [rule["id"] for rule in driver["rules"]]
    assert len(set(ids)) == len(ids)
    for rule in driver["rules"]:
        assert all(rule[key]["text"] for key in ("shortDescription", "fullDescription", "help"))
    for result in run["results"]:
        hold_result(result, ids)
    return run


def hold_result(result: dict, ids: list[str]) -> None:
    """Hold a result against sections 3.27 (result), 3.28 (location), 3.30 (region) and 3.35 (suppression)."""
    assert ids[result["ruleIndex"]] == result["ruleId"]
    assert result["level"] in ("none", "note", "warning", "error")
    assert result["message"]["text"]
    for location in result["locations"]:
        place = location["physicalLocation"]
        uri = urlsplit(place["artifactLocation"]["uri"])
        assert uri.scheme in ("", "file")
        assert uri.path
        assert not set(uri.path) & set(' "<>\\^`{|}')
        assert uri.path.isascii()
        region = place.get("region", {"startLine": 1})
        assert region["startLine"] >= 1
        assert region.get("startColumn", 1) >= 1
    for suppression in result.get("suppressions", []):
        assert suppression["kind"] in ("inSource", "external")
        assert suppression["justification"]


@pytest.mark.usefixtures("odd_folder")
def test_a_log_keeps_the_rules_of_sarif(call):
    """Rules, levels, places and suppressions are as the standard wants; the path can be read back."""
    ran = call("lint", "--sops", FOLDER, "--format", "sarif")
    run = the_run(ran.out)
    by_code = {result["ruleId"]: result for result in run["results"] if "suppressions" not in result}
    assert ran.status == 1
    assert by_code["BND101"]["level"] == "error"
    assert by_code["SOP221"]["level"] == "warning"
    assert [each["ruleId"] for each in run["results"] if "suppressions" in each] == ["SOP221"]
    uri = by_code["BND101"]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert unquote(uri) == f"{FOLDER}/cs-kecil/sop.md"


def test_an_absolute_path_is_a_file_uri(call, odd_folder):
    """SARIF asks for a URI where a path does not hang on the folder of the run."""
    run = the_run(call("lint", "--sops", odd_folder, "--format", "sarif").out)
    uris = {each["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for each in run["results"]}
    assert uris == {(odd_folder / "cs-kecil" / "sop.md").resolve().as_uri()}


def test_a_flaw_without_a_place_has_no_location(capsys):
    """What concerns no file is told without one: an empty URI would be a lie."""
    flaw = Diagnostic(code="SOP221", level=Level.NOTE, span=Span(file=""), message="a", hint="")
    show_sarif([flaw], [], all_codes())
    (result,) = the_run(capsys.readouterr().out)["results"]
    assert result["locations"] == []


@pytest.mark.usefixtures("odd_folder")
def test_annotations_escape_what_ends_them(call):
    """Percent signs, colons and commas of a path are escaped, so that file, line and message stay apart."""
    lines = call("lint", "--sops", FOLDER, "--format", "github").out.splitlines()
    (line,) = [each for each in lines if "BND101" in each]
    place, _, message = line.removeprefix("::error ").partition("::")
    values = dict(each.split("=", 1) for each in place.split(","))
    assert values["file"] == f"{FOLDER}/cs-kecil/sop.md".replace("%", "%25").replace(":", "%3A").replace(
        ",", "%2C"
    )
    assert values["line"].isdecimal()
    assert values["title"] == "BND101"
    assert "calm-tonne" in message
    assert all(each.startswith(("::error ", "::warning ", "::notice ")) for each in lines)
