"""What a missing fact is called in plain words, and who in the organisation will know it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from types import UnionType
from typing import Any, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from policygen.facts.examples import EXAMPLES
from policygen.model.profile import CONTACTS_OWN_TEAM, Profile, fields_of

# Groups of facts whose names add nothing to a label.
_UNNAMED_GROUPS = ("policy", "contacts", "commitments")

PRESENCE = "has."  # what has('law.records') asks, as the path of a fact
_AFTER_ALL = 1_000  # more than a profile has fields


@dataclass(frozen=True, slots=True)
class Description:
    """A fact for people: "records team email address", "the records or information team"."""

    label: str
    ask: str


@cache
def describe_fact(path: str) -> Description:
    """Describe the fact at a dotted path, such as `contacts.records.email`.

    The fields of the profile's model say what it is called and whom to ask. A layer's fact is named
    after its key, and the policy's owner is asked.
    """
    ask = "the policy's owner"
    if path.startswith(PRESENCE):
        return Description(f"whether the policy has {path.removeprefix(PRESENCE)}", ask)
    if path.startswith(EXAMPLES):
        return Description(f"{path.removeprefix(EXAMPLES)} in the examples", ask)
    labels: list[str] = []
    for name, field in _fields_along(path):
        label = _label(name, field)
        if label:
            labels.append(label)
        who = _whom_to_ask(field)
        if who and who != CONTACTS_OWN_TEAM:
            ask = who
    # "brand colour" needs no "brand" before it, and "response time of an account" no "channels".
    if len(labels) > 1 and (labels[-2] in labels[-1] or " of " in labels[-1]):
        del labels[-2]
    return Description(" ".join(labels) or path, ask)


def fact_label(path: str, called: str = "") -> str:
    """Return what people call a fact, within a sentence; `called` where a layer says it."""
    if called:
        return f"{called[:1].lower()}{called[1:]}"
    return describe_fact(path.removeprefix("law.").removeprefix("terms.")).label


def profile_position(path: str) -> tuple[int, ...]:
    """Return where a fact stands among the fields of a profile; a layer's stands after them all."""
    position: list[int] = []
    model: type[BaseModel] | None = Profile
    for name, field in _fields_along(path):
        names = list(model.model_fields) if model else []
        position.append(names.index(name) if name in names else _AFTER_ALL)
        model = _model_of(field.annotation) if field else None
    return tuple(position)


def _fields_along(path: str) -> Iterator[tuple[str, FieldInfo | None]]:
    """Yield each name of a path, and the profile's field of that name; None for a layer's fact.

    An item of a list, such as `0` or `*`, has no name and is passed over.
    """
    model: type[BaseModel] | None = Profile
    for name in path.removeprefix("organisation.").split("."):
        if name.isdecimal() or name == "*":
            continue
        field = fields_of(model).get(name) if model else None
        yield name, field
        model = _model_of(field.annotation) if field else None


def _label(name: str, field: FieldInfo | None) -> str:
    """Return what one name of a path is called, or an empty text where that adds nothing."""
    if field and field.description and _whom_to_ask(field):
        return field.description
    return "" if name in _UNNAMED_GROUPS else name.replace("_", " ")


def _whom_to_ask(field: FieldInfo | None) -> str:
    """Return who will know a field of the profile, or an empty text where nobody is named."""
    extra = field.json_schema_extra if field else None
    return str(extra.get("ask", "")) if isinstance(extra, dict) else ""


def _model_of(annotation: Any) -> type[BaseModel] | None:
    """Return the model in a field's type: `Contact` of `Contact | None` and `tuple[Contact, ...]`.

    None where the field holds a plain value.
    """
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    if get_origin(annotation) in (Union, UnionType, tuple):
        for argument in get_args(annotation):
            model = _model_of(argument)
            if model:
                return model
    return None
