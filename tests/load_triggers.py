"""What makes the Problems of reading that no file of a user can make."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from policygen.load.library.library import read_library, shipped
from policygen.problems import PolicygenError

LAYER = "title: Every body\nfacts: {terms: {staff: staff}}\n"


def changed_templates(folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """An upgrade replaces a layer after the run has begun, and before the layer is needed."""
    root = folder / "templates"
    (root / "base").mkdir(parents=True)
    for name in ("outline.yaml", "labels.yaml"):
        (root / name).write_bytes((shipped("templates") / name).read_bytes())
    (root / "base/layer.yaml").write_text(LAYER)
    library = read_library([root], first_on_demand=True)
    (root / "base/layer.yaml").write_text(LAYER.replace("staff}", "officers}"))
    with pytest.raises(PolicygenError) as error:
        library.layers["base"]
    return "\n".join(f"{problem} {problem.code}" for problem in error.value.problems)


LOAD_TRIGGERS: dict[str, Callable[[Path, pytest.MonkeyPatch], str]] = {"PG149": changed_templates}
