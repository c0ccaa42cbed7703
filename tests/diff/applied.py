"""Apply differences to the first policy, independently of how they were found: the result should be the second."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from policygen.model.comparison.difference import Difference, DifferenceKind, Differences, Position
from policygen.model.language import subtag
from policygen.model.policy import SECTION_PARTS, Clause, Policy, Section, Telling
from policygen.model.wording import Wording

HEAD = SECTION_PARTS
GONE = (DifferenceKind.REMOVED, DifferenceKind.LEFT_OUT)
NEW = (DifferenceKind.ADDED, DifferenceKind.BROUGHT_IN)


def applied(found: Differences) -> list[Section]:
    """The first policy's sections with every difference applied, in the order in which they stand."""
    sections = {section.id: section for section in _sections(found.first)}
    order = list(sections)
    clauses = {id: list(section.clauses) for id, section in sections.items()}
    for d in found.found:
        if d.clause and (d.kind in GONE or d.part == "place"):
            gone = d.clause if d.kind in GONE else _old(found, d.clause)
            for held in clauses.values():
                held[:] = [one for one in held if one.id != gone]
        elif (not d.clause and d.kind in GONE) or (not d.clause and d.part == "place"):
            order.remove(d.section)
    moved = {
        _old(found, d.clause): _clause(found, d.clause)
        for d in found.found
        if d.clause and d.part == "place"
    }
    for d in found.found:  # in the second policy's order
        if d.clause:
            continue
        if d.kind in NEW or d.part == "place":
            spot = d.spot if d.kind in NEW else d.second
            assert isinstance(spot, Position)
            order.insert(order.index(spot.after) + 1 if spot.after else 0, d.section)
            if isinstance(d.second, Section):
                sections[d.section] = d.second
                clauses[d.section] = []
        elif d.part in HEAD:
            sections[d.section] = replace(sections[d.section], **{d.part: d.second})
    renamed = {d.first: d.second for d in found.found if d.part == "id"}
    for held in clauses.values():
        held[:] = [replace(one, id=renamed.get(one.id, one.id)) for one in held]
    for d in found.found:
        if d.clause and (d.kind in NEW or d.part == "place"):
            spot = d.spot if d.kind in NEW else d.second
            assert isinstance(spot, Position)
            clause = d.second if isinstance(d.second, Clause) else moved[_old(found, d.clause)]
            held = clauses[spot.section]
            at = [one.id for one in held].index(spot.after) + 1 if spot.after else 0
            held.insert(at, replace(clause, id=d.clause))
    for held in clauses.values():
        held[:] = [_changed(one, [d for d in found.found if d.clause == one.id]) for one in held]
    return [replace(sections[id], clauses=tuple(clauses[id])) for id in order]


def _changed(clause: Clause, differing: Iterable[Difference]) -> Clause:
    for d in differing:
        match d.part:
            case "" | "place" | "id" | "sources":
                pass
            case "ways":
                assert isinstance(d.second, tuple)
                yes, no = d.second
                clause = replace(clause, yes=str(yes), no=str(no))
            case "title" | "label" | "citations" | "audience" | "binding" | "under":
                clause = replace(clause, **{d.part: d.second})
            case tier:
                kept = [t for t in clause.tellings if t.tier != tier]
                told = [Telling(tier, d.second)] if isinstance(d.second, Wording) else []
                clause = replace(clause, tellings=(*kept, *told))
    return clause


def seen(sections: Iterable[Section]) -> list[Any]:
    """All that a reader sees of sections, and nothing of how it came about."""
    return [
        (
            section.id,
            [_words(getattr(section, part)) for part in HEAD],
            [
                (
                    c.id,
                    _words(c.title),
                    {t.tier: _words(t.wording) for t in c.tellings},
                    c.citations,
                    c.audience,
                    c.binding,
                    c.under,
                    c.yes,
                    c.no,
                )
                for c in section.clauses
            ],
        )
        for section in sections
    ]


def seen_of(policy: Policy) -> list[Any]:
    return seen(_sections(policy))


def _sections(policy: Policy) -> Iterator[Section]:
    yield from (policy.front, *policy.sections)


def _words(wording: Wording | None) -> object:
    return wording and (subtag(wording.language), wording.skeleton, wording.values)


def _old(found: Differences, id: str) -> str:
    return next(p.first.id for p in found.pairs if p.first and p.clause.id == id)


def _clause(found: Differences, id: str) -> Clause:
    return next(p.first for p in found.pairs if p.first and p.clause.id == id)
