"""The site in a real browser: versions, search, replies, diagrams, terms, offline, one file."""

import gzip
from datetime import UTC, datetime
from html import unescape
from pathlib import Path

import pytest
from manual_sample import shelve

from sopgen.manual.page import sop_page
from sopgen.manual.site import write_site
from sopgen.manual.template import dressed
from sopgen.manual.theme import Theme
from sopgen.sop.library import read_history

PHONE = {"width": 390, "height": 844}
WIDE = {"width": 1280, "height": 900}
SCREENS = pytest.mark.parametrize("viewport", [PHONE, WIDE], ids=["phone", "wide"])
SOURCES = Path(__file__).parents[2] / "sop_sources"


def search(page, words):
    """Write into the search, which `/` opens, and wait for the results."""
    page.keyboard.press("/")
    page.locator("#_query").fill(words)
    page.locator(".search .told").get_by_text("hasil").or_(
        page.get_by_text("Tidak ada yang cocok")
    ).wait_for()


# ---- versions


def test_a_permalink_that_was_removed_says_so_without_a_script(visit, shop):
    """The permalink of a clause that version 2.0 removed leads to words about it, not to nothing."""
    page, troubles = visit(f"file://{shop}/tanya-toko/2.0/index.html#say-hours", java_script_enabled=False)
    told = page.locator("#say-hours")
    assert told.is_visible()
    assert "Klausul 6.2 dihapus di 2.0." in told.inner_text()
    assert "menyebut jam layanan" in told.inner_text()
    told.get_by_role("link", name="Baca di versi 1.0").click()
    assert page.url.endswith("/tanya-toko/1.0/index.html#say-hours")
    page.locator("#say-hours").get_by_text("Dihapus di 2.0").wait_for()
    assert troubles == []


def test_what_is_gone_is_told_only_to_who_asks(visit, shop):
    """Without such a permalink the page does not speak of clauses that it lacks."""
    page, _ = visit(f"file://{shop}/tanya-toko/2.0/index.html")
    assert not page.locator("#say-hours").is_visible()


def test_a_clause_to_come_says_since_when(visit, shop):
    """On the older version, the permalink of a later clause says which version brought it."""
    page, _ = visit(f"file://{shop}/tanya-toko/1.0/index.html#no-private")
    assert "baru ada di 2.0" in page.locator("#no-private").inner_text()


@pytest.mark.parametrize(("version", "anchor"), [("2.0", "name"), ("1.0", "say-name")])
def test_a_renamed_clause_answers_to_both_names(visit, shop, version, anchor):
    """The permalink of a clause that got another id leads to it in either version."""
    page, _ = visit(f"file://{shop}/tanya-toko/{version}/index.html#{anchor}")
    clause = page.get_by_role("listitem").filter(has_text="menyapa dengan nama")
    clause.first.wait_for()
    assert page.evaluate("id => !!document.getElementById(id).closest('.clause')", anchor)


@SCREENS
def test_the_switcher_keeps_the_clause(visit, shop, viewport):
    """The switcher leads from a clause to the same clause of the other version, or says it is gone."""
    page, troubles = visit(f"file://{shop}/tanya-toko/1.0/index.html#first-reply", viewport=viewport)
    page.get_by_text("Versi lain").click()
    page.get_by_role("link", name="Versi 2.0", exact=True).click()
    assert page.url.endswith("/2.0/index.html#first-reply")
    page.locator("#first-reply").wait_for(state="visible")
    page.goto(f"file://{shop}/tanya-toko/1.0/index.html#say-hours")
    page.reload()
    page.get_by_text("Versi lain").click()
    page.get_by_text("#say-hours: dihapus di 2.0").first.wait_for()
    assert troubles == []


def test_the_switcher_works_without_a_script(visit, shop):
    """Without JavaScript the switcher opens and leads to the other version."""
    page, _ = visit(f"file://{shop}/tanya-toko/latest/index.html", java_script_enabled=False)
    page.get_by_text("Versi lain").click()
    page.get_by_role("link", name="Versi 1.0", exact=True).click()
    assert page.url.endswith("/tanya-toko/1.0/index.html")


def test_each_version_says_where_it_stands(visit, shop):
    """As of April 2026 version 2.0 governs: 1.0 is superseded, 3.0 is announced and says when it begins."""
    latest, _ = visit(f"file://{shop}/tanya-toko/latest/index.html")
    assert "Versi 3.0 berlaku mulai 5 Mei 2026." in latest.locator(".banner.upcoming").inner_text()
    latest.locator(".eyebrow").get_by_text("Versi 2.0").wait_for()
    old, _ = visit(f"file://{shop}/tanya-toko/1.0/index.html")
    assert "digantikan oleh versi 2.0" in old.locator(".banner.superseded").inner_text()
    coming, _ = visit(f"file://{shop}/tanya-toko/3.0/index.html", java_script_enabled=False)
    assert "baru berlaku mulai 5 Mei 2026" in coming.locator(".banner.scheduled").inner_text()
    assert coming.locator(".pill.scheduled").first.inner_text() == "Terjadwal"


@pytest.mark.parametrize(("day", "shown"), [("2026-05-04", True), ("2026-05-06", False)])
def test_a_notice_ends_with_its_reason(browser, shop, day, shown):
    """A reader whose clock is past the day no longer sees that the version is still to come."""
    context = browser.new_context()
    page = context.new_page()
    page.clock.set_fixed_time(f"{day}T00:00:00Z")
    page.goto(f"file://{shop}/tanya-toko/3.0/index.html")
    assert page.locator(".banner.scheduled").is_visible() is shown
    context.close()


def test_clauses_say_what_happened_to_them(visit, shop):
    """A clause tells what this version did to it, and leads to the redline."""
    page, _ = visit(f"file://{shop}/tanya-toko/2.0/index.html")
    mark = page.locator("#first-reply .since a").first
    assert mark.text_content() == "Diubah di 2.0"
    assert page.locator("#no-private .since a").text_content() == "Baru di 2.0"
    mark.click()
    page.wait_for_url("**/tanya-toko/changes/1.0/2.0/index.html#first-reply")
    changed = page.locator("#first-reply")
    assert changed.locator("del").first.inner_text() == "3"
    assert changed.locator("ins").first.inner_text() == "2"


def test_there_is_a_redline_between_any_two_versions(shop):
    """Each pair of versions has its redline."""
    pairs = sorted(
        path.parent.relative_to(shop / "tanya-toko/changes")
        for path in shop.glob("tanya-toko/changes/*/*/index.html")
    )
    assert [str(pair) for pair in pairs] == ["1.0/2.0", "1.0/3.0", "2.0/3.0"]


def test_what_changed_is_told_in_plain_words(visit, shop):
    """The page of a release says what has to be done differently, from what to what."""
    page, troubles = visit(f"file://{shop}/tanya-toko/changes/2.0/index.html")
    section = page.locator("section").filter(has_text="Yang harus dilakukan berbeda")
    for said in (
        "Klausul 6.1: batas kini 2 menit (semula 3 menit).",
        "Klausul 8.1 baru.",
        "Klausul 6.2 dihapus.",
    ):
        section.get_by_text(said, exact=True).wait_for()
    section.get_by_role("link", name="Lihat klausulnya: Klausul 8.1").click()
    assert page.url.endswith("/tanya-toko/2.0/index.html#no-private")
    first, _ = visit(f"file://{shop}/tanya-toko/changes/1.0/index.html")
    first.get_by_text("Ini terbitan pertama").wait_for()
    assert troubles == []


def test_every_link_of_every_page_leads_somewhere(visit, shop):
    """Each relative link of the site is a file, and each anchor is on its page."""
    ids, links = {}, set()
    for path in sorted(shop.rglob("*.html")):
        page, _ = visit(f"file://{path}")
        ids[str(path)] = set(page.evaluate("[...document.querySelectorAll('[id]')].map(e => e.id)"))
        found = page.evaluate("[...document.querySelectorAll('a[href], link[href]')].map(a => a.href)")
        links |= {link.removeprefix("file://") for link in found if link.startswith("file:")}
        page.context.close()
    dead = [
        link
        for link in sorted(links)
        for place, _, anchor in (link.partition("#"),)
        if not Path(place).is_file() or (anchor and anchor not in ids[place])
    ]
    assert dead == []


# ---- search

FORMS = [
    ("membalas", "#first-reply"),
    ("dibalas", "#first-reply"),
    ("balasan", "#first-reply"),
    ("membalasnya", "#first-reply"),
    ("dimintai", "#no-otp"),
    ("penawaran", "#offer-lead"),
    ("kebingungan", "#offer-lead"),
    ("OTPP", "#no-otp"),
]


@pytest.mark.parametrize(("words", "anchor"), FORMS, ids=[words for words, _ in FORMS])
def test_search_finds_word_forms_from_a_disk(visit, shop, words, anchor):
    """Opened from a disk, the search finds a clause by forms of its words that stand nowhere."""
    page, troubles = visit(f"file://{shop}/index.html")
    search(page, words)
    found = page.locator("#_results a").evaluate_all("links => links.map(link => link.getAttribute('href'))")
    assert f"tanya-toko/latest/index.html{anchor}" in found
    assert troubles == []


@SCREENS
def test_search_by_keyboard_alone(visit, shop, viewport):
    """`/` opens the search, arrows choose, Enter goes there, Escape leaves; the focus comes back."""
    page, troubles = visit(f"file://{shop}/tanya-toko/1.0/index.html", viewport=viewport)
    page.locator("#_find").focus()
    page.keyboard.press("Enter")
    page.keyboard.type("kode otp")
    page.locator("#_results mark").first.wait_for()
    page.keyboard.press("Escape")
    assert not page.locator("#_search").is_visible()
    assert page.evaluate("document.activeElement.id") == "_find"
    page.keyboard.press("/")
    page.keyboard.press("ArrowDown")
    assert "no-otp" in page.evaluate("document.activeElement.getAttribute('href')")
    page.keyboard.press("ArrowUp")
    assert page.evaluate("document.activeElement.id") == "_query"
    page.keyboard.press("Enter")
    page.wait_for_url("**/tanya-toko/latest/index.html#no-otp")
    assert troubles == []


def test_search_is_loaded_only_when_used(visit, shop):
    """Neither the index nor the search's script is asked for before someone searches."""
    asked = []
    page, _ = visit(f"file://{shop}/index.html")
    page.on("request", lambda request: asked.append(request.url.rpartition("/")[2]))
    page.reload()
    assert not {"search.js", "search-index.js"} & set(asked)
    search(page, "resi")
    assert {"search.js", "search-index.js"} <= set(asked)


def test_search_says_when_there_is_nothing(visit, shop):
    """A word that is nowhere gives no result, and the page says so without harm."""
    page, _ = visit(f"file://{shop}/index.html")
    search(page, "<zzyzx>qqxq")
    page.get_by_text("Tidak ada yang cocok dengan “<zzyzx>qqxq”.").wait_for()


def test_search_finds_english_forms(visit, shop):
    """In an English SOP, English forms meet."""
    page, _ = visit(f"file://{shop}/index.html")
    search(page, "refunding")
    found = page.locator("#_results a").evaluate_all("links => links.map(link => link.getAttribute('href'))")
    assert any(link.startswith("order-refunds/") for link in found)


# ---- quick replies


@SCREENS
def test_fields_are_filled_in_once_and_copied(visit, shop, serve, viewport):
    """A field is filled in everywhere at once; what is copied holds the words, and open fields stay."""
    address, _ = serve(shop)
    page, troubles = visit(
        f"{address}/replies/index.html",
        viewport=viewport,
        permissions=["clipboard-read", "clipboard-write"],
    )
    reply = page.locator("figure").filter(has_text="Mencari pesanan")
    reply.get_by_label("Isian nama").first.fill("Rina")
    assert reply.get_by_label("Isian nama").last.input_value() == "Rina"
    reply.get_by_role("button", name="Salin: Mencari pesanan").click()
    page.get_by_text("Tersalin. Belum diisi: agen").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == "Halo Kak Rina, dengan {agen} di sini. Boleh minta nomor pesanannya, Kak Rina?"
    reply.get_by_label("Isian agen").fill("Budi")
    reply.get_by_role("button", name="Salin: Mencari pesanan").click()
    page.get_by_role("status").get_by_text("Tersalin", exact=True).wait_for()
    assert "dengan Budi di sini" in page.evaluate("navigator.clipboard.readText()")
    assert troubles == []


def test_fields_are_made_when_their_reply_comes_near(visit, shop):
    """A long page opens without a field; one that comes into view later holds what was filled in before."""
    page, troubles = visit(f"file://{shop}/balas-chat/latest/index.html")
    assert page.locator("input.field").count() == 0
    assert page.get_by_role("button", name="Salin: ").count() > 1
    fields = page.locator(".reply .field")
    page.locator(".reply").first.scroll_into_view_if_needed()
    page.locator("input.field").first.wait_for()
    name = page.locator("input.field").first.get_attribute("data-name")
    page.locator("input.field").first.fill("Rina")
    page.locator(".reply").last.scroll_into_view_if_needed()
    page.wait_for_function("!document.querySelector('.reply:last-of-type span.field')")
    same = page.locator(f"input.field[data-name='{name}']").evaluate_all("all => all.map(each => each.value)")
    assert set(same) == {"Rina"}
    assert fields.count() >= len(same)
    assert troubles == []


def test_replies_can_be_sifted(visit, shop):
    """The page of all replies shows those that hold the words, and how many they are."""
    page, _ = visit(f"file://{shop}/replies/index.html")
    every = page.locator(".reply").count()
    assert every >= 3
    page.get_by_label("Saring balasan").fill("nomor pesanan")
    assert 0 < page.locator(".reply:visible").count() < every
    page.get_by_label("Saring balasan").fill("komplain")
    assert page.locator(".reply:visible b").all_inner_texts() == ["Balasan komplain"]
    page.get_by_text("1 balasan").wait_for()


def test_replies_can_be_read_without_a_script(visit, shop):
    """Without JavaScript all replies are there, with their fields as written."""
    page, _ = visit(f"file://{shop}/replies/index.html", java_script_enabled=False)
    page.get_by_text("{agen}").first.wait_for()
    assert not page.locator("#_sift").is_visible()


# ---- diagrams and terms


@SCREENS
def test_a_procedure_has_a_diagram(visit, shop, viewport):
    """The diagram opens without a script, fits the screen, and says in words what it is."""
    page, _ = visit(f"file://{shop}/tanya-toko/1.0/index.html", viewport=viewport, java_script_enabled=False)
    page.get_by_text("Diagram alir").first.click()
    drawing = page.get_by_role("img", name="Diagram alir: Mencari pesanan")
    assert drawing.is_visible()
    said = drawing.text_content()
    for words in (
        "5 langkah, 2 percabangan",
        "Nomornya tidak ditemukan?",
        "Lanjut ke langkah 5",
        "Mulai",
        "Selesai",
    ):
        assert words in said
    box = drawing.bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= viewport["width"]


def test_a_term_is_explained_in_its_place(visit, shop):
    """A tap on a defined term shows what it means; Escape closes it; without a script it leads there."""
    page, _ = visit(f"file://{shop}/tanya-toko/1.0/index.html")
    page.locator("#tools").get_by_role("link", name="resi").click()
    hint = page.get_by_role("note")
    assert "Nomor pengiriman dari kurir" in hint.inner_text()
    page.keyboard.press("Escape")
    assert not hint.is_visible()
    plain, _ = visit(f"file://{shop}/tanya-toko/1.0/index.html", java_script_enabled=False)
    plain.locator("#tools").get_by_role("link", name="resi").click()
    assert plain.locator("tr:target").inner_text().startswith("Resi (AWB)")


# ---- the library


def test_the_library_shows_what_changed_lately(visit, shop):
    """The home page lists the newest releases first, with what they brought, and leads to the plain words."""
    page, _ = visit(f"file://{shop}/index.html", viewport=WIDE)
    recent = page.locator(".recent li")
    assert recent.first.inner_text().splitlines()[1:] == [
        "Versi 3.0 · berlaku mulai 5 Mei 2026",
        "",
        "Isi versi 3.0.",
    ]
    recent.first.get_by_role("link").click()
    assert page.url.endswith("/tanya-toko/changes/3.0/index.html")


def test_the_library_tells_what_is_to_come(visit, shop):
    """A card names the approved version that takes effect later, and the list says so of its date."""
    page, _ = visit(f"file://{shop}/index.html")
    card = page.locator(".card").filter(has_text="tanya-toko")
    assert card.locator(".soon").inner_text() == "Versi 3.0 berlaku mulai 5 Mei 2026. Apa yang akan berubah"
    assert page.locator(".soon").count() == 1
    page.get_by_text("Versi 3.0 · berlaku mulai 5 Mei 2026").wait_for()
    page.get_by_text("Versi 2.0 · 5 Maret 2026").wait_for()
    card.get_by_role("link", name="Apa yang akan berubah").click()
    page.get_by_role("heading", name="Apa yang berubah di versi 3.0").wait_for()


def test_the_library_is_sifted_by_status_without_a_script(visit, shop):
    """Choosing a status shows the SOPs that have it."""
    page, _ = visit(f"file://{shop}/index.html", java_script_enabled=False)
    assert page.locator(".card:visible").count() == 3
    page.get_by_text("Draf", exact=True).first.click()
    assert page.locator(".card:visible").count() == 2
    page.locator(".filter").get_by_text("Resmi", exact=True).click()
    assert page.locator(".card:visible .eyebrow").all_inner_texts()[0].startswith("tanya-toko")


def test_the_interface_speaks_both_languages(visit, shop):
    """Library and replies lead to themselves in the other language."""
    page, _ = visit(f"file://{shop}/index.html")
    page.get_by_role("link", name="English").click()
    page.get_by_role("heading", name="SOP library").wait_for()
    assert page.locator("html").get_attribute("lang") == "en"
    page.get_by_role("link", name="Quick replies").click()
    page.get_by_role("heading", name="Quick replies", level=1).wait_for()
    page.get_by_role("link", name="Bahasa Indonesia").click()
    page.get_by_role("heading", name="Balasan cepat", level=1).wait_for()


def test_a_review_that_is_late_says_so(browser, shop):
    """A reader whose clock is past the next review sees that it is overdue."""
    context = browser.new_context()
    page = context.new_page()
    page.clock.set_fixed_time("2027-01-01T00:00:00Z")
    page.goto(f"file://{shop}/index.html")
    assert page.locator(".late").inner_text() == "lewat waktu"
    page.clock.set_fixed_time("2026-04-01T00:00:00Z")
    page.reload()
    assert page.locator(".late").count() == 0
    context.close()


# ---- offline, and as one file


def test_the_site_can_be_read_offline_after_the_first_visit(visit, shop, serve):
    """After one visit of one page, every page can be opened, and searched, without a network."""
    address, stop = serve(shop)
    page, _ = visit(f"{address}/tanya-toko/latest/index.html")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    stop()
    for name in ("", "tanya-toko/1.0/", "tanya-toko/changes/1.0/2.0/index.html", "replies/index.html"):
        page.goto(f"{address}/{name}")
        page.get_by_role("heading", level=1).wait_for()
        assert page.evaluate("getComputedStyle(document.body).margin") == "0px"
    search(page, "resi")
    assert page.locator("#_results a").count() > 0


def test_what_was_not_kept_is_told_without_a_network(visit, shop, serve):
    """Who asks for a PDF without a network is told why there is none, and led back to what can be read."""
    address, stop = serve(shop)
    page, _ = visit(f"{address}/index.html")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    stop()
    page.goto(f"{address}/tanya-toko/2.0/tanya-toko-2.0.pdf")
    page.get_by_role("heading", name="Belum tersimpan di perangkat ini").wait_for()
    page.get_by_role("main").get_by_role("link", name="Pustaka SOP").click()
    page.get_by_role("heading", name="Pustaka SOP").wait_for()


def test_an_installed_site_has_a_name(visit, shop, serve):
    """A served page names its manifest, which holds name, start and icon."""
    address, _ = serve(shop)
    page, _ = visit(f"{address}/index.html")
    manifest = page.evaluate("document.querySelector('link[rel=manifest]').href")
    held = page.context.request.get(manifest).json()
    assert (held["name"], held["start_url"]) == ("Pustaka SOP", "index.html")
    assert (shop / held["icons"][0]["src"]).is_file()


@SCREENS
def test_one_file_is_enough(visit, shop, viewport):
    """The single file asks for nothing, has its style and its script, and leads nowhere else."""
    page, troubles = visit(f"file://{shop.parent}/single.html", viewport=viewport)
    requests = []
    page.on("request", lambda request: requests.append(request.url))
    page.reload()
    assert [url for url in requests if not url.startswith("data:")] == [page.url]
    page.get_by_role("button", name="Salin: Mencari pesanan").wait_for()
    assert page.evaluate("getComputedStyle(document.body).margin") == "0px"
    links = page.locator("a[href]").evaluate_all("all => all.map(a => a.getAttribute('href'))")
    assert all(link.startswith(("#", "https:", "mailto:", "tel:")) for link in links)
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
    assert troubles == []


# ---- limits


def test_no_page_allows_inline_code_or_other_hosts(shop):
    """Every page of the site has the policy, and neither inline script nor inline style."""
    for path in sorted(shop.rglob("*.html")):
        html = unescape(path.read_text(encoding="utf-8"))
        assert "default-src 'none'; style-src 'self'; script-src 'self'" in html
        assert "unsafe" not in html
        assert "<style" not in html
        assert " style=" not in html


def test_the_longest_page_of_the_project_is_small():
    """The largest of the project's own SOPs, with style and script, is at most 40 KB on its way."""
    history = read_history(SOURCES / "cs-swin", lambda _: None)
    shelved = shelve((history,))[0]
    assets = Path(__file__).parents[2] / "sopgen" / "manual" / "assets"
    parts = [sop_page(shelved.manual, shelved.body).encode()]
    parts += [(assets / name).read_bytes() for name in ("manual.css", "manual.js")]
    assert sum(len(gzip.compress(part)) for part in parts) <= 40_000


def test_a_published_page_names_its_whole_address():
    """Search engines take an absolute canonical address alone; where nobody has said it, there is none."""
    shelved = shelve((read_history(SOURCES / "cs-starter", lambda _: None),))[0]
    with dressed(Theme(base_url="https://sop.example.com")):
        published = sop_page(shelved.manual, shelved.body)
    address = f"https://sop.example.com/cs-starter/{shelved.manual.version}/"
    assert f'<link rel="canonical" href="{address}">' in published
    assert "canonical" not in sop_page(shelved.manual, shelved.body)


def test_the_site_is_the_same_on_any_day(shop, histories, versions, tmp_path):
    """As of another instant between the same two releases, every byte is the same."""
    write_site(tmp_path / "site", shelve((versions, *histories), as_of=datetime(2026, 4, 20, tzinfo=UTC)))
    names = sorted(path.relative_to(shop) for path in shop.rglob("*") if path.is_file())
    assert names == sorted(
        p.relative_to(tmp_path / "site") for p in (tmp_path / "site").rglob("*") if p.is_file()
    )
    for name in names:
        assert (shop / name).read_bytes() == (tmp_path / "site" / name).read_bytes(), name
