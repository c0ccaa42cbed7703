"""The clauses of one section that a policy takes, in order, and those that it leaves out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from policygen.compose.extent.chart import close_chart
from policygen.compose.extent.choice import ExtentChoice
from policygen.compose.fill import Decision
from policygen.compose.fold import Draft
from policygen.model.extent import Omission


@dataclass(frozen=True, slots=True)
class GradedDraft:
    """A clause whose `when` holds, by which decision, and how many bodies need it."""

    draft: Draft
    decision: Decision
    grade: str


@dataclass(frozen=True, slots=True)
class SectionSelection:
    """What is made of one section's clauses.

    `printed` are in order those that are taken, and those of `lines`, which print as one line that
    leads to another document; `omitted` are all that are left out. `line` is why the whole section
    is one line.
    """

    printed: tuple[GradedDraft, ...] = ()
    omitted: tuple[tuple[GradedDraft, Omission], ...] = ()
    lines: dict[str, Omission] = field(default_factory=dict)
    line: Omission | None = None

    @property
    def is_printed(self) -> bool:
        """Whether anything of the section is printed."""
        return bool(self.printed or self.line)

    @property
    def taken(self) -> tuple[GradedDraft, ...]:
        """The clauses that are told in full."""
        return tuple(one for one in self.printed if one.draft.id not in self.lines)


def select_clauses(
    section: str, graded: Iterable[GradedDraft], choice: ExtentChoice
) -> SectionSelection:
    """Part the clauses of a section by the profile's extent and by what it says of single ids."""
    every = list(graded)
    omissions: dict[str, Omission] = {}
    for one in every:
        if omission := choice.omission(one.draft, one.grade):
            omissions[one.draft.id] = omission
    if not omissions:
        return SectionSelection(tuple(every))
    lines = {id: line for id in omissions if (line := choice.line_of(id))}
    chart = close_chart([one.draft for one in every], omissions)
    omissions |= chart.pointless
    closed = {draft.id: draft for draft in chart.drafts}
    printed: list[GradedDraft] = []
    for one in every:
        draft = closed.get(one.draft.id, one.draft)
        if one.draft.id in lines or one.draft.id not in omissions:
            printed.append(GradedDraft(draft, one.decision, one.grade))
    omitted = tuple((one, omissions[one.draft.id]) for one in every if one.draft.id in omissions)
    return SectionSelection(tuple(printed), omitted, lines, choice.line_of(section))
