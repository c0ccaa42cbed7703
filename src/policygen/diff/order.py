"""What stands in another place, or under other headings of the body's own.

Of places, the fewest clauses and sections that must move to make one order the other.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence

from policygen.model.comparison.difference import ClausePair, Position
from policygen.model.language import localise
from policygen.model.policy import Policy
from policygen.model.profile import OwnHeading
from policygen.model.wording import Wording

HEADINGS = "headings"  # the part of the front that they are told as
_REST = "all others"


def positions(policy: Policy) -> dict[str, Position]:
    """Return where each clause stands, by its id; and each section, by its id and a colon."""
    found: dict[str, Position] = {}
    previous = ""
    for section in (policy.front, *policy.sections):
        found[f"{section.id}:"] = Position("", previous)
        previous = section.id
        after = ""
        for clause in section.clauses:
            found[clause.id] = Position(section.id, after)
            after = clause.id
    return found


def moved_clauses(
    pairs: Sequence[ClausePair], before: dict[str, Position], after: dict[str, Position]
) -> frozenset[str]:
    """Return the second policy's ids of the clauses that stand in another section or order."""
    first_ids = {pair.second.id: pair.first.id for pair in pairs if pair.first and pair.second}
    moved: set[str] = set()
    by_section: dict[str, list[str]] = {}
    for id, first_id in first_ids.items():
        section = after[id].section
        if before[first_id].section == section:
            by_section.setdefault(section, []).append(id)
        else:
            moved.add(id)
    position = {id: number for number, id in enumerate(before)}
    for ids in by_section.values():
        moved |= _out_of_order(ids, first_ids, position)
    return frozenset(moved)


def _out_of_order(
    ids: Sequence[str], first_ids: Mapping[str, str], position: Mapping[str, int]
) -> set[str]:
    """Return the clauses of a section that must move to make the first order the second.

    A pair goes by the same name on either side, so that the mirror image moves the same clauses.
    """
    name = {id: min(id, first_ids[id]) for id in ids}
    first_order = sorted(ids, key=lambda id: position[first_ids[id]])
    staying = longest_common_subsequence([name[id] for id in first_order], [name[id] for id in ids])
    return {id for id in ids if name[id] not in staying}


def moved_sections(first: Policy, second: Policy) -> frozenset[str]:
    """Return the ids of the sections that stand elsewhere among those that both policies have."""
    before = [section.id for section in (first.front, *first.sections)]
    after = [section.id for section in (second.front, *second.sections)]
    common = set(before) & set(after)
    staying = longest_common_subsequence(
        [id for id in before if id in common], [id for id in after if id in common]
    )
    return frozenset(common - staying)


def longest_common_subsequence(first: Sequence[str], second: Sequence[str]) -> frozenset[str]:
    """Return the longest run of names that stand in the same order in two orders of the same names.

    It is found as a longest increasing subsequence. Ties are broken by name, never by which order
    came first.
    """
    one, other = sorted((tuple(first), tuple(second)))
    if one == other:
        return frozenset(one)
    position = {name: number for number, name in enumerate(other)}
    ends: list[int] = []  # the smallest end of an increasing run of each length
    last_names: list[str] = []  # which name stands at that end
    previous: dict[str, str | None] = {}  # the name before each in its run
    for name in one:
        length = bisect_left(ends, position[name])
        previous[name] = last_names[length - 1] if length else None
        ends[length : length + 1] = [position[name]]
        last_names[length : length + 1] = [name]
    run: set[str] = set()
    name_or_none = last_names[-1] if last_names else None
    while name_or_none is not None:
        run.add(name_or_none)
        name_or_none = previous[name_or_none]
    return frozenset(run)


# --- The headings of the body's own ---------------------------------------------------------------


def own_headings(policy: Policy) -> Wording | None:
    """Return a policy's headings and what stands under each; None for one without any."""
    headings = policy.profile.contents.headings
    told = "; ".join(_told(heading, policy.language) for heading in headings)
    return Wording(policy.language, (told,)) if told else None


def _told(heading: OwnHeading, language: str) -> str:
    """Return one heading: its title, then its sections and its line."""
    beneath = [*heading.sections, *([_REST] if heading.rest else [])]
    lines = [", ".join(beneath)]
    lines += [localise(words, language) for words in (heading.text,) if words]
    lines += [localise(see.title, language) for see in (heading.see,) if see]
    said = ". ".join(filter(None, lines))
    title = localise(heading.title, language)
    return f"{title}: {said}" if said else str(title)
