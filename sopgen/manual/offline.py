"""The site without a network: the pages that a browser keeps, and what an installed site is called.

A served site registers `sw.js`, which fetches every page once and keeps it. A page is still asked for first
where there is a network: nobody may follow an SOP that has been superseded because a browser kept it. PDFs
and single files are not kept, for their size; who asks for one without a network is told so.
"""

import hashlib

import orjson

from sopgen.manual.inventory import Inventory
from sopgen.manual.label import labels
from sopgen.manual.template import site_script, theme

WORKER = "sw.js"
MANIFEST = "manifest.webmanifest"
STAND_IN = "offline.html"
"""The page that is shown in place of what was not kept; `sw.js` names it, too."""


def worker_script(inventory: Inventory) -> bytes:
    """Return the service worker for what lies in the site; the same files give the same script."""
    names = [name for name in sorted(inventory) if _is_kept(name)]
    digest = hashlib.sha256()
    for name in names:
        digest.update(f"{name}\0".encode() + inventory[name].digest)
    head = f'"use strict";\nconst BUILD="{digest.hexdigest()[:16]}";\n'
    return head.encode() + b"const FILES=" + orjson.dumps(names) + b";\n" + site_script(WORKER).encode()


def manifest(language: str) -> bytes:
    """Return what a phone shows for an installed site."""
    light = theme().light
    name = theme().name or labels(language)["library"]
    return orjson.dumps(
        {
            "name": name,
            "short_name": name[:24],
            "lang": language,
            "start_url": "index.html",
            "scope": "./",
            "display": "standalone",
            "background_color": light.paper,
            "theme_color": light.paper,
            "icons": [
                {"src": "assets/icon.svg", "sizes": "any", "type": "image/svg+xml", "purpose": "any"},
            ],
        }
    )


def _is_kept(name: str) -> bool:
    """Return whether a browser keeps the file: not what is there to be downloaded."""
    file = name.rpartition("/")[2]
    if file.endswith(".html"):
        return file.startswith("index.") or name == STAND_IN
    return not file.endswith(".pdf") and name != WORKER
