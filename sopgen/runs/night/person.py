"""People known by a keyed hash of their name, id or number; those who were erased are remembered so.

The key stands in a file of its own, readable by its owner alone. Without it nobody can try out names; with
both, anybody can: keep them as you keep the exports.
"""

import hmac
import os
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path

from sopgen.base.errors import StorageError
from sopgen.conversation.speaker import key_of
from sopgen.runs.night.standard import LENGTH
from sopgen.runs.trouble import storing

KEY = "key"
ERASED = "erased"
PROOFS = "proofs"
_KEY_BYTES = 32


class People:
    """People by keyed hash. Two spellings of one name or number have the same hash."""

    def __init__(self, key: bytes) -> None:
        self._key = key
        self.hash_of = lru_cache(maxsize=1 << 16)(self._hash_of)

    @property
    def check(self) -> str:
        """Return what tells that a key is still the same, without telling the key."""
        return hmac.new(self._key, b"which key", "sha256").hexdigest()[:16]

    def _hash_of(self, name: str) -> bytes:
        spelled = key_of(name).encode("utf-8", "surrogatepass")
        return blake2b(spelled, key=self._key, digest_size=LENGTH, person=b"person").digest()

    def conversation(self, key: bytes) -> bytes:
        """Return the hash by which an erased conversation is remembered."""
        return blake2b(key, key=self._key, digest_size=LENGTH, person=b"conversation").digest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Erased:
    """Who and what was erased, by hash."""

    hashes: frozenset[bytes] = frozenset()

    def holds(self, hashes: Iterable[bytes]) -> bool:
        """Return whether any of the hashes, of a conversation or of the people in it, was erased."""
        return bool(self.hashes) and not self.hashes.isdisjoint(hashes)


def open_people(folder: Path, *, keep: bool = True) -> People:
    """Return the people of a project; a key is made where there is none, and nobody was erased.

    A key that was made is written unless `keep` is false. StorageError: STO101, STO102, ERA102.
    """
    path = folder / KEY
    with storing(path):
        if not path.exists():
            if (folder / ERASED).exists() or _has_proof(folder):
                raise _forgotten(path, "it is not there")
            key = secrets.token_bytes(_KEY_BYTES)
            if keep:
                folder.mkdir(parents=True, exist_ok=True)
                write_whole(path, key.hex().encode() + b"\n", mode=0o600)
            return People(key)
        written = path.read_bytes().strip()
    try:
        key = bytes.fromhex(written.decode("ascii"))
    except ValueError as error:
        raise _forgotten(path, str(error)) from error
    if len(key) != _KEY_BYTES:
        raise _forgotten(path, f"it has {len(key)} bytes, not {_KEY_BYTES}")
    return People(key)


def _forgotten(path: Path, why: str) -> StorageError:
    """Return ERA102: without its key, or with damaged hashes, nobody who was erased can be told."""
    message = f"{path} cannot tell who was erased: {why}"
    hint = "restore it from a backup, or move 'key', 'erased' and 'proofs' away and erase these people again"
    return StorageError("ERA102", message, hint=hint)


def read_erased(folder: Path) -> Erased:
    """Return who was erased: one hash a line, at least one for each proof. StorageError: STO102, ERA102."""
    path = folder / ERASED
    with storing(path):
        lines = path.read_text(encoding="ascii", errors="replace").split() if path.exists() else []
    if not lines and _has_proof(folder):
        raise _forgotten(path, "it is empty" if path.exists() else "it is not there")
    try:
        hashes = frozenset(bytes.fromhex(line) for line in lines)
    except ValueError as error:
        raise _forgotten(path, str(error)) from error
    if any(len(each) != LENGTH for each in hashes):
        raise _forgotten(path, f"not every line of it has {2 * LENGTH} digits")
    return Erased(hashes=hashes)


def _has_proof(folder: Path) -> bool:
    return next((folder / PROOFS).glob("*.json"), None) is not None


def remember_erased(folder: Path, hashes: Iterable[bytes]) -> None:
    """Add hashes to those of who was erased. StorageError: STO101, STO102, ERA102."""
    together = sorted(read_erased(folder).hashes | set(hashes))
    path = folder / ERASED
    with storing(path):
        write_whole(path, "".join(f"{each.hex()}\n" for each in together).encode(), mode=0o600)


def write_whole(path: Path, content: bytes, *, mode: int = 0o644) -> None:
    """Write a file that is whole or as it was before, also after a power cut. OSError comes through."""
    draft = path.with_name(f".{path.name}.part")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    flush_folder(path.parent)


def flush_folder(folder: Path) -> None:
    """Force the names in a folder to the disk. OSError comes through."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
