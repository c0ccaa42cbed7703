"""One name, one thing: no public name is defined twice, and the glossary has each noun of the model."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

import pytest
from source import PACKAGE, ROOT, Source, sources

# Each command is a file of its own with a `command` in it, which the command line looks up by name.
LOOKED_UP = {"command"}


def defined_twice(found: list[Source]) -> dict[str, list[str]]:
    places: dict[str, list[str]] = defaultdict(list)
    for source in found:
        for name in source.public_names():
            places[name].append(source.path)
    return {
        name: paths
        for name, paths in sorted(places.items())
        if len(paths) > 1 and name not in LOOKED_UP
    }


def words(name: str) -> str:
    """A class's name as people write it: ChangeReport is "change report"."""
    return re.sub(r"(?<!^)(?=[A-Z])", " ", name).lower()


def unexplained(found: list[Source], glossary: str) -> list[str]:
    """The public classes of the model that are neither a word of the glossary nor named in a row."""
    heads = {head.lower() for head in re.findall(r"^\| ([^|`]+?) \|", glossary, re.M)}
    in_rows = set(re.findall(r"`(\w+)`", glossary))
    names = {
        name
        for source in found
        if source.path.startswith("model/")
        for name in source.public_classes()
    }
    return sorted(name for name in names if words(name) not in heads and name not in in_rows)


def test_no_public_name_is_defined_twice() -> None:
    twice = defined_twice(sources())
    assert twice == {}, "\n".join(f"{name}: {', '.join(paths)}" for name, paths in twice.items())


def test_the_glossary_has_each_noun_of_the_model() -> None:
    glossary = (ROOT / "docs/glossary.md").read_text("utf-8")
    assert unexplained(sources(), glossary) == []


@pytest.mark.parametrize(
    "line", ["class Policy: ...", "def Policy(): ...", "Policy = 1", "Policy: int = 1"]
)
def test_a_name_that_is_defined_again_is_seen(copied_house: Path, line: str) -> None:
    (copied_house / PACKAGE / "lint/again.py").write_text(f"{line}\n_private = Policy\n")
    assert "lint/again.py" in defined_twice(sources(copied_house))["Policy"]


def test_a_noun_without_a_row_is_seen() -> None:
    model = [Source("model/x.py", "class ChangeReport: ...\nclass Cell: ...\nclass _Own: ...\n")]
    assert unexplained(model, "| Cell | What one body makes of a clause. |\n") == ["ChangeReport"]
    assert unexplained(model, "| Change report | A document. |\n| Row | Of `Cell` |\n") == []
