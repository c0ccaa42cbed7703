"""What is about to be written of what came back: shown first, then written together. Immutable."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from policygen.problems import Problem


@dataclass(frozen=True, slots=True)
class AcceptChoice:
    """Which edits are accepted: of the clauses and facts that `ids` name, or all of them.

    `because` and `cleared_by` go into the record of a binding clause, and of one that is removed.
    """

    ids: tuple[str, ...] = ()
    everything: bool = False
    because: str = ""
    cleared_by: str = ""

    def takes(self, *names: str) -> bool:
        """Tell whether an edit that goes by any of these names is accepted."""
        return self.everything or any(name in self.ids for name in names)


@dataclass(frozen=True, slots=True)
class FileChange:
    """One file of the organisation's folder, as it is ("" for a new one) and as it will be."""

    path: Path
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Acceptance:
    """What an acceptance comes to. `notes` are what to read again after it.

    `by_hand` are the edits that were chosen and that nobody but a person can make: each says where.
    """

    changes: tuple[FileChange, ...]
    notes: tuple[str, ...]
    by_hand: tuple[Problem, ...]
