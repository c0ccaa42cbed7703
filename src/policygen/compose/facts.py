"""Facts: the values that wording may use, looked up as keys and never as attributes.

A Fact is what a template holds in its hand. It knows its path, notes down what is asked of it, and is
the only thing that can be printed; what it prints is a token, so that a value never becomes markup.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from types import UnionType
from typing import Any, TypeAlias, Union, get_args, get_origin

from pydantic import BaseModel

from policygen.facts.described import described
from policygen.model.fragment import Layer, Library
from policygen.model.label import fill_label
from policygen.model.language import format_day, format_number, localise, merge
from policygen.model.policy import Printed
from policygen.model.profile import Profile

Shape: TypeAlias = "dict[str, Shape]"  # the keys that may stand beneath; "*" is an item of a list
OPEN, CLOSE = "\ue000", "\ue001"  # around the number of a printed fact
LOOP, LOOP_HEAD, LOOP_END = "\ue002", "\ue003", "\ue004"
STEPS = 10_000  # turns of loops in one passage; a real one takes about thirty

# The names that wording may begin with, and where in a profile they are found.
TOP = ("policy", "contacts", "channels", "approval", "elections")


class TooMuch(Exception):
    """A passage loops or prints more than any policy could need."""


@dataclass(slots=True)
class Log:
    """What one rendering asked: facts printed, facts that decided, faults as (kind, path)."""

    labels: Mapping[str, str]
    language: str = "en"
    printed: list[Printed] = field(default_factory=list)
    chosen_by: dict[str, str] = field(default_factory=dict)
    faults: list[tuple[str, str]] = field(default_factory=list)
    steps: int = 0

    def token(self, printed: Printed) -> str:
        """Note a printed fact; return what stands for it in the text."""
        self.printed.append(printed)
        return f"{OPEN}{len(self.printed) - 1}{CLOSE}"

    def gap(self, path: str) -> str:
        """Note a fact that cannot be printed; return what stands for its marked gap."""
        return self.token(
            Printed(path, fill_label(self.labels["gap"], fact=described(path).label), gap=True)
        )


class Fact:
    """A value at a path. Falsy when unset; equal to what its value equals."""

    __slots__ = ("log", "path", "text", "value")

    def __init__(self, path: str, value: Any, log: Log, text: str | None = None) -> None:
        self.path = path
        self.value = value
        self.log = log
        self.text = text  # what a filter made of it

    def child(self, key: str | int) -> Fact:
        """The fact beneath a key; unset where there is nothing."""
        value = None
        if isinstance(self.value, Mapping):
            value = self.value.get(str(key))
        elif (
            isinstance(self.value, (list, tuple))
            and isinstance(key, int)
            and 0 <= key < len(self.value)
        ):
            value = self.value[key]
        return Fact(f"{self.path}.{key}", value, self.log)

    def _decides(self) -> Any:
        self.log.chosen_by[self.path] = _flat(self.value)
        return self.value

    def __bool__(self) -> bool:
        return bool(self._decides())

    def __eq__(self, other: object) -> bool:
        return bool(self._decides() == (other._decides() if isinstance(other, Fact) else other))

    __hash__ = None  # type: ignore[assignment]  # a fact is looked at, never kept in a set

    def __lt__(self, other: Any) -> bool:
        return self._compare(other, lambda a, b: a < b)

    def __le__(self, other: Any) -> bool:
        return self._compare(other, lambda a, b: a <= b)

    def __gt__(self, other: Any) -> bool:
        return self._compare(other, lambda a, b: a > b)

    def __ge__(self, other: Any) -> bool:
        return self._compare(other, lambda a, b: a >= b)

    def _compare(self, other: Any, how: Any) -> bool:
        mine, theirs = self._decides(), other._decides() if isinstance(other, Fact) else other
        if mine is None or theirs is None:
            return False
        try:
            return bool(how(mine, theirs))
        except TypeError:
            self.log.faults.append(("compared", self.path))
            return False

    def __contains__(self, item: object) -> bool:
        wanted = item._decides() if isinstance(item, Fact) else item
        mine = self._decides()
        try:
            return mine is not None and wanted is not None and wanted in mine
        except TypeError:
            self.log.faults.append(("compared", self.path))
            return False

    def __iter__(self) -> Iterator[Fact]:
        items = self.value if isinstance(self.value, (list, tuple)) else ()
        for number, item in enumerate(items):
            self.log.steps += 1
            if self.log.steps > STEPS:
                raise TooMuch
            yield Fact(f"{self.path}.{number}", item, self.log)

    def __str__(self) -> str:
        """Print: leave a token in the text and note the value, or the fault, beside it."""
        if self.text is not None:
            text = self.text
        elif self.value is None or self.value == "":
            return self._faulty("unset")
        elif isinstance(self.value, (bool, Mapping, list, tuple)):
            return self._faulty("unprintable")
        elif isinstance(self.value, date):
            text = format_day(self.value, self.log.language)
        else:
            text = shown(self.value, self.log.language)
        return self.log.token(Printed(self.path, text))

    def _faulty(self, kind: str) -> str:
        self.log.faults.append((kind, self.path))
        return self.log.gap(self.path)


def told(profile: Profile, language: str, path: str) -> str:
    """What a profile says of a fact, as `chosen_by` has it; nothing for a fact that no profile holds."""
    value: Any = of_profile(profile, language)
    for part in path.split("."):
        if isinstance(value, (list, tuple)) and part.isdecimal():
            value = value[int(part)] if int(part) < len(value) else None
        elif isinstance(value, Mapping) and part in value:
            value = value[part]
        else:
            return "" if not isinstance(value, (list, tuple)) and value is not None else _flat(None)
    return _flat(value)


def shown(value: object, language: str) -> str:
    """A number or a text, as a language prints it."""
    return format_number(value, language) if isinstance(value, int) else str(value)


def _flat(value: Any) -> str:
    if value is None:
        return "not given"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Mapping):
        return " ".join(_flat(each) for each in value.values() if each is not None)
    return ", ".join(map(_flat, value)) if isinstance(value, (list, tuple)) else str(value)


# --- Values and their shape ----------------------------------------------------------------------------


def of_profile(profile: Profile, language: str) -> dict[str, Any]:
    """A profile's facts by their first names, in one language."""
    organisation: dict[str, Any] = localise(profile.model_dump(), language)
    platforms = list(dict.fromkeys(channel.platform for channel in profile.channels))
    return {
        "organisation": organisation,
        **{name: organisation[name] for name in TOP},
        "platforms": platforms,
    }


def of_layers(layers: tuple[Layer, ...], language: str) -> dict[str, Any]:
    """The layers' facts by their first names, lowest first, in one language."""
    merged: Any = {}
    for layer in layers:
        merged = merge(merged, layer.facts)
    facts: dict[str, Any] = localise(merged, language)
    return facts


def shape(library: Library, layers: tuple[Layer, ...]) -> Shape:
    """Every name that wording may use. A layer's fact is known wherever any layer of the library names it."""
    shared = _library_shape(library)
    own = [layer for layer in layers if layer.facts and layer.place_in_order == "organisation"]
    if not own:
        return shared
    known: Shape = {}
    for one in (shared, *(_data_shape(layer.facts) for layer in own)):
        _join(known, one)
    return known


@lru_cache(maxsize=4)
def _library_shape(library: Library) -> Shape:
    profile = _model_shape(Profile)
    known: Shape = {
        "organisation": profile,
        **{name: profile[name] for name in TOP},
        "platforms": {"*": {}},
    }
    for group in library.layers.values():
        for layer in group:
            _join(known, _data_shape(layer.facts))
    return known


def unknown(shape: Shape, path: tuple[str, ...]) -> tuple[str, tuple[str, ...]] | None:
    """None when a path exists; else the part where it goes wrong, and the names that could stand there."""
    here = shape
    for part in path:
        if part not in here:
            return part, tuple(name for name in here if name != "*")
        here = here[part]
    return None


def _model_shape(model: type[BaseModel]) -> Shape:
    return {name: _type_shape(info.annotation) for name, info in model.model_fields.items()}


def _type_shape(annotation: Any) -> Shape:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return _model_shape(annotation)
    if get_origin(annotation) in (Union, UnionType):
        return next((s for s in map(_type_shape, get_args(annotation)) if s), {})
    if get_origin(annotation) is tuple:
        return {"*": _type_shape(get_args(annotation)[0])}
    return {}


def _data_shape(data: Any) -> Shape:
    data = localise(data, "en")
    if isinstance(data, Mapping):
        return {str(key): _data_shape(value) for key, value in data.items()}
    if isinstance(data, (list, tuple)):
        items: Shape = {}
        for item in data:
            _join(items, _data_shape(item))
        return {"*": items}
    return {}


def _join(into: Shape, other: Shape) -> None:
    for key, beneath in other.items():
        _join(into.setdefault(key, {}), beneath)
