"""A role stands in a sentence, or its owner is told how to write it."""

from __future__ import annotations

from pathlib import Path

import pytest

from policygen.pipeline.check import check
from policygen.pipeline.workspace import Workspace

PROFILE = """\
name: Thornby Town Council
short_name: the council
kind: council
jurisdiction: england
posture: balanced
contacts:
  human_resources: {role: %s}
"""


@pytest.fixture(scope="module")
def workspace() -> Workspace:
    return Workspace()


def warned(role: str, folder: Path, workspace: Workspace) -> list[str]:
    file = folder / "profile.yaml"
    file.write_text(PROFILE % role)
    return [f"{p.location.line}: {p.what}" for p in check(file, workspace) if p.code == "PG715"]


@pytest.mark.slow
@pytest.mark.parametrize(
    "role",
    ["Press office", "Head of Human Resources", "Director for Legal Services", "Town Clerk"],
)
def test_a_role_without_its_article_is_named(
    role: str, tmp_path: Path, workspace: Workspace
) -> None:
    (one,) = warned(role, tmp_path, workspace)
    assert one == f'7: contacts.human_resources.role is printed as "ask {role}".'


@pytest.mark.parametrize(
    "role",
    [
        "the Human Resources team",
        "the Head of Human Resources",
        "Human Resources",
        "Legal Services Ltd.",
        "HR",
        "communications",
        "our HR",
        "the press office",
        "{en: the people team, cy: Adnoddau Dynol}",
    ],
)
def test_a_role_that_reads_well(role: str, tmp_path: Path, workspace: Workspace) -> None:
    assert warned(role, tmp_path, workspace) == []
