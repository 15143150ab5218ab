"""Importers of other packages are found through their entry point, and told where they cannot be used."""

import sys

import pytest

from sopgen.base.errors import UsageError
from sopgen.conversation.importers import GROUP, all_importers

MODULE = """
from sopgen.conversation.desk import Desk, read_records
from sopgen.conversation.document.glimpse import sniffed
from sopgen.conversation.importer import Importer
from sopgen.conversation.model import Role


def sniff(head):
    return sniffed(head, 90, "calls of ACME", "acme_calls[].said")


def read(file, options, report, tick):
    yield from read_records(Desk(file, options, report), tick, threads, lists=("acme_calls",))


def threads(record, origin, desk):
    thread = desk.thread(id=record.text("id"), channel="phone")
    thread.say(record.text("said"), at=record.get("at"), role=Role.CUSTOMER)
    yield thread


IMPORTER = Importer(name="acme", title="ACME", sniff=sniff, read=read)
NONE = 5
"""


@pytest.fixture
def offer(tmp_path, monkeypatch):
    """Return a function that installs a package whose entry point names that object."""

    def install(target):
        information = tmp_path / "acme_sopgen-1.dist-info"
        information.mkdir()
        (information / "METADATA").write_text("Metadata-Version: 2.1\nName: acme-sopgen\nVersion: 1\n")
        (information / "entry_points.txt").write_text(f"[{GROUP}]\nacme = {target}\n")
        (tmp_path / "acme_sopgen.py").write_text(MODULE)
        monkeypatch.syspath_prepend(str(tmp_path))
        all_importers.cache_clear()

    yield install
    sys.modules.pop("acme_sopgen", None)
    all_importers.cache_clear()


def test_an_importer_of_another_package_reads_its_exports(offer, read_content):
    """A package that follows the documented example is found, detects its files and reads them."""
    offer("acme_sopgen:IMPORTER")
    read = read_content('{"acme_calls": [{"id": 7, "said": "halo", "at": 1724139000}]}', name="calls.json")
    assert [(each.id, each.channel, each.messages[0].text) for each in read.conversations] == [
        ("7", "phone", "halo")
    ]


@pytest.mark.parametrize("target", ["acme_sopgen:NONE", "acme_sopgen:missing", "not_there:IMPORTER"])
def test_what_is_no_importer_is_told(offer, read_content, target):
    """An entry point that gives none ends the call with its name."""
    offer(target)
    with pytest.raises(UsageError, match="acme"):
        read_content("{}")
