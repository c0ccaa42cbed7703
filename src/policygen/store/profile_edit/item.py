"""A profile with one item more or less in a list, and no other byte changed."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any

from policygen.load.files import normalise_text
from policygen.load.yaml.reader import Marked, parse_yaml
from policygen.problems import DataPath, PolicygenError
from policygen.store.profile_edit.value import value_of
from policygen.store.scalar import yaml_scalar

Item = str | Mapping[str, str]


def with_item(text: str, shown: str, path: DataPath, at: int, item: Item) -> str | None:
    """Return what a profile's text says with an item put into a list before its `at`th (from 0).

    It is laid out as its neighbours are; `shown` is what Problems call the file. None where no such
    list stands at the path, or where the item cannot simply be put in.
    """
    marked = parse_yaml(normalise_text(text), shown)
    items = value_of(marked.data, path)
    if not isinstance(items, list) or not items or not 0 <= at <= len(items):
        return None
    ending = "\r\n" if "\r\n" in text else "\n"
    lines = text.split(ending)
    starts = [marked.marks[*path, number].line - 1 for number in range(len(items))]
    dashes = [lines[start].lstrip().startswith("- ") for start in starts]
    if len(set(starts)) == len(starts) and all(dashes):
        _put_block(lines, starts, at, item)
    elif not _put_flow(lines, marked, path, at, item):
        return None
    changed = ending.join(lines)
    return changed if _says(changed, shown, marked, path, at, item) else None


def without_item(text: str, shown: str, path: DataPath, at: int) -> str | None:
    """Return what a profile's text says without one item of a list (from 0), one line each or more.

    None where no such list of several items stands at the path, each with a dash.
    """
    marked = parse_yaml(normalise_text(text), shown)
    items = value_of(marked.data, path)
    if not isinstance(items, list) or len(items) < 2 or not 0 <= at < len(items):
        return None
    ending = "\r\n" if "\r\n" in text else "\n"
    lines = text.split(ending)
    start = marked.marks[*path, at].line - 1
    if not lines[start].lstrip().startswith("- "):
        return None
    del lines[start : _end(lines, start, len(lines[start]) - len(lines[start].lstrip()))]
    changed = ending.join(lines)
    wanted: Any = copy.deepcopy(marked.data)
    del value_of(wanted, path)[at]
    return changed if _is_data(changed, shown, wanted) else None


def _put_block(lines: list[str], starts: list[int], at: int, item: Item) -> None:
    """Put an item into a list whose items begin with a dash each."""
    near = lines[starts[min(at, len(starts) - 1)]]
    indent = len(near) - len(near.lstrip())
    line = _end(lines, starts[at - 1], indent) if at else starts[0]
    lead = " " * indent
    if isinstance(item, str):
        new = [f"{lead}- {yaml_scalar(item)}"]
    elif near.lstrip().startswith("- {"):
        new = [f"{lead}- {_braces(item)}"]
    else:
        first, *others = (f"{key}: {yaml_scalar(value)}" for key, value in item.items())
        new = [f"{lead}- {first}", *(f"{lead}  {one}" for one in others)]
    lines[line:line] = new


def _end(lines: list[str], start: int, indent: int) -> int:
    """Return the line behind the last one of an item whose dash stands in line `start`."""
    end = start + 1
    for number in range(start + 1, len(lines)):
        bare = lines[number].lstrip()
        if bare and not bare.startswith("#"):
            if len(lines[number]) - len(bare) <= indent:
                break
            end = number + 1
    return end


def _put_flow(lines: list[str], marked: Marked, path: DataPath, at: int, item: Item) -> bool:
    """Put an item into brackets that stand on one line; tell whether that was possible."""
    first = marked.marks[*path, 0]
    count = len(value_of(marked.data, path))
    last = marked.marks[*path, count - 1]
    line = lines[first.line - 1]
    new = yaml_scalar(item) if isinstance(item, str) else _braces(item)
    if first.line != last.line:
        return False
    if at < count:
        column = marked.marks[*path, at].column - 1
        lines[first.line - 1] = f"{line[:column]}{new}, {line[column:]}"
        return True
    close = line.find("]", last.column - 1)
    if close < 0:
        return False
    lines[first.line - 1] = f"{line[:close].rstrip()}, {new}{line[close:]}"
    return True


def _braces(item: Mapping[str, str]) -> str:
    return f"{{{', '.join(f'{key}: {_in_braces(value)}' for key, value in item.items())}}}"


def _in_braces(value: str) -> str:
    """Return a value within braces, where a comma would end it."""
    plain = yaml_scalar(value)
    return f'"{plain}"' if "," in plain and not plain.startswith('"') else plain


def _says(text: str, shown: str, before: Marked, path: DataPath, at: int, item: Item) -> bool:
    """Tell whether a text holds the same data as before with that one item."""
    wanted: Any = copy.deepcopy(before.data)
    value_of(wanted, path).insert(at, item if isinstance(item, str) else dict(item))
    return _is_data(text, shown, wanted)


def _is_data(text: str, shown: str, wanted: Any) -> bool:
    try:
        return bool(parse_yaml(normalise_text(text), shown).data == wanted)
    except PolicygenError:
        return False
