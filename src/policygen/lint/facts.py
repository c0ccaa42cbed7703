"""Facts of the layers: one that no wording asks for was mistyped, or has outlived its clause."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from itertools import chain

from policygen.cache import BoundedCache, IdentityKey
from policygen.markdown.braces import braces_of
from policygen.model.fragment import Layer, Library
from policygen.problems import Level, Location, Problem, nearest

# `values` is one list, looped through as a whole.
_GROUPS = ("law", "terms", "commitments", "examples")
_FACT = re.compile(rf"""\b({"|".join(_GROUPS)})\s*(?:\.\s*|\[\s*['"])(\w+)""")


class FactUseCache:
    """Which facts the wording of a layer uses, by the layer."""

    def __init__(self) -> None:
        self._uses: BoundedCache[IdentityKey, frozenset[str]] = BoundedCache(256)

    def used_in(self, layers: Iterable[Layer]) -> frozenset[str]:
        """Return the facts that any of these layers uses."""
        return frozenset().union(*map(self._used_in_one, layers))

    def _used_in_one(self, layer: Layer) -> frozenset[str]:
        return self._uses.get(IdentityKey(layer), lambda: _used(layer))


def unused_facts(library: Library, cache: FactUseCache) -> Iterator[Problem]:
    """Yield a warning for each fact of the library's checked layers that none of it prints."""
    if not library.checked:
        return
    used = cache.used_in(chain.from_iterable(library.layers.values()))
    for layer in library.checked:
        yield from _without_use(layer, used, suggested=used)


def unused_own_facts(own: Layer, stack: Iterable[Layer], cache: FactUseCache) -> Iterator[Problem]:
    """Yield a warning for each of an organisation's own facts that its policy does not print.

    `stack` are the layers beneath; a fact that one of them sets may be the one that was meant.
    """
    if not any(any(_names(own, group)) for group in _GROUPS):
        return
    stack = tuple(stack)
    used = cache.used_in((*stack, own))
    facts = (
        (group, name) for layer in stack for group in _GROUPS for name, _ in _names(layer, group)
    )
    named = {f"{group}.{name}" for group, name in facts}
    yield from _without_use(own, used, suggested=used | named)


def _without_use(
    layer: Layer, used: Collection[str], suggested: Collection[str]
) -> Iterator[Problem]:
    """Yield a warning for each fact of a layer that is not used."""
    for group in _GROUPS:
        for name, at in _names(layer, group):
            fact = f"{group}.{name}"
            if fact in used:
                continue
            what = f"No wording uses {fact}, so what {layer.name} says of it is printed nowhere."
            alike = [one for one in suggested if one.startswith(f"{group}.")]
            mend = f"{nearest(fact, alike)} Or take it out, or write the wording that prints it."
            location = layer.fact_locations.get(at, Location(layer.location.path))
            yield Problem(what, mend, location, Level.WARNING, code="PG704")


def _names(layer: Layer, group: str) -> Iterator[tuple[str, str]]:
    """Yield each fact of one group by its name, and under which key its location stands."""
    if group == "examples":
        for service, words in layer.examples.items():
            yield from ((word, f"{group}.{service}.{word}") for word in words)
    else:
        facts = layer.commitments if group == "commitments" else layer.facts.get(group)
        yield from ((name, f"{group}.{name}") for name in facts or ())


def _used(layer: Layer) -> frozenset[str]:
    """Every fact of these groups that a layer's wording prints, or chooses by."""
    return frozenset(
        f"{found[1]}.{found[2]}" for text in _asking(layer) for found in _FACT.finditer(text)
    )


def _asking(layer: Layer) -> Iterator[str]:
    """What stands in braces, and the conditions of slips, which stand without them."""
    for fragment in layer.fragments:
        passages = [fragment.title, *fragment.slip.values()]
        for edit in fragment.edits:
            passages += [edit.title, *edit.tellings.values()]
            if edit.when:
                yield edit.when.text
        for passage in passages:
            if passage:
                yield from (brace.text for brace in braces_of(passage.text))
