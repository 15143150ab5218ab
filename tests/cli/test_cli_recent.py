"""How clauses were kept lately stands below them in the manual, as counted in the results; nowhere else."""

import json
import re
import subprocess
import sys
from html import unescape

import duckdb
import pytest
from night_project import CONFIG, NightProject, chat

from sopgen.cli.main import run

SHOWN = f'[manual]\nresults = "output"\n\n{CONFIG}'
LINE = re.compile(r'<p class="facts kept">(.*?)</p>\n')
PAGE = "output/site/cs-kecil/draft/index.html"


@pytest.fixture
def project(tmp_path, capsys):
    """Return a project with a night of forty chats over thirty-one days, which has never built a manual."""
    project = NightProject(tmp_path / "toko", capsys=capsys)
    project.put("march.jsonl", [chat(number, day=number % 31 + 1) for number in range(40)])
    project.night()
    return project


def build(project, *arguments):
    """Return what a build of the project tells programs."""
    project.capsys.readouterr()
    sops, out = project.folder / "sop_sources", project.folder / "output"
    status = run(["build", "--sops", str(sops), "--out", str(out), "--json", *arguments])
    told = project.capsys.readouterr()
    assert status == 0, told.err
    return json.loads(told.out)["built"]


def files(project):
    """Return what was built, by name; the site's list of its own files apart."""
    out = project.folder / "output"
    found = (path for name in ("site", "pdf") for path in (out / name).rglob("*") if path.is_file())
    return {str(path.relative_to(out)): path.read_bytes() for path in found if path.name != "sw.js"}


def lines(page):
    """Return the lines of a page by the clause that each stands below."""
    clauses = re.split(r'<li class="clause [a-z-]+" id="([a-z-]+)">', page)
    found = zip(clauses[1::2], map(LINE.findall, clauses[2::2]), strict=True)
    return {clause: unescape(lines[0]) for clause, lines in found if lines}


def counted(project):
    """Return passes and decided verdicts by clause, asked straight from the files of the run."""
    (folder,) = project.runs
    return {
        clause: (passed, decided)
        for clause, passed, decided in duckdb.sql(f"""
            SELECT clause, count(*) FILTER (verdict = 'pass'), count(*)
            FROM '{folder}/verdicts.parquet' JOIN '{folder}/conversations.parquet' USING (conversation_id)
            WHERE verdict IN ('pass', 'fail')
                AND opened_on_the_wall::DATE BETWEEN '2026-03-02' AND '2026-03-31'
            GROUP BY clause""").fetchall()  # noqa: S608
    }


def test_the_figures_are_those_of_the_results(project):
    """The first of thirty-one days is left out; of the rest DuckDB counts the same."""
    project.configure(SHOWN)
    build(project, "--no-pdf")
    told = lines((project.folder / PAGE).read_text(encoding="utf-8"))
    expected = counted(project)
    assert expected["greet"] == (25, 38)
    assert told["greet"] == (
        "30 hari terakhir (s.d. 31 Maret 2026): dipatuhi dalam 65,8% dari 38 percakapan yang dapat dinilai "
        "(49,9%–78,8%)"
    )
    for clause, (passed, decided) in expected.items():
        share = f"{100 * passed / decided:.1f}".removesuffix(".0").replace(".", ",")
        assert f" {share}% dari {decided} percakapan " in told[clause]
    assert set(told) == set(expected)


def test_only_the_page_says_it(project):
    """Without the setting nothing is different; with it the page has the lines, no PDF and no single file."""
    build(project, "--single-file")
    plain = files(project)
    project.configure(SHOWN)
    assert not build(project, "--single-file")["is_unchanged"]
    shown = files(project)
    pages = {name for name in shown if shown[name] != plain.get(name)}
    assert pages == {f"site/cs-kecil/{version}/index.html" for version in ("draft", "latest")}
    assert set(shown) == set(plain)
    for name in pages:
        assert LINE.sub("", shown[name].decode()) == plain[name].decode()


def test_a_build_stands_as_long_as_the_figures_do(project):
    """The second build makes nothing; one after another night says the new figures, small samples so."""
    project.configure(SHOWN)
    build(project, "--no-pdf")
    assert build(project, "--no-pdf")["is_unchanged"]
    late = [chat(number, day=2) for number in range(50, 53)]
    for each in late:
        for message in each["messages"]:
            message["at"] = message["at"].replace("2026-03", "2026-06")
    project.put("june.jsonl", late)
    project.night()
    assert not build(project, "--no-pdf")["is_unchanged"]
    told = lines((project.folder / PAGE).read_text(encoding="utf-8"))["greet"]
    assert "(s.d. 2 Juni 2026): dipatuhi dalam 66,7% dari 3 percakapan" in told
    assert told.endswith(", sampel kecil")


def test_the_command_ends_quietly(project):
    """The database, loaded before the build, has nothing to complain of when the process ends."""
    project.configure(SHOWN)
    command = "import sys; from sopgen.cli.main import run; sys.exit(run(sys.argv[1:]))"
    called = [sys.executable, "-c", command, "build", "--sops", "sop_sources", "--no-pdf", "--json"]
    ran = subprocess.run(called, cwd=project.folder, capture_output=True, text=True, check=True)
    assert "leaked" not in ran.stderr
    assert len(lines((project.folder / PAGE).read_text(encoding="utf-8"))) > 1


def test_without_results_the_page_is_silent(tmp_path, capsys):
    """A folder that is still to come is no flaw; a file is one."""
    project = NightProject(tmp_path / "toko", capsys=capsys, config=SHOWN)
    build(project, "--no-pdf")
    assert lines((project.folder / PAGE).read_text(encoding="utf-8")) == {}
    project.configure('[manual]\nresults = "sopgen.toml"\n')
    assert run(["build", "--sops", str(project.folder / "sop_sources"), "--no-pdf"]) == 2
    assert "MAN112" in capsys.readouterr().err
