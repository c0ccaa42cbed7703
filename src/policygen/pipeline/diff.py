"""`policygen diff`: how one policy differs from another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from policygen.diff import differences
from policygen.diff.select import narrow_differences
from policygen.model.comparison.difference import ComparisonScope, Differences
from policygen.pipeline.names.known import require_known
from policygen.pipeline.names.subject import Subject, find_subjects
from policygen.pipeline.workspace import Workspace

if TYPE_CHECKING:
    from policygen.markdown.prose import ProseCache
    from policygen.model.document import Document


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
    return compare_subjects(one, other, workspace, scope)


def compare_subjects(
    one: Subject, other: Subject, workspace: Workspace, scope: ComparisonScope = _EVERYTHING
) -> Comparison:
    """How the second of two policies that are here differs from the first.

    Raises PolicygenError for a tier, an edition or a section that does not exist.
    """
    policies = one.policy, other.policy
    tiers = {tier for policy in policies for tier in policy.outline.tiers}
    sections = {part.id for policy in policies for part in (policy.front, *policy.sections)}
    editions = {key for policy in policies for key in policy.outline.editions}
    require_known("tier", scope.tier, tiers)
    require_known("edition", scope.edition, editions)
    require_known("section", scope.section, sections)
    every = differences(*policies, workspace.caches.words)
    return Comparison(one, other, narrow_differences(every, scope))


def changes_document(
    comparison: Comparison, format: str, prose: ProseCache, *, words: bool = False
) -> Document:
    """Lay a comparison out: in Word as tracked changes, else as the change report.

    With `words`, the report counts the words that differ in place of showing them.
    """
    found = comparison.differences
    if format == "docx":
        from policygen.report.changes.redline import redline

        return redline(found, prose=prose)
    from policygen.report.changes.document import change_report

    return change_report(found, comparison.labels, summary=words, prose=prose)
