"""Real servers in threads, for the tests of nights: SFTP over a folder, HTTP that remembers what it got."""

import json
import os
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import paramiko

USER, PASSWORD = "night", "no-such-secret-0815"


class _Door(paramiko.ServerInterface):
    def check_auth_password(self, username: str, password: str) -> int:
        """Let one user in."""
        known = (username, password) == (USER, PASSWORD)
        return paramiko.AUTH_SUCCESSFUL if known else paramiko.AUTH_FAILED

    def check_channel_request(self, kind: str, chanid: int) -> int:  # noqa: ARG002
        """Open sessions, which is what SFTP runs in."""
        return paramiko.OPEN_SUCCEEDED


class _Files(paramiko.SFTPServerInterface):
    root = Path()

    def list_folder(self, path: str) -> Any:
        """Return what a folder holds."""
        return [_attributes(each) for each in sorted(self._at(path).iterdir())]

    def stat(self, path: str) -> Any:
        """Return what is known of a file."""
        there = self._at(path)
        return _attributes(there) if there.exists() else paramiko.SFTP_NO_SUCH_FILE

    lstat = stat

    def open(self, path: str, flags: int, attr: Any) -> Any:  # noqa: ARG002
        """Return a file for reading."""
        handle = paramiko.SFTPHandle(flags)
        handle.readfile = self._at(path).open("rb")
        handle.stat = lambda: _attributes(self._at(path))
        return handle

    def _at(self, path: str) -> Path:
        return self.root / path.lstrip("/")


def _attributes(path: Path) -> Any:
    return paramiko.SFTPAttributes.from_stat(path.stat(), path.name)


@contextmanager
def sftp_server(root: Path) -> Iterator[int]:
    """Give the port of an SFTP server that shows a folder."""
    files = type("Files", (_Files,), {"root": root})
    listener = socket.create_server(("127.0.0.1", 0))
    key = paramiko.RSAKey.generate(2048)
    transports: list[paramiko.Transport] = []

    def serve() -> None:
        while True:
            try:
                client, _ = listener.accept()
            except OSError:
                return
            transport = paramiko.Transport(client)
            transport.add_server_key(key)
            transport.set_subsystem_handler("sftp", paramiko.SFTPServer, files)
            transports.append(transport)
            transport.start_server(server=_Door())

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield listener.getsockname()[1]
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        for transport in transports:
            transport.close()
        thread.join(5)


class Mailbox:
    """What an HTTP server got; `status` is what it answers."""

    def __init__(self) -> None:
        self.got: list[dict[str, Any]] = []
        self.status = 200
        self.port = 0


@contextmanager
def http_server() -> Iterator[Mailbox]:
    """Give the mailbox of an HTTP server."""
    mailbox = Mailbox()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            """Keep what was sent."""
            body = self.rfile.read(int(self.headers["Content-Length"]))
            if mailbox.status < 300:
                mailbox.got.append(json.loads(body))
            self.send_response(mailbox.status)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    mailbox.port = server.server_port
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield mailbox
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)


def is_root() -> bool:
    """Return whether this user may mount."""
    return os.geteuid() == 0
