"""`policygen check` of many bodies: the Problems of each, in the order they were named."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from policygen.pipeline.check import Checked, check_whole
from policygen.pipeline.fleet.order import Order
from policygen.pipeline.fleet.work_through import OnBegin, shared_library, work_through
from policygen.pipeline.workspace import Workspace
from policygen.problems import Problem


@dataclass(frozen=True)
class CheckOrder(Order[Path, Checked]):
    """A look at every profile on one day. Of more than one, the policies are not kept."""

    done = "checked"
    fewest = 16  # a look takes four times as long as composing

    on: date | None
    is_single: bool

    def name(self, task: Path) -> str:
        """Return the name of a profile's folder."""
        return task.resolve().parent.name

    def work(self, task: Path, workspace: Workspace) -> Checked:
        """Return every Problem of a profile."""
        checked = check_whole(task, workspace, self.on)
        return checked if self.is_single else Checked(checked.problems)

    def lost(self, task: Path, problem: Problem) -> Checked:
        """Return why a profile could not be checked."""
        return Checked((problem,))


def check_all(
    profiles: Sequence[Path], workspace: Workspace, on: date | None, jobs: int, on_begin: OnBegin
) -> Generator[Checked, None, None]:
    """Yield what is found at each profile, in their order, checked by so many processes at once.

    `on_begin` hears the name of each. Raises PolicygenError for a shared library that cannot be
    read.
    """
    library = shared_library(profiles, workspace)
    order = CheckOrder(on, is_single=len(profiles) == 1)
    return work_through(order, profiles, workspace, library, jobs, on_begin)
