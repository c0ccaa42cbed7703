"""What a profile says of a commitment: a number, on or off."""

from __future__ import annotations

from typing import Annotated, TypeAlias

from pydantic import PlainValidator
from pydantic_core import PydanticCustomError

_ON, _OFF = ("on", "yes", "true"), ("off", "no", "false")
LARGEST = 3650


def _switch(value: object) -> bool | None:
    """Return what `on` and `off` mean, or None for anything else."""
    text = str(value).lower() if isinstance(value, (str, bool)) else ""
    if text in _ON:
        return True
    return False if text in _OFF else None


def _checked_switch(value: object) -> bool:
    found = _switch(value)
    if found is None:
        raise PydanticCustomError("switch", "This is neither on nor off: write on or off.")
    return found


def _checked_choice(value: object) -> int | bool:
    """Return the number, True for the usual one, or False for none."""
    found = _switch(value)
    if found is not None:
        return found
    text = str(value).strip() if isinstance(value, (str, int)) else ""
    if text.isascii() and text.isdecimal() and len(text) <= 4 and 1 <= int(text) <= LARGEST:
        return int(text)
    reason = (
        f"A commitment is a whole number up to {LARGEST}, on or off: write it like 5, with no unit."
    )
    raise PydanticCustomError("commitment", reason)


Switch: TypeAlias = Annotated[bool, PlainValidator(_checked_switch, json_schema_input_type=bool)]
# What a profile says of one commitment: a number, on (the usual number) or off.
CommitmentChoice: TypeAlias = Annotated[
    int | bool, PlainValidator(_checked_choice, json_schema_input_type=int | bool)
]
