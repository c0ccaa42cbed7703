"""Bodies that behave badly, for the processes of a fleet: what stands in `begin` is done by those that end with a word."""

from __future__ import annotations

import os
import time
from pathlib import Path

from policygen.model.fragment import Library
from policygen.pipeline.fleet import worker
from policygen.pipeline.fleet.build_order import Body, BuildOrder, BuiltBody
from policygen.pipeline.workspace import Workspace


class Planted(BuildOrder):
    """An order of which some bodies end their process, some never end, and some take all memory."""

    def work(self, task: Body, workspace: Workspace) -> BuiltBody:
        if task.name.endswith("ends"):
            os._exit(9)
        if task.name.endswith("sleeps"):
            time.sleep(600)
        if task.name.endswith("grows"):
            bytearray(worker.MEMORY)
        return super().work(task, workspace)


def start_worker(
    order: BuildOrder, templates: tuple[Path, ...], library: Library | None, scratch: Path
) -> None:
    worker.start_worker(
        Planted(order.out, order.editions, order.formats, order.audience, order.site),
        templates,
        library,
        scratch,
    )
