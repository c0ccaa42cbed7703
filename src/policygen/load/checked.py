"""pydantic's errors as Problems: where in the file, what is wrong in plain words, how to mend it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from policygen.load.yaml import Marked
from policygen.problems import PolicygenError, Problem, nearest

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

T = TypeVar("T")


def checked(type_: type[T], marked: Marked) -> T:
    """Make a value of a type from marked data. Raises PolicygenError with every fault at once."""
    adapter = TypeAdapter(type_)
    try:
        return adapter.validate_python(marked.data)
    except ValidationError as error:
        shape = adapter.json_schema()
        raise PolicygenError([_problem(e, marked, shape) for e in error.errors()]) from None


def _problem(error: ErrorDetails, marked: Marked, shape: dict[str, Any]) -> Problem:
    loc = tuple(part for part in error["loc"] if isinstance(part, (str, int)))
    name = ".".join(map(str, loc))
    match error["type"]:
        case "extra_forbidden":
            what = f'There is no key "{loc[-1]}"{f" under {_dotted(loc[:-1])}" if loc[:-1] else ""}.'
            return Problem(what, nearest(str(loc[-1]), _keys(shape, loc[:-1])), marked.place((*loc, "")))
        case "missing":
            return Problem(f'"{name}" is missing.', f"Add a line `{loc[-1]}: ...`.", marked.place(loc[:-1]))
        case "literal_error":
            expected = [e.strip(" '") for e in error["ctx"]["expected"].replace(" or ", ", ").split(",")]
            what = f'{name}: "{error["input"]}" is not one of the choices.'
            return Problem(what, nearest(str(error["input"]), expected), marked.place(loc))
        case "date_from_datetime_parsing" | "date_parsing" | "date_type" | "date_from_datetime_inexact":
            what, mend = f'{name}: "{error["input"]}" is not a date.', "Write year-month-day, like 2026-12-07."
            return Problem(what, mend, marked.place(loc))
        case "int_parsing" | "int_type" | "greater_than_equal" | "less_than_equal" | "int_from_float":
            what = f'{name}: "{error["input"]}" is not a number that can stand here.'
            return Problem(what, "Write a whole number, like 5.", marked.place(loc))
        case "bool_parsing" | "bool_type":
            return Problem(f'{name}: "{error["input"]}" is neither yes nor no.', "Write yes or no.", marked.place(loc))
        case "tuple_type" | "list_type":
            return Problem(f"{name}: this must be a list.", "Write it in brackets, like [one, two].", marked.place(loc))
        case "model_type" | "model_attributes_type" | "dict_type" | "dataclass_type":
            what = f"{name}: this must be a block of keys."
            return Problem(what, "Put each key on its own line, indented.", marked.place(loc))
        case _:
            what, _, mend = error["msg"].partition(": ")
            shown = f' ("{error["input"]}")' if isinstance(error["input"], str) else ""
            if error["input"] is None:
                what, mend = "This is empty", "give it a value, or take the line out."
            return Problem(f"{name}{shown}: {what.rstrip('.')}.", mend[:1].upper() + mend[1:], marked.place(loc))


def _dotted(loc: tuple[str | int, ...]) -> str:
    return '"' + ".".join(map(str, loc)) + '"'


def _keys(shape: dict[str, Any], loc: tuple[str | int, ...]) -> tuple[str, ...]:
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
