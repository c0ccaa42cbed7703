"""HistoryEntry and HandbookIssue: a release as the change history tells it. Immutable."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from policygen.model.text import Day, Line, Words

# What happened to a clause since the version before, the weightiest first. `set` is a number, a
# deadline or another value; `other` is its sources, its readers or how far it binds.
RuleChangeKind: TypeAlias = Literal[
    "new", "removed", "left_out", "brought_in", "reworded", "set", "moved", "other"
]


@dataclass(frozen=True, slots=True)
class ChangedClause:
    """A clause as it was numbered and named, in the first language, when its release was made."""

    id: str
    number: str
    name: Line


@dataclass(frozen=True, slots=True)
class RuleChange:
    """What happened alike to some clauses; a value that was set is told before and after."""

    kind: RuleChangeKind
    clauses: tuple[ChangedClause, ...]
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One release as the change history tells it.

    In a Policy its texts are in the policy's language. `changes` are those of the rules `since`
    another version, worked out when it was released; without `since` there was none before it.
    """

    version: str
    status: Literal["consultation", "approved"]
    summary: Line
    issued: Day
    number: str = ""
    approver: Words | None = None
    approved_at: Words | None = None
    since: str = ""
    changes: tuple[RuleChange, ...] = ()


@dataclass(frozen=True, slots=True)
class HandbookIssue:
    """A release of the handbook alone, which leaves the policy of its version as it was approved.

    Issue 1 is the release of the version itself, and has none of these. `changed` are the clauses
    that are told otherwise than in the issue before.
    """

    version: str
    issue: int  # from 2
    issued: Day
    changed_by: Words
    summary: Line
    changed: tuple[ChangedClause, ...] = ()

    @property
    def name(self) -> str:
        """What its folder is called, such as 1.0-h2."""
        return f"{self.version}-h{self.issue}"
