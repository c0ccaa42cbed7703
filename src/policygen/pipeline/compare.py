"""`policygen compare`: many policies side by side."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from policygen.diff.matrix import matrix
from policygen.model.comparison.matrix import Matrix
from policygen.pipeline.names.known import require_known
from policygen.pipeline.names.subject import Subject, find_subject
from policygen.pipeline.workspace import Workspace
from policygen.problems import PolicygenError, Problem
from policygen.report.matrix.view import matrix_view
from policygen.write.writer import MatrixWriter, writer


def compare_many(
    names: Sequence[str],
    workspace: Workspace,
    *,
    language: str = "",
    section: str = "",
    step: Callable[[str], None] = lambda name: None,
) -> Matrix:
    """What many policies, each named as `subject.py` has it, make of each clause.

    `step` is called with each name as its turn comes.
    Raises PolicygenError with the Problems of all, for a section that none of them has too.
    """
    problems: list[Problem] = []

    def subjects() -> Iterator[Subject]:
        # One at a time, so that four hundred policies are never in memory at once.
        for name in names:
            step(name)
            try:
                yield find_subject(name, workspace, language, names)
            except PolicygenError as error:
                problems.extend(error.problems)

    compared = matrix(((one.name, one.label, one.policy) for one in subjects()), section)
    if problems:
        raise PolicygenError(dict.fromkeys(problems))
    require_known("section", section, [id for id, _ in compared.sections])
    return compared


def matrix_page(compared: Matrix) -> bytes:
    """Print a matrix as one file of HTML."""
    made = writer("html")
    assert isinstance(made, MatrixWriter)
    return made.write_matrix(matrix_view(compared))
