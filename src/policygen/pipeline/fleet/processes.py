"""The processes of a fleet: forked from a server that has imported all, where a system can."""

from __future__ import annotations

import multiprocessing
import signal
from collections.abc import Callable, Iterator, MutableMapping
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor
from contextlib import contextmanager, suppress
from multiprocessing import Process
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir
from threading import current_thread, main_thread
from typing import Any

from policygen.load.files import reason
from policygen.model.fragment import Library
from policygen.pipeline.fleet import worker
from policygen.pipeline.fleet.order import Order
from policygen.problems import PolicygenError, Problem

_SERVER = "forkserver"
_LONGEST_FOLDER = 70  # characters: a socket's path has 103 at most, and the server's name has 32


class Processes:
    """Processes that do tasks: started with the first, anew after so many, ended with the run.

    `start` gives a pool of so many processes, of which one does `each` tasks.
    """

    def __init__(self, start: Callable[[int], ProcessPoolExecutor], jobs: int, each: int) -> None:
        self._start = start
        self._jobs = jobs
        self._each = each
        # Each with its processes, which a pool forgets as it is told to end.
        self._pools: list[tuple[ProcessPoolExecutor, MutableMapping[int, Process]]] = []
        self._left = 0  # tasks that the newest pool may still be given

    def submit(self, task: object) -> Future[Any]:
        """Hand out a task. Raises BrokenExecutor where no process can be had for it."""
        if not self._left:
            self._renew()
        self._left -= 1
        try:
            with _signals_held_back():
                return self._pools[-1][0].submit(worker.work, task)
        except (OSError, EOFError) as error:  # the server was ended, or there is no memory left
            raise BrokenExecutor(str(error)) from error

    def _renew(self) -> None:
        """Start a pool; the one before ends when all that it was given is done."""
        for pool, _ in self._pools:
            pool.shutdown(wait=False)
        at_work = (one for one in self._pools if any(p.is_alive() for p in list(one[1].values())))
        pool = self._start(self._jobs)
        self._pools = [*at_work, (pool, pool._processes)]
        self._left = self._each * self._jobs

    def end(self) -> None:
        """End all processes at once, whatever they do; what they write is whole or not there."""
        pools, self._pools, self._left = self._pools, [], 0
        for pool, processes in pools:
            for process in list(processes.values()):
                with suppress(OSError, ValueError):  # it has ended by itself
                    process.kill()
            pool.shutdown(wait=True, cancel_futures=True)


@contextmanager
def _signals_held_back() -> Iterator[None]:
    """Hear Ctrl-C and the like only after this: a process that is half started would be nobody's.

    It would go on when all the others have ended, find nothing of what it shares with them, and
    print a traceback.
    """
    if current_thread() is not main_thread():  # no other hears them
        yield
        return
    heard: list[int] = []
    names = ("SIGINT", "SIGTERM", "SIGHUP")  # Windows has no SIGHUP
    numbers = [getattr(signal, name) for name in names if hasattr(signal, name)]
    earlier = {number: signal.signal(number, lambda n, _: heard.append(n)) for number in numbers}
    try:
        yield
    finally:
        for number, handler in earlier.items():
            signal.signal(number, handler)
        for number in heard[:1]:
            signal.raise_signal(number)


@contextmanager
def starter(
    order: Order[Any, Any], templates: tuple[Path, ...], library: Library | None
) -> Iterator[Callable[[int], ProcessPoolExecutor]]:
    """Give what starts a pool of processes for an order; they must have ended before this does.

    The library goes to each process once. Raises PolicygenError for an unknown format, and where
    no temporary file can be written.
    """
    with _scratch_folder() as scratch:
        is_known = _SERVER in multiprocessing.get_all_start_methods()
        is_served = is_known and len(gettempdir()) <= _LONGEST_FOLDER
        context = multiprocessing.get_context(_SERVER if is_served else "spawn")
        if is_served:
            context.set_forkserver_preload([worker.__name__, *order.imported_first])

        def start(jobs: int) -> ProcessPoolExecutor:
            given = (order, templates, library, Path(scratch))
            return ProcessPoolExecutor(jobs, context, worker.start_worker, given)

        yield start


def _scratch_folder() -> TemporaryDirectory[str]:
    try:
        return TemporaryDirectory(prefix="policygen-", ignore_cleanup_errors=True)
    except OSError as error:
        what = f"No folder for temporary files can be written: {reason(error)}."
        mend = "Free some space on the disk, or name a folder that has some in TMPDIR."
        raise PolicygenError([Problem(what, mend, code="PG504")]) from None
