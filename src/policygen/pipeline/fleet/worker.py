"""What a process of a fleet does: it is given a library once, and builds body after body."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import signal
import sys
import tempfile
from pathlib import Path
from threading import Thread

from policygen.model.fragment import Library
from policygen.pipeline.fleet.order import Body, BuildOrder, BuiltBody
from policygen.pipeline.workspace import Workspace
from policygen.problems import Message, Problem

MEMORY = 4 << 30  # bytes of addresses that one process may take; a whole body takes a quarter

_TOO_LARGE = "{} asks for more memory than there is for one body, and was not built."
_SHORTEN = Message(
    "Shorten what its own words, theme and pictures hold, or build it with --jobs 1.",
    on_page="Shorten what its own words, theme and pictures hold.",
)

_given: tuple[BuildOrder, Workspace]


def start_worker(
    order: BuildOrder, templates: tuple[Path, ...], library: Library | None, scratch: Path
) -> None:
    """Take what all bodies share; `library` is that of `templates`, or None to read it here.

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


def work(body: Body) -> BuiltBody:
    """Build a body."""
    order, workspace = _given
    try:
        return order.build(body, workspace)
    except (MemoryError, RecursionError):
        return BuiltBody(body, problems=(too_large(body),))


def too_large(body: Body) -> Problem:
    """Say that a body cannot be built within the bounds that each has."""
    return Problem(_TOO_LARGE.format(body.name), _SHORTEN, code="PG451")


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
