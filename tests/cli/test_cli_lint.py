"""`sopgen lint`: its forms, its day, what authors allow."""

import json

FIELD = "sop_sources/cs-kecil/sop.md"
COMMENT = "<!-- sopgen: allow SOP221 because diukur di klausul lain -->"


def make_vague(project, *, allowed):
    """Put a demand that nobody can check into the small SOP."""
    source = project / FIELD
    clause = '- **Wajib** membalas segera. {#vague check=none reason="uji"}'
    note = f"\n  {COMMENT}" if allowed else ""
    text = source.read_text(encoding="utf-8")
    heading = next(line for line in text.splitlines() if line.startswith("## Larangan"))
    source.write_text(text.replace(heading, f"{heading}\n\n{clause}{note}\n", 1), encoding="utf-8")


def test_a_vague_demand_is_told_and_fails_only_when_asked(call, project):
    """A warning ends with 0 unless `--fail-on warning`."""
    make_vague(project, allowed=False)
    ran = call("lint")
    assert ran.status == 0
    assert "SOP221" in ran.err
    assert call("lint", "--fail-on", "warning").status == 1


def test_what_is_allowed_is_counted_but_not_told(call, project):
    """An allowance with a reason leaves its flaw out, and the result says how many there are."""
    make_vague(project, allowed=True)
    ran = call("lint")
    assert "SOP221" not in ran.err
    assert "1 allowed with a reason" in ran.out


def test_sarif_holds_flaws_rules_and_what_is_allowed(call, project):
    """The log has the version, a rule for every code in it, places, and suppressions with their reason."""
    make_vague(project, allowed=True)
    log = json.loads(call("lint", "--format", "sarif").out)
    (run,) = log["runs"]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    (vague,) = [result for result in run["results"] if result["ruleId"] == "SOP221"]
    assert log["version"] == "2.1.0"
    assert all(rules[result["ruleIndex"]] == result["ruleId"] for result in run["results"])
    assert vague["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == FIELD
    assert vague["suppressions"] == [{"kind": "inSource", "justification": "diukur di klausul lain"}]


def test_github_annotations_stand_on_their_lines(call, project):
    """One workflow command for each flaw, with file, line, column and code."""
    make_vague(project, allowed=False)
    (line,) = [each for each in call("lint", "--format", "github").out.splitlines() if "SOP221" in each]
    place, _, message = line.removeprefix("::warning ").partition("::")
    assert place.startswith(f"file={FIELD},line=")
    assert place.endswith("title=SOP221")
    assert "'segera'" in message


def test_the_day_must_be_a_date(call):
    """`--at` takes a date; anything else ends with 2."""
    assert call("lint", "--at", "2026-06-01").status == 0
    ran = call("lint", "--at", "besok")
    assert ran.status == 2
    assert "CLI105" in ran.err


def test_an_id_that_is_taken_hides_nothing_else(call, project):
    """The duplicate is told with all else that can be judged, for this SOP as for the others; status 1."""
    make_vague(project, allowed=False)
    source = project / FIELD
    text = source.read_text(encoding="utf-8")
    again = "- **Wajib** menulis etc. {#vague check=calm-tonne severity=huge}\n"
    again += "- **Wajib** ramah. {check=calm-tone}\n"
    source.write_text(text.replace("## Larangan\n\n", f"## Larangan\n\n{again}", 1), encoding="utf-8")
    for names in ((), ("cs-kecil",)):
        ran = call("lint", "--format", "json", *names)
        assert ran.status == 1
        told = {(each["code"], each["message"].split("'")[1]) for each in json.loads(ran.out)}
        assert {code for code, _ in told} >= {"SOP113", "SOP114", "SOP115", "SOP221", "BND101"}
    assert call("check", "--draft", "chats.jsonl").status == 3
