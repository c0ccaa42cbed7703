"""Which facts differ between two wordings, and whether a fact only names something."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from policygen.model.difference import FactCause
from policygen.model.policy import Outline, Wording


def differing(first: Wording, second: Wording, outline: Outline) -> tuple[FactCause, ...]:
    """The facts that both wordings print, with another value in each; what is set stands before what is named."""
    before, after = values(first.values), values(second.values)
    found = [
        FactCause(fact, before[fact], value, names(fact, outline))
        for fact, value in after.items()
        if fact in before and before[fact] != value
    ]
    return tuple(sorted(found, key=lambda cause: cause.names))


def chosen(
    first: Iterable[tuple[str, str]], second: Iterable[tuple[str, str]], outline: Outline
) -> tuple[FactCause, ...]:
    """The facts that chose between wordings and differ; both sides must have looked at them."""
    before = dict(first)
    return tuple(
        FactCause(fact, before[fact], value, names(fact, outline))
        for fact, value in second
        if fact in before and before[fact] != value
    )


def names(fact: str, outline: Outline) -> bool:
    """Whether a fact only names something (the nearest word of the outline decides)."""
    parts = fact.split(".")
    for end in range(len(parts), 0, -1):
        path = ".".join(parts[:end])
        if path in outline.settings:
            return False
        if path in outline.names:
            return True
    return False


def values(values: Iterable[tuple[str, str]]) -> Mapping[str, str]:
    """Each fact once; one that is printed in several ways has them all, but for a capital at its start."""
    found: dict[str, dict[str, str]] = {}
    for fact, text in values:
        found.setdefault(fact, {}).setdefault(text.casefold(), text)
    return {fact: ", ".join(told.values()) for fact, told in found.items()}

