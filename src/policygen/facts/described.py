"""What a missing fact is called in plain words, and who in the organisation will know it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from types import UnionType
from typing import Any, Union, get_args, get_origin

from pydantic import BaseModel

from policygen.model.profile import Profile


@dataclass(frozen=True, slots=True)
class Description:
    """A fact for people: "records team email address", "the records or information team"."""

    label: str
    ask: str


@cache
def describe_fact(path: str) -> Description:
    """Describe a fact by its path; a layer's fact is named after its key."""
    parts = [
        part
        for part in path.removeprefix("organisation.").split(".")
        if not part.isdecimal() and part != "*"
    ]
    labels: list[str] = []
    ask = ""
    model: type[BaseModel] | None = Profile
    for part in parts:
        info = model.model_fields.get(part) if model else None
        extra = info.json_schema_extra if info else None
        named = info.description if info and isinstance(extra, dict) and "ask" in extra else None
        if named:
            labels.append(named)
        elif part not in ("policy", "contacts"):
            labels.append(part.replace("_", " "))
        if isinstance(extra, dict) and (who := str(extra.get("ask", ""))) and "own team" not in who:
            ask = who
        model = _model(info.annotation) if info else None
    if (
        len(labels) > 1 and labels[-2] in labels[-1]
    ):  # "address of the equality assessment" says it all
        del labels[-2]
    return Description(" ".join(labels) or path, ask or "the policy's owner")


def _model(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    if get_origin(annotation) in (Union, UnionType, tuple):
        return next((m for m in map(_model, get_args(annotation)) if m), None)
    return None
