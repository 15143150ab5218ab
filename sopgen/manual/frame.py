"""What every page of the site has in common: its Content-Security-Policy, its words, its root."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from sopgen.manual.label import labels
from sopgen.manual.model import REPLIES, Shelved
from sopgen.manual.template import fill

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; manifest-src 'self'; "
    "worker-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'"
)
"""What a page may load: styles, scripts and pictures of its own site; nothing inline, nothing from elsewhere.

Our scripts fetch nothing. That a page may ask its own site lets those who audit a site read its `robots.txt`.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ways:
    """Where a page leads from the root of its site: the library in its language, the quick replies or ""."""

    home: str = "index.html"
    replies: str = ""


def framed(template: str, *, language: str, root: str, **values: object) -> Markup:
    """Return a page of the site; `root` leads from the page up to the site, "" or "../../"."""
    told = {"policy": POLICY, "linked": True, **values}
    return fill(template, language=language, label=labels(language), root=root, **told)


def ways_of(shelf: Sequence[Shelved], language: str) -> Ways:
    """Return where the pages in a language lead."""
    home = home_name(language, main=main_language(shelf))
    return Ways(home=home, replies=f"{REPLIES}/{home}" if has_replies(shelf) else "")


def home_name(language: str, *, main: str) -> str:
    """Return the file name of the library in a language; `main` is that of most SOPs."""
    return "index.html" if language == main else f"index.{language}.html"


def has_replies(shelf: Sequence[Shelved]) -> bool:
    """Return whether the newest version of any SOP has a quick reply."""
    return any(True for each in shelf if each.manual.is_latest for _ in each.manual.sop.quick_replies())


def main_language(shelf: Sequence[Shelved]) -> str:
    """Return the language that most SOPs are written in, Indonesian where there is no telling."""
    counted = Counter(each.manual.sop.language for each in shelf)
    return min(counted, key=lambda language: (-counted[language], language != "id"), default="id")
