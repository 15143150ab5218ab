"""Where folders of checks are, without reading any of them: a command that only names them starts quickly."""

from pathlib import Path

import sopgen

OVERRIDES = "overrides.yaml"
"""The file of a folder that changes rules without copying them (see `override`)."""

PARTS = ("rules", "acts", "moments", "lexicons", "model")
"""What a folder of checks may hold besides."""


def default_pack_folder() -> Path:
    """Return where the default pack lies: inside an installed package, or beside it in a checkout."""
    package = Path(sopgen.__file__).parent
    shipped = package / "pack"
    return shipped if shipped.is_dir() else package.parent / "checks"


def holds_checks(folder: Path) -> bool:
    """Return whether the folder holds checks: rules, acts, moments, words, or overrides of rules."""
    return any((folder / part).exists() for part in (*PARTS, OVERRIDES))
