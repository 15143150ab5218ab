"""What every page of the site has in common: its Content-Security-Policy, its words, its root."""

from collections import Counter
from collections.abc import Sequence

from markupsafe import Markup

from sopgen.manual.label import labels
from sopgen.manual.model import Shelved
from sopgen.manual.template import fill

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; manifest-src 'self'; "
    "worker-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'"
)
"""What a page may load: styles, scripts and pictures of its own site; nothing inline, nothing from elsewhere.

Our scripts fetch nothing. That a page may ask its own site lets those who audit a site read its `robots.txt`.
"""


def framed(template: str, *, language: str, root: str, **values: object) -> Markup:
    """Return a page of the site; `root` leads from the page up to the site, "" or "../../"."""
    told = {"policy": POLICY, "linked": True, **values}
    return fill(template, language=language, label=labels(language), root=root, **told)


def main_language(shelf: Sequence[Shelved]) -> str:
    """Return the language that most SOPs are written in, Indonesian where there is no telling."""
    counted = Counter(each.manual.sop.language for each in shelf)
    return min(counted, key=lambda language: (-counted[language], language != "id"), default="id")
