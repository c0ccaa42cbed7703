"""What is kept of each of many policies.

Of every clause that is its wording without values, and its values. A wording that several policies
share is kept once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeAlias, TypeVar

from policygen.diff.facts import fact_texts, is_name, names_of_commitments
from policygen.model.comparison.matrix import CellEdit, CellKind
from policygen.model.extent import Omission
from policygen.model.language import subtag
from policygen.model.outline.outline import Outline
from policygen.model.policy import Clause, Origin, Policy, Section
from policygen.model.wording import Loop, Wording

OWN = "organisation"  # the layer that is a body's own
_MANY = 4096  # wordings of which we remember that they print no value

FactPairs: TypeAlias = tuple[tuple[str, str], ...]  # facts, and what is printed for each
WordsKey: TypeAlias = tuple[str, str]  # the language without its region, and the skeleton
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class ClauseSummary:
    """What is kept of one clause of one policy.

    `words` is the place of its wording; -1 where it was taken out.
    """

    words: int
    kind: CellKind = CellKind.SAME
    edit: CellEdit | None = None
    settings: FactPairs = ()
    names: FactPairs = ()


@dataclass(slots=True)
class Collector:
    """Takes policies one by one, and keeps what is the same in many of them once."""

    policies: list[dict[str, ClauseSummary]] = field(default_factory=list)  # by clause id
    words: list[Clause] = field(default_factory=list)  # the first clause to have each wording
    clauses: dict[str, Clause] = field(default_factory=dict)  # of the first policy that has each
    removed_titles: dict[str, str] = field(default_factory=dict)  # of clauses that were taken out
    section_titles: dict[str, str] = field(default_factory=dict)
    section_order: list[str] = field(default_factory=list)
    clause_order: dict[str, list[str]] = field(default_factory=dict)  # by section
    list_facts: set[str] = field(default_factory=set)  # the facts that wording goes through
    called: dict[str, str] = field(default_factory=dict)  # what people call a commitment, by fact
    _places: dict[object, int] = field(default_factory=dict)
    _unique: dict[Any, Any] = field(default_factory=dict)  # each value by itself
    # What the words of wordings without values are, by identity.
    _without_values: dict[int, tuple[Wording, WordsKey]] = field(default_factory=dict)

    def add(self, policy: Policy) -> None:
        """Keep what is needed of one policy."""
        self.called = names_of_commitments(policy) | self.called
        layers = {layer.name: layer.title for layer in policy.stack} | {OWN: policy.profile.name}
        summaries: dict[str, ClauseSummary] = {}
        sections = (policy.front, *policy.sections)
        _insert_new(self.section_order, [section.id for section in sections])
        for section in sections:
            told = tuple(clause for clause in section.clauses if not clause.omission)
            self._add_section(replace(section, clauses=told))
            for clause in told:
                summaries[clause.id] = self._summary(clause, policy.outline, layers)
        for removed in policy.removed:
            if removed.origins:
                edit = _cell_edit(removed.origins[-1], layers)
                summary = ClauseSummary(-1, CellKind.REMOVED, edit)
                summaries[removed.id] = self._once(summary)
                self.removed_titles.setdefault(removed.id, removed.title)
        for left_out in policy.left_out:
            edit = _left_out_edit(left_out.omission, policy.profile.name)
            summaries[left_out.id] = self._once(ClauseSummary(-1, CellKind.LEFT_OUT, edit))
            self.removed_titles.setdefault(left_out.id, left_out.title)
        self.policies.append(summaries)

    def rows(self) -> Iterator[tuple[str, str]]:
        """Yield every (section, clause) in order.

        A clause that every body that could have it took out stands last in its section.
        """
        removed: dict[str, list[str]] = {}
        for clause in self.removed_titles:
            if clause not in self.clauses:
                removed.setdefault(clause.partition(".")[0], []).append(clause)
        for section in dict.fromkeys((*self.section_order, *removed)):
            for clause in (*self.clause_order.get(section, ()), *removed.get(section, ())):
                yield section, clause

    def _add_section(self, section: Section) -> None:
        """Find a place for each clause that is new: after the one that it follows here."""
        self.section_titles.setdefault(section.id, section.title.text)
        order = self.clause_order.setdefault(section.id, [])
        here_or_new = [c.id for c in section.clauses if c.id in order or c.id not in self.clauses]
        _insert_new(order, here_or_new)
        for clause in section.clauses:
            self.clauses.setdefault(clause.id, clause)

    def _summary(
        self, clause: Clause, outline: Outline, layers: Mapping[str, str]
    ) -> ClauseSummary:
        place, values = self._words(clause)
        kind, edit = CellKind.SAME, None
        last = clause.origins[-1] if clause.origins else None
        if last and last.layer == OWN:
            kind = CellKind.EXTENDED if last.edit == "extend" else CellKind.OWN_WORDS
            edit = _cell_edit(last, layers)
        settings: list[tuple[str, str]] = []
        names: list[tuple[str, str]] = []
        for pair in fact_texts(values).items() if values else ():
            kept = names if is_name(pair[0], outline) else settings
            kept.append(self._once(pair))
        return self._once(ClauseSummary(place, kind, edit, tuple(settings), tuple(names)))

    def _words(self, clause: Clause) -> tuple[int, FactPairs]:
        """Return the place of a clause's wording among all, and the values that it prints."""
        title, values = self._read(clause.title)
        tellings: list[tuple[str, WordsKey]] = []
        for telling in clause.tellings:
            key, more = self._read(telling.wording)
            tellings.append((telling.tier, key))
            values += more
        place = self._places.setdefault((clause.id, title, *sorted(tellings)), len(self.words))
        if place == len(self.words):
            self.words.append(clause)
        return place, values

    def _read(self, wording: Wording) -> tuple[WordsKey, FactPairs]:
        """Return what makes two wordings the same words, and the values that they print."""
        known = self._without_values.get(id(wording))
        if known and known[0] is wording:
            return known[1], ()
        key, values = (subtag(wording.language), wording.skeleton), wording.values
        if values:
            loops = (piece for piece in wording.pieces if isinstance(piece, Loop))
            self.list_facts.update(loop.over for loop in loops)
        else:  # most policies share it, and not only its words
            if len(self._without_values) >= _MANY:
                self._without_values.clear()
            self._without_values[id(wording)] = wording, key
        return key, values

    def _once(self, one: _T) -> _T:
        kept: _T = self._unique.setdefault(one, one)
        return kept


def _cell_edit(origin: Origin, layers: Mapping[str, str]) -> CellEdit:
    title = layers.get(origin.layer, origin.layer)
    return CellEdit(
        origin.layer,
        title,
        origin.edit,
        f"{origin.path}:{origin.line}",
        origin.because,
        origin.cleared_by,
    )


def _left_out_edit(omission: Omission, organisation: str) -> CellEdit:
    edit = "leave-out-by-extent" if omission.extent else "leave-out"
    because, cleared_by = omission.because, omission.cleared_by
    return CellEdit("extent", organisation, edit, "", because, cleared_by)


def _insert_new(order: list[str], names: Sequence[str]) -> None:
    """Put each name that an order lacks behind the one that it follows among `names`."""
    at = 0
    for one in names:
        if one in order:
            at = order.index(one) + 1
        else:
            order.insert(at, one)
            at += 1
