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
    """A profile's facts by their first names, in one language."""
    organisation: dict[str, Any] = localise(profile.model_dump(), language)
    platforms = list(dict.fromkeys(channel.platform for channel in profile.channels))
    return {
        "organisation": organisation,
        **{name: organisation[name] for name in TOP_LEVEL},
        "platforms": platforms,
    }


def layer_facts(layers: Iterable[Layer], language: str) -> dict[str, Any]:
    """The layers' facts by their first names, merged lowest first, in one language."""
    merged: Any = {}
    for layer in layers:
        merged = merge(merged, layer.facts)
    facts: dict[str, Any] = localise(merged, language)
    return facts


def value_at(facts: Mapping[str, Any], path: Sequence[str]) -> Any:
    """Return the value at a path, or None; the whole list where the path goes on to its items."""
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
    """What a profile says of a fact, as `chosen_by` has it; "" for a fact that no profile holds."""
    value: Any = profile_facts(profile, language)
    for part in path.split("."):
        if isinstance(value, (list, tuple)) and part.isdecimal():
            value = value[int(part)] if int(part) < len(value) else None
        elif isinstance(value, Mapping) and part in value:
            value = value[part]
        else:
            unset = value is None or isinstance(value, (list, tuple))
            return fact_text(None) if unset else ""
    return fact_text(value)


def fact_text(value: Any) -> str:
    """A value of any type as one line of text, for people who ask which facts decided something."""
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
    """A number or a text, as a language prints it."""
    return format_number(value, language) if isinstance(value, int) else str(value)
