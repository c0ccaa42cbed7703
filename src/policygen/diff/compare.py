"""Compare two policies part by part: each section's head, each pair of clauses."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from policygen.diff.facts import FactComparer
from policygen.diff.match import Omissions, WordsCache
from policygen.diff.order import HEADINGS, moved_clauses, moved_sections, own_headings, positions
from policygen.diff.why import CauseFinder, Origins
from policygen.model.comparison.difference import (
    Cause,
    ClausePair,
    ClausePart,
    Difference,
    DifferenceKind,
    Likeness,
    Side,
)
from policygen.model.extent import Omission
from policygen.model.language import subtag
from policygen.model.policy import SECTION_PARTS, Clause, Origin, Policy, Section, Source
from policygen.model.wording import Wording

_TITLES = ("title", "label")  # of a clause: what stands above its tellings


class Comparer:
    """Holds what every comparison needs.

    Both policies, where each clause stands, and what caused what.
    """

    def __init__(
        self, first: Policy, second: Policy, pairs: Sequence[ClausePair], words: WordsCache
    ) -> None:
        self._first = first
        self._second = second
        self._facts = FactComparer(first, second)
        self._causes = CauseFinder(first, second, self._facts, words)
        self._before, self._after = positions(first), positions(second)
        self._omissions = Omissions(first, second)
        self._moved = moved_clauses(pairs, self._before, self._after)
        self._sources = tuple(
            {source.id: source for source in policy.sources} for policy in (first, second)
        )

    # --- Sections ---------------------------------------------------------------------------------

    def sections(self) -> Iterator[Difference]:
        """Yield what differs in the sections themselves: presence, place and head."""
        before = {section.id: section for section in (self._first.front, *self._first.sections)}
        after = {section.id: section for section in (self._second.front, *self._second.sections)}
        yield from self._own_headings()
        moved = moved_sections(self._first, self._second)
        for id, section in before.items():
            if id not in after:
                yield self._section_in_one(section, Side.FIRST)
        for id, section in after.items():
            if id not in before:
                yield self._section_in_one(section, Side.SECOND)
                continue
            if id in moved:
                places = self._before[f"{id}:"], self._after[f"{id}:"]
                yield Difference(DifferenceKind.MOVED, id, "", "place", *places)
            if bool(before[id].omission) != bool(section.omission):
                side = Side.SECOND if before[id].omission else Side.FIRST
                yield self._section_in_one(before[id] if side is Side.FIRST else section, side)
            elif not section.omission:
                yield from self._head(before[id], section)

    def _own_headings(self) -> Iterator[Difference]:
        """Yield whether the bodies' own headings differ: in words, order, or what they hold."""
        before, after = map(own_headings, (self._first, self._second))
        if before != after:
            kind, front = DifferenceKind.REWORDED, self._second.front.id
            yield Difference(kind, front, "", HEADINGS, before, after)

    def omissions(self) -> Iterator[Difference]:
        """Yield what both leave out, each for another reason."""
        kind = DifferenceKind.LEFT_OUT_OTHERWISE
        for both in self._omissions.told_otherwise():
            reasons = _reason(both.first), _reason(both.second)
            causes = (
                self._causes.omission(Side.FIRST, both.first),
                self._causes.omission(Side.SECOND, both.second),
            )
            yield Difference(kind, both.section, both.clause, "omission", *reasons, causes)

    def _section_in_one(self, section: Section, side: Side) -> Difference:
        omission = self._omissions.of_section(section.id, side.mirrored)
        if omission:
            causes: tuple[Cause, ...] = (self._causes.omission(side.mirrored, omission),)
        else:
            causes = self._causes.section(section, side)
        bare = replace(section, clauses=())
        if side is Side.FIRST:
            position = self._before[f"{section.id}:"]
            kind = DifferenceKind.LEFT_OUT if omission else DifferenceKind.REMOVED
            first, second = bare, None
        else:
            position = self._after[f"{section.id}:"]
            kind = DifferenceKind.BROUGHT_IN if omission else DifferenceKind.ADDED
            first, second = None, bare
        return Difference(kind, section.id, "", "", first, second, causes, position)

    def _head(self, first: Section, second: Section) -> Iterator[Difference]:
        for part in SECTION_PARTS:
            before, after = getattr(first, part), getattr(second, part)
            kind, facts = self._compare_wordings(before, after, part)
            if kind:
                origins = (_origins_of(first, part), _origins_of(second, part))
                causes = facts or self._causes.head(before, after, *origins)
                yield Difference(kind, second.id, "", part, before, after, causes)

    # --- Clauses ----------------------------------------------------------------------------------

    def clauses(self, pair: ClausePair) -> Iterator[Difference]:
        """Yield what differs in one clause."""
        leaving = self._omissions.sides_of(pair.clause.id)
        if len(leaving) == 2:
            return
        if leaving:
            yield self._left_out(pair, leaving[0])
            return
        if pair.first is None or pair.second is None:
            yield self._clause_in_one(pair)
            return
        yield from self._moves(pair.first, pair.second, pair.likeness)
        yield from self._words(pair.first, pair.second)
        yield from self._slip(pair.first, pair.second)

    def _left_out(self, pair: ClausePair, side: Side) -> Difference:
        """Return that one side leaves out a clause that the other has."""
        id = pair.clause.id
        grades = self._omissions.grade_of(id, side), pair.clause.grade
        cause = self._causes.omission(side, self._omissions.of_clause(id, side), grades)
        if side is Side.SECOND:
            kind = DifferenceKind.LEFT_OUT
            first = pair.first
            second = None
            position = self._before[id]
        else:
            kind = DifferenceKind.BROUGHT_IN
            first = None
            second = pair.second
            position = self._after[id]
        return Difference(kind, position.section, id, "", first, second, (cause,), position)

    def _clause_in_one(self, pair: ClausePair) -> Difference:
        id = pair.clause.id
        position = self._after[id] if pair.second else self._before[id]
        kind = DifferenceKind.ADDED if pair.second else DifferenceKind.REMOVED
        causes = self._causes.in_one_policy(pair)
        return Difference(kind, position.section, id, "", pair.first, pair.second, causes, position)

    def _moves(self, first: Clause, second: Clause, likeness: float) -> Iterator[Difference]:
        """Yield another id, and another place."""
        position = self._after[second.id]
        edits = tuple(self._causes.edits(first.origins, second.origins))
        kind = DifferenceKind.MOVED
        section = position.section
        if likeness < 1 or first.id != second.id:
            causes: tuple[Cause, ...] = (Likeness(first.id, likeness), *edits)
            yield Difference(kind, section, second.id, "id", first.id, second.id, causes)
        if second.id in self._moved:
            before = self._before[first.id]
            yield Difference(kind, section, second.id, "place", before, position, edits)

    def _words(self, first: Clause, second: Clause) -> Iterator[Difference]:
        """Yield the title, the label and the tellings that differ."""
        section = self._after[second.id].section
        for part in (*_TITLES, *self._tiers(first, second)):
            tier = part if part not in _TITLES else ""
            before, after = _wording_of(first, part), _wording_of(second, part)
            kind, facts = self._compare_wordings(before, after, part)
            if kind:
                causes = facts or self._reworded(before, after, first.origins, second.origins, tier)
                yield Difference(kind, section, second.id, part, before, after, causes)

    def _tiers(self, first: Clause, second: Clause) -> list[str]:
        """Return the tiers at which either clause is told, in the outline's order."""
        tiers = {telling.tier for clause in (first, second) for telling in clause.tellings}
        order = {**self._second.outline.tiers, **self._first.outline.tiers}
        return [tier for tier in order if tier in tiers]

    def _compare_wordings(
        self, first: Wording | None, second: Wording | None, part: str
    ) -> tuple[DifferenceKind | None, tuple[Cause, ...]]:
        """Return how two wordings differ, and the facts if it is in nothing else.

        It is None where a reader sees no difference.
        """
        reworded = DifferenceKind.RETITLED if part in _TITLES else DifferenceKind.REWORDED
        if first is second:
            return None, ()
        if first is None or second is None or _other_words(first, second):
            return reworded, ()
        if first.values == second.values:
            return None, ()
        facts = self._facts.only_facts(first, second)
        if facts is None:
            return reworded, ()
        names_only = all(cause.names for cause in facts)
        kind = DifferenceKind.NAMES_ONLY if names_only else DifferenceKind.SET_DIFFERENTLY
        return kind, facts

    def _reworded(
        self,
        first: Wording | None,
        second: Wording | None,
        before: Origins,
        after: Origins,
        tier: str,
    ) -> tuple[Cause, ...]:
        if first and second:
            return self._causes.reworded(first, second, before, after, tier)
        if first:
            return self._causes.in_one_tier(first, Side.FIRST, before, after, tier)
        if second:
            return self._causes.in_one_tier(second, Side.SECOND, before, after, tier)
        return ()

    # --- Slips ------------------------------------------------------------------------------------

    def _slip(self, first: Clause, second: Clause) -> Iterator[Difference]:
        """Yield what differs beside the words."""
        section = self._after[second.id].section
        causes = self._causes.slip(first.origins, second.origins)
        for kind, part, before, after in self._slip_parts(first, second):
            if before != after:
                yield Difference(kind, section, second.id, part, before, after, causes)

    def _slip_parts(
        self, first: Clause, second: Clause
    ) -> Iterator[tuple[DifferenceKind, str, ClausePart, ClausePart]]:
        yield DifferenceKind.RESOURCED, "citations", first.citations, second.citations
        if first.citations == second.citations:
            before, after = (_sources_in_print(second, side) for side in self._sources)
            yield DifferenceKind.RESOURCED, "sources", before, after
        yield DifferenceKind.AUDIENCE, "audience", first.audience, second.audience
        yield DifferenceKind.BINDING, "binding", first.binding, second.binding
        yield DifferenceKind.JUDGED, "under", first.under, second.under
        ways = [(first.yes, second.yes), (first.no, second.no)]
        if not all(
            before == after or self._omissions.leads_round(before, after) for before, after in ways
        ):
            yield DifferenceKind.JUDGED, "ways", (first.yes, first.no), (second.yes, second.no)


def _wording_of(clause: Clause, part: str) -> Wording | None:
    """Return the title or the label of a clause, or its telling in a tier."""
    return getattr(clause, part) if part in _TITLES else clause.told(part)


def _reason(omission: Omission) -> str:
    """Return why something is left out, what covers it and who cleared that, in one line."""
    see = f"see {omission.see.title}" if omission.see else ""
    cleared = f"cleared by {omission.cleared_by}" if omission.cleared_by else ""
    reason = omission.because or "by extent"
    return "; ".join(filter(None, (reason, see, cleared)))


def _origins_of(section: Section, part: str) -> list[Origin]:
    return [origin for origin in section.origins if origin.edit == part]


def _other_words(first: Wording, second: Wording) -> bool:
    """Tell whether two wordings differ in more than the values of their facts."""
    languages_differ = subtag(first.language) != subtag(second.language)
    return languages_differ or first.skeleton != second.skeleton


def _sources_in_print(clause: Clause, sources: dict[str, Source]) -> tuple[str, ...]:
    """Return what a reader sees of the sources that a clause cites."""
    cited = [sources[one.source] for one in clause.citations if one.source in sources]
    return tuple(f"{s.title}, {s.publisher}, {s.year or ''} {s.url} ({s.status})" for s in cited)
