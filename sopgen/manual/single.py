"""One SOP as one HTML file that can be sent around: style, script and pictures are inside.

Style and script are named by their hashes in the Content-Security-Policy; links to other pages are left out.
"""

import base64
import hashlib
import re
from html import unescape
from urllib.parse import unquote

from markupsafe import Markup

from sopgen.manual.frame import framed
from sopgen.manual.link import find_inside
from sopgen.manual.model import Body, Manual
from sopgen.manual.page import sop_values
from sopgen.manual.template import site_script, site_style

_ONLY_ON_SITE = re.compile(r'<p class="(?:since|facts kept)">.*?</p>\n?', re.S)
_FILE_LINK = re.compile(r'<a href="[^"]*"((?: title="[^"]*")?) class="file">')
_PICTURE = re.compile(r'<img src="([^"]*)"')
_KINDS = {"jpg": "jpeg"}


def single_page(manual: Manual, body: Body) -> Markup:
    """Return the page of one version that needs no other file."""
    style, script = site_style().replace("</", "<\\/"), site_script("manual.js")
    return framed(
        "single.html",
        language=manual.sop.language,
        root="",
        policy=(
            f"default-src 'none'; style-src '{_named(style)}'; script-src '{_named(script)}'; "
            "img-src data:; base-uri 'none'; form-action 'none'"
        ),
        linked=False,
        style=Markup(style),  # noqa: S704  # no style can end the element
        script=Markup(script),  # noqa: S704  # our own script
        html=_by_itself(body.html, manual.sop.folder),
        versions=(),
        news="",
        gone=(),
        pdfs=(),
        single="",
        replies="",
        **sop_values(manual, body),
    )


def _named(text: str) -> str:
    """Return how a policy names an inline style or script."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _by_itself(html: Markup, folder: str) -> Markup:
    """Return the body with its pictures inside and without links to other files."""
    plain = _FILE_LINK.sub(r'<a\1 class="file">', _ONLY_ON_SITE.sub("", str(html)))
    inside = _PICTURE.sub(lambda match: f'<img src="{_data_of(folder, match[1])}"', plain)
    return Markup(inside)  # noqa: S704  # safe HTML; the data are base64


def _data_of(folder: str, address: str) -> str:
    """Return a picture of the SOP's folder as an address that holds its bytes."""
    path = find_inside(folder, unquote(unescape(address)).removeprefix("./"))
    if path is None:
        return "data:,"
    kind = path.suffix.lower().removeprefix(".")
    data = base64.b64encode(path.read_bytes()).decode()
    return f"data:image/{_KINDS.get(kind, kind)};base64,{data}"
