"""What people decided of an existing policy, as `match.yaml` in a profile's folder remembers it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from hashlib import sha256

from policygen.model.matching.ranking import SoughtClause
from policygen.model.text import Line

DECISIONS_FILE = "match.yaml"
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\.[a-z0-9]+(?:-[a-z0-9]+)*")


class Coverage(Enum):
    """Whether an existing policy says what a clause says."""

    COVERED = "covered"
    IN_PART = "in part"
    NOT_FOUND = "not found"


class Keep(Enum):
    """Whose words the new policy has: the clause's, the existing policy's, or another document's.

    What stands elsewhere is left out, and the policy leads to that document.
    """

    OURS = "ours"
    THEIRS = "theirs"
    ELSEWHERE = "elsewhere"


@dataclass(frozen=True, slots=True)
class ClauseDecision:
    """What was decided of one clause. `passages` are the keys of those that say it.

    `take_value` says that a time or a role of theirs becomes a fact of the profile. `of` is the
    stamp of the clause as it was then: once its words change, it is asked again.
    """

    found: Coverage
    passages: tuple[Line, ...] = ()
    keep: Keep = Keep.OURS
    take_value: bool = False
    note: str = ""
    cleared_by: str = ""
    of: str = ""


@dataclass(frozen=True, slots=True)
class OwnRule:
    """A passage that stands at no clause, kept as a clause of the body's own."""

    id: Line
    label: str = ""


@dataclass(frozen=True, slots=True)
class DocumentDecisions:
    """What was decided of one document: of clauses by id, of passages by key.

    `read` are the keys of all passages that the document had then.
    """

    clauses: Mapping[Line, ClauseDecision] = field(default_factory=dict)
    own: Mapping[Line, OwnRule] = field(default_factory=dict)
    read: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class MatchDecisions:
    """What was decided of each document, by the name of its file."""

    documents: Mapping[Line, DocumentDecisions] = field(default_factory=dict)

    def of(self, name: str) -> DocumentDecisions:
        """Return what was decided of one document."""
        return self.documents.get(name, DocumentDecisions())

    def having(self, name: str, decided: DocumentDecisions) -> MatchDecisions:
        """Return the same with what was decided of one document."""
        return MatchDecisions({**self.documents, name: decided})


def is_clause_id(text: str) -> bool:
    """Tell whether a text can be the id of a clause, `section.name`."""
    return _ID.fullmatch(text) is not None


def clause_stamp(clause: SoughtClause) -> str:
    """Return a short fingerprint of what a clause says; its values may change without asking."""
    return sha256("\0".join((clause.title, clause.skeleton)).encode()).hexdigest()[:8]
