"""The report in a real browser: it asks for nothing, breaks nothing, filters, and fits a phone.

Every look fails on a console message, an error, a dialog or a request (see conftest).
"""

from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
import pytest
from small_checker import conversations, run

from sopgen.quality.report import write_report

PHONE, DESKTOP = {"width": 390, "height": 844}, {"width": 1280, "height": 900}
VISIBLE = ".finding:not([hidden])"


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_nothing_sticks_out(folder: Path, look: Any, size: Any, scheme: str, language: str) -> None:
    """At phone and desktop width, light and dark, all findings open: no sideways scrolling."""
    path = write_report(folder, language=language, manual_url="../../site")

    def widest(page: Any) -> int:
        page.get_by_role("button").nth(1).click()
        return int(page.evaluate("document.documentElement.scrollWidth"))

    assert look(path, widest, viewport=size, color_scheme=scheme) == size["width"]


def test_hostile_texts_are_inert(folder: Path, look: Any) -> None:
    """Scripts in messages do not run, and no element comes of them."""
    path = write_report(folder)

    def harm(page: Any) -> tuple[str, int, int]:
        return page.title(), page.locator("img").count(), page.locator("script").count()

    assert look(path, harm) == ("Laporan kepatuhan percakapan · night", 0, 1)


def test_an_injected_script_is_refused(folder: Path, look: Any) -> None:
    """The policy names one script by its hash; another that got in would not run."""
    path = write_report(folder)
    html = path.read_text(encoding="utf-8")
    injected = html.replace("<main>", "<script>document.title='broken'</script><main>")
    path.write_text(injected, encoding="utf-8")
    with pytest.raises(AssertionError, match="Content Security Policy"):
        look(path, lambda page: page.title())
    path.write_text(html, encoding="utf-8")
    assert "broken" not in look(path, lambda page: page.title())


def test_the_filter_shows_only_what_is_asked_for(folder: Path, look: Any) -> None:
    """By severity, clause, agent and words; the count follows, and clearing brings everything back."""
    path = write_report(folder)

    def use(page: Any) -> list[tuple[int, str]]:
        def state() -> tuple[int, str]:
            page.wait_for_timeout(20)
            return page.locator(VISIBLE).count(), page.locator("#filter output").inner_text()

        states = [state()]
        page.select_option("select[name=severity]", "critical")
        states.append(state())
        page.select_option("select[name=severity]", "major")
        page.select_option("select[name=agent]", "Rina")
        states.append(state())
        page.fill("input[name=text]", "tidak ada kata ini")
        states.append(state())
        assert page.locator("#nothing").is_visible()
        page.get_by_role("button", name="Hapus saringan").click()
        states.append(state())
        page.fill("input[name=text]", "LAPORKAN")
        states.append(state())
        return states

    assert look(path, use) == [
        (4, "4 dari 4 temuan tampak"),
        (1, "1 dari 4 temuan tampak"),
        (1, "1 dari 4 temuan tampak"),
        (0, "0 dari 4 temuan tampak"),
        (4, "4 dari 4 temuan tampak"),
        (1, "1 dari 4 temuan tampak"),
    ]


def test_groups_without_a_match_disappear(folder: Path, look: Any) -> None:
    """No heading stands over nothing, and what matches lies open."""
    path = write_report(folder)

    def use(page: Any) -> list[str]:
        page.select_option("select[name=severity]", "minor")
        assert page.locator(VISIBLE).is_visible()
        return [each.inner_text() for each in page.locator("section.severity:visible h3").all()]

    assert look(path, use) == ["minor 1 temuan"]


@pytest.fixture
def long_night(tmp_path: Path) -> Path:
    """Return the report of a run with 24 findings, of which those of the first clause lie open."""
    second = list(conversations())[1]
    run(tmp_path / "long", iter([replace(second, id=f"c{number}") for number in range(8)]))
    return write_report(tmp_path / "long")


def test_a_count_leads_to_its_findings(long_night: Path, look: Any) -> None:
    """A click on the fails of a clause opens them, though they lay closed."""

    def use(page: Any) -> bool:
        assert page.locator("#critical-1 .finding").first.is_visible()
        assert not page.locator("#minor-1 .finding").first.is_visible()
        page.locator("a[href='#minor-1']").click()
        page.wait_for_timeout(50)
        return bool(page.locator("#minor-1 .finding").first.is_visible())

    assert look(long_night, use)


def test_everything_can_be_read_without_script(long_night: Path, look: Any) -> None:
    """The filter is away, and every finding unfolds with a click."""

    def read(page: Any) -> tuple[int, int]:
        assert not page.locator("#filter").is_visible()
        before = page.locator(".finding:visible").count()
        for group in page.locator("details.group").all():
            if group.get_attribute("open") is None:
                group.locator("summary").click()
        return before, page.locator(".finding:visible").count()

    assert look(long_night, read, java_script_enabled=False) == (8, 24)


def test_the_figures_on_the_page_are_those_of_the_table(folder: Path, look: Any) -> None:
    """Pass, fail, undecided and na of every clause, as DuckDB counts them in the Parquet."""
    path = write_report(folder)

    def read(page: Any) -> list[tuple[int, ...]]:
        rows = page.locator("table.clauses tbody tr").all()
        return [tuple(int(cell.inner_text()) for cell in row.locator("td.count").all()) for row in rows]

    table = duckdb.read_parquet(str(folder / "verdicts.parquet"))
    counted = table.query(
        "verdicts",
        """
        SELECT count(*) FILTER (verdict = 'pass'), count(*) FILTER (verdict = 'fail'),
               count(*) FILTER (verdict = 'undecided'), count(*) FILTER (verdict = 'na')
        FROM verdicts GROUP BY clause ORDER BY clause = 'clean', clause = 'first-reply'
        """,
    ).fetchall()
    assert look(path, read) == counted


def test_agents_on_the_page_are_those_of_the_table(folder: Path, look: Any) -> None:
    """Findings by severity, conversations, and those with findings."""
    path = write_report(folder)

    def read(page: Any) -> dict[str, list[str]]:
        rows = page.locator("table.agents tbody tr").all()
        return {row.locator("th").inner_text(): row.locator("td.count").all_inner_texts() for row in rows}

    assert look(path, read) == {
        "Doni cs": ["1", "1", "1", "1", "1"],
        "Rina cs": ["0", "1", "0", "2", "1"],
        "tanpa agen cs": ["0", "0", "0", "1", "0"],
    }


def test_the_page_is_built_for_everyone(folder: Path, look: Any) -> None:
    """One h1, headings without gaps, named fields, pictures with words, tables with heads."""
    path = write_report(folder)

    def flaws(page: Any) -> Any:
        return page.evaluate(
            """() => {
                const levels = [...document.querySelectorAll("h1,h2,h3,h4")].map((h) => +h.tagName[1]);
                return {
                    h1: levels.filter((level) => level === 1).length,
                    gaps: levels.filter((level, at) => at && level > levels[at - 1] + 1).length,
                    unnamed: [...document.querySelectorAll("input,select")]
                        .filter((field) => !field.labels.length).length,
                    mute: document.querySelectorAll("svg[role=img]:not([aria-label])").length,
                    headless: [...document.querySelectorAll("table")].filter((t) => !t.tHead).length,
                    ids: document.querySelectorAll("[id]").length
                        - new Set([...document.querySelectorAll("[id]")].map((e) => e.id)).size,
                };
            }"""
        )

    assert look(path, flaws) == {"h1": 1, "gaps": 0, "unnamed": 0, "mute": 0, "headless": 0, "ids": 0}
