"""A profile with one entry more and no other byte changed: comments are people's own."""

from __future__ import annotations

import copy
from typing import Any

from policygen.load.files import normalise_text
from policygen.load.yaml.reader import Marked, parse_yaml
from policygen.problems import DataPath, PolicygenError, key_path
from policygen.store.profile_edit.value import value_of
from policygen.store.scalar import yaml_key, yaml_quoted

_STEP = 2  # columns by which a block stands further in


def with_entry(text: str, shown: str, path: DataPath, value: str) -> str | None:
    """Return what a profile's text says with an entry at a path, in the blocks that are there.

    `value` is YAML on one line; `shown` is what Problems call the file. None where something stands
    at the path, or where the entry cannot simply be put in.
    """
    marked = parse_yaml(normalise_text(text), shown)
    depth = _depth(marked.data, path)
    if depth == len(path):
        return None
    ending = "\r\n" if "\r\n" in text else "\n"
    lines = text.split(ending)
    holder, rest = path[:depth], path[depth:]
    if not depth:
        while lines and not lines[-1].strip():
            lines.pop()
        lines += [*_block(rest, value, 0), ""]
    elif not _put(lines, marked, holder, rest, value):
        return None
    changed = ending.join(lines)
    return changed if _says(changed, shown, marked, path, value) else None


def _depth(data: Any, path: DataPath) -> int:
    """Return how many keys of a path lead to blocks that are there; an empty one is there too."""
    for depth, key in enumerate(path):
        if not isinstance(data, dict) or key not in data:
            return depth if data is None or isinstance(data, dict) else len(path)
        data = data[key]
    return len(path)


def _put(lines: list[str], marked: Marked, holder: DataPath, rest: DataPath, value: str) -> bool:
    """Put an entry into a block or into braces, and tell whether that was possible."""
    key = marked.marks[key_path(holder)]
    line = lines[key.line - 1]
    children = value_of(marked.data, holder) or {}
    after_key = line[key.column - 1 :].partition(":")[2].strip()
    if after_key.startswith("{"):
        return _into_braces(lines, key.line - 1, _flow(rest, value))
    if not children:
        at, indent = key.line, key.column - 1 + _STEP
    else:
        first = marked.marks[key_path((*holder, next(iter(children))))]
        indent = first.column - 1
        at = _end(lines, first.line, indent)
    lines[at:at] = _block(rest, value, indent)
    return True


def _end(lines: list[str], at: int, indent: int) -> int:
    """Return the line behind the last one of a block whose first key stands in line `at`."""
    end = at
    for number in range(at, len(lines)):
        bare = lines[number].lstrip()
        if bare and not bare.startswith("#"):
            if len(lines[number]) - len(bare) < indent:
                break
            end = number + 1
    return end


def _into_braces(lines: list[str], at: int, entry: str) -> bool:
    """Put an entry before the brace that closes the first one of a line."""
    line, depth, quote = lines[at], 0, ""
    for place in range(line.index("{"), len(line)):
        character = line[place]
        if quote:
            quote = "" if character == quote else quote
        elif character in "\"'":
            quote = character
        elif character in "{}":
            depth += 1 if character == "{" else -1
            if not depth:
                before = line[:place].rstrip()
                comma = "" if before.endswith(("{", ",")) else ", "
                lines[at] = f"{before}{comma}{entry}{line[place:]}"
                return True
    return False


def _block(rest: DataPath, value: str, indent: int) -> list[str]:
    """Return the lines of an entry within the blocks that lead to it."""
    *above, last = rest
    made = [f"{' ' * (indent + _STEP * n)}{_key(key)}:" for n, key in enumerate(above)]
    return [*made, f"{' ' * (indent + _STEP * len(above))}{_key(last)}: {value}"]


def _flow(rest: DataPath, value: str) -> str:
    first, *more = rest
    inner = f"{{{_flow(tuple(more), value)}}}" if more else value
    return f"{_key(first)}: {inner}"


def _key(key: str | int) -> str:
    name = str(key)
    is_plain = name.replace(".", "").replace("-", "").replace("_", "").isalnum()
    return name if is_plain and name[0].isalpha() else yaml_key(name) or yaml_quoted(name)


def _says(text: str, shown: str, before: Marked, path: DataPath, value: str) -> bool:
    """Tell whether a text holds the same data as before with that one entry."""
    wanted = copy.deepcopy(before.data)
    holder = wanted
    for key in path[:-1]:
        if holder.get(key) is None:
            holder[key] = {}
        holder = holder[key]
    holder[path[-1]] = parse_yaml(f"value: {value}\n", shown).data["value"]
    try:
        return bool(parse_yaml(normalise_text(text), shown).data == wanted)
    except PolicygenError:
        return False
