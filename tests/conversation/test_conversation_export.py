"""Files, folders and patterns become readings; what cannot be used is said, and the rest goes on."""

import os
from pathlib import Path

import pytest

from sopgen.base.errors import ExportError, UsageError
from sopgen.conversation.export import export_size, read_exports
from sopgen.conversation.model import Conversation
from sopgen.conversation.options import ImportOptions

LINE = '{"id": "%s", "messages": [{"role": "customer", "text": "halo"}]}\n'


def write(path: Path, content: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8")
    return path


def test_a_folder_is_read_to_the_bottom_sorted_without_hidden_files_and_media(read_paths, tmp_path):
    """Hidden files, links and media are passed over; the last two are told once."""
    for name in ("b/2.jsonl", "a.jsonl", "b/1.jsonl", ".hidden.jsonl", ".git/x.jsonl", "__MACOSX/y.jsonl"):
        write(tmp_path / "in" / name, LINE % name)
    for name in ("a.jpg", "b/b.OPUS", "b/c.jpg"):
        write(tmp_path / "in" / name, "x")
    (tmp_path / "in" / "link.jsonl").symlink_to(write(tmp_path / "outside.jsonl", LINE % "outside"))
    read = read_paths([tmp_path / "in"])
    assert [each.id for each in read.readings] == ["a.jsonl", "b/1.jsonl", "b/2.jsonl"]
    assert [each.message for each in read.flaws] == [
        "files that are no chats passed over: 2 .jpg, 1 .opus, 1 link"
    ]


def test_sources_are_paths_as_they_were_written(read_paths, tmp_path, monkeypatch):
    """A relative path stays relative, in folders and patterns too."""
    write(tmp_path / "in" / "a.jsonl", LINE % "a")
    monkeypatch.chdir(tmp_path)
    for written in ("in/a.jsonl", "in", "in/*.jsonl", "**/*.jsonl"):
        assert [each.source for each in read_paths([written]).readings] == ["in/a.jsonl"]


def test_a_name_with_brackets_is_a_name_before_it_is_a_pattern(read_paths, tmp_path):
    """`chat [1].jsonl` is read although it looks like a pattern."""
    path = write(tmp_path / "chat [1].jsonl", LINE % "a")
    assert len(read_paths([path]).conversations) == 1


def test_a_file_that_is_named_twice_is_read_once(read_paths, tmp_path):
    """A folder and a file in it overlap without counting the file twice."""
    path = write(tmp_path / "a.jsonl", LINE % "a")
    assert len(read_paths([path, tmp_path, path]).readings) == 1


@pytest.mark.parametrize("written", ["nothing.jsonl", "nothing*.jsonl", "a\0b"])
def test_a_path_that_is_not_there_ends_the_run_before_it_begins(tmp_path, written):
    """A slip in the call is not read past."""
    good = write(tmp_path / "a.jsonl", LINE % "a")
    with pytest.raises(UsageError, match=r"no such file or folder|nothing fits the pattern") as caught:
        read_exports([good, tmp_path / written], ImportOptions(), print)
    assert caught.value.code == "EXP102"


def test_a_folder_without_exports_is_no_clean_result(tmp_path):
    """Nothing to read is an error, not an empty success."""
    with pytest.raises(ExportError, match="no export in") as caught:
        read_exports([tmp_path], ImportOptions(), print)
    assert caught.value.code == "EXP103"


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (ImportOptions(format="watsapp"), "EXP101"),
        (ImportOptions(tz="Jakarta/Asia"), "EXP104"),
        (ImportOptions(tz="/etc/passwd"), "EXP104"),
        (ImportOptions(date_order="ydm"), "EXP105"),
    ],
)
def test_options_that_cannot_be_end_the_run_before_it_begins(tmp_path, options, code):
    """Wrong options are told at once, not at the first file that needs them."""
    path = write(tmp_path / "a.jsonl", LINE % "a")
    with pytest.raises(UsageError) as caught:
        read_exports([path], options, print)
    assert caught.value.code == code
    assert caught.value.hint


def test_a_misspelt_format_hints_at_the_nearest(tmp_path):
    """The hint of an unknown format is the format that was probably meant."""
    with pytest.raises(UsageError) as caught:
        read_exports([write(tmp_path / "a", "x")], ImportOptions(format="watsapp"), print)
    assert caught.value.hint == "did you mean 'whatsapp'?"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "EXP108"),
        (b"\xef\xbb\xbf \r\n\t", "EXP108"),
        (b"\0" * 100, "EXP108"),
        (b"PK\x05\x06" + b"\0" * 18, "EXP108"),
        (b"PK\x03\x04half", "EXP110"),
        (b"\x89PNG\r\n\x1a\n\0\0\0", "EXP106"),
        (b"Tanggal;Kota;Jumlah\n", "EXP106"),
    ],
)
def test_a_file_that_cannot_be_used_costs_that_file(read_paths, tmp_path, content, code):
    """It is set aside with its reason and a hint, and the next file is read."""
    (tmp_path / "a.txt").write_bytes(content)
    write(tmp_path / "b.jsonl", LINE % "b")
    read = read_paths([tmp_path])
    assert [each.code for each in read.asides] == [code]
    assert read.asides[0].hint
    assert [each.id for each in read.conversations] == ["b"]


def test_an_unreadable_file_costs_that_file(read_paths, tmp_path):
    """A link to nowhere that is named itself is set aside."""
    (tmp_path / "a.jsonl").symlink_to(tmp_path / "gone.jsonl")
    read = read_paths([tmp_path / "a.jsonl", write(tmp_path / "b.jsonl", LINE % "b")])
    assert [each.code for each in read.asides] == ["EXP109"]
    assert len(read.conversations) == 1


def test_a_pipe_is_not_waited_for(read_paths, tmp_path):
    """What is no file is set aside without being opened."""
    os.mkfifo(tmp_path / "pipe")
    assert [each.code for each in read_paths([tmp_path / "pipe"]).asides] == ["EXP116"]


def test_a_named_medium_is_read_after_all(read_paths, tmp_path):
    """What a folder passes over is set aside, not ignored, when it is named itself."""
    assert [each.code for each in read_paths([write(tmp_path / "a.jpg", "x")]).asides] == ["EXP106"]


def test_the_stated_format_wins_over_detection(read_paths, tmp_path):
    """With `--format` a file goes to that importer whatever it looks like."""
    path = write(tmp_path / "a.txt", "bukan json\n" + LINE % "a")
    read = read_paths([path], ImportOptions(format="canonical"))
    assert [each.code for each in read.asides] == ["CAN101"]
    assert [each.id for each in read.conversations] == ["a"]


def test_ticks_add_up_to_the_size(tmp_path):
    """Whatever becomes of the files, the bytes told are the bytes there are."""
    write(tmp_path / "a.jsonl", (LINE % "a") * 3)
    write(tmp_path / "b.txt", "20/08/24 14.30 - CS: halo\n")
    write(tmp_path / "c.txt", "apa ini\n")
    write(tmp_path / "d.jsonl", '{"conversation_id": "d", "role": "agent", "text": "x"}\n')
    ticks: list[int] = []
    list(read_exports([tmp_path], ImportOptions(agents=("CS",)), lambda _: None, tick=ticks.append))
    assert sum(ticks) == export_size([tmp_path]) == sum(each.stat().st_size for each in tmp_path.iterdir())


def test_reading_is_a_stream(tmp_path):
    """The first conversation comes before the last line has been looked at."""
    path = write(tmp_path / "a.jsonl", LINE % "a" + LINE % "b")
    readings = read_exports([path], ImportOptions(), print)
    first = next(readings)
    assert isinstance(first, Conversation)
    assert first.id == "a"


def test_a_pattern_that_fits_nothing_is_told_as_a_pattern(tmp_path):
    """Nobody looks for a file that is called with a star."""
    with pytest.raises(UsageError, match="nothing fits the pattern"):
        read_exports([tmp_path / "*.parquet"], ImportOptions(), print)
