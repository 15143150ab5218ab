"""A small picture, and Word files as bytes."""

import io
import struct
import zlib


def _chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


PNG = (
    b"\x89PNG\r\n\x1a\n"
    + _chunk(b"IHDR", struct.pack(">IIBBBBB", 2, 1, 8, 2, 0, 0, 0))
    + _chunk(b"IDAT", zlib.compress(b"\0" + b"\xff\0\0" * 2))
    + _chunk(b"IEND", b"")
)
"""Two red dots."""


def saved(document):
    """Return the bytes of a Word file."""
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()
