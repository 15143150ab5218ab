"""What is in force on a day, what comes next, and what is due."""

import json
import shutil

import pytest


@pytest.fixture(scope="session")
def once(tmp_path_factory):
    """Return an empty folder in which what takes seconds to make is kept for the session."""
    return tmp_path_factory.mktemp("status")


@pytest.fixture
def project_with_history(project, call, once):
    """Return the project with the SOP released as 1.0 (January 2026) and 1.1 (March), and changed since."""
    folder = project / "sop_sources" / "cs-kecil"
    text = (folder / "sop.md").read_text(encoding="utf-8")
    if (once / "releases").exists():
        shutil.copytree(once / "releases", folder / "releases")
    else:
        for number, (month, summary) in enumerate((("01", "Pertama"), ("03", "Batas 3 menit"))):
            (folder / "sop.md").write_text(text.replace("limit=2m", f"limit={number + 2}m"), encoding="utf-8")
            said = ("--approved-by", "Pemilik", "--approved-on", "2025-12-01", "--summary", summary)
            assert call("release", "cs-kecil", "--effective", f"2026-{month}-01", *said).status == 0
        shutil.copytree(folder / "releases", once / "releases")
    changed = text.replace("limit=2m", "limit=3m").replace("dan dijawab dengan cepat", "dan dijawab cepat")
    (folder / "sop.md").write_text(changed, encoding="utf-8")
    return project


def standing(ran):
    """Return the one SOP's standing, as `--json` prints it."""
    (told,) = json.loads(ran.out)
    return told


@pytest.mark.usefixtures("project_with_history")
@pytest.mark.parametrize(
    ("at", "version", "following", "status"),
    [
        ("2025-12-31", "", "1.0", 0),
        ("2026-01-01", "1.0", "1.1", 0),
        ("2026-02-28T16:59:59+00:00", "1.0", "1.1", 0),
        ("2026-02-28T17:00:00+00:00", "1.1", "", 0),
        ("2026-08-28", "1.1", "", 0),
        ("2026-08-29", "1.1", "", 1),
    ],
)
def test_a_day_has_its_version_the_next_and_its_review(call, at, version, following, status):
    """A date is midnight in Jakarta; a review is due 180 days after its version took effect."""
    ran = call("status", "--at", at, "--json")
    told = standing(ran)
    assert (told["version"], told["next_version"], ran.status) == (version, following, status)
    assert told["overdue"] == bool(status)
    due = {"1.0": "2026-06-30T00:00:00+07:00", "1.1": "2026-08-28T00:00:00+07:00", "": None}
    assert told["review_due"] == due[version]


@pytest.mark.usefixtures("project_with_history")
def test_a_standing_tells_who_answers_and_what_is_not_released(call):
    """Owner, approver, the changes since the last release and their category, and how much is checked."""
    told = standing(call("status", "cs-kecil", "--at", "2026-03-02", "--json"))
    assert (told["owner"], told["approver"], told["approved_by"]) == (
        "Pemilik Toko",
        "Pemilik Toko",
        "Pemilik",
    )
    assert told["unreleased"] == {"changes": 1, "category": "clarification"}
    assert (told["clauses"], told["checked"], told["excused"], told["open"]) == (7, 4, 2, 1)
    assert told["withheld"] == []


@pytest.mark.usefixtures("project_with_history")
def test_the_table_shows_the_same(call):
    """One row an SOP, for people."""
    out = " ".join(call("status", "--at", "2026-02-01").out.split())
    assert (
        "cs-kecil 1.0 2026-01-01 1.1 on 2026-03-01 2026-06-30 Pemilik Toko Pemilik 1, clarification 4 of 7"
        in out
    )
    assert "2026-08-28 overdue" in call("status", "--at", "2027-01-01").out


@pytest.mark.usefixtures("project")
def test_an_sop_that_was_never_released_is_told_as_such(call):
    """Its draft governs; nothing is due."""
    ran = call("status", "--json")
    told = standing(ran)
    assert (ran.status, told["version"], told["review_due"]) == (0, "draft", None)
    assert told["unreleased"] == {"changes": None, "category": "substantive"}
    assert "never released" in call("status").out


def test_a_damaged_release_is_told_and_ends_with_1(call, project_with_history):
    """The one whose time it is governs nothing; another one's damage leaves the version in force."""
    path = project_with_history / "sop_sources" / "cs-kecil" / "releases" / "1.1.pdf"
    path.chmod(0o644)
    path.write_bytes(b"another")
    ran = call("status", "--at", "2026-03-02", "--json")
    told = standing(ran)
    assert (ran.status, told["version"], told["withheld"]) == (1, "", ["1.1"])
    assert told["unreleased"] is None
    assert "damaged: 1.1" in call("status", "--at", "2026-03-02").out
    ran = call("status", "--at", "2026-02-01")
    assert ran.status == 1
    assert "1.0 (damaged: 1.1)" in ran.out


def test_an_sop_that_cannot_be_used_is_listed_as_broken(call, project_with_history):
    """An index that was changed takes its SOP out of use, and not out of sight."""
    folder = project_with_history / "sop_sources"
    text = (folder / "cs-kecil" / "sop.md").read_text(encoding="utf-8")
    (folder / "cs-sehat").mkdir()
    sound = text.replace("id: cs-kecil", "id: cs-sehat")
    (folder / "cs-sehat" / "sop.md").write_text(sound, encoding="utf-8")
    index = folder / "cs-kecil" / "releases" / "index.yaml"
    index.chmod(0o644)
    index.write_text(index.read_text(encoding="utf-8").replace("Pertama", "Kesatu"), encoding="utf-8")
    ran = call("status", "--json")
    told = {each["sop"]: each["broken"] for each in json.loads(ran.out)}
    assert (ran.status, told) == (1, {"cs-kecil": True, "cs-sehat": False})
    assert "cs-kecil broken - -" in " ".join(call("status").out.split())
    assert "broken" not in call("status", "cs-sehat").out
    (folder / "cs-sehat" / "sop.md").write_text("---\nid: cs-sehat\n", encoding="utf-8")
    ran = call("status", "--json")
    assert (ran.status, [each["broken"] for each in json.loads(ran.out)]) == (3, [True, True])
    assert ("SOP102" in ran.err, "CLI103" in ran.err) == (True, True)
    ran = call("status")
    assert (ran.status, ran.out.count("broken")) == (3, 2)


@pytest.mark.usefixtures("project")
def test_a_day_that_is_none_is_misuse(call):
    """It ends with 2 and shows how a day is written."""
    ran = call("status", "--at", "soon")
    assert (ran.status, "CLI105" in ran.err, "2026-12-31" in ran.err) == (2, True, True)
