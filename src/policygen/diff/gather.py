"""What is kept of each of many policies: of every clause its wording without the values, once, and the values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias, TypeVar

from policygen.diff.facts import fact_texts, is_name
from policygen.model.language import subtag
from policygen.model.matrix import CellEdit, CellKind
from policygen.model.policy import Clause, Origin, Outline, Policy, Section, Wording

OWN = "organisation"  # the layer that is a body's own
_MANY = 4096  # wordings of which we remember that they print no value

FactPairs: TypeAlias = tuple[tuple[str, str], ...]
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class ClauseSummary:
    """What is kept of one clause of one policy. `words` is the place of its wording; -1 where it was taken out."""

    words: int
    kind: CellKind = CellKind.SAME
    act: CellEdit | None = None
    settings: FactPairs = ()
    named: FactPairs = ()


@dataclass(slots=True)
class Collector:
    """Takes policies one by one. What is the same in many of them is kept once."""

    held: list[dict[str, ClauseSummary]] = field(
        default_factory=list
    )  # of each policy, by clause id
    words: list[Clause] = field(default_factory=list)  # the first clause to have each wording
    clauses: dict[str, Clause] = field(
        default_factory=dict
    )  # as the first policy has it that has it
    gone: dict[str, str] = field(
        default_factory=dict
    )  # those that were taken out, and their titles
    sections: dict[str, str] = field(default_factory=dict)  # their titles
    order: list[str] = field(default_factory=list)  # of the sections
    within: dict[str, list[str]] = field(
        default_factory=dict
    )  # the order of each section's clauses
    _places: dict[object, int] = field(default_factory=dict)
    _once: dict[Any, Any] = field(default_factory=dict)  # each value by itself
    _plain: dict[int, tuple[Wording, tuple[str, str]]] = field(
        default_factory=dict
    )  # without values, by identity

    def add(self, policy: Policy) -> None:
        """Keep what is needed of one policy."""
        layers = {layer.name: layer.title for layer in policy.stack} | {OWN: policy.profile.name}
        held: dict[str, ClauseSummary] = {}
        sections = (policy.front, *policy.sections)
        _weave(self.order, [section.id for section in sections])
        for section in sections:
            self._place(section)
            for clause in section.clauses:
                held[clause.id] = self._clause(clause, policy.outline, layers)
        for removed in policy.removed:
            if removed.origins:
                held[removed.id] = self._kept(
                    ClauseSummary(-1, CellKind.REMOVED, _act(removed.origins[-1], layers))
                )
                self.gone.setdefault(removed.id, removed.title)
        self.held.append(held)

    def rows(self) -> Iterator[tuple[str, str]]:
        """Every (section, clause) in order; what every body that could have it took out stands last in its section."""
        nowhere = [id for id in self.gone if id not in self.clauses]
        for section in dict.fromkeys((*self.order, *(id.partition(".")[0] for id in nowhere))):
            yield from ((section, id) for id in self.within.get(section, ()))
            yield from ((section, id) for id in nowhere if id.partition(".")[0] == section)

    def _place(self, section: Section) -> None:
        """Find a place for each clause that is new: after the one that it follows here."""
        self.sections.setdefault(section.id, section.title.text)
        order = self.within.setdefault(section.id, [])
        _weave(order, [c.id for c in section.clauses if c.id in order or c.id not in self.clauses])
        for clause in section.clauses:
            self.clauses.setdefault(clause.id, clause)

    def _clause(self, clause: Clause, outline: Outline, layers: Mapping[str, str]) -> ClauseSummary:
        title, printed = self._read(clause.title)
        told = []
        for telling in clause.tellings:
            bare, more = self._read(telling.wording)
            told.append((telling.tier, bare))
            printed += more
        place = self._places.setdefault((clause.id, title, *sorted(told)), len(self.words))
        if place == len(self.words):
            self.words.append(clause)
        last = clause.origins[-1] if clause.origins else None
        kind, act = CellKind.SAME, None
        if last and last.layer == OWN:
            kind = CellKind.EXTENDED if last.edit == "extend" else CellKind.OWN_WORDS
            act = _act(last, layers)
        settings: list[tuple[str, str]] = []
        named: list[tuple[str, str]] = []
        for value in fact_texts(printed).items() if printed else ():
            (named if is_name(value[0], outline) else settings).append(self._kept(value))
        return self._kept(ClauseSummary(place, kind, act, tuple(settings), tuple(named)))

    def _read(self, wording: Wording) -> tuple[tuple[str, str], FactPairs]:
        """What makes two wordings the same words, and the values that they print."""
        known = self._plain.get(id(wording))
        if known and known[0] is wording:
            return known[1], ()
        bare, printed = (subtag(wording.language), wording.skeleton), wording.values
        if not printed:  # most policies share it, and not only its words
            if len(self._plain) >= _MANY:
                self._plain.clear()
            self._plain[id(wording)] = wording, bare
        return bare, printed

    def _kept(self, one: _T) -> _T:
        kept: _T = self._once.setdefault(one, one)
        return kept


def _act(origin: Origin, layers: Mapping[str, str]) -> CellEdit:
    title = layers.get(origin.layer, origin.layer)
    return CellEdit(
        origin.layer, title, origin.edit, f"{origin.path}:{origin.line}", origin.because
    )


def _weave(order: list[str], walk: Sequence[str]) -> None:
    """Put what is new of a walk behind what it follows there."""
    at = 0
    for one in walk:
        if one in order:
            at = order.index(one) + 1
        else:
            order.insert(at, one)
            at += 1
