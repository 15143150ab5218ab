"""The site in a real browser, on a phone and on a wide screen, with and without its script."""

import io

import pytest
import zxingcpp
from manual_sample import CASES, build
from PIL import Image

from sopgen.manual.paper import quick_code
from sopgen.sop.library import read_library

PHONE = {"width": 390, "height": 844}
SMALL_PHONE = {"width": 320, "height": 568}
WIDE = {"width": 1280, "height": 900}
PAGES = (
    "index.html",
    "balas-chat/latest/index.html",
    "balas-chat/1.0/index.html",
    "order-refunds/latest/index.html",
)


@pytest.fixture
def site(output, serve):
    """Return the address of the site on this machine."""
    address, _ = serve(output / "site")
    return address


@pytest.mark.parametrize("viewport", [SMALL_PHONE, PHONE, WIDE], ids=["small", "phone", "wide"])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_fits_and_is_quiet(visit, output, name, viewport):
    """Opened from disk, no page scrolls sideways, logs anything, or asks for anything outside the site."""
    page, troubles = visit(f"file://{output}/site/{name}", viewport=viewport)
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
    assert page.evaluate("getComputedStyle(document.body).margin") == "0px"
    assert troubles == []


def test_a_served_page_asks_for_its_own_files_alone(visit, site):
    """A page loads its style, its two scripts and its icon, and nothing else."""
    asked = []
    page, troubles = visit(f"{site}/index.html", service_workers="block")
    page.wait_for_load_state("networkidle")
    page.on("request", lambda request: asked.append(request.url.removeprefix(site)))
    page.goto(f"{site}/balas-chat/latest/index.html")
    page.wait_for_load_state("networkidle")
    loaded = {f"/assets/{name}" for name in ("manual.css", "manual.js", "theme.js")}
    assert loaded <= set(asked) <= loaded | {"/balas-chat/latest/index.html", "/assets/icon.svg"}
    assert [trouble for trouble in troubles if "blocked by Playwright" not in trouble] == []


def test_a_quick_reply_is_copied_with_one_tap(visit, site):
    """The button puts the reply on the clipboard as it stands, fields and line breaks included."""
    page, troubles = visit(
        f"{site}/balas-chat/latest/index.html", permissions=["clipboard-read", "clipboard-write"]
    )
    page.get_by_role("button", name="Salin: Balasan komplain").click()
    page.get_by_role("status").get_by_text("Tersalin. Belum diisi: nama_pelanggan, waktu").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == (
        "Mohon maaf atas ketidaknyamanannya, Kak {nama_pelanggan} 🙏\n\n"
        "Boleh kirim foto barangnya? Kami cek paling lama {waktu}."
    )
    assert troubles == []


def test_a_clause_number_copies_its_address(visit, site):
    """A tap on a clause's number goes to the clause and copies the address that leads there."""
    page, _ = visit(f"{site}/balas-chat/1.0/index.html", permissions=["clipboard-read", "clipboard-write"])
    page.get_by_role("link", name="Butir 5.2").click()
    page.get_by_role("status").get_by_text("Tautan tersalin").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == f"{site}/balas-chat/1.0/index.html#confirm"
    assert page.url.endswith("#confirm")


@pytest.mark.parametrize("anchor", ["first-reply", "no-otp", "answering", "prohibitions"])
def test_a_permalink_shows_its_place(visit, output, anchor):
    """A permalink of a clause, a procedure or a section scrolls to it, clear of the bar."""
    page, _ = visit(f"file://{output}/site/balas-chat/latest/index.html#{anchor}")
    page.wait_for_load_state()
    top = page.evaluate("id => document.getElementById(id).getBoundingClientRect().top", anchor)
    bar = page.evaluate("document.querySelector('.bar').getBoundingClientRect().bottom")
    assert bar - 1 <= top < PHONE["height"]


def test_contents_open_on_a_phone_and_lead_away(visit, output):
    """On a phone the contents are behind a button, above the page, and close when a line is chosen."""
    page, _ = visit(f"file://{output}/site/balas-chat/latest/index.html")
    contents = page.get_by_role("navigation", name="Daftar isi")
    assert not contents.is_visible()
    page.get_by_role("button", name="Daftar isi").click()
    assert contents.is_visible()
    contents.get_by_role("link", name="Larangan").click()
    assert not contents.is_visible()
    assert page.url.endswith("#prohibitions")


def test_contents_stay_in_sight_on_a_wide_screen(visit, output):
    """On a wide screen the contents stand beside the text, follow it, and mark the section in view."""
    page, _ = visit(f"file://{output}/site/balas-chat/latest/index.html", viewport=WIDE)
    contents = page.get_by_role("navigation", name="Daftar isi")
    assert not page.get_by_role("button", name="Daftar isi").is_visible()
    page.evaluate("document.getElementById('complaints').scrollIntoView({behavior: 'instant'})")
    contents.locator("[aria-current][href='#complaints']").wait_for()
    box = contents.bounding_box()
    assert box["y"] >= 0
    assert contents.locator("[aria-current]").count() == 1


@pytest.mark.parametrize("viewport", [PHONE, WIDE], ids=["phone", "wide"])
def test_everything_can_be_read_without_the_script(visit, output, viewport):
    """Without JavaScript every clause, chat and reply is there; contents, control block and links work."""
    address = f"file://{output}/site/balas-chat/latest/index.html"
    page, troubles = visit(address, viewport=viewport, java_script_enabled=False)
    for said in ("Berlaku untuk chat", "membalas pesan pertama", "boleh kirim kode OTP-nya kak?"):
        page.get_by_text(said).first.wait_for()
    page.locator(".template").first.wait_for()
    assert page.get_by_role("button", name="Salin").count() == 0
    if viewport is PHONE:
        page.get_by_role("button", name="Daftar isi").click()
    page.get_by_role("navigation", name="Daftar isi").get_by_role("link", name="Indikator").click()
    assert page.url.endswith("#indicators")
    page.keyboard.press("Escape")
    page.get_by_text("Pengendalian dokumen").click()
    page.get_by_text("Tinjauan berikutnya").wait_for()
    assert troubles == []


def test_the_library_leads_to_each_sop_and_its_pdf(visit, output):
    """The home page lists number, status, owner, effective date and how much is checked, and links on."""
    page, _ = visit(f"file://{output}/site/index.html")
    card = page.get_by_role("listitem").filter(has_text="balas-chat")
    for said in (
        "Resmi",
        "1.1",
        "5 Februari 2026",
        "Kepala Layanan Toko",
        "8 dari 17 klausul diperiksa otomatis",
    ):
        card.get_by_text(said, exact=True).wait_for()
    assert (output / "site" / card.get_by_role("link", name="PDF").get_attribute("href")).is_file()
    card.get_by_role("link", name="Membalas Chat Toko Daring").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Membalas Chat Toko Daring"
    page.get_by_role("link", name="Pustaka SOP").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Pustaka SOP"


def test_a_superseded_version_leads_to_the_newest(visit, output):
    """An older version warns and links to the newest, which does not warn."""
    page, _ = visit(f"file://{output}/site/balas-chat/1.0/index.html")
    page.get_by_text("Versi ini digantikan oleh versi 1.1").wait_for()
    page.get_by_role("link", name="Buka versi terbaru").click()
    page.locator(".eyebrow").get_by_text("Versi 1.1", exact=True).wait_for()
    assert page.locator(".banner").count() == 0


def test_every_link_of_the_site_leads_somewhere(visit, output):
    """Each relative link of each page is a file of the site, and each anchor is on its page."""
    for name in PAGES:
        page, _ = visit(f"file://{output}/site/{name}")
        dead = page.evaluate(
            """[...document.querySelectorAll('a[href^="#"]')]
               .map(a => a.hash.slice(1)).filter(id => !document.getElementById(id))"""
        )
        assert dead == []
        links = page.evaluate(
            "[...document.querySelectorAll('a[href], link[href], script[src]')].map(a => a.href || a.src)"
        )
        local = {link.partition("#")[0].removeprefix("file://") for link in links if link.startswith("file:")}
        assert [path for path in sorted(local) if not (output / path).is_file()] == []


def test_dark_mode_follows_the_reader(visit, output):
    """A reader who asks for dark gets light text on a dark page."""
    lights = {}
    for scheme in ("light", "dark"):
        page, _ = visit(f"file://{output}/site/balas-chat/latest/index.html", color_scheme=scheme)
        shown = page.evaluate("[getComputedStyle(document.documentElement).backgroundColor]")
        lights[scheme] = sum(int(part) for part in shown[0].strip("rgb()").split(","))
    assert lights["light"] > 600
    assert lights["dark"] < 150


def test_on_paper_there_is_no_furniture(visit, output):
    """Printed from the browser, bar, contents and buttons are gone and the control block is open."""
    page, _ = visit(f"file://{output}/site/balas-chat/latest/index.html", viewport=WIDE)
    page.emulate_media(media="print")
    for furniture in (".bar", ".contents", "button"):
        assert not page.locator(furniture).first.is_visible()
    page.get_by_text("Salinan cetak tidak dikendalikan").wait_for()
    page.locator(".clause").first.wait_for()


def test_a_hostile_sop_is_harmless(visit, tmp_path):
    """Scripts, handlers and template code in every part of an SOP are shown as the author wrote them."""
    sops = read_library(CASES / "hostile", lambda _: None)
    build([sop for sop in sops if sop.id == "harmless"], tmp_path)
    for name in ("index.html", "harmless/latest/index.html"):
        page, troubles = visit(f"file://{tmp_path}/site/{name}")
        for button in page.get_by_role("button").all():
            button.click(force=True)
        assert page.evaluate("window.hacked") is None
        page.keyboard.press("Escape")
        page.keyboard.press("/")
        page.get_by_role("searchbox").first.fill("script")
        page.locator(".results mark").first.wait_for()
        sources = page.evaluate("[...document.scripts].map(s => s.getAttribute('src').split('/').at(-2))")
        assert set(sources) == {"assets"}
        assert page.evaluate("[...document.querySelectorAll('*')].some(e => e.onerror || e.onclick)") is False
        title = "</title><script>window.hacked = 1</script> {{ 7*7 }}"
        page.locator("main").get_by_text(title).first.wait_for()
        assert "49" not in page.inner_text("main")
        assert troubles == []


def test_the_code_on_a_cover_leads_to_the_newest_version(browser):
    """A phone that reads the QR code of a PDF gets the address at which the newest version is published."""
    address = "https://sop.example.com/manual/balas-chat/latest/"
    page = browser.new_page(viewport={"width": 200, "height": 200})
    page.set_content(f'<div style="width:160px;margin:20px">{quick_code(address).decode()}</div>')
    (found,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(page.screenshot())))
    page.close()
    assert (found.text, found.format) == (address, zxingcpp.BarcodeFormat.QRCode)


@pytest.mark.parametrize("system", ["light", "dark"])
def test_the_look_that_a_reader_chooses_is_remembered(visit, site, system):
    """Without a choice the system's look stands; the other one, once chosen, stands on every page."""
    other = {"light": "dark", "dark": "light"}[system]
    grounds = {"light": "rgb(250, 249, 246)", "dark": "rgb(20, 24, 26)"}
    page, troubles = visit(f"{site}/index.html", color_scheme=system)
    ground = "getComputedStyle(document.documentElement).backgroundColor"
    assert page.evaluate(ground) == grounds[system]
    page.get_by_role("button", name="Mode gelap").click()
    assert page.evaluate(ground) == grounds[other]
    page.goto(f"{site}/balas-chat/latest/index.html")
    assert page.evaluate(ground) == grounds[other]
    button = page.get_by_role("button", name="Mode gelap")
    assert button.get_attribute("aria-pressed") == str(other == "dark").lower()
    button.click()
    assert page.evaluate("localStorage.length") == 0
    page.reload()
    assert page.evaluate(ground) == grounds[system]
    assert [trouble for trouble in troubles if "error" in trouble] == []


def test_paper_is_light_whatever_the_look(visit, site):
    """Whoever prints from a dark screen gets dark text on white."""
    page, _ = visit(f"{site}/balas-chat/latest/index.html", color_scheme="dark")
    page.get_by_role("button", name="Mode gelap").click()
    page.get_by_role("button", name="Mode gelap").click()
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "light"
    assert page.evaluate("getComputedStyle(document.querySelector('.modality')).color") == "rgb(23, 79, 134)"
