"""What the manual's tests share: the sample SOPs, built once, and a browser."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from manual_sample import CASES, build, read_sops, released

from sopgen.sop.model import SopHistory

CHROMIUM = Path("/usr/bin/chromium")


@pytest.fixture(scope="session")
def histories() -> tuple[SopHistory, ...]:
    """Return the two sample SOPs, balas-chat (Indonesian) and order-refunds (English), both drafts."""
    return read_sops(CASES / "sops")


@pytest.fixture(scope="session")
def output(histories, tmp_path_factory) -> Path:
    """Return the folder that the sample SOPs are built into: balas-chat released twice, the other a draft."""
    folder = tmp_path_factory.mktemp("output")
    built, flaws = build((released(histories[0], "1.0", "1.1"), histories[1]), folder)
    assert (flaws, built.failed) == ([], ())
    return folder


@pytest.fixture(scope="session")
def browser() -> Iterator[object]:
    """Return a running Chromium."""
    if not CHROMIUM.exists():
        pytest.skip("no Chromium on this machine")
    from playwright.sync_api import sync_playwright  # noqa: PLC0415  # only where there is a browser

    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        yield running
        running.close()
