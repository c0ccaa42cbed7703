"""The wordings of several places joined to one: what is the same is told once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Literal, TypeAlias

from policygen.compose.places.alike import alike
from policygen.compose.places.in_line import is_line, told_in_line
from policygen.compose.places.in_paragraphs import told_in_paragraphs
from policygen.compose.places.places import Places
from policygen.model.wording import Wording, least_reviewed

_Choices: TypeAlias = tuple[tuple[str, str], ...]  # facts that chose, each with its value
Form: TypeAlias = Literal["part", "short", "whole"]


def join_wordings(
    by_place: Mapping[str, Wording | None],
    places: Places,
    form: Form,
    titles: Mapping[str, Wording] | None = None,
) -> Wording | None:
    """Return what several places say as one wording, or None where none says anything.

    What all say in the same words is told once. Otherwise a `whole` telling has each sentence once,
    under a label where it holds in some places only; a `short` telling of one line has the labels
    in its line, and so has a `part` of a section, such as its lead.

    Where a place calls the clause otherwise than the policy does, `titles` has its title, by place,
    which is printed beside its label.
    """
    wordings = {place: wording for place, wording in by_place.items() if wording}
    if not wordings:
        return None
    first = next(iter(wordings.values()))
    choices = join_choices({place: wording.chosen_by for place, wording in wordings.items()})
    in_all = len(wordings) == len(places.names)
    if in_all and len(alike(wordings)) == 1:
        return replace(first, chosen_by=choices)
    if form == "part" or (form == "short" and all(map(is_line, wordings.values()))):
        pieces, parts = told_in_line(wordings, places, is_bold=form == "short")
    else:
        pieces, parts = told_in_paragraphs(wordings, places, titles or {})
    unreviewed = least_reviewed(wording.unreviewed for wording in wordings.values())
    return Wording(first.language, pieces, choices, parts, unreviewed)


def join_choices(by_place: Mapping[str, _Choices]) -> _Choices:
    """Return the facts that chose in any place; of one that differs, each value with its places."""
    values: dict[str, dict[str, list[str]]] = {}
    for place, chosen in by_place.items():
        for fact, value in chosen:
            values.setdefault(fact, {}).setdefault(value, []).append(place)
    return tuple((fact, _one_value(found)) for fact, found in values.items())


def _one_value(places: Mapping[str, list[str]]) -> str:
    """Return a value as one text; `places` are those of each, where it differs between them."""
    if len(places) == 1:
        return next(iter(places))
    texts = [
        value if value in where else f"{value} ({', '.join(where)})"
        for value, where in places.items()
    ]
    return ", ".join(texts)
