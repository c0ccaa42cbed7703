"""What makes the Problems of reading that no file of a user can make."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from copies import sent
from hostile_copies import CASE as RETURNED_CASE
from hostile_copies import CASES as RETURNED

from policygen.load.library.library import read_library, shipped
from policygen.load.returned.package.open import open_returned
from policygen.load.returned.reader import read_returned
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


def returned(case: str) -> Callable[[Path, pytest.MonkeyPatch], str]:
    """What is said of a file that came back in place of a copy."""

    def trigger(folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
        make, _, _ = RETURNED[case]
        (folder / "copy.docx").write_bytes(make())
        with pytest.raises(PolicygenError) as error:
            read_returned(open_returned(folder / "copy.docx"), sent(RETURNED_CASE))
        return "\n".join(f"{problem} {problem.code}" for problem in error.value.problems)

    return trigger


LOAD_TRIGGERS: dict[str, Callable[[Path, pytest.MonkeyPatch], str]] = {
    "PG149": changed_templates,
    "PG670": returned("a PDF"),
    "PG671": returned("cut off"),
    "PG672": returned("no clause of ours"),
}
