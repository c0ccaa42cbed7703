"""The plain types that a field of the model is made of."""

from __future__ import annotations

from collections.abc import Iterator
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin


def field_kinds(annotation: Any) -> Iterator[Any]:
    """Yield a type, or those that it is made of: `date` of `Day | None`."""
    origin, parts = get_origin(annotation), get_args(annotation)
    if origin in (Union, UnionType, tuple):
        for part in parts:
            yield from field_kinds(part)
    elif origin is Annotated:
        yield from field_kinds(parts[0])
    else:
        yield annotation
