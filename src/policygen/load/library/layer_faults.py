"""Faults of layers beside one another: a name that `over:`, `only:` or `groups:` gets wrong."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

from policygen.model.fragment import Layer
from policygen.problems import Problem, nearest

Layers: TypeAlias = Mapping[str, tuple[Layer, ...]]


def layer_faults(checked: Sequence[Layer], library: Layers) -> list[Problem]:
    """Return a Problem for each name that the `checked` layers of a library get wrong."""
    return [*_over_faults(checked, library), *_place_faults(checked, library)]


def _over_faults(checked: Sequence[Layer], library: Layers) -> Iterator[Problem]:
    """Check that `over:` names a layer of the same rung, and never leads back to itself."""
    siblings: dict[str, set[str]] = {}
    for name in library:
        rung, _, sibling = name.rpartition("/")
        siblings.setdefault(rung, set()).add(sibling)
    for layer in checked:
        rung = layer.name.rpartition("/")[0]
        if layer.over and layer.over not in siblings[rung]:
            what = f'"{layer.name}" stands over "{layer.over}", which does not exist.'
            mend = nearest(layer.over, siblings[rung])
            yield Problem(what, mend, layer.location, code="PG145")
        if _leads_back(layer, library):
            what, mend = f'"{layer.name}" stands over itself.', "Break the circle of `over:`."
            yield Problem(what, mend, layer.location, code="PG145")


def _leads_back(layer: Layer, library: Layers) -> bool:
    """Tell whether the chain of `over:` that begins at a layer comes to one that it has passed."""
    rung = layer.name.rpartition("/")[0]
    passed = {layer.name}
    over = layer.over
    while over and (at := f"{rung}/{over}") in library:
        if at in passed:
            return True
        passed.add(at)
        over = next((one.over for one in library[at] if one.over), "")
    return False


def _place_faults(checked: Sequence[Layer], library: Layers) -> Iterator[Problem]:
    """Check that `only:` and `groups:` name jurisdictions that are there."""
    rungs = [name.split("/") for name in library]
    known = {rung[1] for rung in rungs if rung[0] == "jurisdiction" and len(rung) == 2}
    for layer in checked:
        for path, name in _named_places(layer):
            if name not in known:
                key = path.partition(".")[0]
                what = f'"{key}" names a jurisdiction "{name}", which does not exist.'
                yield Problem(what, nearest(name, known), layer.fact_locations[path], code="PG145")


def _named_places(layer: Layer) -> Iterator[tuple[str, str]]:
    """Yield each jurisdiction that a layer names, after its path in layer.yaml."""
    for number, name in enumerate(layer.only):
        yield f"only.{number}", name
    for number, group in enumerate(layer.groups):
        for at, name in enumerate(group.places):
            yield f"groups.{number}.places.{at}", name
