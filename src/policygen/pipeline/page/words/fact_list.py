"""The facts that words may name, with the values that they have in one policy."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from policygen.compose.places.split import by_place
from policygen.compose.stack import select_stack
from policygen.facts.described import describe_fact
from policygen.facts.values import TOP_LEVEL, fact_text, layer_facts, profile_facts
from policygen.model.fragment import Library, Organisation
from policygen.model.policy import Policy

_GROUPS = ("law", "terms")  # of the layers' facts
# Of the profile: what has a name of its own, and what decides about the policy and is never told.
_NOT_HERE = (*TOP_LEVEL, "brand", "commitments", "confirmed", "contents", "library", "postures")


@dataclass(frozen=True, slots=True)
class FactToPick:
    """A fact as words name it, what people call it, and its value."""

    path: str
    label: str
    value: str


def facts_to_pick(
    organisation: Organisation, policy: Policy, section: str, library: Library
) -> tuple[FactToPick, ...]:
    """Return each fact of one value that the words of a section may print, and its value."""
    language = policy.language
    facts = profile_facts(organisation.profile, language)
    own = facts["organisation"]
    facts["organisation"] = {key: own[key] for key in own if key not in _NOT_HERE}
    stack = select_stack(library, next(iter(by_place(organisation).values())))
    of_layers = layer_facts(stack.of(section), language)
    facts |= {group: of_layers[group] for group in _GROUPS if group in of_layers}
    facts["commitments"] = {one.name: one.text or None for one in policy.commitments}
    return tuple(
        FactToPick(path, describe_fact(path).label, text) for path, text in _leaves(facts, ())
    )


def _leaves(value: Any, path: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _leaves(inner, (*path, str(key)))
    elif value is not None and not isinstance(value, (list, tuple, bool)):
        yield ".".join(path), fact_text(value)
