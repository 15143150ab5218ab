"""What a build is asked for, how far it is, and what it left."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sopgen.manual.theme import PLAIN, Theme

STORE = ".cache/pdf"
"""Where PDFs are kept below the output folder, for the next build."""

FOLDERS = ("site", "pdf")
"""What a build replaces in the output folder."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """How far a build is: what it is at, and how many of the `total` parts are done."""

    name: str
    done: int
    total: int


Progress = Callable[[Step], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """What a build left on disk, each in the order of the SOPs, newest version first.

    `failed` names the versions that were left out, as "id version", and the further PDFs that could not be
    made, by file name. `single_files` are the versions as one HTML file each, where asked for. `is_unchanged`
    says that all was there already, and nothing was made.
    """

    home: Path
    pages: tuple[Path, ...]
    pdfs: tuple[Path, ...]
    failed: tuple[str, ...] = ()
    single_files: tuple[Path, ...] = ()
    is_unchanged: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What is to be built, and how.

    `drafts` also builds the drafts of released SOPs; `as_of` says which releases have taken effect (None:
    all); `created` is the time that a draft's PDF carries (None: no time). `pdfs` makes PDFs, and `handbook`
    the one of all SOPs in force; without `pdfs` those that were approved are handed out all the same.
    `single_files` writes each version as one HTML file besides. `workers` is how many processes render.
    """

    drafts: bool = False
    as_of: datetime | None = None
    created: datetime | None = None
    theme: Theme = PLAIN
    pdfs: bool = True
    handbook: bool = True
    single_files: bool = False
    workers: int = 1
