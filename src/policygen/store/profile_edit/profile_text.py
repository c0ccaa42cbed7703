"""A profile with one value given, changed, emptied or removed, and every other byte as it was.

Where a value stands is read by ruamel, and only that stretch of the text is replaced: comments, the
order of keys and the way that a person lays out a file are their own. What comes of each change is
read again, and must say just what was meant.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from ruamel.yaml.error import YAMLError
from ruamel.yaml.nodes import MappingNode, ScalarNode

from policygen.load.yaml.reader import parse_yaml, without_empty
from policygen.problems import DataPath, PolicygenError, Problem
from policygen.store.profile_edit.value import value_of
from policygen.store.profile_edit.yaml_nodes import YamlNode, yaml_nodes
from policygen.store.scalar import yaml_key, yaml_scalar

_OFF = re.compile(r"^(#?)( *)((?:- )?)([A-Za-z_][\w-]*):(.*)$")
_NOTE = re.compile(r"\s#\s?(.*)$")
_ASK = re.compile(r" ?\(ask [^)]*\)$")


@dataclass(frozen=True, slots=True)
class Change:
    """A value at a path of a profile: a text, a list or a block of texts; None empties it.

    The path of an item one behind the last of a list adds one; `removed` takes one away, or a key.
    """

    path: DataPath
    value: Any = None
    removed: bool = False


def profile_with(text: str, shown: str, change: Change) -> str:
    """Return the text of a profile with one change; `shown` is what Problems call its file.

    Raises PolicygenError, where that text is no YAML of ours or is laid out as no program can
    follow.
    """
    before = parse_yaml(text, shown).data
    wanted = _wanted(before, change)
    for write in (_switched_on, _written, partial(_written, pure=True)):
        try:
            changed = write(text, change)
            if without_empty(parse_yaml(changed, shown).data) == wanted:
                return changed
        except (PolicygenError, YAMLError, LookupError, ValueError, TypeError):
            continue  # what is no such profile is told below
    name = ".".join(map(str, change.path))
    what = f"{name}: this value cannot be written where it stands."
    mend = "Lay its lines out like the others of this file, or change it there yourself."
    location = parse_yaml(text, shown).location(change.path)
    raise PolicygenError([Problem(what, mend, location, code="PG901", field=change.path)])


def _wanted(data: Any, change: Change) -> Any:
    """Return the data that the changed text must say, without what is empty."""
    wanted = copy.deepcopy(data) or {}
    *blocks, last = change.path
    block: Any = wanted
    around: list[tuple[Any, Any]] = []
    for key, following in zip(blocks, change.path[1:], strict=True):
        inner = value_of(block, (key,))
        if inner is None or inner == "":
            inner = [] if isinstance(following, int) else {}
            _put(block, key, inner)
        around.append((block, key))
        block = inner
    if change.removed:
        del block[last]
        if not block:  # nothing stands behind the key of a list that has become empty
            block, last = around[-1]
            block[last] = None
    else:
        _put(block, last, _as_read(change.value))
    return without_empty(wanted)


def _put(block: Any, key: Any, value: Any) -> None:
    if isinstance(block, list) and key == len(block):
        block.append(value)
    else:
        block[key] = value


def _as_read(value: Any) -> Any:
    """Return a value as the reader gives it: every plain value is a text."""
    if isinstance(value, Mapping):
        return {key: _as_read(one) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [_as_read(one) for one in value] or None
    return None if value is None else str(value)


def _flow(value: Any) -> str:
    """Return a value on one line, as YAML that reads back as just the same."""
    if isinstance(value, Mapping):
        inner = ", ".join(f"{yaml_key(str(key))}: {_flow(one)}" for key, one in value.items())
        return f"{{{inner}}}"
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(map(_flow, value))}]" if value else ""
    if value is None:
        return ""
    plain = str(value)
    if plain in ("true", "false") or re.fullmatch(r"\d{4}-\d\d-\d\d|[1-9]\d{0,8}", plain):
        return plain
    written = yaml_scalar(plain)
    # Within brackets a comma ends a value, and a colon may: quotes never hurt.
    return f'"{plain}"' if written == plain and set(",:") & set(plain) else written


def _behind_key(value: Any, indent: int) -> str:
    """Return what stands behind a colon: the rows of a table each on a line of its own."""
    if isinstance(value, list) and value and isinstance(value[0], Mapping):
        return "".join(f"\n{' ' * (indent + 2)}- {_flow(row)}" for row in value)
    return f" {_flow(value)}".rstrip()


def _written(text: str, change: Change, *, pure: bool = False) -> str:
    """Replace, add or remove where the value stands."""
    node = yaml_nodes(text, pure=pure)
    for depth, key in enumerate(change.path):
        value = _child(node, key)
        is_removed = change.removed and value is not None and depth == len(change.path) - 1
        if (value is None or _is_missing(value)) and not is_removed:
            rest = change.path[depth + 1 :]
            return _added(text, node, key, value, _nested(rest, change.value))
        parent, node = node, value
    if change.removed:
        return _removed(text, parent, change.path[-1])
    start, end = _span(node)
    written = _flow(change.value)
    before = text[:start]
    if not written and text[end : end + 1] in ("", "\n"):
        before = before.rstrip()
    return before + written + text[end:]


def _nested(path: DataPath, value: Any) -> Any:
    """Return a value within the blocks that lead to it."""
    for key in reversed(path):
        value = [value] if isinstance(key, int) else {key: value}
    return value


def _child(node: YamlNode, key: Any) -> YamlNode:
    """Return what a block has under a key; None where it lacks it."""
    if isinstance(key, int):
        items: Sequence[Any] = node.value
        return items[key] if key < len(items) else None
    for name, value in node.value:
        if name.value == str(key):
            return value
    return None


def _is_missing(node: YamlNode) -> bool:
    """Whether nothing stands behind a key."""
    return isinstance(node, ScalarNode) and node.start_mark.index == node.end_mark.index


def _added(text: str, block: YamlNode, key: Any, empty: YamlNode, value: Any) -> str:
    """Write a value behind a key that has none, or as a new key or item of a block."""
    if empty is not None:
        name = next(name for name, _ in block.value if name.value == str(key))
        colon = text.index(":", name.end_mark.index) + 1
        if block.flow_style or not isinstance(value, list):
            return f"{text[:colon]} {_flow(value)}{text[colon:]}"
        line_end = _line_end(text, colon)
        rows = _behind_key(value, _column(text, name.start_mark.index))
        at = line_end if rows.startswith("\n") else colon
        return text[:at] + rows + text[at:]
    start, end = _span(block)
    if block.flow_style:
        entry = _flow(value) if isinstance(key, int) else f"{yaml_key(str(key))}: {_flow(value)}"
        comma = ", " if block.value else ""
        return f"{text[: end - 1].rstrip()}{comma}{entry}{text[end - 1 :]}"
    indent = _column(text, start)
    is_item = isinstance(key, int)
    entry = f"- {_flow(value)}" if is_item else f"{yaml_key(str(key))}:{_behind_key(value, indent)}"
    line_end = _line_end(text, end)
    return f"{text[:line_end]}\n{' ' * indent}{entry}{text[line_end:]}"


def _removed(text: str, block: YamlNode, key: Any) -> str:
    """Take an item out of a list, or a key out of a block."""
    items = _item_spans(block)
    if len(items) == 1:
        start, end = _span(block)
        return _without_trailing_space(text, start, end)
    at = key if isinstance(key, int) else [name.value for name, _ in block.value].index(str(key))
    start, end = items[at]
    if block.flow_style:
        if at + 1 < len(items):
            return text[:start] + text[items[at + 1][0] :]
        return text[: items[at - 1][1]] + text[end:]
    begins = text.rindex("-", 0, start) if isinstance(key, int) else start
    line_start = text.rfind("\n", 0, begins) + 1
    return text[:line_start] + text[_line_end(text, end) + 1 :]


def _item_spans(block: YamlNode) -> list[tuple[int, int]]:
    """Return where each item of a list, or each key of a block with its value, begins and ends."""
    if not isinstance(block, MappingNode):
        return [_span(item) for item in block.value]
    return [
        (name.start_mark.index, (_span(value) if not _is_missing(value) else _span(name))[1])
        for name, value in block.value
    ]


def _without_trailing_space(text: str, start: int, end: int) -> str:
    """Cut a stretch out, and for a block list its lines, down to the key before it."""
    return text[:start].rstrip(" -\n") + text[end:]


def _span(node: YamlNode) -> tuple[int, int]:
    """Return where a node begins and ends, without the comments and empty lines after it."""
    start: int = node.start_mark.index
    if isinstance(node, ScalarNode) or node.flow_style or not node.value:
        return start, node.end_mark.index
    last = node.value[-1]
    if isinstance(node, MappingNode):
        name, last = last
        if _is_missing(last):
            return start, name.end_mark.index + 1
    return start, _span(last)[1]


def _line_end(text: str, position: int) -> int:
    end = text.find("\n", position)
    return len(text) if end < 0 else end


def _column(text: str, position: int) -> int:
    return position - (text.rfind("\n", 0, position) + 1)


def _switched_on(text: str, change: Change) -> str:
    """Take the # away from the line of a fact that nobody has given, and write the value there.

    Raises LookupError where there is no such line.
    """
    if change.removed or change.value is None:
        raise LookupError
    lines = text.split("\n")
    path, value = change.path, change.value
    while path and isinstance(path[-1], int):  # the first item of a list that is switched off
        path, value = path[:-1], [value]
    trail = _trail(lines, tuple(map(str, path)))
    if not lines[trail[-1]].startswith("#"):
        raise LookupError
    for number in trail:
        lines[number] = lines[number].removeprefix("#")
    found = _OFF.match(lines[trail[-1]])
    assert found
    _, indent, dash, key, rest = found.groups()
    note = _NOTE.search(rest)
    said = _ASK.sub("", note[1]) if note else ""
    behind, *rows = _behind_key(value, len(indent)).split("\n")
    start = f"{indent}{dash}{key}:{behind}"
    lines[trail[-1]] = f"{start.ljust(32)}  # {said}" if said else start
    lines[trail[-1] + 1 : trail[-1] + 1] = rows
    return "\n".join(lines)


def _trail(lines: Sequence[str], path: tuple[str, ...]) -> list[int]:
    """Return the lines, switched off or not, of the keys that lead to a value, itself the last.

    Raises LookupError.
    """
    above: list[tuple[int, str, int]] = []  # indent, key, line
    for number, line in enumerate(lines):
        found = _OFF.match(line)
        if not found or found[3]:
            continue
        indent = len(found[2])
        above = [one for one in above if one[0] < indent]
        above.append((indent, found[4], number))
        if tuple(key for _, key, _ in above) == path:
            return [number for *_, number in above]
    raise LookupError
