"""Many tasks of one order: in this process, or by several where these are done sooner."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Sequence
from contextlib import closing
from pathlib import Path
from typing import TypeAlias

from policygen.model.fragment import Library
from policygen.pipeline.fleet.order import Order, OutcomeT, TaskT
from policygen.pipeline.workspace import Workspace
from policygen.problems import PolicygenError

OnBegin: TypeAlias = Callable[[str], None]


def work_through(
    order: Order[TaskT, OutcomeT],
    tasks: Sequence[TaskT],
    workspace: Workspace,
    library: Library | None,
    jobs: int,
    on_begin: OnBegin,
) -> Generator[OutcomeT, None, None]:
    """Yield the outcome of each task, in their order, done by so many processes at once.

    `library` is what they share (`shared_library`), and `on_begin` hears the name of each.
    """
    jobs = min(jobs, len(tasks))
    if jobs < 2 or len(tasks) < order.fewest:
        for task in tasks:
            _begin(order, task, on_begin)
            yield order.work(task, workspace)
        return
    # A single body needs none of this, and it takes long to import.
    from policygen.pipeline.fleet.fleet import done_in_order
    from policygen.pipeline.fleet.processes import starter

    with (
        starter(order, workspace.templates, library) as start,
        closing(done_in_order(order, tasks, start, jobs)) as outcomes,
    ):
        for task in tasks:
            outcome = next(outcomes)
            _begin(order, task, on_begin)
            yield outcome


def _begin(order: Order[TaskT, OutcomeT], task: TaskT, on_begin: OnBegin) -> None:
    for name in order.names(task):
        on_begin(name)


def shared_library(profiles: Iterable[Path], workspace: Workspace) -> Library | None:
    """Return the library of a run; None where each profile names one of its own.

    It is read before any profile, so that its faults come first, and once: raises PolicygenError.
    """
    if any(_has_shared_library(profile, workspace) for profile in profiles):
        return workspace.library
    return None


def _has_shared_library(profile: Path, workspace: Workspace) -> bool:
    """Tell whether a profile names no templates of its own, as far as one can tell."""
    try:
        return workspace.templates_of(profile) == workspace.templates
    except PolicygenError:  # told when its turn comes
        return False
