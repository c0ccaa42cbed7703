"""The names of every fact that wording may use, as a tree: any other name is a mistake."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import UnionType
from typing import Any, TypeAlias, Union, get_args, get_origin

from pydantic import BaseModel

from policygen.facts.values import TOP_LEVEL, FactPath
from policygen.model.fragment import Layer, Library
from policygen.model.language import localise
from policygen.model.profile import Profile

# The names that may stand beneath each name; "*" is an item of a list.
FactShape: TypeAlias = "dict[str, FactShape]"


def library_shape(library: Library) -> FactShape:
    """Every name that the profile's model and any layer of the library have."""
    profile = _of_model(Profile)
    shape: FactShape = {
        "organisation": profile,
        **{name: profile[name] for name in TOP_LEVEL},
        "platforms": {"*": {}},
    }
    for group in library.layers.values():
        for layer in group:
            _merge(shape, _of_data(layer.facts))
    return shape


def shape_with(shared: FactShape, layers: Iterable[Layer]) -> FactShape:
    """The library's shape with what an organisation's own layer names."""
    own = [layer for layer in layers if layer.facts and layer.place_in_order == "organisation"]
    if not own:
        return shared
    shape: FactShape = {}
    for part in (shared, *(_of_data(layer.facts) for layer in own)):
        _merge(shape, part)
    return shape


def unknown_name(shape: FactShape, path: FactPath) -> tuple[str, tuple[str, ...]] | None:
    """Return the first unknown part of a path, and the names that are known there, or None."""
    here = shape
    for part in path:
        if part not in here:
            return part, tuple(name for name in here if name != "*")
        here = here[part]
    return None


def _of_model(model: type[BaseModel]) -> FactShape:
    return {name: _of_type(info.annotation) for name, info in model.model_fields.items()}


def _of_type(annotation: Any) -> FactShape:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return _of_model(annotation)
    if get_origin(annotation) in (Union, UnionType):
        shapes = map(_of_type, get_args(annotation))
        return next((shape for shape in shapes if shape), {})
    if get_origin(annotation) is tuple:
        return {"*": _of_type(get_args(annotation)[0])}
    return {}


def _of_data(data: Any) -> FactShape:
    data = localise(data, "en")
    if isinstance(data, Mapping):
        return {str(key): _of_data(value) for key, value in data.items()}
    if isinstance(data, (list, tuple)):
        items: FactShape = {}
        for item in data:
            _merge(items, _of_data(item))
        return {"*": items}
    return {}


def _merge(into: FactShape, other: FactShape) -> None:
    for name, beneath in other.items():
        _merge(into.setdefault(name, {}), beneath)
