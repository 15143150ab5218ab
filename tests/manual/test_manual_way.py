"""Where readers of a site get to: in their own language, to every result, past long names and dead ends."""

from dataclasses import replace

import pytest
from manual_sample import shelve

from sopgen.manual.site import write_site
from sopgen.sop.model import Prose

OWNER = "kepala.layanan.pelanggan.dan.kepatuhan.operasional@perusahaan-contoh-sekali.co.id"
SMALL_PHONE = {"width": 375, "height": 667}


@pytest.fixture(scope="module")
def long(histories, tmp_path_factory):
    """Return a site whose SOPs belong to a long address, and in which one word stands in many places."""
    folder = tmp_path_factory.mktemp("long") / "site"
    owned = []
    for history in histories:
        sop = history.draft
        sections = tuple(
            replace(section, blocks=(*section.blocks, Prose(markdown="Kata melimpah.", span=sop.span)))
            for section in sop.sections
        )
        owned.append(replace(history, draft=replace(sop, owner=OWNER, sections=sections)))
    several = [
        replace(each, draft=replace(each.draft, id=f"{each.draft.id}-{number}"))
        for each in owned
        for number in range(3)
    ]
    write_site(folder, shelve(several))
    return folder


def test_english_readers_stay_in_english(visit, shop):
    """The way home from an English SOP, and from what changed in it, leads to the English library."""
    for page_of in ("order-refunds/latest", "order-refunds/changes/draft"):
        page, _ = visit(f"file://{shop}/{page_of}/index.html")
        page.get_by_role("link", name="SOP library").click()
        page.get_by_role("heading", name="SOP library").wait_for()
        assert page.url.endswith("/index.en.html")


def test_without_a_network_both_languages_are_spoken(visit, shop):
    """The page that stands in for a download says so twice, and leads to the library of either language."""
    page, _ = visit(f"file://{shop}/offline.html#place-of-the-page-that-was-asked-for")
    assert page.get_by_role("heading").all_text_contents() == [
        "Belum tersimpan di perangkat ini",
        "Not kept on this device",
    ]
    assert page.locator(".banner").count() == 0
    page.get_by_role("link", name="SOP library").click()
    assert page.url.endswith("/index.en.html")


@pytest.mark.parametrize(
    ("sop", "name", "file"),
    [("tanya-toko", "Balasan cepat", "index.html"), ("order-refunds", "Quick replies", "index.en.html")],
)
def test_an_sop_leads_to_the_quick_replies(visit, shop, sop, name, file):
    """Under the title of an SOP stands the way to all quick replies, in its language."""
    page, _ = visit(f"file://{shop}/{sop}/latest/index.html")
    page.locator(".masthead").get_by_role("link", name=name).click()
    assert page.url.endswith(f"/replies/{file}")


def test_a_place_that_is_not_there_is_told(visit, shop):
    """A link to an unknown clause says so at the top; a known one takes the notice away."""
    page, troubles = visit(f"file://{shop}/tanya-toko/latest/index.html#no-such-clause")
    told = page.get_by_text("Tidak ada “no-such-clause” di halaman ini.")
    told.wait_for()
    assert page.evaluate("scrollY") == 0
    page.evaluate("location.hash = '#_main'")
    told.wait_for(state="hidden")
    page.evaluate("location.hash = '#%E0%'")
    page.get_by_text("Tidak ada “%E0%” di halaman ini.").wait_for()
    page.evaluate("location.hash = '#a$&b'")
    page.get_by_text("Tidak ada “a$&b” di halaman ini.").wait_for()
    assert troubles == []


@pytest.mark.parametrize("name", ["index.html", "balas-chat-0/latest/index.html", "replies/index.html"])
def test_a_long_address_widens_no_page(visit, long, name):
    """An owner's e-mail address is broken where the line ends, on a small phone as well."""
    page, _ = visit(f"file://{long}/{name}", viewport=SMALL_PHONE)
    page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")
    assert page.evaluate("document.documentElement.scrollWidth") <= SMALL_PHONE["width"]


@pytest.mark.parametrize(
    ("file", "said"),
    [
        ("index.html", ("{} hasil, 20 teratas ditampilkan", "Tampilkan {} lainnya", "{} hasil")),
        ("index.en.html", ("{} results, the top 20 are shown", "Show {} more", "{} results")),
    ],
)
def test_every_result_can_be_reached_by_keyboard(visit, long, file, said):
    """A search says how many of its results it shows; below the last one the others are asked for."""
    (told, more, all_told), (page, troubles) = said, visit(f"file://{long}/{file}")
    page.keyboard.press("/")
    page.keyboard.type("melimpah")
    results = page.locator("#_results a")
    results.nth(19).wait_for()
    assert results.count() == 20
    count = int(page.locator(".search .told").text_content().split()[0])
    assert page.locator(".search .told").text_content() == told.format(count)
    for _ in range(21):
        page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.textContent") == more.format(count - 20)
    page.keyboard.press("Enter")
    assert results.count() == count
    assert page.locator(".search .told").text_content() == all_told.format(count)
    assert results.nth(20).evaluate("each => each === document.activeElement")
    assert troubles == []
