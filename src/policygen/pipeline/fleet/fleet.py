"""Bodies handed out to processes, and their outcomes in the order in which they were asked for."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import BrokenExecutor, CancelledError, Future, ProcessPoolExecutor
from contextlib import closing

from policygen.pipeline.fleet.order import Body, BuiltBody
from policygen.pipeline.fleet.processes import Processes
from policygen.pipeline.fleet.worker import too_large
from policygen.problems import Message, Problem

LONGEST = 900.0  # seconds that one body may take; the largest of ours takes ten
_AHEAD = 3  # bodies that are handed out for each process, so that none waits for the slowest

_ENDED = "{} was not built: {}."
_ALONE = Message(
    "Build it alone with --jobs 1 to see why; all the others are built.",
    on_page="Look at its theme and its pictures; all the others are built.",
)


def built_in_order(
    bodies: Iterable[Body],
    start: Callable[[int], ProcessPoolExecutor],
    jobs: int,
    longest: float = LONGEST,
) -> Generator[BuiltBody, None, None]:
    """Yield the outcome of each body, in their order, built by so many processes at once.

    A body that ends its process, or takes longer than `longest` seconds, is an outcome with an
    error. Whoever stops listening ends the processes.
    """
    fleet = _Fleet(start, jobs, longest)
    with closing(fleet):
        for body in bodies:
            if fleet.is_busy:
                yield fleet.next_outcome()
            fleet.hand_out(body)
        while fleet.waiting:
            yield fleet.next_outcome()


class _Fleet:
    """Bodies that were handed out, in order, and the processes that build them."""

    def __init__(
        self, start: Callable[[int], ProcessPoolExecutor], jobs: int, longest: float
    ) -> None:
        self.waiting: deque[tuple[Body, Future[BuiltBody]]] = deque()
        self._jobs = jobs
        self._longest = longest
        self._together = Processes(start, jobs)
        self._alone = Processes(start, 1)  # for those of which one has ended its process

    @property
    def is_busy(self) -> bool:
        """Whether as many bodies are handed out as should be."""
        return len(self.waiting) >= _AHEAD * self._jobs

    def hand_out(self, body: Body) -> None:
        """Give a body to the processes."""
        try:
            future = self._together.submit(body)
        except BrokenExecutor:  # one of those before ended its process
            future = Future()
            future.set_exception(BrokenExecutor())
        self.waiting.append((body, future))

    def next_outcome(self) -> BuiltBody:
        """Wait for the outcome of the body that was handed out first.

        Where a process has ended, nobody knows whose body it had: each that is left of those
        handed out is built again, alone.
        """
        body, future = self.waiting.popleft()
        try:
            return future.result(self._longest)
        except (BrokenExecutor, CancelledError, TimeoutError):
            self._together.end()
            return self._built_alone(body)

    def _built_alone(self, body: Body) -> BuiltBody:
        try:
            return self._alone.submit(body).result(self._longest)
        except BrokenExecutor:
            why = "its process was ended, most likely for want of memory"
        except TimeoutError:
            why = f"it took longer than {self._longest:g} seconds"
        self._alone.end()
        problem = Problem(_ENDED.format(body.name, why), _ALONE, code=too_large(body).code)
        return BuiltBody(body, problems=(problem,))

    def close(self) -> None:
        """End all processes."""
        self._together.end()
        self._alone.end()
