"""What a preview looks at, and when it says that something was saved."""

import threading
import time

import pytest

from sopgen.cli.watching import changes, watched_by

LONGEST = 60
"""Seconds after which a save counts as not heard."""


@pytest.fixture
def sops(tmp_path):
    """Return a folder of SOPs in a project that names a style sheet and templates."""
    (tmp_path / "sop_sources" / "one").mkdir(parents=True)
    (tmp_path / "brand" / "templates").mkdir(parents=True)
    (tmp_path / "brand" / "site.css").write_text("a{}")
    (tmp_path / "sopgen.toml").write_text('[manual]\ncss = "brand/site.css"\ntemplates = "brand/templates"\n')
    return tmp_path / "sop_sources"


def test_all_that_shapes_the_look_is_watched(sops):
    """The SOPs and templates as folders; the configuration and what it names as files."""
    home = sops.parent
    watched = watched_by(sops)
    assert watched.folders == (sops, home / "brand" / "templates")
    assert watched.files == (home / "sopgen.toml", home / "brand" / "site.css")


def test_a_slip_in_the_configuration_is_watched_too(sops):
    """A configuration that cannot be read names nothing, and is looked at until it can."""
    (sops.parent / "sopgen.toml").write_text("[manual")
    watched = watched_by(sops)
    assert (watched.folders, watched.files) == ((sops,), (sops.parent / "sopgen.toml",))


def test_every_way_of_saving_is_heard(sops):
    """A file written anew, one put in the place of the old, twice, and one that was not there before."""
    home = sops.parent
    (home / "sopgen.toml").unlink()

    def replace(name, text):
        (home / "new").write_text(text)
        (home / "new").replace(home / name)

    saves = (
        lambda: (sops / "one" / "sop.md").write_text("x"),
        lambda: replace("sopgen.toml", '[manual]\ncss = "brand/site.css"\n'),
        lambda: replace("brand/site.css", "bb{}"),
        lambda: replace("brand/site.css", "ccc{}"),
        lambda: (home / "sopgen.toml").write_text(""),
    )
    heard = changes(sops)
    for save in saves:
        saving, rescue = threading.Timer(1, save), threading.Timer(LONGEST, (sops / "rescue").mkdir)
        started = time.monotonic()
        saving.start()
        rescue.start()
        next(heard)
        rescue.cancel()
        saving.join()
        assert 1 <= time.monotonic() - started < LONGEST
    heard.close()
