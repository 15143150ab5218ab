"""A project with checks of its own, from the first line of YAML to the finding in the report."""

import json
import shutil
from pathlib import Path

import pytest

from sopgen.compliance.pack import default_pack_folder

OWN = Path(__file__).parent / "own"
TOKEN_RULE = "checks/rules/ask-token.yaml"


@pytest.fixture
def own(project):
    """Return the project's folder, with checks of its own and an SOP that binds them."""
    shutil.copytree(OWN, project, dirs_exist_ok=True)
    return project


def verdicts_of(ran):
    """Return the verdicts of each clause of the one SOP."""
    return {clause["clause"]: clause["verdicts"] for clause in json.loads(ran.out)["clauses"]}


def test_a_projects_own_checks_are_found_beside_its_sops(call, own):
    """Lint knows the rule, test proves the examples of rule, act and clauses, check finds departures."""
    assert call("lint", "cs-sendiri").status == 0
    results = json.loads(call("test", "--json").out)
    mine = [each for each in results if each["subject"] in ("ask-token", "token-question")]
    assert len(mine) == 9
    assert all(each["ok"] for each in mine)
    clauses = [each for each in results if each["subject"].startswith("cs-sendiri#")]
    assert [each["ok"] for each in clauses] == [True] * 4
    told = verdicts_of(call("check", "own.jsonl", "--sops", "sop_sources", "--run-id", "one", "--json"))
    assert told["token"] == {"pass": 1, "fail": 1, "na": 1, "undecided": 0}
    assert told["waiting"] == {"pass": 1, "fail": 2, "na": 0, "undecided": 0}
    findings = [
        json.loads(line)
        for line in (own / "output/runs/one/findings.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    asked = next(each for each in findings if each["clause"] == "token")
    assert (asked["check"], asked["code"]) == ("ask-token", "OWN101")
    assert asked["reason"] == "Agen tidak menanyakan nomor token meter."
    promised = next(each for each in findings if each["clause"] == "no-promise")
    assert promised["words"] == ["pasti selesai hri ini"]
    assert "OWN101" in (own / "output/runs/one/report.html").read_text(encoding="utf-8")


@pytest.mark.usefixtures("own")
def test_explain_status_build_and_evaluate_know_them_too(call):
    """A check of one's own is a check like any other."""
    assert "OWN101" in call("explain", "ask-token").out
    (standing,) = json.loads(call("status", "cs-sendiri", "--json").out)
    assert (standing["clauses"], standing["checked"]) == (3, 3)
    assert call("build", "cs-sendiri").status == 0
    ran = call("evaluate", "own-gold.jsonl", "--json")
    (score,) = [each for each in json.loads(ran.out)["checks"] if each["check"] == "ask-token"]
    assert (score["scored"], score["f1"]["value"]) == (2, 1.0)


def test_what_is_wrong_with_a_rule_shows_its_own_line(call, own):
    """File, line, column, the line itself with a mark under the place, and the remedy."""
    rule = own / TOKEN_RULE
    rule.write_text(
        rule.read_text(encoding="utf-8").replace("act: token-question", "act: token-questoin"), "utf-8"
    )
    for command in ("lint", "test"):
        ran = call(command)
        assert ran.status == 1
        assert f"{TOKEN_RULE}:13:28: error RUL102 unknown act 'token-questoin'" in ran.err
        assert "    13 |     of: {role: agent, act: token-questoin}\n       |" in ran.err
        assert "hint: did you mean 'token-question'?" in ran.err


def test_an_example_that_does_not_hold_is_told_where_it_stands(call, own):
    """`sopgen test` proves a rule of one's own, and says which example it breaks."""
    rule = own / TOKEN_RULE
    text = rule.read_text(encoding="utf-8")
    rule.write_text(
        text.replace("- expect: fail", "- expect: na", 1).replace("- expect: na", "- expect: fail", 2),
        "utf-8",
    )
    ran = call("test")
    assert ran.status == 1
    assert f"{TOKEN_RULE}:" in ran.err
    assert "ask-token" in ran.err


def test_a_folder_of_other_things_called_checks_is_left_alone(call, project):
    """Only what holds rules, acts, moments, words or overrides is taken for checks."""
    (project / "checks").mkdir()
    (project / "checks" / "notes.txt").write_text("x", encoding="utf-8")
    told = json.loads(call("check", "chats.jsonl", "--json").out)
    assert "+" not in told["pack_version"]


@pytest.mark.usefixtures("own")
def test_checks_named_twice_are_loaded_once(call):
    """The project's own folder may also be named; the shipped one never goes on top of it."""
    plain, named = (
        json.loads(call("check", "own.jsonl", "--json", *options).out)["pack_version"]
        for options in ((), ("--checks", "checks", "--checks", str(default_pack_folder())))
    )
    assert named == plain
    assert plain.count("+") == 1
