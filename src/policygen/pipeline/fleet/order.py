"""Order: what a fleet is asked to do with each of many tasks, such as to build a body."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from typing import Generic, TypeVar

from policygen.pipeline.workspace import Workspace
from policygen.problems import Problem

TaskT = TypeVar("TaskT")
OutcomeT = TypeVar("OutcomeT")


class Order(ABC, Generic[TaskT, OutcomeT]):
    """It goes once to each process that works on it; each task goes there, and its outcome back.

    All three are pickled on the way.
    """

    done: str  # what becomes of a task, as in "fenwick was not built"
    each = 1_000  # tasks that one process does before another takes its place

    @property
    def fewest(self) -> int:
        """As many tasks as processes do sooner than this one, though each takes time to start."""
        return 40

    @property
    def imported_first(self) -> tuple[str, ...]:
        """The names of modules that every process would import."""
        return (type(self).__module__,)

    @abstractmethod
    def name(self, task: TaskT) -> str:
        """Return the name of a task's body, as people type it."""

    def names(self, task: TaskT) -> Sequence[str]:
        """Return the name of each body of a task, of which most have one."""
        return (self.name(task),)

    def parts(self, task: TaskT) -> Sequence[TaskT]:
        """Return smaller tasks, into which one falls that a process cannot do; of one body none."""
        return ()

    def joined(self, outcomes: Iterable[OutcomeT]) -> OutcomeT:
        """Return the outcome of a task, of those of its parts in order.

        Nobody asks an order whose tasks have no parts.
        """
        raise AssertionError(f"{type(self).__name__} has tasks without parts")

    @abstractmethod
    def work(self, task: TaskT, workspace: Workspace) -> OutcomeT:
        """Do a task. Whatever its user can mend is in the outcome."""

    @abstractmethod
    def lost(self, task: TaskT, problem: Problem) -> OutcomeT:
        """Return the outcome of a task that could not be done within the bounds of a process."""
