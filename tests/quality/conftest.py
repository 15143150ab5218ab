"""What the report's tests share: the small checker of the runs, a stored run, and a browser."""

import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "runs"))

CHROMIUM = Path("/usr/bin/chromium")
Look = Callable[..., Any]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return the folder of a run over the evening's conversations."""
    from small_checker import run  # noqa: PLC0415 - found once the path above is known

    run(tmp_path / "runs" / "night")
    return tmp_path / "runs" / "night"


@pytest.fixture(scope="module")
def look() -> Iterator[Look]:
    """Return a function that opens a file in a real browser and gives the page to a function.

    The browser lives in a thread of its own: another folder's tests may hold one in the main thread.
    """
    if not CHROMIUM.exists():
        pytest.skip("no Chromium on this machine")
    with ThreadPoolExecutor(max_workers=1) as thread:
        playwright, browser = thread.submit(_launch).result()
        yield lambda path, see, **context: thread.submit(_see, browser, path, see, context).result()
        thread.submit(lambda: (browser.close(), playwright.stop())).result()


def _launch() -> tuple[Any, Any]:
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only where there is a browser

    playwright = sync_playwright().start()
    return playwright, playwright.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])


def _see(browser: Any, path: Path, see: Callable[[Any], Any], context: dict[str, Any]) -> Any:
    """Return what `see` returns of the page, and fail on any trouble, dialog or request of the page.

    `asks` are further addresses that the look itself goes to.
    """
    troubles: list[str] = []
    fine = {f"request: {each}" for each in (path.as_uri(), *context.pop("asks", ()))}
    opened = browser.new_context(**{"viewport": {"width": 1280, "height": 900}, **context})
    page = opened.new_page()
    page.on("console", lambda message: troubles.append(f"console: {message.text}"))
    page.on("pageerror", lambda error: troubles.append(f"error: {error}"))
    page.on("dialog", lambda dialog: (troubles.append(f"dialog: {dialog.message}"), dialog.dismiss()))
    page.on("request", lambda request: troubles.append(f"request: {request.url}"))
    page.goto(path.as_uri())
    seen = see(page)
    opened.close()
    assert [each for each in troubles if each not in fine] == []
    return seen
