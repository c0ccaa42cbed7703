"""pydantic's errors as Problems: where it is, what is wrong in plain words, how to mend it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel, TypeAdapter, ValidationError

from policygen.load.yaml.reader import Marked
from policygen.model.language import capitalise
from policygen.problems import DataPath, PolicygenError, Problem, key_path, nearest

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

_Value = TypeVar("_Value")


def validate_as(type_: type[_Value], marked: Marked) -> _Value:
    """Make a value of a type from marked data. Raises PolicygenError with every fault at once."""
    kept: Any = type_  # as the caches take it: mypy does not know that every type can be hashed
    try:
        value: _Value = _adapter(kept).validate_python(marked.data)
    except ValidationError as error:
        wrong = [_problem(e, marked) for e in error.errors() if e["type"] != "extra_forbidden"]
        problems = [*_unknown_keys(marked.data, (), marked, _shape(kept)), *wrong]
    else:
        if _refuses_unknown_keys(type_):
            return value
        problems = list(_unknown_keys(marked.data, (), marked, _shape(kept)))
        if not problems:
            return value
    raise PolicygenError(sorted(problems, key=lambda p: (p.location.line, p.location.column)))


def _refuses_unknown_keys(type_: Any) -> bool:
    """Tell whether a type by itself takes no key that it does not have, however deep."""
    is_model = isinstance(type_, type) and issubclass(type_, BaseModel)
    return is_model and type_.model_config.get("extra") == "forbid"


@cache
def _adapter(type_: Any) -> TypeAdapter[Any]:
    if isinstance(type_, type) and issubclass(type_, BaseModel):
        type_.model_rebuild()  # else one that is not built yet would be built twice
    return TypeAdapter(type_)


@cache
def _shape(type_: Any) -> dict[str, Any]:
    """Return the JSON Schema of a type, which tells its keys: not needed where all are known."""
    return _adapter(type_).json_schema()


def _unknown_keys(
    data: object, loc: DataPath, marked: Marked, shape: dict[str, Any]
) -> Iterator[Problem]:
    """Every key that the type does not have, however deep: a dataclass alone would let it pass."""
    if isinstance(data, dict):
        known = _keys(shape, loc)
        for key, value in data.items():
            if known and key not in known:
                what = f'There is no key "{key}"{f" under {_dotted(loc)}" if loc else ""}.'
                location = marked.location(key_path((*loc, key)))
                yield Problem(
                    what, nearest(str(key), known), location, code="PG101", field=(*loc, key)
                )
            else:
                yield from _unknown_keys(value, (*loc, key), marked, shape)
    elif isinstance(data, list):
        for number, value in enumerate(data):
            yield from _unknown_keys(value, (*loc, number), marked, shape)


def _problem(error: ErrorDetails, marked: Marked) -> Problem:
    """Return one error of pydantic as a Problem, in plain words."""
    path = tuple(part for part in error["loc"] if isinstance(part, (str, int)) and part != "[key]")
    name = ".".join(map(str, path))
    location = marked.location(path)
    kind = error["type"]
    if kind == "missing":
        what, mend = f'"{name}" is missing.', f"Write a line `{path[-1]}: ...`."
        return Problem(what, mend, location, code="PG105", field=path)
    typed = _given(error["input"])
    if kind == "literal_error":
        what = f"{name}: {typed} is not one of the choices."
        choices = error["ctx"]["expected"].replace(" or ", ", ").split(",")
        mend = nearest(str(error["input"]), [choice.strip(" '") for choice in choices])
        return Problem(what, mend, location, code="PG106", field=path)
    if kind in _WRONG_FORMS:
        reason, mend = _WRONG_FORMS[kind]
        what = f"{name}: {reason.replace('*', typed)}"
        return Problem(what, mend, location, code="PG107", field=path)
    what, mend = _own_words(name, typed, error)
    if kind == "line_character":
        return Problem(what, mend, location, code="PG109", field=path)
    if kind in ("review_before_issue", "ends_before_start"):
        return Problem(what, mend, location, code="PG113", field=path)
    return Problem(what, mend, location, code="PG108", field=path)


def _own_words(name: str, typed: str, error: ErrorDetails) -> tuple[str, str]:
    """Return what a check of ours says: what is wrong, and after the colon how to mend it."""
    if error["input"] is None:
        return f"{name}: This is empty.", "Give it a value, or take the line out."
    reason, _, advice = error["msg"].partition(": ")
    value = f" ({typed})" if isinstance(error["input"], str) else ""
    return f"{name}{value}: {reason.rstrip('.')}.", capitalise(advice)


_DATE = "* is not a date.", "Write year-month-day, like 2026-12-07."
_NUMBER = "* is not a number that can stand here.", "Write a whole number, like 5."
_YES_OR_NO = "* is neither yes nor no.", "Write yes or no."
_LIST = "this must be a list.", "Write it in brackets, like [one, two]."
_BLOCK = "this must be a block of keys.", "Put each key on its own line, indented."
_TEXT = "this must be a line of text.", "Write it on one line, in quotes if need be."
# What is wrong with a value of the wrong form, by pydantic's name of the error; * is the value.
_WRONG_FORMS = {
    **dict.fromkeys(("day", "date_from_datetime_parsing", "date_parsing"), _DATE),
    **dict.fromkeys(("date_type", "date_from_datetime_inexact"), _DATE),
    **dict.fromkeys(("int_parsing", "int_type", "int_from_float"), _NUMBER),
    **dict.fromkeys(("greater_than_equal", "less_than_equal"), _NUMBER),
    **dict.fromkeys(("bool_parsing", "bool_type"), _YES_OR_NO),
    **dict.fromkeys(("tuple_type", "list_type"), _LIST),
    **dict.fromkeys(("model_type", "model_attributes_type", "dict_type", "dataclass_type"), _BLOCK),
    **dict.fromkeys(("string_type", "line"), _TEXT),
}


def _given(value: object) -> str:
    """What somebody typed, short enough for a line and safe for a terminal."""
    text = "".join(c if c.isprintable() else "\ufffd" for c in str(value)[:61])
    return f'"{text[:60]}…"' if len(text) > 60 else f'"{text}"'


def _dotted(loc: DataPath) -> str:
    return '"' + ".".join(map(str, loc)) + '"'


def _keys(shape: dict[str, Any], loc: DataPath) -> tuple[str, ...]:
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
