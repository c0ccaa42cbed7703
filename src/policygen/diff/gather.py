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

    `words` is the place of its wording among a Collector's `words`; None where it was taken out.
    """

    words: int | None
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
    commitment_names: dict[str, str] = field(default_factory=dict)  # for people, by fact
    _places: dict[object, int] = field(default_factory=dict)  # of a wording in `words`, by its key
    _unique: dict[Any, Any] = field(default_factory=dict)  # each value by itself
    # The keys of wordings that print no value, by identity, with the wording itself.
    _without_values: dict[int, tuple[Wording, WordsKey]] = field(default_factory=dict)

    def add(self, policy: Policy) -> None:
        """Keep what a matrix needs of one policy, so that the policy itself can be let go."""
        self.commitment_names = names_of_commitments(policy) | self.commitment_names
        layer_titles = {layer.name: layer.title for layer in policy.stack}
        layer_titles[OWN] = policy.profile.name
        summaries = self._present(policy, layer_titles)
        summaries.update(self._absent(policy, layer_titles))
        self.policies.append(summaries)

    def _present(self, policy: Policy, layer_titles: Mapping[str, str]) -> dict[str, ClauseSummary]:
        """Add the clauses that a policy tells; return what is kept of each, by id."""
        summaries: dict[str, ClauseSummary] = {}
        sections = (policy.front, *policy.sections)
        _insert_new(self.section_order, [section.id for section in sections])
        for section in sections:
            clauses = tuple(clause for clause in section.clauses if not clause.omission)
            self._add_section(replace(section, clauses=clauses))
            for clause in clauses:
                summaries[clause.id] = self._summary(clause, policy.outline, layer_titles)
        return summaries

    def _absent(self, policy: Policy, layer_titles: Mapping[str, str]) -> dict[str, ClauseSummary]:
        """Add the clauses that a layer removed or the body left out; return the same of each."""
        summaries: dict[str, ClauseSummary] = {}
        for removed in policy.removed:
            if removed.origins:
                edit = _cell_edit(removed.origins[-1], layer_titles)
                summaries[removed.id] = self._once(ClauseSummary(None, CellKind.REMOVED, edit))
                self.removed_titles.setdefault(removed.id, removed.title)
        for left_out in policy.left_out:
            edit = _left_out_edit(left_out.omission, policy.profile.name)
            summaries[left_out.id] = self._once(ClauseSummary(None, CellKind.LEFT_OUT, edit))
            self.removed_titles.setdefault(left_out.id, left_out.title)
        return summaries

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
        self, clause: Clause, outline: Outline, layer_titles: Mapping[str, str]
    ) -> ClauseSummary:
        """Return what is kept of one clause: its words, whose edit it is, its facts and names."""
        place, values = self._words(clause)
        kind = CellKind.SAME
        edit = None
        last = clause.origins[-1] if clause.origins else None
        if last and last.layer == OWN:
            kind = CellKind.EXTENDED if last.edit == "extend" else CellKind.OWN_WORDS
            edit = _cell_edit(last, layer_titles)
        settings: list[tuple[str, str]] = []
        names: list[tuple[str, str]] = []
        for fact, text in fact_texts(values).items() if values else ():
            pairs = names if is_name(fact, outline) else settings
            pairs.append(self._once((fact, text)))
        return self._once(ClauseSummary(place, kind, edit, tuple(settings), tuple(names)))

    def _words(self, clause: Clause) -> tuple[int, FactPairs]:
        """Return the place of a clause's wording among all, and the values that it prints."""
        title_key, values = self._read(clause.title)
        label_key, label_values = self._read(clause.label) if clause.label else (None, ())
        values += label_values
        telling_keys: list[tuple[str, WordsKey]] = []
        for telling in clause.tellings:
            key, telling_values = self._read(telling.wording)
            telling_keys.append((telling.tier, key))
            values += telling_values
        next_place = len(self.words)
        clause_key = (clause.id, title_key, label_key, *sorted(telling_keys))
        place = self._places.setdefault(clause_key, next_place)
        if place == next_place:  # nobody had these words before
            self.words.append(clause)
        return place, values

    def _read(self, wording: Wording) -> tuple[WordsKey, FactPairs]:
        """Return what makes two wordings the same words, and the values that they print."""
        known = self._without_values.get(id(wording))
        if known and known[0] is wording:
            return known[1], ()
        key = (subtag(wording.language), wording.skeleton)
        values = wording.values
        if values:
            loops = (piece for piece in wording.pieces if isinstance(piece, Loop))
            self.list_facts.update(loop.over for loop in loops)
        else:  # most policies share it, and not only its words
            if len(self._without_values) >= _MANY:
                self._without_values.clear()
            self._without_values[id(wording)] = wording, key
        return key, values

    def _once(self, one: _T) -> _T:
        """Return the first value that equals this one, so that many bodies share one of it."""
        kept: _T = self._unique.setdefault(one, one)
        return kept


def _cell_edit(origin: Origin, layer_titles: Mapping[str, str]) -> CellEdit:
    return CellEdit(
        layer=origin.layer,
        title=layer_titles.get(origin.layer, origin.layer),
        edit=origin.edit,
        place=f"{origin.path}:{origin.line}",
        because=origin.because,
        cleared_by=origin.cleared_by,
    )


def _left_out_edit(omission: Omission, organisation: str) -> CellEdit:
    edit = "leave-out-by-extent" if omission.extent else "leave-out"
    return CellEdit(
        layer="extent",
        title=organisation,
        edit=edit,
        place="",
        because=omission.because,
        cleared_by=omission.cleared_by,
    )


def _insert_new(order: list[str], names: Sequence[str]) -> None:
    """Put each name that an order lacks behind the one that it follows among `names`."""
    at = 0
    for one in names:
        if one in order:
            at = order.index(one) + 1
        else:
            order.insert(at, one)
            at += 1
