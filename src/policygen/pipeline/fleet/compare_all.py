"""`policygen compare`: many policies side by side, in groups that several processes compose."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from typing import TypeAlias

from policygen.diff.gather import Collected, Collector
from policygen.diff.matrix import matrix
from policygen.model.comparison.matrix import Matrix
from policygen.model.fragment import Library
from policygen.pipeline.fleet.order import Order
from policygen.pipeline.fleet.work_through import work_through
from policygen.pipeline.names.known import require_known
from policygen.pipeline.names.subject import find_subject
from policygen.pipeline.workspace import Workspace
from policygen.problems import PolicygenError, Problem
from policygen.report.matrix.view import matrix_view
from policygen.write.writer import MatrixWriter, writer

_AT_ONCE = 20  # names in a group: what many policies share goes back once for all of them

NameGroup: TypeAlias = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Compared:
    """What is kept of the policies of some names, and what is wrong with the others."""

    kept: Collected = field(default_factory=Collected)
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class CompareOrder(Order[NameGroup, Compared]):
    """A look at groups of names, of which a process keeps what a matrix needs.

    `beside` are all the names of the run.
    """

    done = "compared"
    fewest = 2  # groups

    beside: NameGroup
    language: str = ""

    def name(self, task: NameGroup) -> str:
        """Return the names of a group, as they were typed."""
        return ", ".join(task)

    def names(self, task: NameGroup) -> NameGroup:
        """Return each name of a group."""
        return task

    def work(self, task: NameGroup, workspace: Workspace) -> Compared:
        """Keep what a matrix needs of each policy of a group, one after the other.

        So no two of hundreds are in memory at once.
        """
        collector = Collector()
        problems: list[Problem] = []
        for name in task:
            try:
                found = find_subject(name, workspace, self.language, self.beside)
            except PolicygenError as error:
                problems += error.problems
            else:
                collector.add(found.name, found.label, found.policy)
        return Compared(collector.kept, tuple(problems))

    def parts(self, task: NameGroup) -> tuple[NameGroup, ...]:
        """Return each name of a group by itself."""
        return tuple((name,) for name in task) if len(task) > 1 else ()

    def joined(self, outcomes: Iterable[Compared]) -> Compared:
        """Join what was kept of groups that follow each other."""
        collector = Collector()
        problems: list[Problem] = []
        for outcome in outcomes:
            collector.join(outcome.kept)
            problems += outcome.problems
        return Compared(collector.kept, tuple(problems))

    def lost(self, task: NameGroup, problem: Problem) -> Compared:
        """Return why a policy could not be compared."""
        return Compared(problems=(problem,))


def compare_many(
    names: Sequence[str],
    workspace: Workspace,
    *,
    language: str = "",
    section: str = "",
    jobs: int = 1,
    step: Callable[[str], None] = lambda name: None,
) -> Matrix:
    """What many policies, each named as `subject.py` has it, make of each clause.

    So many processes compose them at once, where there are enough of them. `step` hears each name.
    Raises PolicygenError with the Problems of all, for a section that none of them has too.
    """
    order = CompareOrder(tuple(names), language)
    library = None
    size = 1
    if jobs > 1 and len(names) >= order.fewest * _AT_ONCE:
        library = _library(workspace)
        size = _AT_ONCE
    else:
        jobs = 1
    groups = [order.beside[at : at + size] for at in range(0, len(names), size)]
    with closing(work_through(order, groups, workspace, library, jobs, step)) as outcomes:
        compared = order.joined(outcomes)
    if compared.problems:
        raise PolicygenError(dict.fromkeys(compared.problems))
    found = matrix(compared.kept, section)
    require_known("section", section, [id for id, _ in found.sections])
    return found


def _library(workspace: Workspace) -> Library | None:
    """Return the library of a run; None where it cannot be read, which is told where it is used."""
    try:
        return workspace.library
    except PolicygenError:
        return None


def matrix_page(compared: Matrix) -> bytes:
    """Print a matrix as one file of HTML."""
    made = writer("html")
    assert isinstance(made, MatrixWriter)
    return made.write_matrix(matrix_view(compared))
