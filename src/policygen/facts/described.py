"""What a missing fact is called in plain words, and who in the organisation will know it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from types import UnionType
from typing import Any, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from policygen.model.profile import Profile


@dataclass(frozen=True, slots=True)
class Description:
    """A fact for people: "records team email address", "the records or information team"."""

    label: str
    ask: str


@cache
def describe_fact(path: str) -> Description:
    """Describe a fact by its path; a layer's fact is named after its key."""
    names = path.removeprefix("organisation.").split(".")
    labels: list[str] = []
    ask = ""
    model: type[BaseModel] | None = Profile
    for name in names:
        if name.isdecimal() or name == "*":
            continue
        info = model.model_fields.get(name) if model else None
        who = _whom_to_ask(info)
        if info and info.description and who:
            labels.append(info.description)
        elif name not in ("policy", "contacts"):
            labels.append(name.replace("_", " "))
        if who and "own team" not in who:
            ask = who
        model = _model(info.annotation) if info else None
    # "address of the equality assessment" needs no "equality assessment" before it.
    if len(labels) > 1 and labels[-2] in labels[-1]:
        del labels[-2]
    return Description(" ".join(labels) or path, ask or "the policy's owner")


def _whom_to_ask(info: FieldInfo | None) -> str:
    """Return who will know a field of the profile, or an empty text where nobody is named."""
    extra = info.json_schema_extra if info else None
    return str(extra.get("ask", "")) if isinstance(extra, dict) else ""


def _model(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    if get_origin(annotation) in (Union, UnionType, tuple):
        return next((m for m in map(_model, get_args(annotation)) if m), None)
    return None
