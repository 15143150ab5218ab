"""Archives from strangers are bounded, and damage is told."""

import io
import struct
import zipfile
from pathlib import Path

import pytest

from sopgen.conversation import archive as archives
from sopgen.conversation.archive import open_archive
from sopgen.conversation.importer import UnreadableError


def write_zip(path: Path, entries: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return path


def refusal(path: Path, name: str = "a.txt") -> UnreadableError:
    with pytest.raises(UnreadableError) as caught, open_archive(path) as archive:
        archive.read(name)
    return caught.value


def test_contents_come_back_and_folders_do_not_count(tmp_path):
    """Names are the archive's own, hostile or not; nothing is written to disk."""
    path = write_zip(tmp_path / "a.zip", {"x/": b"", "x/a.txt": b"halo", "../b.txt": b"evil"})
    with open_archive(path) as archive:
        assert archive.names == ("x/a.txt", "../b.txt")
        assert archive.read("x/a.txt") == b"halo"
    assert [each.name for each in tmp_path.iterdir()] == ["a.zip"]


@pytest.mark.parametrize("kept", [0.2, 0.6, 0.95])
def test_a_half_written_archive_is_damaged(tmp_path, kept):
    """Wherever the download broke off, the archive is refused as a whole."""
    path = write_zip(tmp_path / "a.zip", {"a.txt": bytes(range(256)) * 40})
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * kept)])
    assert refusal(path).code == "EXP110"


def test_a_wrong_checksum_is_damage(tmp_path):
    """A byte that flipped on the way is not read past."""
    path = write_zip(tmp_path / "a.zip", {"a.txt": bytes(range(256)) * 40})
    content = bytearray(path.read_bytes())
    content[60] ^= 0xFF
    path.write_bytes(content)
    assert refusal(path).code == "EXP110"


def test_a_bomb_is_refused_before_it_bursts(tmp_path):
    """Zeros that pack a thousandfold are refused at their ratio, not after filling memory."""
    assert refusal(write_zip(tmp_path / "a.zip", {"a.txt": b"\0" * (1 << 24)})).code == "EXP111"


def test_an_entry_that_lies_about_its_size_is_refused(tmp_path):
    """The declared size is not believed; bytes are counted as they come."""
    path = write_zip(tmp_path / "a.zip", {"a.txt": b"\0" * (1 << 24)})
    content = path.read_bytes()
    true_size = struct.pack("<I", 1 << 24)
    path.write_bytes(content.replace(true_size, struct.pack("<I", 10)))
    assert refusal(path).code in ("EXP110", "EXP111")


def test_a_big_entry_is_refused(tmp_path, monkeypatch):
    """An entry above the limit is refused although it hardly packs."""
    monkeypatch.setattr(archives, "LARGEST_ENTRY", 1000)
    assert refusal(write_zip(tmp_path / "a.zip", {"a.txt": bytes(range(256)) * 5})).code == "EXP111"


def test_a_crowd_of_entries_is_refused_by_the_end_record(tmp_path):
    """The directory of a million entries is not even loaded."""
    path = write_zip(tmp_path / "a.zip", {"a.txt": b"x"})
    content = bytearray(path.read_bytes())
    end = content.rfind(b"PK\x05\x06")
    content[end + 8 : end + 12] = struct.pack("<HH", 60_000, 60_000)
    path.write_bytes(content)
    assert refusal(path).code == "EXP111"


def test_an_encrypted_entry_is_refused(tmp_path):
    """A password is not asked for."""
    path = write_zip(tmp_path / "a.zip", {"a.txt": b"halo"})
    content = bytearray(path.read_bytes())
    content[6] |= 1
    directory = content.rfind(b"PK\x01\x02")
    content[directory + 8] |= 1
    path.write_bytes(content)
    assert refusal(path).code == "EXP112"


def test_names_in_undeclared_utf8_are_read(tmp_path):
    """Phones write UTF-8 names without saying so."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("Chat WhatsApp dengan Zoe.txt", b"x")
    plain, accented = b"dengan Zoe.txt", "dengan Zo\u00eb.txt".encode()
    path = tmp_path / "a.zip"
    path.write_bytes(_renamed(held.getvalue(), plain, accented))
    with open_archive(path) as archive:
        assert archive.names == ("Chat WhatsApp dengan Zoë.txt",)


def _renamed(content: bytes, before: bytes, after: bytes) -> bytes:
    """Return the zip with a longer name in both records, lengths and places mended."""
    grown = len(after) - len(before)
    start, directory = content.find(b"PK\x03\x04"), content.rfind(b"PK\x01\x02")
    end = content.rfind(b"PK\x05\x06")
    local = bytearray(content[start:directory].replace(before, after))
    entry = bytearray(content[directory:end].replace(before, after))
    tail = bytearray(content[end:])
    for record, at in ((local, 26), (entry, 28)):
        struct.pack_into("<H", record, at, struct.unpack_from("<H", record, at)[0] + grown)
    struct.pack_into("<II", tail, 12, len(entry), len(local))
    return bytes(local + entry + tail)
