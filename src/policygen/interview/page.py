"""A profile.yaml made of the profile's model: what is known, and what is not, switched off.

A line that is switched off begins with # and no space: taking the # away leaves it well indented.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import UnionType
from typing import Annotated, Any, Literal, TypeGuard, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from policygen.facts.described import describe_fact
from policygen.model.profile import Profile, fields_of
from policygen.store.scalar import yaml_key, yaml_scalar

_NOTES = 34  # the column in which notes begin
_WIDTH = 110
SOME_ID = "an-id"  # stands where a body names a section, a clause or a source
_HEAD = """\
# The facts about your organisation.
# There is no wording here: policygen brings the wording, and prints these facts in it.
# What stands behind a # is a note to you, and is never printed.
#
# A line such as "#website:" is a fact that nobody has given yet. To give it, take the # away and
# write it behind the colon; leave the spaces at the start as they are. In a block, such as
# contacts, take the # away from the line that names the block, too.

# Who you are. Every policy needs these lines.
"""


def profile_page(data: Mapping[str, Any], commitments: Sequence[str] = ()) -> str:
    """Return the whole file for what is known, by the profile's keys and blocks.

    `commitments` are the lines of that block, where the library offers some.
    """
    fields = Profile.model_fields
    required_first = sorted(fields, key=lambda name: not fields[name].is_required())
    lines = _HEAD.splitlines()
    for name in required_first:
        info, value = fields[name], data.get(name)
        if name == "commitments" and commitments:
            lines += ["", *commitments, ""]
            continue
        block = block_of(info)
        if block:
            lines += ["", *_heading(info, block)]
        elif not info.is_required() and _begins_group(name):
            lines.append("")
        is_off = _is_empty(value) and name != "policy"
        lines += _field(_Line(name, info, (name,), is_off), value)
    return "\n".join(lines) + "\n"


def block_of(info: FieldInfo) -> type[BaseModel] | None:
    """Return the block that a field holds, once or in a list."""
    return next((kind for kind in _kinds(info.annotation) if _is_block(kind)), None)


def entry_of(info: FieldInfo) -> type[BaseModel] | None:
    """Return the block that a field holds for each id that a body names; None for other fields."""
    if get_origin(info.annotation) is not dict:
        return None
    kind = get_args(info.annotation)[1]
    return kind if _is_block(kind) else None


@dataclass(frozen=True, slots=True)
class _Line:
    """One key of the profile: its field in the model, and how it is written."""

    name: str
    info: FieldInfo
    path: tuple[str, ...]  # the keys that lead to it, itself the last; "*" is an item of a list
    is_off: bool  # switched off with a #
    known_by: str = ""  # who knows the block around it, said there already

    @property
    def start(self) -> str:
        """The key, indented, with its colon."""
        return f"{'  ' * (len(self.path) - 1)}{self.name}:"

    @property
    def is_list(self) -> bool:
        """Whether the field holds a list."""
        return get_origin(self.info.annotation) is tuple

    @property
    def nothing(self) -> str:
        """What stands behind the colon where there is no value."""
        if self.is_list:
            return "[]"
        return "{}" if get_origin(self.info.annotation) is dict else ""

    def written(self, value: str, note: str) -> str:
        """The line with a value and a note."""
        text = f"{'#' * self.is_off}{self.start} {value}".rstrip()
        return f"{text.ljust(_NOTES - 2)}  # {note}" if note else text


def _field(line: _Line, value: Any) -> Iterator[str]:
    """One key with what stands beneath it."""
    block = block_of(line.info)
    has_heading = block is not None and len(line.path) == 1  # which says what the note would
    note, known_by = ("", "") if has_heading else _note(line)
    indent = "  " * len(line.path)
    if block and line.is_list:
        yield line.written("", note)
        for item in value or [{}]:
            yield from _item(block, item, line)
    elif block:
        yield line.written("", note)
        yield from _block(block, value or {}, line.path, line.is_off, known_by or line.known_by)
    elif (entry := entry_of(line.info)) and line.is_off:
        yield line.written("", note)
        yield f"#{indent}{SOME_ID}:".ljust(_NOTES - 2) + "  # write the id in its place"
        yield from _block(entry, {}, (*line.path, SOME_ID), line.is_off, known_by or line.known_by)
    elif _is_empty(value):
        yield line.written(line.nothing, note)
    elif isinstance(value, (list, tuple)):
        yield line.written("", note)
        yield from (f"{indent}- {yaml_scalar(item)}" for item in value)
    elif isinstance(value, Mapping):
        yield line.written("", note)
        yield from _mapping(value, indent)
    else:
        yield line.written(yaml_scalar(value), note)


def _mapping(values: Mapping[str, Any], indent: str) -> Iterator[str]:
    """Keys that the body chose, such as the ids of what it leaves out, each with what it says."""
    for key, value in values.items():
        if isinstance(value, Mapping):
            yield f"{indent}{yaml_key(key)}:"
            yield from _mapping(value, f"{indent}  ")
        else:
            yield f"{indent}{yaml_key(key)}: {yaml_scalar(value)}"


def _block(
    block: type[BaseModel],
    values: Mapping[str, Any],
    path: tuple[str, ...],
    is_off: bool,
    known_by: str,
) -> Iterator[str]:
    """Every key of a block."""
    for name, info in fields_of(block).items():
        value = values.get(name)
        if _is_empty(value) and get_origin(info.annotation) is Literal:
            value = info.default  # a choice that holds until somebody makes another is worth seeing
        line = _Line(name, info, (*path, name), is_off or _is_empty(value), known_by)
        yield from _field(line, value)


def _item(block: type[BaseModel], values: Mapping[str, Any], line: _Line) -> Iterator[str]:
    """One entry of a list: its first line bears the dash, beneath it is one step deeper."""
    inner = _block(block, values, (*line.path, "*"), line.is_off, "")
    lines = [text for text in inner if line.is_off or not text.startswith("#")]
    sign = "#" if line.is_off else ""
    for number, text in enumerate(lines):
        text = text.removeprefix(sign)
        yield sign + (f"{text[:2]}- {text[4:]}" if number == 0 else text)


def _heading(info: FieldInfo, block: type[BaseModel]) -> list[str]:
    """The note over a block of its own, from what the model says of it."""
    text = " ".join((info.description or block.__doc__ or "").split())
    return textwrap.wrap(text, _WIDTH, initial_indent="# ", subsequent_indent="# ")


def _note(line: _Line) -> tuple[str, str]:
    """Return what a fact is and how it is written, and who knows one that is missing."""
    known_by = _known_by(line)
    note = (line.info.description or "") + _form(line)
    if note == line.name.replace("_", " "):  # the key says it
        note = ""
    if known_by and known_by != line.known_by:
        note = f"{note} (ask {known_by})".strip()
    return note, known_by


def _known_by(line: _Line) -> str:
    """Return whom to ask for a fact that is missing, or ""."""
    extra = line.info.json_schema_extra
    if not line.is_off or not isinstance(extra, dict) or "ask" not in extra:
        return ""
    return describe_fact(".".join(line.path)).ask


def _form(line: _Line) -> str:
    """Return in what form a value is written, where one cannot see it."""
    for kind in _kinds(line.info.annotation):
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            return ""  # its fields stand beneath
        if kind is date and line.is_off:
            return ", like 2026-12-07"
        if kind is bool:
            return ": true or false"
        if get_origin(kind) is Literal:
            *most, last = get_args(kind)
            return f": {', '.join(most)} or {last}"
    return ", written like [one, two]" if line.is_off and line.is_list else ""


def _kinds(annotation: Any) -> Iterator[Any]:
    """Yield a type, or those that it is made of."""
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


def _begins_group(name: str) -> bool:
    """Tell whether a plain fact begins a group: the one before it is required, or has a block."""
    names = list(Profile.model_fields)
    before = Profile.model_fields[names[names.index(name) - 1]]
    return before.is_required() or block_of(before) is not None


def _is_empty(value: Any) -> bool:
    return value is None or value in ("", (), [], {})
