"""What people decided, in a worksheet or on a terminal, into what `match.yaml` remembers."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from policygen.load.existing.worksheet import SheetRow, read_worksheet
from policygen.load.files import display_path
from policygen.model.existing.policy import ExistingPolicy
from policygen.model.given_file import GivenFile
from policygen.model.matching.columns import CHOICES, OWN_RULE, SheetColumn
from policygen.model.matching.decision import (
    DECISIONS_FILE,
    ClauseDecision,
    Coverage,
    DocumentDecisions,
    Keep,
    OwnRule,
    clause_stamp,
    is_clause_id,
)
from policygen.pipeline.match.match import Matching
from policygen.problems import Location, Message, PolicygenError, Problem, nearest
from policygen.store.decisions import decisions_to_yaml
from policygen.store.files import File, write_files
from policygen.store.ready import refuse_example

_Decided = TypeVar("_Decided", ClauseDecision, OwnRule)


def decisions_of_worksheet(source: Path | GivenFile, matching: Matching) -> DocumentDecisions:
    """Read what a filled-in worksheet decides. Raises PolicygenError with every fault at once."""
    shown = display_path(source) if isinstance(source, Path) else source.shown
    return decisions_of_rows(read_worksheet(source), matching, shown)


def decisions_of_rows(
    rows: Sequence[SheetRow], matching: Matching, shown: str = ""
) -> DocumentDecisions:
    """Return what the rows of a worksheet decide; `shown` is what Problems call it.

    Raises PolicygenError with every fault at once, each at the number of its row.
    """
    return _SheetReading(matching, shown).decisions(rows)


def with_decided(
    matching: Matching,
    clauses: Mapping[str, ClauseDecision],
    own: Mapping[str, OwnRule] | None = None,
    undecided: Collection[str] = (),
) -> Matching:
    """Return the matching with more decided; each decision is stamped with its clause.

    `undecided` are ids of clauses, and keys of passages, of which nothing is decided any more.
    """
    by_id = {clause.id: clause for clause in matching.clauses}
    stamped = {
        id: replace(decision, of=clause_stamp(by_id[id])) for id, decision in clauses.items()
    }
    before = matching.decided
    decided = DocumentDecisions(
        _without({**before.clauses, **stamped}, undecided),
        _without({**before.own, **(own or {})}, undecided),
        tuple(one.key for one in matching.existing.passages),
    )
    decisions = matching.decisions.having(matching.existing.name, decided)
    return replace(matching, decisions=decisions)


def _without(every: Mapping[str, _Decided], names: Collection[str]) -> dict[str, _Decided]:
    return {name: one for name, one in every.items() if name not in names}


def save_decisions(profile: Path, matching: Matching) -> Path:
    """Write match.yaml beside the profile. Raises PolicygenError, for a shipped example too."""
    refuse_example(profile)
    text = decisions_to_yaml(matching.decisions)
    (path,) = write_files([File(DECISIONS_FILE, text.encode())], profile.parent)
    return path


class _SheetReading:
    """One reading of one worksheet."""

    def __init__(self, matching: Matching, shown: str) -> None:
        self._shown = shown
        self._existing: ExistingPolicy = matching.existing
        self._known = {clause.id for clause in matching.clauses}
        # A rule kept as their own has become a clause by the time a second worksheet is printed.
        self._taken = self._known - {rule.id for rule in matching.decided.own.values()}
        self._sections = {clause.section for clause in matching.clauses}
        self._problems: list[Problem] = []

    def decisions(self, rows: Sequence[SheetRow]) -> DocumentDecisions:
        """Return what all rows decide."""
        self._check_document(rows)
        clauses: dict[str, ClauseDecision] = {}
        own: dict[str, OwnRule] = {}
        for row in rows:
            found = self._choice(row, SheetColumn.FOUND)
            if found == OWN_RULE:
                own.update(self._own(row))
            elif found:
                clauses.update(self._clause(row, Coverage(found)))
        if self._problems:
            raise PolicygenError(self._problems)
        return DocumentDecisions(clauses, own)

    def _check_document(self, rows: Iterable[SheetRow]) -> None:
        """Refuse a worksheet of another document: its numbers would mean other passages."""
        made_for = {row[SheetColumn.DOCUMENT] for row in rows} - {""}
        if made_for and made_for != {self._existing.digest}:
            what = f"This worksheet was made for another document than {self._existing.file}."
            mend = "Name the document that it was made for, or print the worksheet again."
            raise PolicygenError([Problem(what, mend, Location(self._shown), code="PG695")])

    def _clause(self, row: SheetRow, found: Coverage) -> Iterator[tuple[str, ClauseDecision]]:
        id = row[SheetColumn.ID]
        if id not in self._known:
            self._fault(row, f'There is no clause "{id}".', nearest(id, self._known))
            return
        keys = tuple(self._keys(row))
        if found is not Coverage.NOT_FOUND and not row[SheetColumn.PASSAGES].strip():
            what = f"{id} is {found.value}, and no passage says so."
            self._fault(row, what, "Write the numbers of its passages, such as 12, 13.")
        keep = Keep(self._choice(row, SheetColumn.KEEP) or Keep.OURS.value)
        yield (
            id,
            ClauseDecision(
                found,
                () if found is Coverage.NOT_FOUND else keys,
                keep,
                self._choice(row, SheetColumn.TAKE_VALUE) == "yes",
                " ".join(row[SheetColumn.NOTE].split()),
                " ".join(row[SheetColumn.CLEARED_BY].split()),
            ),
        )

    def _own(self, row: SheetRow) -> Iterator[tuple[str, OwnRule]]:
        id = row[SheetColumn.ID]
        if not is_clause_id(id) or id in self._taken:
            what = Message(
                f'"{id}" cannot be the id of a clause of your own.',
                on_page="This rule has no name, or one that a clause of the policy has.",
            )
            mend = Message(
                f"Write a section and a new name, such as {min(self._sections)}.our-rule.",
                on_page="Write what it is called, in a word or two.",
            )
            self._fault(row, what, mend)
            return
        for key in self._keys(row):
            yield key, OwnRule(id, " ".join(row[SheetColumn.CLAUSE].split()))

    def _keys(self, row: SheetRow) -> Iterator[str]:
        for number in re.split(r"[\s,;]+", row[SheetColumn.PASSAGES].strip()):
            passage = self._existing.passage(int(number)) if number.isdecimal() else None
            if passage is not None:
                yield passage.key
            elif number:
                self._fault(row, f'There is no passage "{number}".', self._numbered(number))

    def _numbered(self, mark: str) -> str:
        """Return how the passages are numbered, and the one that is marked so in the document."""
        passages = self._existing.passages
        marked = [one.number for one in passages if one.mark.rstrip(".)") == mark]
        also = f"; {mark} there is number {marked[0]} here" if len(marked) == 1 else ""
        return f"They are numbered from 1 to {len(passages)}{also}."

    def _choice(self, row: SheetRow, column: SheetColumn) -> str:
        said = row[column].lower()
        if said and said not in CHOICES[column]:
            what = f'"{row[column]}" cannot stand under {column.value}.'
            self._fault(row, what, f"Write one of these: {', '.join(CHOICES[column])}.")
            return ""
        return said

    def _fault(self, row: SheetRow, what: str, mend: str) -> None:
        location = Location(self._shown, row.number)
        self._problems.append(Problem(what, mend, location, code="PG695"))
