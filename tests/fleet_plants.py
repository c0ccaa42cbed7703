"""Bodies that behave badly, for the processes of a fleet: what stands in `begin` is done by those that end with a word."""

from __future__ import annotations

import errno
import os
import resource
import signal
import time
from pathlib import Path
from typing import TYPE_CHECKING

from policygen.model.fragment import Library
from policygen.pipeline.fleet import worker
from policygen.pipeline.fleet.build_order import Body, BuildOrder, BuiltBody
from policygen.pipeline.fleet.cluster.worker import WorkerVersions, versions
from policygen.pipeline.fleet.compare_all import Compared, CompareOrder, NameGroup
from policygen.pipeline.publish.publish import Publication
from policygen.pipeline.workspace import Workspace

if TYPE_CHECKING:
    from distributed import Worker

MEASURED = "measured.txt"


class Planted(BuildOrder):
    """An order of which some bodies end their process, some never end, and some take all memory."""

    def work(self, task: Body, workspace: Workspace) -> BuiltBody:
        if task.name.endswith("ends"):
            os._exit(9)
        if task.name.endswith("dies"):  # as the system ends who takes the memory of all
            os.kill(os.getpid(), signal.SIGKILL)
        if task.name.endswith("sleeps"):
            time.sleep(600)
        if task.name.endswith("grows"):
            bytearray(worker.MEMORY)
        return super().work(task, workspace)


class WithoutRoom(BuildOrder):
    """An order of which some bodies find the disk of their worker full."""

    def make(self, body: Body, workspace: Workspace) -> Publication:
        if body.name.endswith("-b"):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return super().make(body, workspace)


class PlantedCompare(CompareOrder):
    """An order of which a group with some name ends its process, or takes all memory."""

    def work(self, task: NameGroup, workspace: Workspace) -> Compared:
        if any(name.endswith("ends") for name in task):
            os._exit(9)
        if any(name.endswith("grows") for name in task):
            raise MemoryError
        return super().work(task, workspace)


class Measured(Planted):
    """One that notes of each body that it does how much of a processor and of memory that took.

    A line of the file MEASURED is a name, seconds, and the most kilobytes that the process ever had.
    """

    each = 6  # so that some stand in processes that others have replaced

    def work(self, task: Body, workspace: Workspace) -> BuiltBody:
        began = time.process_time()
        try:
            return super().work(task, workspace)
        finally:
            most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
            with open(MEASURED, "a", encoding="utf-8") as file:
                file.write(f"{task.name} {time.process_time() - began} {most}\n")


def start_worker(
    order: BuildOrder, templates: tuple[Path, ...], library: Library | None, scratch: Path
) -> None:
    worker.start_worker(
        Planted(order.out, order.editions, order.formats, order.audience, order.site),
        templates,
        library,
        scratch,
    )


def ends_while_it_is_asked(dask_worker: Worker) -> WorkerVersions:
    """What the first worker of a scheduler does in place of telling its versions."""
    if dask_worker.name == 0:
        os._exit(9)
    return versions()
