"""The values that wording may use, by name: those of a profile, and those of the layers."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import Any, TypeAlias

from policygen.model.fragment import Layer
from policygen.model.language import format_number, localise, merge
from policygen.model.profile import Profile

FactPath: TypeAlias = tuple[str, ...]  # ("channels", "*", "handle"); "*" is any item of a list

# The parts of a profile that wording may also name without `organisation.` before them.
TOP_LEVEL = ("policy", "contacts", "channels", "approval", "elections")


def profile_facts(profile: Profile, language: str) -> dict[str, Any]:
    """Return a profile's facts in one language, by the first part of their paths."""
    organisation: dict[str, Any] = localise(profile.model_dump(), language)
    platforms = list(dict.fromkeys(channel.platform for channel in profile.channels))
    return {
        "organisation": organisation,
        **{name: organisation[name] for name in TOP_LEVEL},
        "platforms": platforms,
    }


def layer_facts(layers: Iterable[Layer], language: str) -> dict[str, Any]:
    """Return the layers' facts in one language, by the first part of their paths.

    `layers` stand in order: a fact of a later one replaces that of an earlier.
    """
    merged: Any = {}
    for layer in layers:
        merged = merge(merged, layer.facts)
    facts: dict[str, Any] = localise(merged, language)
    return facts


def value_at(facts: Mapping[str, Any], path: Sequence[str]) -> Any:
    """Return the value at a path, or None where there is none.

    A path into the items of a list, such as `channels.*.handle`, has the whole list for its value.
    """
    value: Any = facts
    for part in path:
        if part == "*":
            return value
        value = value.get(part) if isinstance(value, Mapping) else None
    return value


def value_key(value: Any) -> Hashable:
    """Return a value as a part of a cache's key, equal for those that print and compare alike.

    Types count, because `1`, `1.0` and `true` are equal to Python and print differently.
    """
    if isinstance(value, Mapping):
        return (dict, *((key, value_key(each)) for key, each in value.items()))
    if isinstance(value, (list, tuple)):
        return (list, *map(value_key, value))
    if isinstance(value, float):
        return float, repr(value)
    return type(value), value


def profile_fact_text(profile: Profile, language: str, path: str) -> str:
    """Return the value at a dotted path as a text, in the form in which `chosen_by` records it.

    That is "not given" for a fact that this profile leaves unset, and "" for a path that leads to
    no fact of any profile.
    """
    value: Any = profile_facts(profile, language)
    for part in path.split("."):
        if isinstance(value, Mapping) and part in value:
            value = value[part]
        elif isinstance(value, (list, tuple)) and part.isdecimal():
            value = value[int(part)] if int(part) < len(value) else None
        elif value is None or isinstance(value, (list, tuple)):
            return fact_text(None)
        else:
            return ""
    return fact_text(value)


def fact_text(value: Any) -> str:
    """Return a value of any type as one line of text, to tell people which facts decided."""
    if value is None:
        return "not given"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Mapping):
        return " ".join(fact_text(each) for each in value.values() if each is not None)
    if isinstance(value, (list, tuple)):
        return ", ".join(map(fact_text, value))
    return str(value)


def printed_value(value: object, language: str) -> str:
    """Return a number or a text as a language prints it."""
    return format_number(value, language) if isinstance(value, int) else str(value)
