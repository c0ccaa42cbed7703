"""The places of one body, and what a document calls some of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from policygen.model.fragment import Library
from policygen.model.language import in_language, localise
from policygen.model.outline.label import fill_label
from policygen.model.outline.outline import Outline


@dataclass(frozen=True, slots=True)
class Places:
    """The places whose law applies to a body, in its profile's order, and what they are called."""

    names: tuple[str, ...]
    library: Library

    def only(self, some: Collection[str]) -> tuple[str, ...]:
        """Return some places in order; an empty tuple where they are all."""
        return () if len(some) == len(self.names) else self.ordered(some)

    def ordered(self, some: Collection[str]) -> tuple[str, ...]:
        """Return some places in the profile's order."""
        return tuple(place for place in self.names if place in some)

    def label(self, some: Collection[str], language: str) -> str:
        """Return the words before what holds in some places only: "In England and Wales".

        Places that have a name together are called by it: "In Great Britain".
        """
        outline: Outline = in_language(self.library.outlines, language)
        if len(some) == len(self.names):
            return outline.labels["in_all_places"]
        called = self._name_together(some, language)
        if not called:
            names = [self._name(place, language) for place in self.ordered(some)]
            called = _listed(names, outline.labels)
        return fill_label(outline.labels["in_places"], places=called)

    def _name_together(self, some: Collection[str], language: str) -> str:
        """Return the one name that some places have as a group, or an empty text."""
        stacks = (self.library.above("jurisdiction", place) for place in some)
        groups = (group for stack in stacks for layer in stack for group in layer.groups)
        called = next((group.called for group in groups if set(group.places) == set(some)), "")
        return str(localise(called, language))

    def _name(self, place: str, language: str) -> str:
        """Return what follows "In": as the highest layer that says so is `called`, or its title."""
        layers = self.library.layers[f"jurisdiction/{place}"]
        title = layers[-1].title
        called = next((layer.called for layer in reversed(layers) if layer.called), title)
        return str(localise(called, language))


def _listed(names: list[str], labels: Mapping[str, str]) -> str:
    """Return names joined as in a sentence."""
    if len(names) == 1:
        return names[0]
    *others, last = names
    return fill_label(labels["places_listed"], places=", ".join(others), place=last)
