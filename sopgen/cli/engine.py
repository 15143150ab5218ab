"""Who judges: processes of this machine, or a Ray cluster."""

import os
from enum import StrEnum

from sopgen.cli.bench import Bench
from sopgen.runs import worker
from sopgen.runs.worker import Engine, judged


class EngineName(StrEnum):
    """The engines that a call may name."""

    LOCAL = "local"
    RAY = "ray"


def batch_size_of(name: EngineName) -> int:
    """Return how many conversations the engine takes at once."""
    if name is EngineName.LOCAL:
        return worker.BATCH_SIZE
    from sopgen.runs import cluster  # noqa: PLC0415 -- most calls need no cluster

    return cluster.BATCH_SIZE


def engine_called(name: EngineName, bench: Bench) -> Engine:
    """Return the engine; that of Ray connects to RAY_ADDRESS, or begins a cluster, when it is run."""
    if name is EngineName.LOCAL:
        return judged
    from sopgen.runs.cluster import LOCAL, ray_engine  # noqa: PLC0415 -- most calls need no cluster
    from sopgen.runs.shipment import ship  # noqa: PLC0415 -- as above

    shipment = ship(
        bench.histories,
        bench.folders,
        bench.pack,
        draft=bench.draft,
        as_of=bench.as_of,
        thorough=bench.thorough,
    )
    return ray_engine(shipment, address=os.environ.get("RAY_ADDRESS") or LOCAL)
