"""What the stacks of several places come to, joined: sections, clauses, what is left out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from policygen.compose.places.clause import join_clauses, join_left_out, join_removed
from policygen.compose.places.order import merged_order
from policygen.compose.places.origins import join_origins
from policygen.compose.places.places import Places
from policygen.compose.places.wording import join_wordings
from policygen.model.outline.outline import Outline
from policygen.model.policy import Clause, LeftOut, Removed, Section, StackLayer
from policygen.model.wording import Wording

_One = TypeVar("_One", Clause, LeftOut, Removed)


@dataclass(frozen=True, slots=True)
class PlaceContents:
    """What the stack of one place comes to, or those of several.

    `sections` are the numbered ones, in order.
    """

    stack: tuple[StackLayer, ...]
    front: Section
    sections: tuple[Section, ...]
    left_out: tuple[LeftOut, ...]
    removed: tuple[Removed, ...]

    def ids(self) -> Iterator[str]:
        """Yield the ids of its clauses, those that are left out too."""
        for section in (self.front, *self.sections):
            yield from (clause.id for clause in section.clauses)
        yield from (one.id for one in self.left_out)


def join_places(
    by_place: Mapping[str, PlaceContents], order: Sequence[str], places: Places, outline: Outline
) -> PlaceContents:
    """Return what several places have as one; what one place alone has, as it is.

    `order` are all sections. Clauses are numbered anew, for all places together.
    """
    if len(by_place) == 1:
        one = next(iter(by_place.values()))
        return replace(one, sections=_numbered(one.sections))
    removed = {place: _by_id(one.removed) for place, one in by_place.items()}
    join = _SectionJoin(places, outline, removed)
    fronts = {place: one.front for place, one in by_place.items()}
    found: list[Section] = []
    for id in order:
        same = {p: s for p, one in by_place.items() for s in one.sections if s.id == id}
        if same:
            found.append(join.section(same))
    sections = (front := join.section(fronts), *found)
    printed = {clause.id for section in sections for clause in section.clauses}
    left_out = {place: _by_id(one.left_out) for place, one in by_place.items()}
    not_taken = tuple(_joined(left_out, printed, lambda same: join_left_out(same, places)))
    known = printed | {one.id for one in not_taken}
    return PlaceContents(
        stack=join_stacks({place: one.stack for place, one in by_place.items()}, places),
        front=front,
        sections=_numbered(found),
        left_out=not_taken,
        removed=tuple(_joined(removed, known, lambda same: join_removed(same, places))),
    )


def join_stacks(
    by_place: Mapping[str, Sequence[StackLayer]], places: Places
) -> tuple[StackLayer, ...]:
    """Return each layer once, lowest first, with the places in whose stack it is."""
    order = merged_order(tuple(by_place.values()))
    where = {
        layer: [place for place, stack in by_place.items() if layer in stack] for layer in order
    }
    return tuple(replace(layer, places=places.only(where[layer])) for layer in order)


@dataclass(frozen=True, slots=True)
class _SectionJoin:
    """Joins one section of several places; `removed` are the clauses that each took out, by id."""

    places: Places
    outline: Outline
    removed: Mapping[str, Mapping[str, Removed]]

    def section(self, by_place: Mapping[str, Section]) -> Section:
        """Return one section, whose clauses are not numbered yet."""
        origins = {place: section.origins for place, section in by_place.items()}
        whole = {place: section for place, section in by_place.items() if not section.omission}
        first = next(iter((whole or by_place).values()))
        joined = replace(first, origins=join_origins(origins, self.places))
        if not whole:
            return joined

        def told(part: str) -> Wording | None:
            each = {place: section.parts.get(part) for place, section in whole.items()}
            return join_wordings(each, self.places, "part")

        return replace(
            joined,
            clauses=tuple(self._clauses(by_place)),
            label=next((each.label for each in whole.values() if each.label), None),
            lead=told("lead"),
            stake=told("stake"),
            manager=told("manager"),
            decides=told("decides"),
            by=told("by"),
            measure=told("measure"),
        )

    def _clauses(self, by_place: Mapping[str, Section]) -> Iterator[Clause]:
        clauses = {place: _by_id(section.clauses) for place, section in by_place.items()}
        for id in merged_order([tuple(each) for each in clauses.values()]):
            everywhere = {place: each[id] for place, each in clauses.items() if id in each}
            printed = {place: clause for place, clause in everywhere.items() if not clause.omission}
            removed = {place: each[id] for place, each in self.removed.items() if id in each}
            if printed:
                yield join_clauses(printed, removed, self.places, self.outline)
            else:
                yield next(iter(everywhere.values()))


def _numbered(sections: Iterable[Section]) -> tuple[Section, ...]:
    """Give sections their numbers, and their clauses theirs."""
    return tuple(
        replace(
            section,
            number=str(number),
            clauses=tuple(
                replace(clause, number=f"{number}.{position}")
                for position, clause in enumerate(section.clauses, 1)
            ),
        )
        for number, section in enumerate(sections, 1)
    )


def _by_id(ones: Iterable[_One]) -> dict[str, _One]:
    return {one.id: one for one in ones}


def _joined(
    by_place: Mapping[str, Mapping[str, _One]],
    known: set[str],
    join: Callable[[Mapping[str, _One]], _One],
) -> Iterator[_One]:
    """Yield what is not known yet, each once, joined."""
    for id in merged_order([tuple(each) for each in by_place.values()]):
        if id not in known:
            yield join({place: each[id] for place, each in by_place.items() if id in each})
