"""The program's own source, read as trees, for tests of how the house is built."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[1]
PACKAGE = "src/policygen"

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Source:
    """One file of the program. `path` is from `src/policygen`: `model/text.py`."""

    path: str
    text: str

    @property
    def tree(self) -> ast.Module:
        return parsed(self.text)

    @property
    def lines(self) -> int:
        return self.text.count("\n")

    def functions(self) -> Iterator[Function]:
        for node in ast.walk(self.tree):
            if isinstance(node, Function):
                yield node

    def public_names(self) -> set[str]:
        """What is defined at the top, and bears no leading underscore."""
        defined = {name for node in self.tree.body for name in _defined(node)}
        return {name for name in defined if not name.startswith("_")}

    def public_classes(self) -> set[str]:
        classes = {node.name for node in self.tree.body if isinstance(node, ast.ClassDef)}
        return classes & self.public_names()


def sources(root: Path = ROOT) -> list[Source]:
    """Every file of the program, below a root that holds `src/policygen`."""
    house = root / PACKAGE
    files = sorted(house.rglob("*.py"))
    assert files, f"no source below {house}"
    return [Source(file.relative_to(house).as_posix(), file.read_text("utf-8")) for file in files]


def _defined(node: ast.stmt) -> Iterator[str]:
    match node:
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
            yield name
        case ast.Assign(targets=targets):
            yield from (target.id for target in targets if isinstance(target, ast.Name))
        case ast.AnnAssign(target=ast.Name(id=name)):
            yield name


@cache
def parsed(text: str) -> ast.Module:
    return ast.parse(text)
