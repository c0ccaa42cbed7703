"""The words for examples in the facts of a layer.yaml, by service."""

from __future__ import annotations

from typing import Any

from policygen.load.library.commitments import marks_beneath
from policygen.load.yaml.reader import Marked
from policygen.load.yaml.validate import validate_as
from policygen.model.fragment import ExampleWords
from policygen.model.text import Line, Words
from policygen.problems import DataPath, PolicygenError, Problem

_AT: DataPath = ("facts", "examples")


def read_examples(data: Any, marked: Marked, problems: list[Problem]) -> dict[str, ExampleWords]:
    """Return the words that one layer has for each service; what is wrong is added to `problems`.

    A layer writes `libraries: {plan: the plan to move the library}`.
    """
    if not isinstance(data, dict):
        return {}
    try:
        beneath = Marked(data, marks_beneath(marked, _AT), "")
        return dict(validate_as(dict[Line, dict[Line, Words]], beneath))
    except PolicygenError as error:
        problems += error.problems
        return {}
