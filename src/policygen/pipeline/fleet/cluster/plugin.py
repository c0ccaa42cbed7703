"""What Dask runs on a worker: a bench for each run, which goes with the run."""

from __future__ import annotations

from distributed import Worker, WorkerPlugin, get_worker

from policygen.pipeline.fleet.build_order import Body
from policygen.pipeline.fleet.cluster.parcel import Parcel
from policygen.pipeline.fleet.cluster.worker import Bench, Kit
from policygen.pipeline.publish.publish import Publication
from policygen.problems import Problem


class BenchPlugin(WorkerPlugin):
    """Sets a bench up on each worker, on one that joins later too."""

    def __init__(self, name: str, kit: Kit) -> None:
        self.name = name
        self._kit = kit

    def setup(self, worker: Worker) -> None:
        """Unpack the kit."""
        self.bench = Bench(self._kit)

    def teardown(self, worker: Worker) -> None:
        """Clear it away."""
        self.bench.close()


def make_at_bench(name: str, body: Body, parcel: Parcel) -> Publication | tuple[Problem, ...]:
    """Make the files of a body at the bench of a run."""
    plugin = get_worker().plugins[name]
    assert isinstance(plugin, BenchPlugin)
    return plugin.bench.make(body, parcel)
