"""Problems for other programs: JSON, and the annotations of a GitHub workflow."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from policygen.problems import Problem

_GITHUB_LEVELS = {"error": "error", "warning": "warning", "advice": "notice"}
_DATA = {"%": "%25", "\r": "%0D", "\n": "%0A"}
_PROPERTY = {**_DATA, ":": "%3A", ",": "%2C"}


def problems_to_json(problems: Iterable[Problem]) -> str:
    """Return Problems as a JSON list, with one object for each; `problems_schema` is its schema."""
    return json.dumps([_record(problem) for problem in problems], indent=2, ensure_ascii=False)


def problems_schema() -> dict[str, Any]:
    """Return the JSON Schema of what `check --format json` prints."""
    text = {"type": "string"}
    number = {"type": "integer", "minimum": 0}
    properties: dict[str, Any] = {
        "code": {**text, "pattern": "^PG[0-9]{3}$", "description": "The kind of fault"},
        "level": {"enum": ["error", "warning", "advice"]},
        "path": {**text, "description": "The file; empty where the fault is in none"},
        "line": {**number, "description": "From 1; 0 where it is not known"},
        "column": {**number, "description": "From 1; 0 where it is not known"},
        "field": {
            "type": "array",
            "items": {"type": ["string", "integer"]},
            "description": "The path of the fact in the profile, such as channels, 0, platform",
        },
        "what": {**text, "description": "What is wrong, in a sentence"},
        "mend": {**text, "description": "How to mend it"},
    }
    problem = {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Problems",
        "type": "array",
        "items": problem,
    }


def github_annotations(problems: Iterable[Problem]) -> Iterator[str]:
    """Yield a workflow command for each Problem, which GitHub shows beside its line."""
    for problem in problems:
        location = problem.location
        properties = {
            "file": location.path,
            "line": str(location.line or ""),
            "col": str(location.column or ""),
            "title": problem.code,
        }
        stated = [f"{key}={_escape(text, _PROPERTY)}" for key, text in properties.items() if text]
        message = _escape(f"{problem.what} {problem.mend}".strip(), _DATA)
        level = _GITHUB_LEVELS[problem.level.value]
        yield f"::{level} {','.join(stated)}".rstrip() + f"::{message}"


def _record(problem: Problem) -> dict[str, object]:
    return {
        "code": problem.code,
        "level": problem.level.value,
        "path": problem.location.path,
        "line": problem.location.line,
        "column": problem.location.column,
        "field": list(problem.field),
        "what": problem.what,
        "mend": problem.mend,
    }


def _escape(text: str, escapes: dict[str, str]) -> str:
    return "".join(escapes.get(character, character) for character in text)
