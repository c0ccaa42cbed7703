"""What `check` and `impact` say of many bodies is the same, whether one process looks at them or two."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from organisations import PROFILES
from repository import Repository

from policygen.cli import main
from policygen.pipeline.fleet.check_all import CheckOrder
from policygen.pipeline.fleet.order import Order

pytestmark = pytest.mark.slow
ADDED = """\
## We look again {#about.look-again}

- label: Looking again
- grade: core

### Rule

"""


@pytest.fixture
def bodies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Three profiles, one with an error, and a further root of templates; so few are worth processes here."""
    monkeypatch.chdir(tmp_path)
    for order in (Order, CheckOrder):
        monkeypatch.setattr(order, "fewest", 2)
    names = [f"profiles/body-{letter}" for letter in "abc"]
    for name in names:
        shutil.copytree(PROFILES / "little-marden", name)
    broken = Path("profiles/body-b/profile.yaml")
    broken.write_text(broken.read_text("utf-8").replace("posture: ", "posture: no-", 1), "utf-8")
    added("We look at this every year.")
    return names


def added(words: str) -> None:
    file = Path("more/base/about.md")
    file.parent.mkdir(parents=True, exist_ok=True)
    file.with_name("layer.yaml").write_text("title: Every public body\n", "utf-8")
    file.write_text(ADDED + words + "\n", "utf-8")


def run(jobs: int, *words: str) -> tuple[str, str, int]:
    result: Result = CliRunner().invoke(main, [*words, "--jobs", str(jobs)])
    assert "Traceback" not in result.output, result.exception
    return result.stdout, result.stderr, result.exit_code


def same(*words: str) -> str:
    """What is said, by two processes as by one."""
    one = run(1, *words)
    assert run(2, *words) == one
    return one[0]


def test_check(bodies: list[str]) -> None:
    said = same("check", *bodies, "--format", "json")
    assert "profiles/body-b" in said


def test_impact(bodies: list[str]) -> None:
    Repository().commit()
    added("We look at this every month.")
    said = same("impact", "--since", "HEAD", "--templates", "more", *bodies)
    assert "in all 2 policies" in said
