"""Archives, packed files and folders: opened, bounded, and nothing in them lost or believed."""

import gzip
import io
import zipfile

import pytest
import zstandard

from sopgen.conversation import unpacking

CHAT = b"20/08/24 14.30 - Budi: halo\n20/08/24 14.31 - CS: halo kak\n"
LINE = b'{"id": "%s", "messages": [{"role": "customer", "text": "halo"}]}\n'


def zipped(entries):
    """Return a zip of those entries."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return held.getvalue()


@pytest.mark.parametrize("pack", [gzip.compress, zstandard.ZstdCompressor().compress])
def test_a_packed_file_is_read_like_the_file(read_content, pack):
    """Gz and zst are unpacked on the way; the name without their suffix is the file's."""
    read = read_content(pack(CHAT), name="Chat WhatsApp dengan Budi.txt.gz")
    assert [(each.id, len(each.messages)) for each in read.conversations] == [("Budi", 2)]


def test_what_stands_before_a_break_is_read(read_content):
    """A gzip that breaks off gives what it holds, and then says that it is damaged."""
    import random  # noqa: PLC0415

    noise = random.Random(5)  # noqa: S311 -- so that the gzip does not shrink to nothing
    lines = b"".join(LINE % f"{number}-{noise.random()}".encode() for number in range(4000))
    packed = gzip.compress(lines)
    read = read_content(packed[: len(packed) // 2], name="chats.jsonl.gz")
    assert len(read.conversations) > 1000
    assert {each.code for each in read.asides} <= {"EXP110", "CAN101"}
    assert "EXP110" in {each.code for each in read.asides}


def test_a_bomb_is_not_unpacked(read_content, monkeypatch):
    """What unpacks to hundreds of times its size is refused, packed alone or in an archive."""
    monkeypatch.setattr(unpacking, "_FREE_BYTES", 1000)
    bomb = LINE % b"a" + b" " * 9_000_000
    for content, name in ((gzip.compress(bomb), "a.json.gz"), (zipped({"a.json": bomb}), "a.zip")):
        assert {each.code for each in read_content(content, name=name).asides} == {"EXP111"}


def test_an_archive_of_exports_is_opened(read_content):
    """Entries are files of their own, also in an archive in the archive; media and hidden files are none."""
    inner = zipped({"c.json": LINE % b"c"})
    names = {
        "a.json": LINE % b"a",
        "deep/b.json": LINE % b"b",
        "in.zip": inner,
        "foto.jpg": b"x",
        "__MACOSX/a": b"x",
    }
    read = read_content(zipped(names), name="all.zip")
    assert sorted(each.id for each in read.conversations) == ["a", "b", "c"]
    assert read.asides == []
    assert all("!" in each.source for each in read.conversations)


def test_names_that_lead_out_of_an_archive_lead_nowhere(read_content, tmp_path):
    """An entry called ../../x is read in memory and written nowhere."""
    before = sorted(tmp_path.parent.iterdir())
    read = read_content(zipped({"../../evil.json": LINE % b"a"}), name="slip.zip")
    assert [each.id for each in read.conversations] == ["a"]
    assert sorted(tmp_path.parent.iterdir()) == before


def test_archives_are_not_opened_without_end(read_content):
    """The fourth archive within archives is set aside."""
    content = zipped({"a.json": LINE % b"a"})
    for _ in range(4):
        content = zipped({"in.zip": content})
    read = read_content(content, name="matryoshka.zip")
    assert (len(read.conversations), [each.code for each in read.asides]) == (0, ["EXP106"])
