"""Fuzz the importers with coverage guidance: whatever the bytes, each record is read or set aside.

Not part of the tests, which try the same with hypothesis. In an environment of sopgen's own:

    pip install atheris
    python scripts/fuzz_importers.py CORPUS -max_total_time=600

CORPUS is a folder of exports to begin with, to which inputs that reach new code are added (the arguments are
libFuzzer's). An input that crashes an importer, or takes it over `-timeout` seconds, is kept as `crash-…`.
"""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import atheris

with atheris.instrument_imports(include=["sopgen"]):
    from sopgen.conversation.export import read_exports
    from sopgen.conversation.importers import IMPORTERS
    from sopgen.conversation.model import Conversation, SetAside
    from sopgen.conversation.options import ImportOptions

NAMES = ["", *(each.name for each in IMPORTERS)]


def main() -> None:
    """Hand each input, without its first byte, to the importer that this byte chooses."""
    with TemporaryDirectory() as folder:
        path = Path(folder, "export")

        def try_one(content: bytes) -> None:
            path.write_bytes(content[1:])
            options = ImportOptions(format=NAMES[content[0] % len(NAMES)] if content else "", agents=("CS",))
            for reading in read_exports([path], options, lambda _: None):
                assert isinstance(reading, Conversation | SetAside)

        atheris.Setup(sys.argv, try_one)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
