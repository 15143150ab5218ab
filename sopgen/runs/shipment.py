"""What another machine needs to judge as this one does: the SOPs, the checks, and how they are to be held.

SOPs travel as values, checks as the files that they are, so that nothing has to lie ready over there but
sopgen itself. Whoever unpacks it holds the result against the version that the sender had.
"""

import copyreg
import hashlib
import io
import pickle
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any

import sopgen
from sopgen.base.diagnostic import Diagnostic
from sopgen.base.errors import MachineError
from sopgen.compliance.checker import Checker, make_checker
from sopgen.compliance.override import FILE as OVERRIDES
from sopgen.compliance.pack import Pack, load_pack
from sopgen.sop.model import SopHistory

_NAME = "pack.yaml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shipment:
    """SOPs (pickled), folders of checks (a zip of `NUMBER/NAME/…`), options; `digest` tells shipments apart.

    `folders` are the folders in the zip, in their order; `sopgen_version` and `pack_version` the sender's.
    """

    histories: bytes
    checks: bytes
    folders: tuple[str, ...]
    draft: bool
    as_of: datetime | None
    thorough: bool
    sopgen_version: str
    pack_version: str
    digest: str


def ship(
    histories: Sequence[SopHistory],
    folders: Sequence[Path],
    pack: Pack,
    *,
    draft: bool = False,
    as_of: datetime | None = None,
    thorough: bool = False,
) -> Shipment:
    """Return what makes the checker of these SOPs and this pack, which was loaded from the folders."""
    said, zipped = _pickled(tuple(histories)), _zipped(folders, thorough=thorough)
    options = repr((draft, as_of, thorough)).encode()
    return Shipment(
        histories=said,
        checks=zipped,
        folders=tuple(f"{number}/{folder.absolute().name}" for number, folder in enumerate(folders)),
        draft=draft,
        as_of=as_of,
        thorough=thorough,
        sopgen_version=sopgen.__version__,
        pack_version=pack.version,
        digest=hashlib.sha256(b"\0".join((said, zipped, options))).hexdigest(),
    )


def unpack(shipment: Shipment, place: Path) -> Checker:
    """Return the checker, whose checks lie in the folder `place` as long as it is used.

    MachineError RUN103 where sopgen is another than the sender's.
    """
    if shipment.sopgen_version != sopgen.__version__:
        raise _other_version(f"sopgen {sopgen.__version__}, not {shipment.sopgen_version}")
    with zipfile.ZipFile(io.BytesIO(shipment.checks)) as archive:
        archive.extractall(place)
    folders = [place / each for each in shipment.folders]
    pack = load_pack(folders, _told_before, thorough=shipment.thorough)
    if pack.version != shipment.pack_version:
        raise _other_version(f"checks {pack.version}, not {shipment.pack_version}")
    histories = pickle.loads(shipment.histories)  # noqa: S301 - from the run that sent the work
    return make_checker(histories, pack, _told_before, draft=shipment.draft, as_of=shipment.as_of)


def _other_version(found: str) -> MachineError:
    hint = "install the same version of sopgen on every machine of the cluster"
    return MachineError("RUN103", f"a machine of the cluster has {found}", hint=hint)


def _told_before(_: Diagnostic) -> None:
    """Ignore a flaw: whoever sent the work has told it."""


def _pickled(value: object) -> bytes:
    """Return the value pickled, read-only mappings included."""
    stream = io.BytesIO()
    pickler = pickle.Pickler(stream, protocol=pickle.HIGHEST_PROTOCOL)
    pickler.dispatch_table = copyreg.dispatch_table.copy()
    pickler.dispatch_table[MappingProxyType] = _as_mapping
    pickler.dump(value)
    return stream.getvalue()


def _as_mapping(proxy: Mapping[Any, Any]) -> tuple[Callable[[Any], Any], tuple[dict[Any, Any]]]:
    return _read_only, (dict(proxy),)


def _read_only(mapping: dict[Any, Any]) -> Mapping[Any, Any]:
    return MappingProxyType(mapping)


def _zipped(folders: Sequence[Path], *, thorough: bool) -> bytes:
    """Return the files that make a pack, as a zip that is the same each time."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, folder in enumerate(folders):
            for path in _files_in(folder, thorough=thorough):
                inside = f"{number}/{folder.absolute().name}/{path.relative_to(folder).as_posix()}"
                archive.writestr(zipfile.ZipInfo(inside), path.read_bytes(), zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def _files_in(folder: Path, *, thorough: bool) -> Iterator[Path]:
    """Yield what `load_pack` reads of a folder, sorted."""
    wanted = {folder / _NAME, folder / OVERRIDES}
    wanted.update(each for each in folder.glob("*/*") if each.suffix in (".yaml", ".txt", ".npz"))
    wanted.update(folder.glob("model/encoder/*") if thorough else ())
    yield from sorted(each for each in wanted if each.is_file())
