"""What makes the Problems of the flow that no file of a user can make."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from frozen import Frozen

from policygen.model.document import Document
from policygen.pipeline.publish import publish
from policygen.problems import Level, PolicygenError, Problem


class _WithoutItsLibrary:
    extension = "pdf"

    def write(self, document: Document) -> bytes:
        raise PolicygenError(
            [Problem("PDF needs Pango.", "Install it.", level=Level.WARNING, code="PG421")]
        )


def missing_format(folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    real = publish.writer
    monkeypatch.setattr(
        publish, "writer", lambda name: _WithoutItsLibrary() if name == "pdf" else real(name)
    )
    with pytest.raises(PolicygenError) as error:
        Frozen(folder, monkeypatch).release("First", "", "md", "pdf")
    return "\n".join(f"{problem} {problem.code}" for problem in error.value.problems)


def no_address(folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """An approved policy needs a whole library of facts to come so far: one of a few clauses does too."""
    body = Frozen(folder, monkeypatch)
    body.set("website: https://www.fenwick.example\n")
    return body.run("check", "example").output


PIPELINE_TRIGGERS: dict[str, Callable[[Path, pytest.MonkeyPatch], str]] = {
    "PG550": missing_format,
    "PG722": no_address,
}
