"""What the program imports it also asks for, by name: none comes by the grace of another package."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from importlib.metadata import packages_distributions

import pytest
from source import ROOT, Source, sources

# A part of the library beside it, which brings the one version that suits it.
PARTS = {"pydantic_core": "pydantic", "pydyf": "weasyprint"}
SPACES = {"ruamel": "ruamel.yaml"}  # several packages share this name


def asked_for() -> set[str]:
    """The packages that pyproject.toml names, those of extras too."""
    text = (ROOT / "pyproject.toml").read_text("utf-8")
    return {name.lower() for name in re.findall(r'^  "([\w.-]+)[^"]*",', text, flags=re.M)}


def imported(source: Source) -> Iterator[str]:
    """The names at the top of what a file imports, wherever in it."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module.partition(".")[0]


def unasked(found: list[Source]) -> set[str]:
    by_import = packages_distributions()
    names = {name for source in found for name in imported(source)}
    others = names - set(sys.stdlib_module_names) - {"policygen"}
    packages = {
        name: {SPACES.get(name) or PARTS.get(name), *by_import.get(name, [])} for name in others
    }
    asked = asked_for()
    return {
        name
        for name, given in packages.items()
        if not {str(one).lower().replace("_", "-") for one in given} & asked
    }


@pytest.mark.slow
def test_everything_that_is_imported_is_asked_for() -> None:
    assert unasked(sources()) == set()


@pytest.mark.parametrize("line", ["import tinyhtml5", "def f():\n    from tinyhtml5 import parse"])
def test_what_another_package_brings_is_seen(line: str) -> None:
    assert unasked([Source("planted.py", line)]) == {"tinyhtml5"}
