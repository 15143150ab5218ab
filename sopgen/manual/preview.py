"""The site while it is being written: served to this machine alone, each page told when it was built anew.

Pages are sent as they are on the disk, with one script more; the site on the disk knows nothing of it. A
request that names another host is refused, so that no page of the web can read drafts through a name that it
points here. Nothing is kept by the browser, and the site's own worker for reading offline is not handed out.
"""

import json
import mimetypes
import posixpath
import re
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from html import escape, unescape
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from sopgen.base.errors import UsageError
from sopgen.manual.offline import WORKER
from sopgen.manual.template import asset

HOST = "127.0.0.1"
EVENTS, SCRIPT = "/_live", "/_live.js"
HEARTBEAT = 10.0
"""Seconds after which a page that waits is told that the server is still there."""

_POLICY = re.compile(r'(<meta http-equiv="Content-Security-Policy" content=")([^"]*)(">)')
_ASKING = "connect-src"
_HEADERS = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_STRICT = "default-src 'none'; script-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'"
_KINDS = {".js": "text/javascript", ".html": "text/html", ".webmanifest": "application/manifest+json"}


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """What the pages are told: the number of the build, and what is wrong in the sources, a line each."""

    build: int = 0
    trouble: tuple[str, ...] = ()


class Preview(ThreadingHTTPServer):
    """A server of the folder `site`, reachable from this machine alone; port 0 takes any that is free.

    Raises UsageError CLI141 where the port is taken.
    """

    daemon_threads = True

    def __init__(self, site: Path, *, port: int) -> None:
        self.site = site
        self.state = State()
        self.changed = threading.Condition()
        self.is_closing = False
        try:
            super().__init__((HOST, port), partial(_Handler))
        except OSError as error:
            message = f"port {port} cannot be used: {error.strerror or error}"
            raise UsageError("CLI141", message, hint="name another, or any that is free: --port 0") from error

    @property
    def address(self) -> str:
        """Return where the site can be seen."""
        return f"http://{HOST}:{self.server_port}/"

    def tell(self, trouble: Sequence[str]) -> None:
        """Tell every open page that the site was built anew, and what was wrong."""
        with self.changed:
            self.state = State(build=self.state.build + 1, trouble=tuple(trouble))
            self.changed.notify_all()

    def close(self) -> None:
        """Stop, and let the pages that wait go."""
        with self.changed:
            self.is_closing = True
            self.changed.notify_all()
        self.shutdown()
        self.server_close()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Pass over a reader who went away in the middle of an answer."""


class _Handler(BaseHTTPRequestHandler):
    """Answers one request."""

    server: Preview
    protocol_version = "HTTP/1.1"
    server_version = "sopgen"
    sys_version = ""

    def do_GET(self) -> None:  # the parent's name
        """Answer with a page, a file, the script of the preview, or its events."""
        path = unquote(urlsplit(self.path).path)
        if not self._is_addressed_here():
            self._send(HTTPStatus.MISDIRECTED_REQUEST, b"this server answers to its own name alone")
        elif path == EVENTS:
            self._send_events()
        elif path == SCRIPT:
            self._send(HTTPStatus.OK, asset("live.js"), kind="text/javascript")
        else:
            self._send_file(path)

    do_HEAD = do_GET  # noqa: N815  # the parent's name

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  # the parent's name
        """Say nothing: the terminal belongs to what is wrong in the sources."""

    def _is_addressed_here(self) -> bool:
        names = (HOST, "localhost")
        return self.headers.get("Host", "") in {f"{name}:{self.server.server_port}" for name in names}

    def _send_file(self, path: str) -> None:
        name = posixpath.normpath("/" + path).lstrip("/")
        place = (self.server.site / name).resolve()
        if place.is_dir() and not path.endswith("/"):
            self._send(HTTPStatus.MOVED_PERMANENTLY, b"", location=f"/{name}/" if name else "/")
            return
        place = place / "index.html" if place.is_dir() else place
        if not place.is_relative_to(self.server.site.resolve()) or not place.is_file() or _is_worker(place):
            self._send(HTTPStatus.NOT_FOUND, self._missing(path), kind="text/html")
            return
        data = place.read_bytes()
        is_page = place.suffix == ".html"
        self._send(HTTPStatus.OK, lively(data) if is_page else data, kind=_kind(place))

    def _missing(self, path: str) -> bytes:
        lines = "\n".join(map(escape, self.server.state.trouble))
        return (
            f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Not here yet</title>'
            f'<script src="{SCRIPT}" defer></script></head><body><h1>Not here yet</h1>'
            f"<p>There is no page {escape(path)}. It comes as soon as its source is sound.</p>"
            f'<p><a href="/">All SOPs</a></p><pre>{lines}</pre></body></html>'
        ).encode()

    def _send(self, status: HTTPStatus, data: bytes, *, kind: str = "text/plain", location: str = "") -> None:
        self.send_response(status)
        for name, value in _HEADERS.items():
            self.send_header(name, value)
        text = kind.startswith("text/") or kind.endswith(("json", "xml"))
        self.send_header("Content-Type", f"{kind}; charset=utf-8" if text else kind)
        self.send_header("Content-Length", str(len(data)))
        if status is not HTTPStatus.OK:
            self.send_header("Content-Security-Policy", _STRICT)
        if location:
            self.send_header("Location", location)
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(data)

    def _send_events(self) -> None:
        """Send the state now and whenever it changes, until the page or the server closes."""
        self.close_connection = True
        self.send_response(HTTPStatus.OK)
        for name, value in _HEADERS.items():
            self.send_header(name, value)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        told: State | None = None
        while not self.server.is_closing:
            state = self.server.state
            self.wfile.write(_event(state) if state != told else b":\n\n")
            self.wfile.flush()
            told = state
            with self.server.changed:
                if self.server.state == told and not self.server.is_closing:
                    self.server.changed.wait(HEARTBEAT)


def _event(state: State) -> bytes:
    said = {"build": str(state.build), "trouble": state.trouble}
    return f"event: state\ndata: {json.dumps(said)}\n\n".encode()


def lively(page: bytes) -> bytes:
    """Return a page that asks the preview for news: its script, and the leave to ask."""
    html = page.decode("utf-8")
    html = _POLICY.sub(
        lambda found: found[1] + escape(_allowed(unescape(found[2]))) + found[3], html, count=1
    )
    return html.replace("</head>", f'<script src="{SCRIPT}" defer></script>\n</head>', 1).encode()


def _allowed(policy: str) -> str:
    """Return the policy with leave to ask this server, and to run a script of it."""
    rules = dict(rule.strip().partition(" ")[::2] for rule in policy.split(";") if rule.strip())
    for name in (_ASKING, "script-src"):
        sources = rules.get(name, "").replace("'none'", "").strip()
        rules[name] = sources if "'self'" in sources else f"{sources} 'self'".strip()
    return "; ".join(f"{name} {value}".strip() for name, value in rules.items())


def _kind(place: Path) -> str:
    return _KINDS.get(place.suffix) or mimetypes.guess_type(place.name)[0] or "application/octet-stream"


def _is_worker(place: Path) -> bool:
    """Return whether a file is the site's worker, which would show old pages while new ones are written."""
    return place.name == WORKER
