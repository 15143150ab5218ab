"""What the elements of a page are: blocks, drawings, and those that are set aside, with the reason."""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

_MOST_OF_IT = 0.5
"""Share of a page's text above which an element is no litter, whatever its name (2026-11-22)."""

BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "dialog",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "li",
        "main",
        "nav",
        "ol",
        "option",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "title",
        "tr",
        "ul",
    ]
)
DRAWN = frozenset(["iframe", "object", "embed", "svg", "canvas", "video", "audio"])
_UNSEEN = frozenset(["script", "style", "noscript", "template", "head", *DRAWN])
_STRUCK: Mapping[str, str] = MappingProxyType(
    {"del": "deleted text", "s": "struck text", "strike": "struck text"}
)
_LITTER: Mapping[str, str] = MappingProxyType(
    {"nav": "navigation", "aside": "navigation", "footer": "page footer", "button": "navigation"}
)
_NAMED: Mapping[str, str] = MappingProxyType(
    dict.fromkeys(
        ["nav", "navbar", "menu", "breadcrumb", "breadcrumbs", "sidebar", "pagination", "toc"], "navigation"
    )
    | dict.fromkeys(["share", "sharing", "sharedaddy", "social", "socials", "addtoany"], "share buttons")
    | dict.fromkeys(
        [
            "ad",
            "ads",
            "advert",
            "advertisement",
            "adsbygoogle",
            "promo",
            "banner",
            "iklan",
            "sponsor",
            "sponsored",
        ],
        "advertising",
    )
    | dict.fromkeys(["related", "recommended", "terkait"], "read also")
    | dict.fromkeys(["author", "byline", "penulis"], "author")
    | dict.fromkeys(["comments", "comment", "respond", "komentar"], "comments")
    | dict.fromkeys(
        ["cookie", "cookies", "newsletter", "subscribe", "subscription", "popup"], "cookies and newsletters"
    )
)
_NAME = re.compile(r"[a-z]+")
_LINE_THROUGH = re.compile(r"text-decoration[a-z-]*\s*:[^;]*line-through", re.IGNORECASE)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


def reason_of(element: Any, size: int) -> str:
    """Return why an element is litter, "" when it is not; what holds most of the page never is.

    `size` is how many characters the page shows.
    """
    tag, style = element.tag, element.get("style", "")
    if tag in _UNSEEN:
        return "script or style" if tag in ("script", "style") else "not shown"
    if element.get("hidden") is not None or _HIDDEN.search(style) or _is_dot(element):
        return "not shown"
    if tag in _STRUCK or _LINE_THROUGH.search(style):
        return _STRUCK.get(tag, "struck text")
    reason = _LITTER.get(tag, "")
    if not reason and tag in ("div", "section", "ul", "p", "span", "ol", "header", "table", "ins"):
        named = f"{element.get('class', '')} {element.get('id', '')} {element.get('role', '')}"
        words = _NAME.findall(named.lower())
        reason = next((_NAMED[word] for word in words if word in _NAMED), "")
    if not reason or len(text_seen(element)) > _MOST_OF_IT * size:
        return ""
    return reason


def text_seen(element: Any) -> str:
    """Return the text in an element that a reader may see."""
    return "".join(element.xpath(".//text()[not(ancestor::script or ancestor::style or ancestor::head)]"))


def _is_dot(element: Any) -> bool:
    """Return whether a picture is a dot that counts visits."""
    return element.tag == "img" and {element.get("width"), element.get("height")} <= {"0", "1"}
