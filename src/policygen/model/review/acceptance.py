"""What is about to be written of what came back: shown first, then written together. Immutable."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from policygen.problems import Problem


@dataclass(frozen=True, slots=True)
class AcceptPick:
    """What one copy says of one clause or fact, accepted; for the record why, and who cleared it.

    `file` is the name of the copy, `name` the id of the clause or the path of the fact.
    """

    file: str
    name: str
    because: str = ""
    cleared_by: str = ""


@dataclass(frozen=True, slots=True)
class AcceptChoice:
    """Which edits are accepted: of the clauses and facts that `ids` name, all, or those picked.

    `because` and `cleared_by` go into the record of a binding clause, and of one that is removed.
    A pick has its own.
    """

    ids: tuple[str, ...] = ()
    everything: bool = False
    because: str = ""
    cleared_by: str = ""
    picks: tuple[AcceptPick, ...] = ()

    def takes(self, file: str, *names: str) -> bool:
        """Tell whether an edit of a copy that goes by any of these names is accepted."""
        is_named = self.everything or any(name in self.ids for name in names)
        return is_named or any(one.file == file and one.name in names for one in self.picks)

    def takes_value(self, file: str, path: str, places: Sequence[str]) -> bool:
        """Tell whether a value that a copy changed is accepted.

        A clause that was named takes its values along; one that was picked only its words, for
        each of its values is picked, or not, beside them.
        """
        is_named = self.everything or any(name in self.ids for name in (path, *places))
        return is_named or any((one.file, one.name) == (file, path) for one in self.picks)

    def record(self, file: str, name: str) -> tuple[str, str]:
        """Return why an edit of a copy is accepted, and who cleared it."""
        for one in self.picks:
            if (one.file, one.name) == (file, name):
                return one.because, one.cleared_by
        return self.because, self.cleared_by


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

    @property
    def digest(self) -> str:
        """What tells whether a later one is the same that somebody was shown."""
        files = [(one.path.name, one.before, one.after) for one in self.changes]
        told = repr((files, self.notes, [str(one) for one in self.by_hand]))
        return sha256(told.encode()).hexdigest()


NOTHING_WRITTEN = Acceptance((), (), ())
