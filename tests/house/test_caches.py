"""No stage keeps anything between two calls: caches are objects that the flow makes and hands down."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from organisations import ROOT
from source import parsed

SOURCE = ROOT / "src/policygen"
STAGES = ("compose", "diff", "facts", "lint", "load", "markdown", "pipeline", "present", "report")
CACHES = {"cache", "lru_cache", "cached"}
# What never changes while the program runs, whatever it is given.
CONSTANTS = {
    "facts/described.py describe_fact": "descriptions of the model's own fields",
    "load/policy.py _shipped_labels": "the labels that ship with the program",
    "load/yaml/validate.py _adapter": "pydantic's validators of the model's types",
    "load/yaml/validate.py _shape": "their JSON Schemas",
    "report/changes/serialise.py _adapter": "pydantic's serialiser of one type",
    "report/matrix/serialise.py _adapter": "pydantic's serialiser of one type",
}


def cached_functions(text: str) -> Iterator[str]:
    """Functions and methods that a decorator of functools remembers for the whole run."""
    for node in ast.walk(parsed(text)):
        if isinstance(node, ast.FunctionDef) and any(map(_is_cache, node.decorator_list)):
            yield node.name


def module_caches(text: str) -> Iterator[str]:
    """Names at the top of a module that hold a cache or an empty container, to be filled later."""
    for node in parsed(text).body:
        value = node.value if isinstance(node, (ast.Assign, ast.AnnAssign)) else None
        target = node.targets[0] if isinstance(node, ast.Assign) else getattr(node, "target", None)
        if value is None or not isinstance(target, ast.Name):
            continue
        is_empty = isinstance(value, (ast.Dict, ast.List)) and not ast.unparse(value).strip("{}[]")
        makes_one = isinstance(value, ast.Call) and _makes_container(value)
        if is_empty or makes_one:
            yield target.id


def _makes_container(call: ast.Call) -> bool:
    name = ast.unparse(call.func).rpartition(".")[2]
    return name.endswith("Cache") or (
        name in ("dict", "list", "set", "defaultdict") and not call.args
    )


def _is_cache(decorator: ast.expr) -> bool:
    called = decorator.func if isinstance(decorator, ast.Call) else decorator
    return ast.unparse(called).rpartition(".")[2] in CACHES


def found_in(folder: Path) -> set[str]:
    found: set[str] = set()
    for stage in STAGES:
        for file in sorted((folder / stage).rglob("*.py")):
            text = file.read_text("utf-8")
            name = file.relative_to(folder).as_posix()
            found |= {f"{name} {one}" for one in (*cached_functions(text), *module_caches(text))}
    return found


@pytest.mark.slow
def test_no_stage_has_a_cache_of_its_own() -> None:
    assert found_in(SOURCE) == set(CONSTANTS)


@pytest.mark.parametrize(
    "line",
    [
        "from functools import cache\n\n@cache\ndef f(x): return x",
        "import functools\n\n@functools.lru_cache(maxsize=2)\ndef f(x): return x",
        "f: dict[str, int] = {}",
        "f = dict()",
        "f = BoundedCache(4)",
    ],
)
def test_a_planted_cache_is_seen(line: str, tmp_path: Path) -> None:
    (tmp_path / "compose").mkdir()
    (tmp_path / "compose/planted.py").write_text(line)
    assert found_in(tmp_path) == {"compose/planted.py f"}
