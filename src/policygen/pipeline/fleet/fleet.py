"""Tasks handed out to processes, and their outcomes in the order in which they were asked for."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import BrokenExecutor, CancelledError, Future, ProcessPoolExecutor
from contextlib import closing
from time import sleep
from typing import Generic

from policygen.pipeline.fleet.order import Order, OutcomeT, TaskT
from policygen.pipeline.fleet.processes import Processes
from policygen.pipeline.fleet.worker import too_large
from policygen.problems import Message, Problem

LONGEST = 900.0  # seconds that one body may take; the largest of ours takes ten
# A server of processes that was ended counts as running for a moment, and starts none in it. So a
# task whose process could not be had, or was ended, is tried alone after each so many seconds.
PAUSES = (0.0, 1.0)
AHEAD = 3  # tasks that are handed out for each process, so that none waits for the slowest

_ENDED = "{} was not {}: {}."
_ALONE = Message(
    "Run it alone with --jobs 1 to see why; no other body is lost.",
    on_page="Look at its theme and its pictures; no other body is lost.",
)


def done_in_order(
    order: Order[TaskT, OutcomeT],
    tasks: Iterable[TaskT],
    start: Callable[[int], ProcessPoolExecutor],
    jobs: int,
    longest: float = LONGEST,
) -> Generator[OutcomeT, None, None]:
    """Yield the outcome of each task, in their order, done by so many processes at once.

    A task that ends its process, or takes longer than `longest` seconds, is lost. Whoever stops
    listening ends the processes.
    """
    fleet = _Fleet(order, start, jobs, longest)
    with closing(fleet):
        for task in tasks:
            if fleet.is_busy:
                yield fleet.next_outcome()
            fleet.hand_out(task)
        while fleet.waiting:
            yield fleet.next_outcome()


class _Fleet(Generic[TaskT, OutcomeT]):
    """Tasks that were handed out, in order, and the processes that do them."""

    def __init__(
        self,
        order: Order[TaskT, OutcomeT],
        start: Callable[[int], ProcessPoolExecutor],
        jobs: int,
        longest: float,
    ) -> None:
        # None in place of a future: the task is to be done again, alone.
        self.waiting: deque[tuple[TaskT, Future[OutcomeT] | None]] = deque()
        self._order = order
        self._jobs = jobs
        self._longest = longest
        self._together = Processes(start, jobs, order.each)
        self._alone = Processes(start, 1, order.each)  # for those of which one ended its process

    @property
    def is_busy(self) -> bool:
        """Whether as many tasks are handed out as should be."""
        return len(self.waiting) >= AHEAD * self._jobs

    def hand_out(self, task: TaskT) -> None:
        """Give a task to the processes."""
        try:
            future: Future[OutcomeT] = self._together.submit(task)
        except BrokenExecutor:  # one of those before ended its process
            future = Future()
            future.set_exception(BrokenExecutor())
        self.waiting.append((task, future))

    def next_outcome(self) -> OutcomeT:
        """Wait for the outcome of the task that was handed out first.

        Where a process has ended, nobody knows whose task it had: each that is left of those
        handed out is done again, alone.
        """
        task, future = self.waiting.popleft()
        if future is None:
            return self._done_alone(task)
        try:
            return future.result(self._longest)
        except (BrokenExecutor, CancelledError, TimeoutError):
            self._end_together()
            return self._done_alone(task)

    def _end_together(self) -> None:
        """End the processes, and note what they leave undone.

        Those that are started after them have a part in none of it, and are not ended for it.
        """
        self._together.end()
        self.waiting = deque(
            (task, None if future and _is_undone(future) else future)
            for task, future in self.waiting
        )

    def _done_alone(self, task: TaskT) -> OutcomeT:
        if parts := self._order.parts(task):
            return self._order.joined(self._done_alone(part) for part in parts)
        for pause in PAUSES:
            sleep(pause)
            try:
                outcome: OutcomeT = self._alone.submit(task).result(self._longest)
            except BrokenExecutor:
                why = "its process was ended, most likely for want of memory"
                self._alone.end()
            except TimeoutError:
                why = f"it took longer than {self._longest:g} seconds"
                self._alone.end()
                break
            else:
                return outcome
        return self._order.lost(task, ended(self._order, task, why))

    def close(self) -> None:
        """End all processes."""
        self._together.end()
        self._alone.end()


def _is_undone(future: Future[OutcomeT]) -> bool:
    """Tell whether a task was not done by processes that have all ended."""
    if future.cancelled() or not future.done():
        return True
    return isinstance(future.exception(), BrokenExecutor)


def ended(order: Order[TaskT, OutcomeT], task: TaskT, why: str) -> Problem:
    """Say that a task was lost with the process that did it, and why."""
    what = _ENDED.format(order.name(task), order.done, why)
    return Problem(what, _ALONE, code=too_large(order, task).code)
