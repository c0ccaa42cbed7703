"""What stands in another place: the fewest clauses and sections that must move to make one order the other."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from policygen.model.difference import ClausePair, Position
from policygen.model.policy import Policy, Section


def positions(policy: Policy) -> dict[str, Position]:
    """Where each clause stands, by its id; and each section, by its id and a colon."""
    found: dict[str, Position] = {}
    sections: Sequence[Section] = (policy.front, *policy.sections)
    for before, section in zip((None, *sections), sections, strict=False):
        found[f"{section.id}:"] = Position("", before.id if before else "")
        after = ""
        for clause in section.clauses:
            found[clause.id] = Position(section.id, after)
            after = clause.id
    return found


def moved_clauses(
    pairs: Sequence[ClausePair], before: dict[str, Position], after: dict[str, Position]
) -> frozenset[str]:
    """The ids (in the second policy) of the clauses that stand elsewhere: in another section, or in another order."""
    both = {pair.second.id: pair.first.id for pair in pairs if pair.first and pair.second}
    stay: dict[str, list[str]] = {}
    elsewhere: set[str] = set()
    for id, old in both.items():
        if before[old].section == after[id].section:
            stay.setdefault(after[id].section, []).append(id)
        else:
            elsewhere.add(id)
    place = {id: number for number, id in enumerate(before)}
    for ids in stay.values():
        # A pair goes by the same name on either side, so that the mirror image moves the same clauses.
        name = {id: min(id, both[id]) for id in ids}
        old_order = sorted(ids, key=lambda id: place[both[id]])
        kept = longest_common_subsequence([name[id] for id in old_order], [name[id] for id in ids])
        elsewhere |= {id for id in ids if name[id] not in kept}
    return frozenset(elsewhere)


def moved_sections(first: Policy, second: Policy) -> frozenset[str]:
    """The ids of the sections that stand elsewhere among those that both policies have."""
    before = [section.id for section in (first.front, *first.sections)]
    after = [section.id for section in (second.front, *second.sections)]
    both = set(before) & set(after)
    kept = longest_common_subsequence(
        [id for id in before if id in both], [id for id in after if id in both]
    )
    return frozenset(both - kept)


def longest_common_subsequence(first: Sequence[str], second: Sequence[str]) -> frozenset[str]:
    """The longest run of names that stand in the same order in both; the same whichever is read first."""
    one, other = sorted((tuple(first), tuple(second)))
    if one == other:
        return frozenset(one)
    place = {name: number for number, name in enumerate(other)}
    ends: list[int] = []  # the smallest end of an increasing run of each length
    names: list[str] = []  # which name stands there
    before: dict[str, str | None] = {}  # the name before each in its run
    for name in one:
        at = bisect_left(ends, place[name])
        before[name] = names[at - 1] if at else None
        ends[at : at + 1], names[at : at + 1] = [place[name]], [name]
    kept: set[str] = set()
    last = names[-1] if names else None
    while last is not None:
        kept.add(last)
        last = before[last]
    return frozenset(kept)
