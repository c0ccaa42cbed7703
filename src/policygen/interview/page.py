"""A profile.yaml made of the profile's model: what is known as lines, what is not as lines that are switched off.

A line that is switched off begins with # and no space, so that taking the # away leaves it well indented.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping
from datetime import date
from types import UnionType
from typing import Annotated, Any, Literal, TypeGuard, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from policygen.facts.described import described
from policygen.interview.scalar import key as key_
from policygen.interview.scalar import scalar
from policygen.model.profile import Profile

_NOTES = 34  # the column in which notes begin
_WIDTH = 110
_HEAD = """\
# The facts about your organisation.
# There is no wording here: policygen brings the wording, and prints these facts in it.
# What stands behind a # is a note to you, and is never printed.
#
# A line such as "#website:" is a fact that nobody has given yet. To give it, take the # away and write it behind
# the colon; leave the spaces at the start as they are. In a block, such as contacts, take the # away from the line
# that names the block, too.

# Who you are. Every policy needs these lines.
"""


def page(data: Mapping[str, Any]) -> str:
    """The whole file for what is known, by the profile's keys and blocks."""
    lines = _HEAD.splitlines()
    fields = Profile.model_fields
    for name in sorted(
        fields, key=lambda name: not fields[name].is_required()
    ):  # and else in the model's order
        block, off = block_of(fields[name]), _empty(data.get(name))
        if block:
            lines += ["", *_above(fields[name], block)]
        elif not fields[name].is_required() and _opens(name):
            lines.append("")
        lines += _field(name, fields[name], data.get(name), (name,), off and name != "policy", "")
    return "\n".join(lines) + "\n"


def block_of(info: FieldInfo) -> type[BaseModel] | None:
    """The block that a field holds, once or in a list."""
    return next((kind for kind in _kinds(info.annotation) if _is_block(kind)), None)


def _field(
    name: str, info: FieldInfo, value: Any, path: tuple[str, ...], off: bool, asked: str
) -> Iterator[str]:
    """One key with what stands beneath it; `off` switches all of it off, `asked` will know what is in the block."""
    block, listed = block_of(info), get_origin(info.annotation) is tuple
    start = f"{'  ' * (len(path) - 1)}{name}:"
    note, who = ("", "") if block and len(path) == 1 else _note(info, path, off, asked)
    if block and not listed:
        yield _line(start, "", note, off)
        yield from _block(block, value or {}, path, off, who or asked)
    elif block:
        yield _line(start, "", note, off)
        for item in value or [{}]:
            yield from _item(block, item, path, off)
    elif isinstance(value, (list, tuple)) and value:
        yield _line(start, "", note, off)
        yield from (f"{'  ' * len(path)}- {scalar(item)}" for item in value)
    elif isinstance(value, Mapping) and value:
        yield _line(start, "", note, off)
        yield from (f"{'  ' * len(path)}{key_(key)}: {scalar(item)}" for key, item in value.items())
    else:
        nothing = "[]" if listed else "{}" if get_origin(info.annotation) is dict else ""
        yield _line(start, nothing if _empty(value) else scalar(value), note, off)


def _block(
    block: type[BaseModel], value: Mapping[str, Any], path: tuple[str, ...], off: bool, who: str
) -> Iterator[str]:
    for name, info in block.model_fields.items():
        given = value.get(name)
        if _empty(given) and get_origin(info.annotation) is Literal:
            given = (
                info.default
            )  # a choice that holds while nobody has made another is worth seeing
        yield from _field(name, info, given, (*path, name), off or _empty(given), who)


def _item(
    block: type[BaseModel], value: Mapping[str, Any], path: tuple[str, ...], off: bool
) -> Iterator[str]:
    """One entry of a list: its first line bears the dash, and beneath the indentation is one step deeper."""
    inner = [
        line
        for line in _block(block, value, (*path, "*"), off, "")
        if off or not line.startswith("#")
    ]
    sign = "#" if off else ""
    for number, line in enumerate(inner):
        text = line[len(sign) :]
        yield sign + (text[:2] + "- " + text[4:] if number == 0 else text)


def _line(start: str, value: str, note: str, off: bool) -> str:
    text = f"{'#' * off}{start} {value}".rstrip()
    return f"{text.ljust(_NOTES - 2)}  # {note}" if note else text


def _above(info: FieldInfo, block: type[BaseModel]) -> list[str]:
    """The note over a block of its own, from what the model says of it."""
    said = " ".join((info.description or block.__doc__ or "").split())
    return textwrap.wrap(said, _WIDTH, initial_indent="# ", subsequent_indent="# ")


def _note(info: FieldInfo, path: tuple[str, ...], off: bool, asked: str) -> tuple[str, str]:
    """What a fact is and in what form it stands; and who will know one that is missing, unless that is said above."""
    extra = info.json_schema_extra
    who = (
        described(".".join(path)).ask if off and isinstance(extra, dict) and "ask" in extra else ""
    )
    note = (info.description or "") + _form(info, off)
    note = "" if note == path[-1].replace("_", " ") else note  # the key says it
    return f"{note} (ask {who})".strip() if who and who != asked else note, who


def _form(info: FieldInfo, off: bool) -> str:
    """In what form a value is written, where one cannot see it."""
    for kind in _kinds(info.annotation):
        if kind is date and off:
            return ", like 2026-12-07"
        if kind is bool:
            return ": true or false"
        if get_origin(kind) is Literal:
            *most, last = get_args(kind)
            return f": {', '.join(most)} or {last}"
    return ", written like [one, two]" if off and get_origin(info.annotation) is tuple else ""


def _kinds(annotation: Any) -> Iterator[Any]:
    """A type, or those that it is made of."""
    parts = get_args(annotation)
    if get_origin(annotation) in (Union, UnionType, tuple):
        for part in parts:
            yield from _kinds(part)
    elif get_origin(annotation) is Annotated:
        yield from _kinds(parts[0])
    elif annotation is not None:
        yield annotation


def _is_block(kind: Any) -> TypeGuard[type[BaseModel]]:
    return isinstance(kind, type) and issubclass(kind, BaseModel)


def _opens(name: str) -> bool:
    """Whether a plain fact begins a group: the one before it is required, or has a block."""
    names = list(Profile.model_fields)
    before = Profile.model_fields[names[names.index(name) - 1]]
    return before.is_required() or block_of(before) is not None


def _empty(value: Any) -> bool:
    return value is None or value in ("", (), [], {})
