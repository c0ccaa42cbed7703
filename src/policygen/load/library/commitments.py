"""The commitments in the facts of a layer.yaml -> CommitmentTerms, by name."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from policygen.load.yaml.reader import Marked
from policygen.load.yaml.validate import validate_as
from policygen.model.commitment.terms import CommitmentTerms
from policygen.problems import DataPath, Location, PolicygenError, Problem, nearest

_AT: DataPath = ("facts", "commitments")


def read_commitments(
    data: Any, marked: Marked, labels: Collection[str], problems: list[Problem]
) -> dict[str, CommitmentTerms]:
    """Return what one layer says of each commitment; what is wrong is added to `problems`.

    `labels` are the keys of labels.yaml: a unit is one that they can print.
    """
    found: dict[str, CommitmentTerms] = {}
    for name, entry in data.items() if isinstance(data, Mapping) else ():
        marks = marks_beneath(marked, (*_AT, name))
        try:
            terms = validate_as(CommitmentTerms, Marked(entry, marks, ""))
        except PolicygenError as error:
            problems += error.problems
            continue
        problems += _unit_faults(name, terms, marked, labels)
        found[str(name)] = terms
    return found


def marks_beneath(marked: Marked, at: DataPath) -> dict[DataPath, Location]:
    """Return the marks of what stands beneath a path, by the rest of their paths."""
    depth = len(at)
    beneath: dict[DataPath, Location] = {(): marked.location(at)}
    for path, location in marked.marks.items():
        if path[:depth] == at:
            beneath[path[depth:]] = location
    return beneath


def _unit_faults(
    name: str, terms: CommitmentTerms, marked: Marked, labels: Collection[str]
) -> Iterator[Problem]:
    """Report a unit that no label prints, and a range that runs backwards."""
    for key, unit in (("unit", terms.unit), ("every", terms.every)):
        known = _units(key, labels)
        if unit and unit not in known:
            location = marked.location((*_AT, name, key))
            what = f'The commitment "{name}" counts in "{unit}", which is no unit.'
            yield Problem(what, nearest(unit, known), location, code="PG160")
    if terms.range and terms.range[0] > terms.range[1]:
        location = marked.location((*_AT, name, "range"))
        what = f'The range of the commitment "{name}" runs backwards.'
        yield Problem(what, "Write the smaller number first.", location, code="PG160")


def _units(key: str, labels: Collection[str]) -> tuple[str, ...]:
    """Return the units of labels.yaml: `unit_working_days` is "working days"."""
    names = (label.removeprefix(f"{key}_") for label in labels if label.startswith(f"{key}_"))
    return tuple(name.replace("_", " ") for name in names if not name.endswith("_one"))
