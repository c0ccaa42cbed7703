"""`policygen diff` and `policygen compare`: two policies, or many."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from policygen.diff import differences
from policygen.diff.matrix import matrix
from policygen.diff.select import narrow_differences
from policygen.model.comparison.difference import ComparisonScope, Differences
from policygen.model.comparison.matrix import Matrix
from policygen.pipeline.names.subject import Subject, find_subject, find_subjects
from policygen.pipeline.workspace import Workspace
from policygen.problems import PolicygenError, Problem, nearest
from policygen.report.matrix.view import matrix_view
from policygen.write.writer import MatrixWriter, writer


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two policies under their names, and everything that tells them apart."""

    first: Subject
    second: Subject
    differences: Differences

    @property
    def labels(self) -> tuple[str, str]:
        """What people call the two in full."""
        return self.first.label, self.second.label


_EVERYTHING = ComparisonScope()


def compare(
    first: str,
    second: str,
    workspace: Workspace,
    *,
    language: str = "",
    scope: ComparisonScope = _EVERYTHING,
) -> Comparison:
    """How the second of two policies differs from the first.

    Each is named as `subject.py` has it; `scope` is what the comparison is narrowed to.
    Raises PolicygenError, for a tier, an edition or a section that does not exist too.
    """
    one, other = find_subjects((first, second), workspace, language)
    policies = one.policy, other.policy
    tiers = {tier for policy in policies for tier in policy.outline.tiers}
    sections = {part.id for policy in policies for part in (policy.front, *policy.sections)}
    editions = {key for policy in policies for key in policy.outline.editions}
    _require("tier", scope.tier, tiers)
    _require("edition", scope.edition, editions)
    _require("section", scope.section, sections)
    every = differences(*policies, workspace.words)
    return Comparison(one, other, narrow_differences(every, scope))


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
                yield find_subject(name, workspace, language)
            except PolicygenError as error:
                problems.extend(error.problems)

    compared = matrix(((one.name, one.label, one.policy) for one in subjects()), section)
    if problems:
        raise PolicygenError(dict.fromkeys(problems))
    _require("section", section, [id for id, _ in compared.sections])
    return compared


def matrix_page(compared: Matrix) -> bytes:
    """Print a matrix as one file of HTML."""
    made = writer("html")
    assert isinstance(made, MatrixWriter)
    return made.write_matrix(matrix_view(compared))


def _require(noun: str, name: str, known: Iterable[str]) -> None:
    """Raise PolicygenError for a name that was given and does not exist."""
    known = tuple(known)
    if name and name not in known:
        what = f'There is no {noun} "{name}".'
        raise PolicygenError([Problem(what, nearest(name, known), code="PG631")])
