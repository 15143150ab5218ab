"""What the manual's tests share: the sample SOPs, built once, a browser, and pages opened in it."""

import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from manual_sample import AS_OF, CASES, build, read_sops, read_versions, released, shelve

from sopgen.manual.single import single_page
from sopgen.manual.site import write_site
from sopgen.sop.model import SopHistory

CHROMIUM = Path("/usr/bin/chromium")
PHONE = {"width": 390, "height": 844}


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
def versions() -> SopHistory:
    """Return tanya-toko, an SOP whose three versions differ."""
    return read_versions(CASES / "versions" / "tanya-toko")


@pytest.fixture(scope="session")
def shop(histories, versions, tmp_path_factory) -> Path:
    """Return a site without PDFs: tanya-toko as of April 2026, and the two sample SOPs as drafts.

    `single.html` beside it is tanya-toko's newest version as one file.
    """
    folder = tmp_path_factory.mktemp("shop") / "site"
    shelf = shelve((versions, *histories), as_of=AS_OF)
    write_site(folder, shelf)
    single = single_page(shelf[0].manual, shelf[0].body)
    (folder.parent / "single.html").write_text(single, encoding="utf-8")
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


class _Quiet(SimpleHTTPRequestHandler):
    """A file server that logs nothing."""

    def log_message(self, *_):
        """Say nothing."""


@pytest.fixture
def serve():
    """Return a function that serves a folder and gives its address and a way to stop it early."""
    stops = []

    def start(folder):
        server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=folder))
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()

        def stop():
            if thread.is_alive():
                server.shutdown()
                thread.join()
                server.server_close()

        stops.append(stop)
        return f"http://127.0.0.1:{server.server_port}", stop

    yield start
    for stop in stops:
        stop()


def _failure(request) -> list[str]:
    """Return why a request failed, unless the page was left while it was still under way."""
    return [] if request.failure == "net::ERR_ABORTED" else [f"failed: {request.url} {request.failure}"]


@pytest.fixture
def visit(browser):
    """Return a function that opens an address and gives the page and what went wrong on it."""
    contexts = []

    def open_page(address, **options):
        context = browser.new_context(**{"viewport": PHONE, **options})
        contexts.append(context)
        page, troubles = context.new_page(), []
        page.on("console", lambda message: troubles.append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error: troubles.append(f"error: {error}"))
        page.on("dialog", lambda dialog: (troubles.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        page.on("requestfailed", lambda request: troubles.extend(_failure(request)))
        home = address.partition("/site/")[0] if address.startswith("file:") else address.rpartition("//")[0]
        page.on(
            "request",
            lambda request: None if request.url.startswith(home) else troubles.append(f"left: {request.url}"),
        )
        page.goto(address)
        return page, troubles

    yield open_page
    for context in contexts:
        context.close()
