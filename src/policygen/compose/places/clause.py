"""The clauses of several places joined to one, and those that no place prints."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from policygen.compose.places.origins import join_citations, join_origins
from policygen.compose.places.places import Places
from policygen.compose.places.wording import Form, join_choices, join_wordings
from policygen.model.document import Mark
from policygen.model.extent import UnfilledTelling
from policygen.model.outline.outline import Outline, Tier
from policygen.model.policy import Clause, LeftOut, Removed, Telling
from policygen.model.wording import Wording

_MARKS = tuple(mark.value for mark in Mark)  # may, think, never: the strictest last


def join_clauses(
    by_place: Mapping[str, Clause],
    removed: Mapping[str, Removed],
    places: Places,
    outline: Outline,
) -> Clause:
    """Return one clause as it stands in several places.

    Its title and label are those of the first place; another's own title stands before its rule.
    It is for every reader that it has anywhere, stands in the strictest of its lists, binds where
    it binds anywhere, and has the grade that most bodies need. `removed` are the places that took
    it out.
    """
    first = next(iter(by_place.values()))
    origins = {place: clause.origins for place, clause in by_place.items()}
    origins |= {place: one.origins for place, one in removed.items()}
    citations = {place: clause.citations for place, clause in by_place.items()}
    choices = {place: clause.chosen_by for place, clause in by_place.items()}
    title = first.title
    if any(clause.yes or clause.no for clause in by_place.values()):
        title = _question(by_place, places) or first.title
    return replace(
        first,
        title=title,
        tellings=tuple(_tellings(by_place, places, outline)),
        grade=_grade(by_place.values(), outline),
        citations=join_citations(citations, places),
        audience=_audience(by_place.values()),
        binding=any(clause.binding for clause in by_place.values()),
        under=max((clause.under for clause in by_place.values()), key=_strictness),
        chosen_by=join_choices(choices),
        origins=join_origins(origins, places),
        places=places.only(by_place),
    )


def _tellings(
    by_place: Mapping[str, Clause], places: Places, outline: Outline
) -> Iterable[Telling]:
    first = next(iter(by_place.values())).title.text
    titles = {p: clause.title for p, clause in by_place.items() if clause.title.text != first}
    for key, tier in outline.tiers.items():
        wordings = {place: clause.told(key) for place, clause in by_place.items()}
        named = titles if tier.required else {}
        if wording := join_wordings(wordings, places, _form_of(tier), named):
            yield Telling(key, wording)


def _form_of(tier: Tier) -> Form:
    return "whole" if tier.form == "clauses" else "short"


def _question(by_place: Mapping[str, Clause], places: Places) -> Wording | None:
    """Return the title of a question of the chart, which is all that the chart tells of it."""
    titles: dict[str, Wording | None] = {p: clause.title for p, clause in by_place.items()}
    return join_wordings(titles, places, "part")


def _grade(clauses: Iterable[Clause], outline: Outline) -> str:
    """Return the grade that most bodies need of those that a clause has."""
    grades = {clause.grade for clause in clauses}
    ordered = [grade for grade in outline.grades.names if grade in grades]
    return ordered[0] if ordered else next(iter(grades))


def _audience(clauses: Iterable[Clause]) -> tuple[str, ...]:
    """Return everybody for whom a clause is anywhere; empty where it is for everyone."""
    audiences = [clause.audience for clause in clauses]
    if not all(audiences):
        return ()
    return tuple(dict.fromkeys(name for one in audiences for name in one))


def _strictness(under: str) -> int:
    return _MARKS.index(under) if under in _MARKS else -1


# --- Clauses that no place prints -----------------------------------------------------------------


def join_left_out(by_place: Mapping[str, LeftOut], places: Places) -> LeftOut:
    """Return one clause that is left out wherever it could stand."""
    first = next(iter(by_place.values()))
    tiers = dict.fromkeys(one.tier for each in by_place.values() for one in each.tellings)
    tellings = (_unfilled(tier, by_place, places) for tier in tiers)
    origins = {place: one.origins for place, one in by_place.items()}
    return replace(
        first,
        binding=any(one.binding for one in by_place.values()),
        tellings=tuple(tellings),
        origins=join_origins(origins, places),
    )


def _unfilled(tier: str, by_place: Mapping[str, LeftOut], places: Places) -> UnfilledTelling:
    """Return what a clause would say in one tier: once, or under a label where places differ.

    Skeletons have no values, so each is joined as a wording of words alone.
    """
    wordings = {
        place: Wording(telling.language, (telling.skeleton,))
        for place, left_out in by_place.items()
        for telling in left_out.tellings
        if telling.tier == tier
    }
    wording = join_wordings(wordings, places, "whole")
    assert wording is not None  # some place tells this tier
    return UnfilledTelling(tier, wording.language, wording.text)


def join_removed(by_place: Mapping[str, Removed], places: Places) -> Removed:
    """Return one clause that layers took out wherever it stood."""
    first = next(iter(by_place.values()))
    origins = {place: one.origins for place, one in by_place.items()}
    return replace(first, origins=join_origins(origins, places))
