"""The names that the wording of one body may use: those of its layers, then of the library."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain

from policygen.cache import BoundedCache, IdentityKey
from policygen.facts.shape import FactNames, FactShape, layers_shape, shape_with
from policygen.model.fragment import Layer, Library


class ShapeCache:
    """The facts that layers of a library have: those of one body's layers, and those of all."""

    def __init__(self) -> None:
        self._of_layers: BoundedCache[IdentityKey, FactShape] = BoundedCache(64)
        self._of_library: BoundedCache[Library, FactShape] = BoundedCache(8)

    def of_layers(self, layers: tuple[Layer, ...]) -> FactShape:
        """Return the names that these layers of a library have."""
        return self._of_layers.get(IdentityKey(*layers), lambda: layers_shape(layers))

    def of_library(self, library: Library) -> FactShape:
        """Return the names that any layer has; for that all of them are read."""
        every = chain.from_iterable(library.layers.values())
        return self._of_library.get(library, lambda: layers_shape(every))


def fact_names(layers: Iterable[Layer], library: Library, cache: ShapeCache) -> FactNames:
    """Return the names that the wording of a body with these layers may use."""
    layers = tuple({id(layer): layer for layer in layers}.values())
    shared = tuple(layer for layer in layers if layer.rung != "organisation")

    def every_shape() -> FactShape:
        return shape_with(cache.of_library(library), layers)

    return FactNames(shape_with(cache.of_layers(shared), layers), every_shape)
