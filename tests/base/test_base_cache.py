"""What was worked out before is found again, and whatever else lies there is as good as nothing."""

import os
import pickle
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType

import pytest

from sopgen.base.cache.form import Form, FormError
from sopgen.base.cache.store import NO_CACHE, Cache
from sopgen.base.diagnostic import Diagnostic, Level, Report
from sopgen.base.span import Span


class Colour(StrEnum):
    """A choice."""

    RED = "red"


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """A value with fields."""

    name: str
    colour: Colour = Colour.RED


class Tree:
    """A value with a mapping of its own, of which something is not kept."""

    FRESH = ("_seen",)

    def __init__(self, leaves: tuple[Leaf, ...]) -> None:
        self.leaves = leaves
        self.freshen()

    def freshen(self) -> None:
        """Have seen nothing."""
        self._seen: list[str] = []


FORM = Form("tree", 1, (Leaf, Colour, Tree, Diagnostic, Level, Span))
LEAF = Leaf(name="ek")


class Work:
    """Makes a value and counts how often it was asked to."""

    def __init__(self, value: object = LEAF) -> None:
        self.value = value
        self.times = 0

    def __call__(self) -> object:
        """Return the value."""
        self.times += 1
        return self.value


def times(cache: Cache, *made_from: str) -> int:
    """Return how often the value has to be made: 0 where it is found. It must be the same either way."""
    work = Work()
    assert cache.kept(FORM, made_from, work) == LEAF
    return work.times


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    """Return a cache in which a value lies that was made from "a"."""
    found = Cache(folder=tmp_path / "cache")
    assert times(found, "a") == 1
    return found


def file_of(cache: Cache) -> Path:
    assert cache.folder is not None
    (path,) = cache.folder.iterdir()
    return path


def test_a_value_is_found_by_what_it_was_made_from_and_by_nothing_else(cache):
    """The same parts find it; other parts, parts cut otherwise and another number of the form do not."""
    assert times(cache, "a") == 0
    assert times(cache, "b") == 1
    assert times(cache, "a", "") == 1
    assert times(cache, "", "a") == 1
    work = Work()
    cache.kept(Form("tree", 2, (Leaf, Colour)), ["a"], work)
    assert work.times == 1


def test_values_come_back_as_they_were():
    """Shared parts stay one, frozen mappings frozen, and what is not kept is set anew."""
    tree = Tree((LEAF, LEAF, Leaf(name="do")))
    tree._seen.append("x")
    value = (tree, MappingProxyType({"a": timedelta(days=1)}), frozenset({date(2026, 1, 2)}), None, 1 << 900)
    back = FORM.read(FORM.write(value))
    assert back[0].leaves == tree.leaves
    assert back[0].leaves[0] is back[0].leaves[1]
    assert back[0]._seen == []
    assert isinstance(back[1], MappingProxyType)
    assert back[1:] == value[1:]
    assert back[0].leaves[0].colour is Colour.RED


def test_a_damaged_file_is_made_anew(cache):
    """Wherever it is cut or a byte is turned over, the value is made again, and found the next time."""
    path = file_of(cache)
    whole = path.read_bytes()
    turned = [whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :] for at in range(0, len(whole), 7)]
    for damaged in (b"", whole[:16], whole[:-1], whole + b"x", *turned):
        path.write_bytes(damaged)
        assert times(cache, "a") == 1
        assert times(cache, "a") == 0


class Evil:
    """Runs something when Python's own reader reads it."""

    def __init__(self, run: Callable[..., object], *arguments: object) -> None:
        self.run, self.arguments = run, arguments

    def __reduce__(self) -> tuple[Callable[..., object], tuple[object, ...]]:
        return self.run, self.arguments


@pytest.mark.parametrize(
    "evil",
    [
        lambda path: Evil(os.mkdir, str(path)),
        lambda path: Evil(eval, f"__import__('os').mkdir({str(path)!r})"),
        lambda path: (Evil(getattr, Evil(__import__, "os"), "mkdir"), str(path)),
        lambda path: Evil(Path, str(path)),
        lambda path: Evil(subprocess.Popen, ["mkdir", str(path)]),
    ],
)
def test_a_file_that_would_run_something_runs_nothing(tmp_path, evil):
    """A pickle may name any function; the reader knows its classes alone."""
    made = tmp_path / "made"
    with pytest.raises(FormError):
        FORM.read(pickle.dumps(evil(made)))
    assert not made.exists()


def test_a_class_that_the_form_does_not_know_is_not_read():
    """Another form's value is none of this one's, though both are of this project."""
    with pytest.raises(FormError):
        Form("other", 1, (Colour,)).read(FORM.write(LEAF))


def test_what_no_form_can_write_is_made_each_time(tmp_path):
    """A function among the parts costs time alone."""
    work = Work((lambda: None,))
    for _ in range(2):
        Cache(folder=tmp_path).kept(FORM, ["a"], work)
    assert work.times == 2
    assert not list(tmp_path.iterdir())


def test_folder_and_files_are_the_users_own(cache):
    """Nobody else may read what lies there, let alone write it."""
    assert cache.folder is not None
    assert cache.folder.stat().st_mode & 0o777 == 0o700
    assert file_of(cache).stat().st_mode & 0o777 == 0o600


def test_what_others_may_write_is_not_trusted(cache, tmp_path):
    """An open file, an open folder, a link, and a file of somebody else's are as good as none."""
    path = file_of(cache)
    path.chmod(0o620)
    assert times(cache, "a") == 1
    kept = path.rename(tmp_path / "elsewhere")
    path.symlink_to(kept)
    assert times(cache, "a") == 1
    assert not path.is_symlink()
    path.parent.chmod(0o722)
    assert times(cache, "a") == 1
    path.parent.chmod(0o700)
    if os.geteuid() == 0:
        os.chown(path, 65534, -1)
        assert times(cache, "a") == 1
        os.chown(path.parent, 65534, -1)
        assert times(cache, "a") == 1


def test_a_pipe_in_the_place_of_a_file_holds_nobody_up(cache):
    """It is not waited for."""
    path = file_of(cache)
    path.unlink()
    os.mkfifo(path, 0o600)
    assert times(cache, "a") == 1
    assert times(cache, "a") == 0


def test_a_folder_that_cannot_be_used_costs_time_alone(tmp_path):
    """A file in its place, or none at all: the value is made."""
    (tmp_path / "file").write_text("x")
    for folder in (tmp_path / "file", tmp_path / "file" / "below", Path("/proc/none/cache"), None):
        assert times(Cache(folder=folder), "a") == 1
        assert times(Cache(folder=folder), "a") == 1
    assert times(NO_CACHE, "a") == 1


def test_too_much_makes_room(tmp_path):
    """What nobody asked for longest goes first; what was begun long ago and left goes, too."""
    cache = Cache(folder=tmp_path, most_files=3)
    for number, name in enumerate("abc"):
        assert times(cache, name) == 1
        for path in tmp_path.iterdir():
            if path.stat().st_mtime > 1_000_000:
                os.utime(path, (number, number))
    left = tmp_path / ".begun-left"
    left.write_text("x")
    os.utime(left, (1, 1))
    assert times(cache, "a") == 0  # asked for just now
    assert times(cache, "d") == 1
    assert not left.exists()
    assert len(list(tmp_path.iterdir())) == 3
    assert times(cache, "a") == 0
    assert times(cache, "b") == 1
    small = Cache(folder=tmp_path, most_bytes=1)
    assert times(small, "e") == 1
    assert not list(tmp_path.iterdir())


def test_flaws_are_told_whether_it_was_read_or_found(tmp_path):
    """Who finds a value that was read with flaws is told of the same ones."""
    flaw = Diagnostic(code="X1", level=Level.ERROR, span=Span(file="f", line=3), message="m", hint="h")

    def read(report: Report) -> Leaf:
        report(flaw)
        return LEAF

    for _ in range(2):
        flaws: list[Diagnostic] = []
        assert Cache(folder=tmp_path).told(FORM, ["a"], read, flaws.append) == LEAF
        assert flaws == [flaw]


_ONE_OF_MANY = """
import sys
from pathlib import Path
from sopgen.base.cache.form import Form
from sopgen.base.cache.store import Cache
from sopgen.base.span import Span

form = Form("span", 1, (Span,))
cache = Cache(folder=Path(sys.argv[1]), most_files=6)
for turn in range(150):
    name = f"{turn % 9}" * 3000
    value = cache.kept(form, [name], lambda: tuple(Span(file=name, line=line) for line in range(20)))
    assert [each.line for each in value] == list(range(20)) and {each.file for each in value} == {name}
"""


def test_processes_that_begin_at_once_do_not_disturb_one_another(tmp_path):
    """Some write and make room while others read: each has the right values, and nothing half-made stays."""
    calls = [sys.executable, "-c", _ONE_OF_MANY, str(tmp_path / "cache")]
    begun = [subprocess.Popen(calls, stderr=subprocess.PIPE, text=True) for _ in range(4)]
    assert [(each.communicate()[1], each.returncode) for each in begun] == [("", 0)] * 4
    left = [path.name for path in (tmp_path / "cache").iterdir()]
    assert left
    assert all(name.startswith("span-") for name in left)
