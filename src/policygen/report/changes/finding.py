"""What a comparison finds.

Each clause counted once, a sentence with every count, and two that say what it comes to.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TypeAlias

from policygen.model.comparison.difference import (
    ClausePair,
    Difference,
    DifferenceKind,
    Differences,
    FactCause,
    LayerCause,
    Side,
    is_undecided,
)
from policygen.model.document import Shape
from policygen.model.language import capitalise, join_names
from policygen.report.changes.heads import section_differences
from policygen.report.changes.scope import same_phrase
from policygen.report.sentences import NUMBER_WORDS, side_names

COUNT_SHAPES = {
    "same": Shape.SAME,
    "reworded": Shape.REWORDED,
    "set": Shape.SET,
    "moved": Shape.BESIDE,
    "names": Shape.NAMES,
    "first": Shape.FIRST,
    "second": Shape.SECOND,
    "left-out": Shape.FIRST,
    "brought-in": Shape.SECOND,
}
_FEW = 3  # clauses that a lead names
_EDGE = 15  # of so many, one is no longer "one in ten", and all but one no longer "nine in ten"
_CAUSES = {
    "jurisdiction": "law and place",
    "kind": "the kind of body",
    "posture": "posture",
    "organisation": "each body’s own words",
    "extent": "what each leaves out",
    "existing": "what the existing policy says its own way",
    "library": "new wording in the library",
    "set": "what each has set",
}


# Every kind under its count, the weightiest first.
_WEIGHTS = {
    "second": {DifferenceKind.ADDED},
    "first": {DifferenceKind.REMOVED},
    "left-out": {DifferenceKind.LEFT_OUT},
    "brought-in": {DifferenceKind.BROUGHT_IN},
    "reworded": {DifferenceKind.REWORDED, DifferenceKind.RETITLED},
    "set": {DifferenceKind.SET_DIFFERENTLY},
    "moved": {
        DifferenceKind.MOVED,
        DifferenceKind.RESOURCED,
        DifferenceKind.AUDIENCE,
        DifferenceKind.BINDING,
        DifferenceKind.JUDGED,
        DifferenceKind.LEFT_OUT_OTHERWISE,
    },
    "names": {DifferenceKind.NAMES_ONLY},
}
_DifferingClause: TypeAlias = tuple[ClausePair, tuple[Difference, ...]]


def clause_counts(found: Differences) -> dict[str, int]:
    """Each clause once, under the weightiest thing that differs in it.

    `first` and `second` have it alone.
    """
    counts = dict.fromkeys(COUNT_SHAPES, 0)
    for _, differing in found.by_clause():
        counts[count_key({difference.kind for difference in differing})] += 1
    return counts


def count_key(kinds: set[DifferenceKind]) -> str:
    """Return under which of the counts a clause that differs in these ways stands."""
    if not kinds:
        return "same"
    return next(key for key, weighty in _WEIGHTS.items() if kinds & weighty)


def differences_finding(found: Differences) -> str:
    """Return every count in one sentence."""
    total = len(found.pairs)
    counts = clause_counts(found)
    if not found.found:
        comma = "," if found.scope else ""
        return f"The two policies are {same_phrase(found)}{comma} in {_every(total)}."
    if counts["same"] == total:
        verb = "are" if total > 1 else "is"
        heads = section_differences(found)
        return f"{capitalise(_every(total))} {verb} {same_phrase(found)}; {heads}."
    plural = "s" if total > 1 else ""
    verb = "is" if 1 in (total, counts["same"]) else "are"
    same = f"{counts['same'] or 'none'} {verb} {same_phrase(found)}"
    return f"Of {total} clause{plural}, {same}: {join_names(_other_counts(counts, found))}."


def differences_lead(found: Differences) -> str:
    """Return what it comes to: how much agrees, and what most of the rest is.

    The finding has the counts.
    """
    total = len(found.pairs)
    counts = clause_counts(found)
    if not found.found or counts["same"] == total:
        return differences_finding(found)
    agreeing = counts["same"] + counts["names"]
    same = same_phrase(found, without_names=counts["names"] > 0)
    if agreeing == total:
        return f"{capitalise(_every(total))} {'say' if total > 1 else 'says'} {same}."
    differing = _differing_clauses(found)
    if len(differing) <= _FEW < agreeing:
        number = NUMBER_WORDS[len(differing)]
        return f"All but {number} of {total} clauses say {same}. {_few_clauses(differing)}"
    rest = _rest(differing, agreeing, total)
    undecided = sum(is_undecided(one.why) for one in found.found if one.clause)
    if undecided:
        rest += f" Nobody has decided on {undecided} of them."
    return f"{_share(agreeing, total)} {same}.{rest}"


def _of_them_open(number: int) -> str:
    """Return how many clauses of one policy nobody has decided on, whether the other has them."""
    return f" (nobody has decided on {number} of them)" if number else ""


def _other_counts(counts: dict[str, int], found: Differences) -> list[str]:
    """Return the counts of what differs: "2 reworded"."""
    first, second = side_names(found)
    open_in = Counter(one.kind for one in found.found if is_undecided(one.why))
    open_first, open_second = open_in[DifferenceKind.REMOVED], open_in[DifferenceKind.ADDED]
    endings = {
        "reworded": "reworded",
        "set": "with something set differently",
        "moved": "differently placed, cited or judged",
        "names": "with other names only",
        "first": f"only in {first}{_of_them_open(open_first)}",
        "second": f"only in {second}{_of_them_open(open_second)}",
        "left-out": f"left out in {second}",
        "brought-in": f"left out in {first}",
    }
    return [f"{counts[key]} {ending}" for key, ending in endings.items() if counts[key]]


def _every(total: int) -> str:
    """Return all the clauses, however few."""
    return {1: "the one clause", 2: "both clauses"}.get(total, f"all {total} clauses")


def _differing_clauses(found: Differences) -> list[_DifferingClause]:
    """Return the clauses in which more than names differs."""
    return [
        (pair, differing)
        for pair, differing in found.by_clause()
        if _key_of(differing) not in ("same", "names")
    ]


def _key_of(differing: Sequence[Difference]) -> str:
    return count_key({difference.kind for difference in differing})


def _few_clauses(clauses: Sequence[_DifferingClause]) -> str:
    """Return the few clauses that differ, and how, where that is the same for all."""
    one = len(clauses) == 1
    names = [pair.clause.number or f"“{pair.clause.title.text}”" for pair, _ in clauses]
    keys = {_key_of(differing) for _, differing in clauses}
    noun = ""
    if all(pair.clause.number for pair, _ in clauses):
        noun = "Clause " if one else "Clauses "
    verb = "is" if one else "are"
    if keys == {"set"}:
        how = f"{verb} set differently"
    elif keys == {"reworded"}:
        how = f"{verb} reworded"
    else:
        how = "differs" if one else "differ"
    return f"{noun}{join_names(names)} {how}."


def _share(part: int, whole: int) -> str:
    """Return about how many of all, as people say it: "Two clauses in five say".

    Next to none are counted.
    """
    if part == 0:
        return f"None of the {whole} clauses says" if whole > 1 else "The clause does not say"
    if _EDGE * part <= whole:
        return f"{part} of {whole} clauses {'say' if part > 1 else 'says'}"
    if _EDGE * (whole - part) <= whole:
        return f"Nearly all of the {whole} clauses say"
    top, bottom = _nearest_fraction(part / whole)
    about = "" if top * whole == part * bottom else "about "
    if (top, bottom) == (1, 2):
        return capitalise(f"{about}half the {whole} clauses say")
    clauses, say = ("clauses", "say") if top > 1 else ("clause", "says")
    return capitalise(f"{about}{NUMBER_WORDS[top]} {clauses} in {NUMBER_WORDS[bottom]} {say}")


def _nearest_fraction(share: float) -> tuple[int, int]:
    """Return the nearest fraction in halves, thirds, quarters, fifths or tenths.

    Of two as near, it is the simpler.
    """
    fractions = [(top, bottom) for bottom in (2, 3, 4, 5, 10) for top in range(1, bottom)]
    return min(fractions, key=lambda one: (abs(one[0] / one[1] - share), one[1]))


def _rest(clauses: Sequence[_DifferingClause], agreeing: int, total: int) -> str:
    """Return what most of the clauses that differ come from, if any one thing is."""
    most = _commonest_cause([differing for _, differing in clauses])
    if not most or total == 1:
        return ""
    return f" Most of {'the rest' if agreeing else 'it'} is {most}."


def _commonest_cause(clauses: Sequence[Sequence[Difference]]) -> str:
    """Return what causes more than half of what differs, if any one thing does."""
    causes = Counter(rung for differing in clauses for rung in set(_rungs(differing)))
    for rung, number in causes.most_common(1):
        if 2 * number > len(clauses):
            return _CAUSES[rung]
    return ""


def _rungs(differing: Sequence[Difference]) -> Iterator[str]:
    """Yield under which of `_CAUSES` each cause counts."""
    for difference in differing:
        for cause in difference.why:
            if isinstance(cause, LayerCause):
                yield _layer_rung(cause)
            elif isinstance(cause, FactCause) and not cause.names:
                yield "set"


def _layer_rung(cause: LayerCause) -> str:
    if cause.side is Side.BOTH:
        return "organisation" if cause.layer == "organisation" else "library"
    rung = cause.layer.partition("/")[0]
    return rung if rung in _CAUSES else "library"
