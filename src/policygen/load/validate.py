"""pydantic's errors as Problems: where in the file, what is wrong in plain words, how to mend it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

from pydantic import TypeAdapter, ValidationError

from policygen.load.yaml import Marked
from policygen.problems import PolicygenError, Problem, nearest

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

T = TypeVar("T")
Loc: TypeAlias = tuple[str | int, ...]


def validate_as(type_: type[T], marked: Marked) -> T:
    """Make a value of a type from marked data. Raises PolicygenError with every fault at once."""
    adapter, shape = _adapter(type_)  # type: ignore[arg-type]  # every type can be hashed
    problems = list(_unknown_keys(marked.data, (), marked, shape))
    try:
        value: T = adapter.validate_python(marked.data)
        if not problems:
            return value
    except ValidationError as error:
        problems += [_problem(e, marked) for e in error.errors() if e["type"] != "extra_forbidden"]
    raise PolicygenError(sorted(problems, key=lambda p: (p.place.line, p.place.column)))


@cache
def _adapter(type_: Any) -> tuple[TypeAdapter[Any], dict[str, Any]]:
    adapter = TypeAdapter(type_)
    return adapter, adapter.json_schema()


def _unknown_keys(
    data: object, loc: Loc, marked: Marked, shape: dict[str, Any]
) -> Iterator[Problem]:
    """Every key that the type does not have, however deep: a dataclass alone would let it pass."""
    if isinstance(data, dict):
        known = _keys(shape, loc)
        for key, value in data.items():
            if known and key not in known:
                what = f'There is no key "{key}"{f" under {_dotted(loc)}" if loc else ""}.'
                place = marked.place((*loc, key, ""))
                yield Problem(
                    what, nearest(str(key), known), place, code="PG101", field=(*loc, key)
                )
            else:
                yield from _unknown_keys(value, (*loc, key), marked, shape)
    elif isinstance(data, list):
        for number, value in enumerate(data):
            yield from _unknown_keys(value, (*loc, number), marked, shape)


def _problem(error: ErrorDetails, marked: Marked) -> Problem:
    loc = tuple(part for part in error["loc"] if isinstance(part, (str, int)) and part != "[key]")
    name, given = ".".join(map(str, loc)), _given(error["input"])
    match error["type"]:
        case "missing":
            return Problem(
                f'"{name}" is missing.', f"Write a line `{loc[-1]}: ...`.", marked.place(loc)
            )
        case "literal_error":
            expected = [
                e.strip(" '") for e in error["ctx"]["expected"].replace(" or ", ", ").split(",")
            ]
            what = f"{name}: {given} is not one of the choices."
            return Problem(what, nearest(str(error["input"]), expected), marked.place(loc))
        case (
            "day"
            | "date_from_datetime_parsing"
            | "date_parsing"
            | "date_type"
            | "date_from_datetime_inexact"
        ):
            what, mend = f"{name}: {given} is not a date.", "Write year-month-day, like 2026-12-07."
            return Problem(what, mend, marked.place(loc))
        case (
            "int_parsing" | "int_type" | "greater_than_equal" | "less_than_equal" | "int_from_float"
        ):
            what = f"{name}: {given} is not a number that can stand here."
            return Problem(what, "Write a whole number, like 5.", marked.place(loc))
        case "bool_parsing" | "bool_type":
            return Problem(
                f"{name}: {given} is neither yes nor no.", "Write yes or no.", marked.place(loc)
            )
        case "tuple_type" | "list_type":
            return Problem(
                f"{name}: this must be a list.",
                "Write it in brackets, like [one, two].",
                marked.place(loc),
            )
        case "model_type" | "model_attributes_type" | "dict_type" | "dataclass_type":
            what = f"{name}: this must be a block of keys."
            return Problem(what, "Put each key on its own line, indented.", marked.place(loc))
        case "string_type" | "line":
            what = f"{name}: this must be a line of text."
            return Problem(what, "Write it on one line, in quotes if need be.", marked.place(loc))
        case _:
            what, _, mend = error["msg"].partition(": ")
            shown = f" ({given})" if isinstance(error["input"], str) else ""
            if error["input"] is None:
                what, mend = "This is empty", "give it a value, or take the line out."
            return Problem(
                f"{name}{shown}: {what.rstrip('.')}.",
                mend[:1].upper() + mend[1:],
                marked.place(loc),
            )


def _given(value: object) -> str:
    """What somebody typed, short enough for a line and safe for a terminal."""
    text = "".join(c if c.isprintable() else "\ufffd" for c in str(value)[:61])
    return f'"{text[:60]}…"' if len(text) > 60 else f'"{text}"'


def _dotted(loc: Loc) -> str:
    return '"' + ".".join(map(str, loc)) + '"'


def _keys(shape: dict[str, Any], loc: Loc) -> tuple[str, ...]:
    """The keys that may stand in the block at `loc`, by the JSON Schema of the type."""
    here = shape
    for part in (*loc, None):
        for _ in range(4):  # follow $ref and the first of anyOf
            if "$ref" in here:
                here = shape["$defs"][here["$ref"].rpartition("/")[2]]
            elif "anyOf" in here:
                here = here["anyOf"][0]
        if part is None:
            break
        if isinstance(part, int):
            here = here.get("items", {})
        else:
            properties = here.get("properties", {})
            here = properties.get(part, here.get("additionalProperties", {}))
        here = here if isinstance(here, dict) else {}
    return tuple(here.get("properties", {}))
