"""An SOP with frozen releases, written without the command that makes them."""

from datetime import date
from pathlib import Path

from sopgen.sop.model import Category
from sopgen.sop.release_codes import SPECIMEN
from sopgen.sop.release_index import Entry, Hashes, last_seal, read_index, seal_of, sha256, written_index

SOURCE = SPECIMEN["cs-contoh/sop.md"]


def write_specimen(folder: Path) -> Path:
    """Return the folder of SOPs, with `cs-contoh` in it, released as 1.0 from 1 January 2026."""
    for name, text in SPECIMEN.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(text.encode())
    return folder


def add_release(folder: Path, version: str, effective: str, source: str, **assets: bytes) -> None:
    """Freeze `source` as a further release of the SOP in `folder`; `assets` are files by name."""
    releases = folder / "cs-contoh" / "releases"
    (releases / f"{version}.md").write_bytes(source.encode())
    (releases / f"{version}.pdf").write_bytes(b"pdf")
    for name, data in assets.items():
        (releases / f"{version}.files").mkdir(exist_ok=True)
        (releases / f"{version}.files" / name).write_bytes(data)
    entry = Entry(
        version=version,
        category=Category.SUBSTANTIVE,
        effective=effective,
        approved_by="Direktur Operasional",
        approved_on=date(2026, 1, 1),
        summary='Memuat "kutipan": dan titik dua',
        sha256=_hashes(source, assets),
    )
    before = last_seal(read_index(releases, lambda _: None))
    sealed = _hashes(source, assets, seal=seal_of(entry, before))
    index = releases / "index.yaml"
    index.write_text(
        written_index(index.read_text(encoding="utf-8"), _sealed(entry, sealed), id="cs-contoh"),
        encoding="utf-8",
    )


def _hashes(source: str, assets: dict[str, bytes], seal: str = "") -> Hashes:
    return Hashes(
        source=sha256(source.encode()),
        pdf=sha256(b"pdf"),
        assets={name: sha256(data) for name, data in assets.items()},
        entry=seal,
    )


def _sealed(entry: Entry, hashes: Hashes) -> Entry:
    values = {name: getattr(entry, name) for name in Entry.__slots__}
    return Entry(**{**values, "sha256": hashes})
