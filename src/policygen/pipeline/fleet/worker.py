"""What a process of a fleet does: it is given an order and a library once, and task after task."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import signal
import sys
import tempfile
from pathlib import Path
from threading import Thread
from typing import Any

from policygen.model.fragment import Library
from policygen.pipeline.fleet.order import Order, OutcomeT, TaskT
from policygen.pipeline.workspace import Workspace
from policygen.problems import Message, Problem

MEMORY = 4 << 30  # bytes of addresses that one process may take; a whole body takes a quarter

_TOO_LARGE = "{} asks for more memory than there is for one body, and was not {}."
_SHORTEN = Message(
    "Shorten what its own words, theme and pictures hold, or run it with --jobs 1.",
    on_page="Shorten what its own words, theme and pictures hold.",
)

_given: tuple[Order[Any, Any], Workspace]


def start_worker(
    order: Order[Any, Any], templates: tuple[Path, ...], library: Library | None, scratch: Path
) -> None:
    """Take what all tasks share; `library` is that of `templates`, or None to read it here.

    Temporary files, such as the layout engine's fonts, go into `scratch`: a process of a pool ends
    without clearing its own.
    """
    global _given
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the business of who started us
    Thread(target=_end_with_parent, args=(scratch,), daemon=True).start()
    _bound_memory()
    tempfile.tempdir = str(scratch)
    workspace = Workspace(templates)
    if library is not None:
        workspace.libraries.get(templates, lambda: library)
    _given = order, workspace


def work(task: Any) -> Any:
    """Do a task of the order that this process was given."""
    order, workspace = _given
    try:
        return order.work(task, workspace)
    except (MemoryError, RecursionError):
        if parts := order.parts(task):
            return order.joined(work(part) for part in parts)
        return order.lost(task, too_large(order, task))


def too_large(order: Order[TaskT, OutcomeT], task: TaskT) -> Problem:
    """Say that a task cannot be done within the bounds that each has."""
    return Problem(_TOO_LARGE.format(order.name(task), order.done), _SHORTEN, code="PG451")


def _end_with_parent(scratch: Path) -> None:
    """End this process when the one that started it is gone, even if that was killed."""
    if parent := multiprocessing.parent_process():
        parent.join()
        shutil.rmtree(scratch, ignore_errors=True)
        os._exit(1)


def _bound_memory() -> None:
    """Bound the memory of this process, where the system lets us."""
    if sys.platform == "win32":
        return
    import resource

    _, most = resource.getrlimit(resource.RLIMIT_AS)
    bound = MEMORY if most == resource.RLIM_INFINITY else min(MEMORY, most)
    resource.setrlimit(resource.RLIMIT_AS, (bound, most))
