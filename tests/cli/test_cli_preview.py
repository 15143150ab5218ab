"""`sopgen preview`, run as people run it: a saved SOP is on the page a moment later."""

import re
import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

MAIN = "from sopgen.cli.main import main; main()"


def fetched(address, wanted, *, seconds=90):
    """Return the page once it holds what is wanted; waiting ends after so many seconds."""
    end = time.monotonic() + seconds
    page = ""
    while time.monotonic() < end and wanted not in page:
        try:
            with urllib.request.urlopen(address, timeout=10) as answer:  # noqa: S310  # our own server
                page = answer.read().decode("utf-8")
        except OSError as error:
            page = str(error)
        time.sleep(0.2)
    return page


def test_a_saved_sop_is_on_the_page(project: Path):
    """The draft is served, follows each save, outlives a slip, and goes with Ctrl+C."""
    source = project / "sop_sources" / "cs-kecil" / "sop.md"
    server = subprocess.Popen(
        [sys.executable, "-c", MAIN, "preview", "--port", "0"],
        cwd=project,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        address = next(
            found[0] for line in server.stderr for found in re.finditer(r"http://127\.0\.0\.1:\d+/", line)
        )
        page = f"{address}cs-kecil/latest/"
        text = source.read_text(encoding="utf-8")
        assert "cs-kecil" in fetched(page, "cs-kecil")
        source.write_text(text.replace("title: ", "title: Sudah Diubah ", 1), encoding="utf-8")
        assert "Sudah Diubah" in fetched(page, "Sudah Diubah")
        source.write_text("---\nid: [\n", encoding="utf-8")
        server.stderr.readline()
        assert "Sudah Diubah" in fetched(page, "Sudah Diubah")
        server.send_signal(signal.SIGINT)
        assert server.wait(30) in (0, 130)
        assert "KeyboardInterrupt" not in server.stderr.read()
    finally:
        server.kill()
        server.wait()
        server.stderr.close()
    assert not (project / "output").exists()
