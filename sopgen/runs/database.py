"""DuckDB in memory: no extension is fetched, and a signal ends a query as it ends anything else."""

import os
import signal
import socket
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import duckdb


@contextmanager
def connected(settings: Mapping[str, str] = {}) -> Iterator[duckdb.DuckDBPyConnection]:
    """Give a connection that is closed when the block ends.

    KeyboardInterrupt where a signal met a query: the database tells of it as of an error in running.
    """
    config: dict[str, str | bool | int | float | list[str]] = {"autoinstall_known_extensions": "false"}
    with duckdb.connect(config=config | dict(settings)) as connection, _breaking_off(connection):
        try:
            yield connection
        except RuntimeError as error:
            if str(error) == "Query interrupted":
                raise KeyboardInterrupt from error
            raise


@contextmanager
def _breaking_off(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Run the block; a signal breaks off what the connection is at.

    Python calls a handler only when the main thread comes back to it, which may be after hours in the
    database. A thread hears of the signal at once.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    ear, mouth = socket.socketpair()
    mouth.settimeout(0)
    before = signal.set_wakeup_fd(mouth.fileno(), warn_on_full_buffer=False)

    def listen() -> None:
        while heard := ear.recv(1):
            connection.interrupt()
            if before != -1:
                os.write(before, heard)

    listener = threading.Thread(target=listen, daemon=True)
    listener.start()
    try:
        yield
    finally:
        signal.set_wakeup_fd(before)
        mouth.close()
        listener.join()
        ear.close()
