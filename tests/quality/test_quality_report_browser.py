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
VISIBLE = ".case:not([hidden])"


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
    injected = html.replace("<main", "<script>document.title='broken'</script><main")
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
        page.locator("#nothing").wait_for()
        page.get_by_role("button", name="Hapus saringan").click()
        states.append(state())
        page.fill("input[name=text]", "LAPORKAN")
        states.append(state())
        return states

    assert look(path, use) == [
        (2, "2 dari 2 percakapan tampak"),
        (1, "1 dari 2 percakapan tampak"),
        (1, "1 dari 2 percakapan tampak"),
        (0, "0 dari 2 percakapan tampak"),
        (2, "2 dari 2 percakapan tampak"),
        (1, "1 dari 2 percakapan tampak"),
    ]


def test_findings_that_were_not_asked_for_step_back(folder: Path, look: Any) -> None:
    """A case that fits keeps its other findings readable, less strongly."""
    path = write_report(folder)

    def use(page: Any) -> tuple[list[str], list[str]]:
        page.select_option("select[name=severity]", "minor")
        strong = page.locator(".case:visible .finding:not(.other)").all()
        weak = page.locator(".case:visible .finding.other").all()
        return tuple([each.get_attribute("data-severity") for each in some] for some in (strong, weak))

    assert look(path, use) == (["minor"], ["critical", "major"])


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_what_is_chosen_stands_in_the_address(folder: Path, look: Any, size: Any) -> None:
    """An address that was sent shows the same choice, and clearing the filter clears the address."""
    path = write_report(folder)

    def use(page: Any) -> tuple[str, list[str], str]:
        page.select_option("select[name=clause]", "cs-kecil/greet")
        page.select_option("select[name=agent]", "Rina")
        address = page.evaluate("location.hash")
        page.goto("about:blank")
        page.goto(path.as_uri() + address)
        shown = [each.get_attribute("id") for each in page.locator(VISIBLE).all()]
        page.locator("#case-2-1").wait_for()
        page.get_by_role("button", name="Hapus saringan").click()
        page.wait_for_timeout(20)
        return address, shown, page.evaluate("location.hash")

    expected = "#clause=cs-kecil%2Fgreet&agent=Rina"
    assert look(path, use, viewport=size, asks=[path.as_uri() + expected]) == (expected, ["case-2"], "")


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_the_whole_conversation_opens(tmp_path: Path, look: Any, size: Any) -> None:
    """What is folded opens by a click, or by a search for words in it; nothing sticks out."""
    second = list(conversations())[1]
    more = tuple(replace(second.messages[0], id=f"x{at}", text=f"pesan ke-{at} ya") for at in range(30))
    run(tmp_path / "r", iter([replace(second, messages=(*second.messages, *more))]))
    path = write_report(tmp_path / "r")

    def use(page: Any) -> list[Any]:
        far = page.get_by_text("pesan ke-29 ya")
        seen = [far.is_visible()]
        page.locator(".rest summary").click()
        seen.append(far.is_visible())
        page.locator(".rest summary").click()
        seen.append(far.is_visible())
        page.fill("input[name=text]", "KE-29 YA")
        far.wait_for()
        width = page.evaluate("document.documentElement.scrollWidth")
        return [*seen, far.is_visible(), width]

    assert look(path, use, viewport=size) == [False, True, False, True, size["width"]]


def test_arrows_move_between_conversations(folder: Path, look: Any) -> None:
    """Down and up from summary to summary; Enter opens; Escape clears the search."""
    path = write_report(folder)

    def use(page: Any) -> list[Any]:
        focused = "document.activeElement.parentElement.id"
        page.locator("#case-1 summary").focus()
        page.keyboard.press("ArrowDown")
        seen = [page.evaluate(focused), page.locator("#case-2-1").is_visible()]
        page.keyboard.press("Enter")
        seen.append(page.locator("#case-2-1").is_visible())
        page.keyboard.press("ArrowUp")
        seen.append(page.evaluate(focused))
        page.fill("input[name=text]", "tidak ada")
        page.keyboard.press("Escape")
        seen.append(page.locator(VISIBLE).count())
        return seen

    assert look(path, use) == ["case-2", False, True, "case-1", 2]


@pytest.fixture
def long_night(tmp_path: Path) -> Path:
    """Return the report of a run with 24 findings in 8 conversations, of which the first lies open."""
    second = list(conversations())[1]
    run(tmp_path / "long", iter([replace(second, id=f"c{number}") for number in range(8)]))
    return write_report(tmp_path / "long")


def test_a_count_leads_to_its_conversations(long_night: Path, look: Any) -> None:
    """A click on the fails of a clause chooses it in the filter and opens the first case."""

    def use(page: Any) -> tuple[str, bool]:
        page.locator("table.clauses td.fail a").first.click()
        page.wait_for_timeout(50)
        chosen = page.locator("select[name=clause]").input_value()
        return chosen, page.locator("#case-1-1").is_visible()

    assert look(long_night, use) == ("cs-kecil/greet", True)


def test_a_number_in_a_row_leads_into_a_closed_case(long_night: Path, look: Any) -> None:
    """The third conversation lay closed; its link opens it."""

    def use(page: Any) -> tuple[bool, bool]:
        before = page.locator("#case-3-1").is_visible()
        page.locator("#critical a[href='#case-3']").click()
        page.wait_for_timeout(50)
        return before, page.locator("#case-3-1").is_visible()

    assert look(long_night, use) == (False, True)


def test_everything_can_be_read_without_script(long_night: Path, look: Any) -> None:
    """The filter is away, and every finding unfolds with a click."""

    def read(page: Any) -> tuple[int, int]:
        assert not page.locator("#filter").is_visible()
        before = page.locator(".finding:visible").count()
        for group in page.locator("details.case").all():
            if group.get_attribute("open") is None:
                group.locator("summary").click()
        return before, page.locator(".finding:visible").count()

    assert look(long_night, read, java_script_enabled=False) == (3, 24)


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
