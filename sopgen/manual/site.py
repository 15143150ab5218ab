"""The site on disk: home page, a folder a version, the newest once more as `latest`, the assets."""

import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sopgen.manual.change_page import news_page, redline_pages
from sopgen.manual.frame import Ways, main_language, ways_of
from sopgen.manual.home_page import home_pages, offline_page, reply_pages
from sopgen.manual.inventory import Inventory, inventory_of
from sopgen.manual.label import LANGUAGES
from sopgen.manual.lean import lean_style
from sopgen.manual.link import find_inside
from sopgen.manual.model import CHANGES, LATEST, Shelved
from sopgen.manual.offline import MANIFEST, STAND_IN, WORKER, manifest, worker_script
from sopgen.manual.page import sop_page
from sopgen.manual.search_index import index_script
from sopgen.manual.shelf import sound_shelf
from sopgen.manual.single import single_page
from sopgen.manual.template import asset, site_script, site_style, theme

SCRIPTS = ("theme.js", "manual.js", "search.js")


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A site on disk: the pages of the versions, and what lies in it."""

    pages: tuple[Path, ...]
    inventory: Inventory


def write_site(
    site: Path, shelf: Sequence[Shelved], *, handbook: str = "", single_files: bool = False
) -> Site:
    """Return the site as written: the pages of the versions on the shelf, each SOP's latest also as `latest`.

    `shelf` holds every version that the site shows, newest first within an SOP. The PDFs lie beside
    the pages already, and `handbook`, the one of all SOPs in force, beside the library. Written as well:
    the library, the quick replies, what each version changed, the redlines, the search, where asked for each
    version as one file, and last, over all of them, what makes the site work without a network.
    """
    shelf = sound_shelf(shelf)
    ways = {language: ways_of(shelf, language) for language in LANGUAGES}
    written = (
        _write_version(site, each, ways[each.manual.sop.language], single_file=single_files) for each in shelf
    )
    pages = tuple(page for each in written for page in each)
    for name, html in (*home_pages(shelf, handbook=handbook), *reply_pages(shelf)):
        write_page(site / name, html)
    write_page(site / STAND_IN, offline_page(shelf))
    _write_assets(site / "assets", shelf)
    (site / MANIFEST).write_bytes(manifest(main_language(shelf)))
    inventory = inventory_of(site)
    (site / WORKER).write_bytes(worker_script(inventory))
    return Site(pages=pages, inventory=inventory)


def _write_version(site: Path, shelved: Shelved, ways: Ways, *, single_file: bool) -> tuple[Path, ...]:
    """Return the pages written for one version: its own, and `latest` when it is the newest."""
    manual, body, folder = shelved.manual, shelved.body, site / shelved.manual.sop.id
    single = f"../{manual.version}/{manual.single_name}" if single_file else ""
    html = sop_page(manual, body, ways=ways, pdfs=_pdfs_of(shelved), single=single)
    if single_file:
        write_page(folder / manual.version / manual.single_name, single_page(manual, body))
    write_page(folder / CHANGES / manual.version / "index.html", news_page(manual, ways))
    for place, redline in redline_pages(manual, ways):
        write_page(folder / place / "index.html", redline)
    names = (manual.version, LATEST) if manual.is_latest else (manual.version,)
    first, *others = (folder / name for name in names)
    _copy_files(manual.sop.folder, body.files, first)
    page = write_page(first / "index.html", html)
    return (page, *(_also_at(place, page, body.files) for place in others))


def _pdfs_of(shelved: Shelved) -> tuple[tuple[str, str], ...]:
    """Return the PDFs of a version: what each is called on its page, and where it is.

    Of a superseded version the copy that says so comes first; the approved file is called just that.
    """
    manual = shelved.manual
    own = "open_approved" if shelved.copy else "open_pdf"
    pdfs = (
        ("open_copy", shelved.copy),
        (own, manual.pdf_name if shelved.has_pdf else ""),
        ("open_changes", shelved.changes),
    )
    return tuple((label, f"../{manual.version}/{name}") for label, name in pdfs if name)


def _also_at(folder: Path, page: Path, files: Sequence[str]) -> Path:
    """Return the page's second place, given to it and to the files that it shows."""
    for name in (page.name, *files):
        if (page.parent / name).is_file():
            link_or_copy(page.parent / name, folder / name)
    return folder / page.name


def _write_assets(assets: Path, shelf: Sequence[Shelved]) -> None:
    """Write what the pages load: styles, scripts, icon, the theme's logo, the index of the search."""
    assets.mkdir(parents=True)
    for name in SCRIPTS:
        _write(assets / name, site_script(name))
    _write(assets / "manual.css", site_style())
    _write(assets / "redline.css", lean_style(asset("redline.css").decode()))
    (assets / "icon.svg").write_bytes(asset("icon.svg"))
    logo = theme().logo
    if logo:
        (assets / logo.name).write_bytes(logo.data)
    _write(assets / "search-index.js", index_script(shelf))


def _write(place: Path, text: str) -> None:
    place.write_text(text, encoding="utf-8", newline="\n")


def write_page(place: Path, html: str) -> Path:
    """Return where a page was written; its folder is made where there is none."""
    data = html.encode()
    try:
        place.write_bytes(data)
    except FileNotFoundError:
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)
    return place


def link_or_copy(source: Path, target: Path) -> None:
    """Give the file a second name; where the disk has no such thing, copy it."""
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)


def _copy_files(folder: str, names: Sequence[str], target: Path) -> None:
    """Copy the files that a page shows; `link` has judged each of them before."""
    for name in names:
        source = find_inside(folder, name)
        if source is not None:
            place = target / name
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, place)
