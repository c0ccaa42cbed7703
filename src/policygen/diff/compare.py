"""Compare two policies part by part: each section's head, each pair of clauses."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from policygen.diff.facts import FactComparer
from policygen.diff.order import moved_clauses, moved_sections, positions
from policygen.diff.why import CauseFinder, Origins
from policygen.model.difference import (
    Cause,
    ClausePair,
    ClausePart,
    Difference,
    DifferenceKind,
    Likeness,
    Side,
)
from policygen.model.language import subtag
from policygen.model.policy import Clause, Policy, Section, Source, Wording

HEAD_PARTS = ("title", "lead", "decides", "by")


class Comparer:
    """Holds what every comparison needs: both policies, where each clause stands, and what caused what."""

    def __init__(self, first: Policy, second: Policy, pairs: Sequence[ClausePair]) -> None:
        self.first = first
        self.second = second
        self.facts = FactComparer(first, second)
        self.why = CauseFinder(first, second, self.facts)
        self.before, self.after = positions(first), positions(second)
        self.moved = moved_clauses(pairs, self.before, self.after)
        self.sources = tuple(
            {source.id: source for source in policy.sources} for policy in (first, second)
        )

    def sections(self) -> Iterator[Difference]:
        """What differs in the sections themselves: their presence, their places, their heads."""
        before = {section.id: section for section in (self.first.front, *self.first.sections)}
        after = {section.id: section for section in (self.second.front, *self.second.sections)}
        elsewhere = moved_sections(self.first, self.second)
        for id, section in before.items():
            if id not in after:
                why = self.why.section(section, Side.FIRST)
                bare, spot = replace(section, clauses=()), self.before[f"{id}:"]
                yield Difference(DifferenceKind.REMOVED, id, "", "", bare, None, why, spot)
        for id, section in after.items():
            spot = self.after[f"{id}:"]
            if id not in before:
                why = self.why.section(section, Side.SECOND)
                yield Difference(
                    DifferenceKind.ADDED, id, "", "", None, replace(section, clauses=()), why, spot
                )
                continue
            if id in elsewhere:
                yield Difference(DifferenceKind.MOVED, id, "", "place", self.before[f"{id}:"], spot)
            yield from self._head(before[id], section)

    def _head(self, first: Section, second: Section) -> Iterator[Difference]:
        for part in HEAD_PARTS:
            a, b = getattr(first, part), getattr(second, part)
            chains = [[o for o in section.origins if o.edit == part] for section in (first, second)]
            kind, why = self._worded(a, b)
            if kind:
                kind = (
                    DifferenceKind.RETITLED
                    if part == "title" and kind is DifferenceKind.REWORDED
                    else kind
                )
                why = why or self.why.head(a, b, *chains)
                yield Difference(kind, second.id, "", part, a, b, why)

    def clauses(self, pair: ClausePair) -> Iterator[Difference]:
        """What differs in one clause."""
        first, second = pair.first, pair.second
        if first is None or second is None:
            spot = (self.after if second else self.before)[pair.clause.id]
            kind = DifferenceKind.ADDED if second else DifferenceKind.REMOVED
            yield Difference(
                kind, spot.section, pair.clause.id, "", first, second, self.why.present(pair), spot
            )
            return
        place = self.after[second.id]
        if pair.likeness < 1 or first.id != second.id:
            like = Likeness(first.id, pair.likeness)
            why: tuple[Cause, ...] = (like, *self.why.edits(first.origins, second.origins))
            yield Difference(
                DifferenceKind.MOVED, place.section, second.id, "id", first.id, second.id, why
            )
        if second.id in self.moved:
            why = tuple(self.why.edits(first.origins, second.origins))
            yield Difference(
                DifferenceKind.MOVED,
                place.section,
                second.id,
                "place",
                self.before[first.id],
                place,
                why,
            )
        yield from self._words(first, second, place.section)
        why = self.why.slip(first.origins, second.origins)
        for kind, part, a, b in self._slip(first, second):
            if a != b:
                yield Difference(kind, place.section, second.id, part, a, b, why)

    def _words(self, first: Clause, second: Clause, section: str) -> Iterator[Difference]:
        """Title and tellings."""
        tiers = dict.fromkeys(
            telling.tier for clause in (second, first) for telling in clause.tellings
        )
        order = [
            tier
            for tier in {**self.second.outline.tiers, **self.first.outline.tiers}
            if tier in tiers
        ]
        parts = [
            ("title", first.title, second.title),
            *((t, first.told(t), second.told(t)) for t in order),
        ]
        for part, a, b in parts:
            kind, why = self._worded(a, b)
            if kind:
                kind = (
                    DifferenceKind.RETITLED
                    if part == "title" and kind is DifferenceKind.REWORDED
                    else kind
                )
                tier = part if part != "title" else ""
                why = why or self._reworded(a, b, first.origins, second.origins, tier)
                yield Difference(kind, section, second.id, part, a, b, why)

    def _worded(
        self, first: Wording | None, second: Wording | None
    ) -> tuple[DifferenceKind | None, tuple[Cause, ...]]:
        """How two wordings differ, and in which facts if in nothing else; None when a reader sees no difference."""
        if first is second or first is None or second is None:
            return (None if first is second else DifferenceKind.REWORDED), ()
        if first.skeleton != second.skeleton or subtag(first.language) != subtag(second.language):
            return DifferenceKind.REWORDED, ()
        if first.values == second.values:
            return None, ()
        facts = self.facts.alone(first, second)
        if facts is None:
            return DifferenceKind.REWORDED, ()
        return (
            DifferenceKind.NAMES_ONLY
            if all(cause.names for cause in facts)
            else DifferenceKind.SET_DIFFERENTLY
        ), facts

    def _reworded(
        self,
        first: Wording | None,
        second: Wording | None,
        before: Origins,
        after: Origins,
        tier: str,
    ) -> tuple[Cause, ...]:
        if first and second:
            return self.why.reworded(first, second, before, after, tier)
        one, side = (first, Side.FIRST) if first else (second, Side.SECOND)
        return self.why.told(one, side, before, after, tier) if one else ()

    def _slip(
        self, first: Clause, second: Clause
    ) -> Iterator[tuple[DifferenceKind, str, ClausePart, ClausePart]]:
        yield DifferenceKind.RESOURCED, "citations", first.citations, second.citations
        if first.citations == second.citations:
            before, after = (self._cited(second, side) for side in self.sources)
            yield DifferenceKind.RESOURCED, "sources", before, after
        yield DifferenceKind.AUDIENCE, "audience", first.audience, second.audience
        yield DifferenceKind.BINDING, "binding", first.binding, second.binding
        yield DifferenceKind.JUDGED, "rule", first.rule, second.rule
        yield DifferenceKind.JUDGED, "ways", (first.yes, first.no), (second.yes, second.no)

    @staticmethod
    def _cited(clause: Clause, sources: dict[str, Source]) -> tuple[str, ...]:
        """What a reader sees of the sources that a clause cites."""
        cited = [
            sources[citation.source] for citation in clause.citations if citation.source in sources
        ]
        return tuple(
            f"{s.title}, {s.publisher}, {s.year or ''} {s.url} ({s.status})" for s in cited
        )
