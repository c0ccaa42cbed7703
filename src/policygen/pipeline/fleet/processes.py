"""The processes of a fleet: forked from a server that has imported all, where a system can."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterator, MutableMapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager, suppress
from multiprocessing import Process
from pathlib import Path
from tempfile import TemporaryDirectory

from policygen.model.fragment import Library
from policygen.pipeline.fleet import worker
from policygen.pipeline.fleet.order import Body, BuildOrder, BuiltBody
from policygen.write.writer import Prepared, writer

BODIES_EACH = 20  # that one process builds: the layout engine gives back only part of its memory

_SERVER = "forkserver"


class Processes:
    """Processes that build bodies: started with the first, anew after so many, ended with the run.

    `start` gives a pool of so many processes.
    """

    def __init__(self, start: Callable[[int], ProcessPoolExecutor], jobs: int) -> None:
        self._start = start
        self._jobs = jobs
        # Each with its processes, which a pool forgets as it is told to end.
        self._pools: list[tuple[ProcessPoolExecutor, MutableMapping[int, Process]]] = []
        self._left = 0  # bodies that the newest pool may still be given

    def submit(self, body: Body) -> Future[BuiltBody]:
        """Hand out a body."""
        if not self._left:
            self._renew()
        self._left -= 1
        return self._pools[-1][0].submit(worker.work, body)

    def _renew(self) -> None:
        """Start a pool; the one before ends when all that it was given is built."""
        for pool, _ in self._pools:
            pool.shutdown(wait=False)
        at_work = (one for one in self._pools if any(p.is_alive() for p in list(one[1].values())))
        pool = self._start(self._jobs)
        self._pools = [*at_work, (pool, pool._processes)]
        self._left = BODIES_EACH * self._jobs

    def end(self) -> None:
        """End all processes at once, whatever they do; what they write is whole or not there."""
        pools, self._pools, self._left = self._pools, [], 0
        for pool, processes in pools:
            for process in list(processes.values()):
                with suppress(OSError, ValueError):  # it has ended by itself
                    process.kill()
            pool.shutdown(wait=True, cancel_futures=True)


@contextmanager
def starter(
    order: BuildOrder, templates: tuple[Path, ...], library: Library | None, formats: Sequence[str]
) -> Iterator[Callable[[int], ProcessPoolExecutor]]:
    """Give what starts a pool of processes for an order; they must have ended before this does.

    The library goes to each process once. Raises PolicygenError for an unknown format.
    """
    is_served = _SERVER in multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context(_SERVER if is_served else "spawn")
    if is_served:
        context.set_forkserver_preload(_imported_first(formats))

    with TemporaryDirectory(prefix="policygen-", ignore_cleanup_errors=True) as scratch:

        def start(jobs: int) -> ProcessPoolExecutor:
            given = (order, templates, library, Path(scratch))
            return ProcessPoolExecutor(jobs, context, worker.start_worker, given)

        yield start


def _imported_first(formats: Sequence[str]) -> list[str]:
    """Return the modules that the server imports, so that no process has to."""
    writers = [writer(format) for format in formats]
    own = [type(one).__module__ for one in writers]
    prepared = [one.imported_first for one in writers if isinstance(one, Prepared)]
    return [worker.__name__, *own, *prepared]
