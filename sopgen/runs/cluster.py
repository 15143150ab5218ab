"""Readings judged on a Ray cluster, in the order in which they were read.

The stages are those of one machine: this process reads and writes, and the cluster judges batch by batch.
They are Ray tasks rather than a Ray Data pipeline: results come in the order of reading, readings make no
detour over tables, and Ray Data would bring pandas along. A task whose process or machine dies is judged
again elsewhere, so nothing is lost and nothing counted twice.

Ray is an extra, loaded when asked for. A cluster of one's own is started on the loopback address, without
dashboard and without its statistics of use, in a folder that is deleted with it.
"""

import atexit
import os
import re
import secrets
import shutil
import signal
import socket
import tempfile
import threading
from collections import deque
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sopgen.base.errors import MachineError
from sopgen.compliance.checker import Checker
from sopgen.conversation.model import Reading
from sopgen.runs.judge import Judge
from sopgen.runs.sheaf import Sheaf, gather
from sopgen.runs.shipment import Shipment, unpack
from sopgen.runs.worker import BATCHES_AHEAD, Engine, Judged, in_batches

LOCAL = "local"
"""The address of a cluster that is started for the run, and ends with it."""

BATCH_SIZE = 128
"""Conversations of one task: about a second of work, and milliseconds of Ray's (our decision, 2026-11-22)."""

TRIES_AGAIN = 4
"""How often a batch is judged again whose process died; one that fails each time is what kills it."""

_QUIET = {
    "RAY_USAGE_STATS_ENABLED": "0",
    "RAY_IGNORE_UNHANDLED_ERRORS": "1",  # the first error ends the run, and is told by it
    "RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO": "0",  # Ray warns of a change to come otherwise
}
_LOOPBACK = "RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER"
"""Set to 0, Ray listens on the loopback address alone, on Linux too; a token keeps out other users."""

_HOST_AND_PORT = re.compile(r"(?:ray://)?(?P<host>[^/]+):(?P<port>[0-9]{1,5})")

KNOCK = 5.0
"""Seconds that a cluster has to answer."""

OBJECT_STORE = 256 << 20
"""Bytes for batches under way on a cluster of one's own: a few hundred of them."""


def ray_engine(shipment: Shipment, *, address: str = LOCAL) -> Engine:
    """Return what judges by the shipment on the cluster at `address`.

    When called it raises MachineError RUN102 without Ray or a cluster, RUN101 when a batch ends every process
    that takes it, RUN103 where a machine has another sopgen. What a checker raises passes through. With
    `workers=1` a cluster of others lends as many as it has.
    """

    def judged(
        readings: Iterable[Reading],
        checker: Judge,  # noqa: ARG001 - the cluster makes its own of the shipment
        *,
        workers: int = 1,
        batch_size: int = BATCH_SIZE,
    ) -> Generator[Judged, None, None]:
        with connected(address, workers) as (ray, place):
            places = max(workers, int(ray.cluster_resources().get("CPU", 1)))
            judge = ray.remote(num_cpus=1, max_retries=TRIES_AGAIN)(_judge_batch)
            held = [ray.put(shipment)]
            batches = in_batches(readings, batch_size)
            under_way = ((len(each), judge.remote(shipment.digest, held, place, each)) for each in batches)
            for count, task in _some_ahead(under_way, places * BATCHES_AHEAD):
                yield count, _result(ray, task)

    return judged


def _some_ahead(items: Iterator[tuple[int, Any]], ahead: int) -> Iterator[tuple[int, Any]]:
    """Yield the items, `ahead` of them begun before the first is handed out."""
    waiting: deque[tuple[int, Any]] = deque()
    for item in items:
        waiting.append(item)
        if len(waiting) >= ahead:
            yield waiting.popleft()
    while waiting:
        yield waiting.popleft()


def _result(ray: Any, task: Any) -> Sheaf:
    """Return what a task came to, once it is done."""
    try:
        sheaf: Sheaf = ray.get(task)
    except ray.exceptions.RayTaskError as error:
        raise error.cause from error
    except ray.exceptions.RayError as error:
        message = f"a batch could not be judged on the cluster: {type(error).__name__}"
        hint = "give each process more memory, or fewer of them: --workers 1"
        raise MachineError("RUN101", message, hint=hint) from error
    return sheaf


_made: dict[str, Checker] = {}
"""The checker of this process of the cluster, by the digest of its shipment."""


def _judge_batch(digest: str, held: Sequence[Any], place: str | None, batch: Sequence[Reading]) -> Sheaf:
    """Return the batch judged; runs on the cluster. `held` is the shipment's reference, `place` a folder."""
    if digest not in _made:
        import ray  # noqa: PLC0415 -- an extra, and slow to load

        _made.clear()
        folder = Path(tempfile.mkdtemp(prefix="sopgen-", dir=place))
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
        _made[digest] = unpack(ray.get(held[0]), folder)
    return gather(batch, _made[digest])


@contextmanager
def connected(address: str, workers: int) -> Iterator[tuple[Any, str | None]]:
    """Give Ray, connected, and the folder of a cluster of one's own; that ends with the block.

    Where the process is connected already, it stays so.
    """
    _knock(address)
    ray = _load_ray(address)
    if ray.is_initialized():
        yield ray, None
        return
    place = Path(tempfile.mkdtemp(prefix="sopgen-", dir=_short_folder())) if address == LOCAL else None
    handler = signal.getsignal(signal.SIGTERM)
    try:
        _connect(ray, address, workers, place)
        if threading.current_thread() is threading.main_thread():
            signal.signal(signal.SIGTERM, handler)  # Ray puts its own in its place
        yield ray, str(place) if place else None
    finally:
        ray.shutdown()
        if place is not None:
            shutil.rmtree(place, ignore_errors=True)


def _connect(ray: Any, address: str, workers: int, place: Path | None) -> None:
    options: dict[str, Any] = {"address": address}
    if place is not None:
        options |= {"num_cpus": workers, "include_dashboard": False, "object_store_memory": OBJECT_STORE}
        options |= {"_temp_dir": str(place)}
    try:
        ray.init(log_to_driver=False, configure_logging=False, **options)
    except (OSError, RuntimeError, ValueError) as error:
        raise _no_cluster(address, error) from error


def _no_cluster(address: str, error: Exception) -> MachineError:
    reason = " ".join(str(error).split())[:300]
    hint = "check RAY_ADDRESS, or judge on this machine alone: --engine local"
    return MachineError("RUN102", f"no Ray cluster at '{address}': {reason}", hint=hint)


def _knock(address: str) -> None:
    """Raise MachineError RUN102 when nobody listens at `HOST:PORT`: Ray itself would wait for minutes."""
    named = _HOST_AND_PORT.fullmatch(address)
    if not named:
        return
    try:
        socket.create_connection((named["host"].strip("[]"), int(named["port"])), timeout=KNOCK).close()
    except OSError as error:
        raise _no_cluster(address, error) from error


def _load_ray(address: str) -> Any:
    own = {_LOOPBACK: "0", "RAY_AUTH_MODE": "token", "RAY_AUTH_TOKEN": secrets.token_hex(32)}
    for name, value in _QUIET.items() | (own.items() if address == LOCAL else ()):
        os.environ.setdefault(name, value)
    try:
        import ray  # noqa: PLC0415 -- an extra, and slow to load
    except ImportError as error:
        hint = "pip install 'sopgen[ray]', or judge on this machine alone: --engine local"
        raise MachineError("RUN102", "Ray is not installed here", hint=hint) from error
    return ray


def _short_folder() -> str | None:
    """Return a folder whose name leaves room for the names of sockets, which have 107 characters."""
    return "/tmp" if Path("/tmp").is_dir() else None  # noqa: S108 - mkdtemp makes a folder of one's own in it
