"""What a comparison finds: each clause counted once, a sentence with every count, and two that say what it comes to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from policygen.model.comparison.difference import (
    ClausePair,
    Difference,
    DifferenceKind,
    Differences,
    FactCause,
    LayerCause,
    Side,
)
from policygen.model.document import Shape
from policygen.report.changes.heads import section_differences
from policygen.report.changes.scope import same_phrase
from policygen.report.sentences import NUMBER_WORDS, join_names, side_names

COUNT_SHAPES = {
    "same": Shape.SAME,
    "reworded": Shape.REWORDED,
    "set": Shape.SET,
    "moved": Shape.BESIDE,
    "names": Shape.NAMES,
    "first": Shape.FIRST,
    "second": Shape.SECOND,
}
_MOVED = "differently placed, cited or judged"
_FEW = 3  # clauses that a lead names
_EDGE = 15  # of so many, one is no longer "one in ten", and all but one no longer "nine in ten"
_MOST = {
    "jurisdiction": "law and place",
    "kind": "the kind of body",
    "posture": "posture",
    "organisation": "each body’s own words",
    "library": "new wording in the library",
    "set": "what each has set",
}


def clause_counts(found: Differences) -> dict[str, int]:
    """Each clause once, under the weightiest thing that differs in it: `first` and `second` have it alone."""
    counts = dict.fromkeys(COUNT_SHAPES, 0)
    for _, differing in found.by_clause():
        counts[count_key({difference.kind for difference in differing})] += 1
    return counts


def count_key(kinds: set[DifferenceKind]) -> str:
    """Under which of the counts a clause that differs in these ways stands."""
    weights = [
        (DifferenceKind.ADDED, "second"),
        (DifferenceKind.REMOVED, "first"),
        (DifferenceKind.REWORDED, "reworded"),
        (DifferenceKind.RETITLED, "reworded"),
        (DifferenceKind.SET_DIFFERENTLY, "set"),
    ]
    found = next((word for kind, word in weights if kind in kinds), None)
    return found or (
        "same" if not kinds else "names" if kinds == {DifferenceKind.NAMES_ONLY} else "moved"
    )


def differences_finding(found: Differences) -> str:
    """Every count in one sentence."""
    total, names, counts = len(found.pairs), side_names(found), clause_counts(found)
    if not found.found:
        return f"The two policies are {same_phrase(found)}{',' if found.scope else ''} in {_every(total)}."
    if counts["same"] == total:
        return f"{_capital(_every(total))} {'are' if total > 1 else 'is'} {same_phrase(found)}; {section_differences(found)}."
    endings = {
        "reworded": "reworded",
        "set": "with something set differently",
        "moved": _MOVED,
        "names": "with other names only",
        "first": f"only in {names[0]}",
        "second": f"only in {names[1]}",
    }
    rest = join_names([f"{counts[key]} {ending}" for key, ending in endings.items() if counts[key]])
    many, verb = "s" if total > 1 else "", "is" if 1 in (total, counts["same"]) else "are"
    return (
        f"Of {total} clause{many}, {counts['same'] or 'none'} {verb} {same_phrase(found)}: {rest}."
    )


def differences_lead(found: Differences) -> str:
    """What it comes to: how much agrees, and what most of the rest is. The counts are for `finding`."""
    total, counts = len(found.pairs), clause_counts(found)
    agree, aside = counts["same"] + counts["names"], counts["names"] > 0
    if not found.found or counts["same"] == total:
        return differences_finding(found)
    if agree == total:
        return f"{_capital(_every(total))} {'say' if total > 1 else 'says'} {same_phrase(found, aside=aside)}."
    differing = [
        (pair, d)
        for pair, d in found.by_clause()
        if count_key({x.kind for x in d}) not in ("same", "names")
    ]
    if len(differing) <= _FEW < agree:
        few = f"All but {NUMBER_WORDS[len(differing)]} of {total} clauses say {same_phrase(found, aside=aside)}."
        return f"{few} {_named(differing)}"
    most = _most([d for _, d in differing])
    rest = f" Most of {'the rest' if agree else 'it'} is {most}." if most and total > 1 else ""
    return f"{_share(agree, total)} {same_phrase(found, aside=aside)}.{rest}"


def _every(total: int) -> str:
    """All the clauses, however few."""
    return {1: "the one clause", 2: "both clauses"}.get(total, f"all {total} clauses")


def _named(differing: Sequence[tuple[ClausePair, tuple[Difference, ...]]]) -> str:
    """The few clauses that differ, by number or title, and how where that is the same for all."""
    names = [pair.clause.number or f"“{pair.clause.title.text}”" for pair, _ in differing]
    kinds = {count_key({d.kind for d in some}) for _, some in differing}
    verb = "is" if len(names) == 1 else "are"
    how = {"set": f"{verb} set differently", "reworded": f"{verb} reworded"}.get(
        next(iter(kinds)), ""
    )
    how = how if len(kinds) == 1 and how else "differs" if len(names) == 1 else "differ"
    numbered = all(pair.clause.number for pair, _ in differing)
    what = ("Clause " if len(names) == 1 else "Clauses ") if numbered else ""
    return f"{what}{join_names(names)} {how}."


def _share(part: int, whole: int) -> str:
    """About how many of all, as people say it: "Two clauses in five say". Next to none are counted."""
    if part == 0:
        return f"None of the {whole} clauses says" if whole > 1 else "The clause does not say"
    if _EDGE * part <= whole:
        return f"{part} of {whole} clauses {'say' if part > 1 else 'says'}"
    if _EDGE * (whole - part) <= whole:
        return f"Nearly all of the {whole} clauses say"
    sure = [(n, d) for d in (2, 3, 4, 5, 10) for n in range(1, d)]
    n, d = min(sure, key=lambda one: (abs(one[0] / one[1] - part / whole), one[1]))
    about = "" if n * whole == part * d else "about "
    said = (
        f"half the {whole} clauses say"
        if (n, d) == (1, 2)
        else (
            f"{NUMBER_WORDS[n]} clause{'s' if n > 1 else ''} in {NUMBER_WORDS[d]} {'say' if n > 1 else 'says'}"
        )
    )
    return _capital(about + said)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _most(differing: Sequence[Sequence[Difference]]) -> str:
    """What causes more than half of what differs, if any one thing does."""
    causes = Counter(sort for some in differing for sort in set(_sorts(some)))
    for sort, many in causes.most_common(1):
        if 2 * many > len(differing):
            return _MOST[sort]
    return ""


def _sorts(some: Sequence[Difference]) -> Iterator[str]:
    for cause in (cause for d in some for cause in d.why):
        match cause:
            case LayerCause(side=Side.BOTH):
                yield "library" if cause.layer != "organisation" else "organisation"
            case LayerCause():
                rung = cause.layer.partition("/")[0]
                yield rung if rung in _MOST else "library"
            case FactCause(names=False):
                yield "set"
