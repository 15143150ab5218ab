"""What the site can hold: versions that could not be built are left out of what the others say of them."""

import re
from collections.abc import Sequence
from dataclasses import replace

from markupsafe import Markup

from sopgen.manual.lineage import Lineage
from sopgen.manual.model import Shelved

_SINCE = re.compile(r'<p class="since">.*?</p>\n?', re.S)


def sound_shelf(shelf: Sequence[Shelved]) -> tuple[Shelved, ...]:
    """Return the shelf with every version that is missing from it forgotten by the others.

    Where one is missing, the marks of its SOP's clauses go as well: they lead to redlines with it.
    """
    present: dict[str, set[str]] = {}
    for each in shelf:
        present.setdefault(each.manual.sop.id, set()).add(each.manual.version)
    lineages = {
        name: Lineage(tuple(sop for sop in lineage.sops if sop.version in present[name]))
        for name, lineage in {each.manual.sop.id: each.manual.lineage for each in shelf}.items()
    }
    return tuple(_reconciled(each, lineages[each.manual.sop.id]) for each in shelf)


def _reconciled(shelved: Shelved, lineage: Lineage) -> Shelved:
    manual, body = shelved.manual, shelved.body
    if lineage.versions == manual.lineage.versions:
        return shelved
    html = Markup(_SINCE.sub("", str(body.html)))  # noqa: S704  # safe HTML with a part left out
    latest = manual.latest if manual.latest in lineage.versions else ""
    kept = replace(manual, lineage=lineage, shown=lineage.versions[::-1], latest=latest)
    return replace(shelved, manual=kept, body=replace(body, html=html))
