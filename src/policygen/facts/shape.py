"""The names of every fact that wording may use, as a tree: any other name is a mistake."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from types import UnionType
from typing import Any, TypeAlias, Union, get_args, get_origin

from pydantic import BaseModel

from policygen.facts.values import TOP_LEVEL, FactPath
from policygen.model.fragment import FACT_GROUPS, Layer
from policygen.model.language import localise
from policygen.model.profile import Profile, fields_of

# The names that may stand beneath each name; "*" is an item of a list.
FactShape: TypeAlias = "dict[str, FactShape]"
_VALUES: FactShape = {"*": {"name": {}, "meaning": {}}}  # as any layer lists them


def layers_shape(layers: Iterable[Layer]) -> FactShape:
    """Return every name that the profile's model or one of these layers has."""
    layers = tuple(layers)
    profile = _model_shape(Profile)
    shape: FactShape = {
        "organisation": profile,
        **{name: profile[name] for name in TOP_LEVEL},
        "platforms": {"*": {}},
    }
    for layer in layers:
        _add_names(shape, _layer_shape(layer))
    if "values" in shape:
        _add_names(shape, {"values": _VALUES})
    shape["has"] = _clauses(layers)
    return shape


def shape_with(shared: FactShape, layers: Iterable[Layer]) -> FactShape:
    """Return a shape, `shared`, with an organisation's own facts and clauses.

    `shared` itself stays as it is: other organisations use it too.
    """
    own = [layer for layer in layers if layer.rung == "organisation"]
    clauses = _clauses(own)
    has_facts = any(layer.facts or layer.commitments or layer.examples for layer in own)
    if not has_facts and clauses.keys() <= shared["has"].keys():
        return shared
    shape: FactShape = {}
    _add_names(shape, shared)
    for layer in own:
        _add_names(shape, _layer_shape(layer))
    _add_names(shape, {"has": clauses})
    return shape


class FactNames:
    """The names that the wording of one body may use: any other is a mistake.

    The name of a layer that the body does not have is no mistake: its fact is missing. For that the
    whole library is read, and only if the body's own layers do not have the name.
    """

    def __init__(self, shape: FactShape, every_shape: Callable[[], FactShape]) -> None:
        self._shape = shape
        self._every_shape = every_shape
        self.first = (*shape, *(group for group in FACT_GROUPS if group not in shape))

    def unknown(self, path: FactPath) -> tuple[str, tuple[str, ...]] | None:
        """Return the first unknown part of a path, and the names known there to suggest one of.

        None for a path that is known.
        """
        if unknown_name(self._shape, path) is None:
            return None
        return unknown_name(self._every_shape(), path)


def _clauses(layers: Iterable[Layer]) -> FactShape:
    """Return every clause that layers tell: has('law.records') asks whether it is in."""
    fragments = (fragment for layer in layers for fragment in layer.fragments)
    return {edit.id: {} for fragment in fragments for edit in fragment.edits}


def unknown_name(shape: FactShape, path: FactPath) -> tuple[str, tuple[str, ...]] | None:
    """Return the first unknown part of a path, and the names known there to suggest one of.

    None for a path that is known.
    """
    known = shape
    for part in path:
        if part not in known:
            # Nobody means "*", the item of a list, nor `has`, which asks for a clause.
            return part, tuple(name for name in known if name not in ("*", "has"))
        known = known[part]
    return None


def _layer_shape(layer: Layer) -> FactShape:
    """Return the names of a layer's facts, of its commitments and of its words for examples."""
    words: FactShape = {word: {} for every in layer.examples.values() for word in every}
    commitments: FactShape = {name: {} for name in layer.commitments}
    return {**_data_shape(layer.facts), "commitments": commitments, "examples": words}


def _model_shape(model: type[BaseModel]) -> FactShape:
    """Return the names of a model's fields, and those within each."""
    return {name: _type_shape(info.annotation) for name, info in fields_of(model).items()}


def _type_shape(annotation: Any) -> FactShape:
    """Return the names within a field's type: those of a model, or of the items of a tuple.

    Of a union, such as `Contact | None`, the first member with names counts. A text has none, nor
    has one that a profile may also give as a list: wording is filled with one at a time.
    """
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return _model_shape(annotation)
    if get_origin(annotation) is tuple:
        return {"*": _type_shape(get_args(annotation)[0])}
    if get_origin(annotation) in (Union, UnionType):
        members = () if str in get_args(annotation) else get_args(annotation)
        for member in members:
            shape = _type_shape(member)
            if shape:
                return shape
    return {}


def _data_shape(data: Any) -> FactShape:
    """Return the names within the facts of a layer, as YAML has them."""
    data = localise(data, "en")
    if isinstance(data, Mapping):
        return {str(key): _data_shape(value) for key, value in data.items()}
    if isinstance(data, (list, tuple)):
        items: FactShape = {}
        for item in data:
            _add_names(items, _data_shape(item))
        return {"*": items}
    return {}


def _add_names(shape: FactShape, other: FactShape) -> None:
    """Add to a shape, in place, the names of another."""
    for name, names_within in other.items():
        _add_names(shape.setdefault(name, {}), names_within)
