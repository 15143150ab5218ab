"""Names by which people can follow a person without knowing who it is: "K7F2-9MTX".

A pseudonym is made with a secret of the project: the same person has the same one in every run and output,
and without the secret nobody can find out whose it is, not even by trying all telephone numbers. The secret
is a file of its own, readable by its owner alone; whoever loses it begins with new pseudonyms.
"""

import hashlib
import os
import re
import secrets
import tempfile
import unicodedata
from pathlib import Path

from sopgen.base.errors import StorageError
from sopgen.runs.trouble import storing

PRIVATE = Path("private")
"""The folder beside `runs` that holds the secret and the log of what was shown unmasked."""

KEY = "pseudonym.key"
KEY_BYTES = 32

ALPHABET = "23456789BCDFGHJKLMNPQRSTVWXZ"
"""Signs that are told apart when read aloud; without vowels, so that no word comes out."""

LENGTH = 8
"""Signs of a pseudonym: 28 to the 8th are 3.8e11, so that among a million customers one pair is expected to
share one (n²/2N; our decision, 2026-11-22)."""

_OWNER_ONLY = 0o600
_NUMBER = re.compile(r"[\d\s().+\-]{7,}")
_INDONESIA = re.compile(r"^(?:62|0)(?=8)")


def pseudonym(key: bytes, kind: str, value: str) -> str:
    """Return the pseudonym of a value, "K7F2-9MTX"; the kind ("person", "chat") keeps kinds apart."""
    message = f"{kind}\0{_identity(value)}".encode("utf-8", "replace")
    number = int.from_bytes(hashlib.blake2b(message, key=key, digest_size=16).digest())
    signs = []
    for _ in range(LENGTH):
        number, sign = divmod(number, len(ALPHABET))
        signs.append(ALPHABET[sign])
    return "".join((*signs[: LENGTH // 2], "-", *signs[LENGTH // 2 :]))


def _identity(value: str) -> str:
    """Return what is the same for one person however an export writes it: case, blanks, a number's form."""
    folded = " ".join(unicodedata.normalize("NFKC", value).casefold().split())
    if not _NUMBER.fullmatch(folded):
        return folded
    return _INDONESIA.sub("", "".join(filter(str.isdigit, folded)))


def project_key(out: Path) -> bytes:
    """Return the secret of the project that writes into `out`, made now where there is none yet.

    StorageError: STO101, STO102, MSK101 where the file holds something else.
    """
    path = out / PRIVATE / KEY
    with storing(path):
        if not path.exists():
            _make(path)
        if path.stat().st_mode & 0o077:
            path.chmod(_OWNER_ONLY)
        key = path.read_bytes()
    if len(key) != KEY_BYTES:
        raise StorageError(
            "MSK101",
            f"{path} holds {len(key)} bytes, and no secret of {KEY_BYTES}",
            hint="restore it from a backup; without it, delete it: pseudonyms then begin anew",
        )
    return key


def _make(path: Path) -> None:
    """Write a new secret, whole or not at all; whoever comes first wins."""
    private_folder(path.parent)
    file, name = tempfile.mkstemp(prefix=f".{KEY}.", dir=path.parent)
    draft = Path(name)
    try:
        with os.fdopen(file, "wb") as stream:
            stream.write(secrets.token_bytes(KEY_BYTES))
            stream.flush()
            os.fsync(stream.fileno())
        _link(draft, path)
    finally:
        draft.unlink(missing_ok=True)


def private_folder(folder: Path) -> None:
    """Make a folder that its owner alone may open, and that no version control takes in."""
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    ignored = folder / ".gitignore"
    if not ignored.exists():
        ignored.write_text("*\n", encoding="ascii")


def _link(draft: Path, path: Path) -> None:
    try:
        path.hardlink_to(draft)
    except FileExistsError:
        return
    except OSError:  # a disk without hard links
        draft.replace(path)
