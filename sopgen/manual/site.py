"""The site on disk: home page, a folder a version, the newest once more as `latest`, the assets."""

import os
import shutil
from collections.abc import Sequence
from pathlib import Path

from sopgen.manual.link import find_inside
from sopgen.manual.model import LATEST, Body, Manual
from sopgen.manual.page import Shelved, home_page, sop_page
from sopgen.manual.template import asset

ASSETS = ("manual.css", "manual.js", "icon.svg")


def write_version(site: Path, manual: Manual, body: Body, pdf: bytes) -> tuple[Path, ...]:
    """Return the pages written for one version: its own, and `latest` when it is the newest."""
    home = site / manual.sop.id / manual.version
    home.mkdir(parents=True)
    page = home / "index.html"
    pdf_link = f"../{manual.version}/{manual.pdf_name}"
    page.write_text(sop_page(manual, body, pdf=pdf_link), encoding="utf-8", newline="\n")
    (home / manual.pdf_name).write_bytes(pdf)
    _copy_files(manual.sop.folder, body.files, home)
    if not manual.is_latest:
        return (page,)
    return (page, _write_latest(page, manual, body))


def write_frame(site: Path, shelf: Sequence[Shelved]) -> Path:
    """Return the home page, written with the assets that every page uses."""
    assets = site / "assets"
    assets.mkdir(parents=True)
    for name in ASSETS:
        (assets / name).write_bytes(asset(name))
    home = site / "index.html"
    home.write_text(home_page(shelf), encoding="utf-8", newline="\n")
    return home


def link_or_copy(source: Path, target: Path) -> None:
    """Give the file a second name; where the disk has no such thing, copy it."""
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)


def _write_latest(page: Path, manual: Manual, body: Body) -> Path:
    latest = page.parent.parent / LATEST
    latest.mkdir()
    copy = latest / page.name
    copy.write_bytes(page.read_bytes())
    _copy_files(manual.sop.folder, body.files, latest)
    return copy


def _copy_files(folder: str, names: Sequence[str], target: Path) -> None:
    """Copy the files that a page shows; `link` has judged each of them before."""
    for name in names:
        source = find_inside(folder, name)
        if source is not None:
            place = target / name
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, place)
